"""Bringing a framework in, from those that come along or from a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.competencies.queries import Ahead, look_ahead
from ldtrack.competencies.service import import_framework, take_in
from ldtrack.exchange.framework_file import parse_framework
from ldtrack.exchange.framework_formats import ReadFramework, read_any
from ldtrack.exchange.limits import BROWSER, CONSOLE, Limits
from ldtrack.exchange.operator import operator_of
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.shipped import shipped_file


@dataclass(frozen=True, kw_only=True)
class BroughtIn:
    """What became of a framework: its version here, whether it is new, or what is wrong."""

    framework_version_id: int | None
    is_new: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class LookedAt:
    """What a file says, and what bringing it in would do; nothing while there are problems."""

    read: ReadFramework
    ahead: Ahead | None


def look_at(session: Session, raw: bytes, *, title: str = "", limits: Limits = BROWSER) -> LookedAt:
    """Read a file without storing anything; `title` is for a table that names no framework."""
    read = read_any(raw, title=title, limits=limits)
    return LookedAt(read=read, ahead=look_ahead(session, read.whole) if read.whole else None)


def import_file(
    session: Session,
    actor: Actor | None,
    raw: bytes,
    *,
    now: datetime,
    title: str = "",
    limits: Limits = CONSOLE,
) -> BroughtIn:
    """Store the framework of a file: all of it, or nothing while it has a problem."""
    read = read_any(raw, title=title, limits=limits)
    if read.whole is None:
        return BroughtIn(framework_version_id=None, is_new=False, problems=read.problems)
    done = take_in(session, actor or operator_of(session), read.whole, now=now)
    return BroughtIn(
        framework_version_id=done.framework_version_id, is_new=done.is_new, problems=()
    )


def import_shipped(session: Session, actor: Actor | None, key: str, *, now: datetime) -> BroughtIn:
    """Store one of the frameworks that come along as it was published, else `NotVisible`."""
    if actor is not None:
        policy.require(actor, Action.WRITE_FRAMEWORK, Facts(organisation_id=actor.organisation_id))
    whole, problems = parse_framework(shipped_file(key))
    if whole is None:
        return BroughtIn(framework_version_id=None, is_new=False, problems=tuple(problems))
    done = import_framework(session, whole, now=now)
    if done.is_new:
        note(
            session,
            account_id=actor.account_id if actor else None,
            action=Action.WRITE_FRAMEWORK.value,
            thing="framework_version",
            thing_id=done.framework_version_id,
            happened_at=now,
            reason=f"{whole.title}, {whole.version}"[:500],
        )
    return BroughtIn(
        framework_version_id=done.framework_version_id, is_new=done.is_new, problems=()
    )
