"""What an import found and did, for the page and the console."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from ldtrack.exchange.domain import Would
from ldtrack.exchange.problem import Problem
from ldtrack.people.domain import PersonRow


@dataclass(frozen=True, kw_only=True)
class Report:
    """Counts of rows, what is wrong with others, and what was assumed.

    `stored` says whether anything was stored; if not, the counts say what would be. `skipped` rows
    are in order but say nothing to store, `waiting` ones wait to be matched. `added_ids` are the
    new rows, for taking them back. What is not stored yet is told by name in `would`, and
    `leavers` are the first of `n_leavers` people who are not in the file.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    skipped: int = 0
    waiting: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    stored: bool = False
    added_ids: tuple[int, ...] = ()
    would: Would = field(default_factory=Would)
    n_leavers: int = 0
    leavers: tuple[PersonRow, ...] = ()

    @property
    def good(self) -> int:
        """Rows that can be stored."""
        return self.added + self.changed + self.unchanged + self.waiting

    @property
    def bad_lines(self) -> int:
        """Lines with at least one problem."""
        return len({problem.line for problem in self.problems})


class Said(Protocol):
    """A thing as a file would have it, beside what is `here`, if anything is."""

    @property
    def here(self) -> object | None: ...

    @property
    def is_same(self) -> bool: ...


def report_of(
    good: Collection[Said], problems: Iterable[Problem], *, notes: tuple[str, ...] = ()
) -> Report:
    """What storing the good things would do, and what is wrong with others, by line."""
    return Report(
        added=sum(said.here is None for said in good),
        changed=sum(said.here is not None and not said.is_same for said in good),
        unchanged=sum(said.is_same for said in good),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        notes=notes,
    )
