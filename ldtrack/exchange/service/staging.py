"""Writing down what is to be done with a file: its parts and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from ldtrack.db.session import organisation_of
from ldtrack.exchange.domain import ROWS, PartKind
from ldtrack.exchange.models import ImportPart, ImportProblem
from ldtrack.exchange.opening import OpenSession
from ldtrack.exchange.problem import Problem


@dataclass
class Stage:
    """The parts of one import, written one after another."""

    open_session: OpenSession
    run_id: int
    n_parts: int = 0
    bad_lines: set[int] = field(default_factory=set)

    def clear(self) -> None:
        """Forget what an earlier look wrote, whole or cut off."""
        with self.open_session() as session:
            for table in (ImportPart, ImportProblem):
                session.execute(delete(table).where(table.run_id == self.run_id))

    def parts(self, kind: PartKind, rows: Iterable[Sequence[Any]], size: int = ROWS) -> None:
        """Write rows down, so many in a part."""
        left = iter(rows)
        while part := list(islice(left, size)):
            with self.open_session() as session:
                session.add(
                    ImportPart(run_id=self.run_id, position=self.n_parts, kind=kind, rows=part)
                )
            self.n_parts += 1

    def problems(self, found: Sequence[Problem]) -> None:
        """Write down what is wrong."""
        self.bad_lines |= {problem.line for problem in found}
        for start in range(0, len(found), 5 * ROWS):
            with self.open_session() as session:
                write_problems(session, self.run_id, found[start : start + 5 * ROWS])


def write_problems(session: Session, run_id: int, problems: Sequence[Problem]) -> None:
    """Keep what is wrong with lines of a file."""
    if problems:
        session.execute(
            insert(ImportProblem),
            [
                {
                    "organisation_id": organisation_of(session),
                    "run_id": run_id,
                    "line": problem.line,
                    "title": problem.column[:200],
                    "reason": problem.reason[:500],
                }
                for problem in problems
            ],
        )


def n_bad_lines(session: Session, run_id: int) -> int:
    """On how many lines something is wrong."""
    lines = select(func.count(ImportProblem.line.distinct()))
    return session.scalar(lines.where(ImportProblem.run_id == run_id)) or 0
