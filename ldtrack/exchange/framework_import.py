"""Bringing a framework in, from those that come along or from a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.competencies.queries import frameworks
from ldtrack.competencies.service import ImportFramework, import_framework
from ldtrack.exchange.framework_file import parse_framework
from ldtrack.exchange.limits import CONSOLE, Limits
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.shipped import shipped_file


@dataclass(frozen=True, kw_only=True)
class BroughtIn:
    """What became of a framework: its version here, whether it is new, or what is wrong."""

    framework_version_id: int | None
    is_new: bool
    problems: tuple[Problem, ...]


def import_file(
    session: Session,
    actor: Actor | None,
    source: Path | str | bytes,
    *,
    now: datetime,
    limits: Limits = CONSOLE,
) -> BroughtIn:
    """Store and publish the framework of a file; an edition that is here already stays as it is."""
    if actor is not None:
        policy.require(actor, Action.WRITE_FRAMEWORK, Facts(organisation_id=actor.organisation_id))
    raw = source if isinstance(source, bytes) else Path(source).read_bytes()
    command, problems = parse_framework(raw, limits=limits)
    if command is None:
        return BroughtIn(framework_version_id=None, is_new=False, problems=tuple(problems))
    done = import_framework(session, command, now=now)
    if done.is_new:
        note(
            session,
            account_id=actor.account_id if actor else None,
            action=Action.WRITE_FRAMEWORK.value,
            thing="framework_version",
            thing_id=done.framework_version_id,
            happened_at=now,
            reason=f"{command.title}, {command.version}"[:500],
        )
    return BroughtIn(
        framework_version_id=done.framework_version_id, is_new=done.is_new, problems=()
    )


def import_shipped(session: Session, actor: Actor | None, key: str, *, now: datetime) -> BroughtIn:
    """Store one of the frameworks that come along, else `NotVisible`."""
    return import_file(session, actor, shipped_file(key), now=now)


def is_here(session: Session, command: ImportFramework) -> bool:
    """Whether this edition was brought in before."""
    return any(
        row.key == command.key and row.version == command.version for row in frameworks(session)
    )
