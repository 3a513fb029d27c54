"""Bringing people in from a file, looked at first or stored at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.exchange.limits import BROWSER, CONSOLE, Limits
from ldtrack.exchange.people_check import check_people
from ldtrack.exchange.people_csv import parse_people
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.report import Report
from ldtrack.people.domain import ImportPerson
from ldtrack.people.service.bring_in import compare_people, import_people
from ldtrack.people.service.take_back import remove_unattached


def import_file(
    session: Session,
    actor: Actor | None,
    source: Path | str | bytes,
    *,
    skip_bad: bool,
    now: datetime,
    limits: Limits = CONSOLE,
) -> Report:
    """Store the people of a file, all or nothing unless bad rows are to be skipped.

    Without an actor it is the console's operator who acts. Doing it again changes nothing.
    """
    _require(actor)
    people, problems = _read(session, source, now, limits)
    if not people or (problems and not skip_bad):
        return _look(session, people, problems, now)
    done = import_people(session, people, starts_on=now.date())
    note(
        session,
        account_id=actor.account_id if actor else None,
        action=Action.WRITE_PERSON.value,
        thing="people_import",
        happened_at=now,
        reason=f"{len(done.added)} added, {done.changed} changed, {done.unchanged} unchanged",
    )
    session.flush()
    return Report(
        added=len(done.added),
        changed=done.changed,
        unchanged=done.unchanged,
        problems=tuple(problems),
        stored=True,
        added_ids=done.added,
    )


def look_at(
    session: Session, actor: Actor, raw: bytes, *, now: datetime, limits: Limits = BROWSER
) -> tuple[Report, list[ImportPerson]]:
    """What importing the file would do, and its good rows; nothing is stored."""
    _require(actor)
    people, problems = _read(session, raw, now, limits)
    return _look(session, people, problems, now), people


def take_back_people(session: Session, actor: Actor, ids: Sequence[int], *, now: datetime) -> int:
    """Delete those of the people to whom nothing was attached since. Returns how many."""
    _require(actor)
    removed = remove_unattached(session, ids)
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_PERSON.value,
        thing="people_import",
        happened_at=now,
        reason=f"{removed} of {len(ids)} taken back",
    )
    session.flush()
    return removed


def _require(actor: Actor | None) -> None:
    if actor is not None:
        policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))


def _read(
    session: Session, source: Path | str | bytes, now: datetime, limits: Limits
) -> tuple[list[ImportPerson], list[Problem]]:
    raw = source if isinstance(source, bytes) else Path(source).read_bytes()
    people, problems = parse_people(raw, limits=limits)
    good, more = check_people(session, people, now.date())
    return good, sorted(problems + more, key=lambda problem: problem.line)


def _look(
    session: Session, people: Sequence[ImportPerson], problems: Sequence[Problem], now: datetime
) -> Report:
    would = compare_people(session, people, today=now.date())
    return Report(
        added=would.added,
        changed=would.changed,
        unchanged=would.unchanged,
        problems=tuple(problems),
    )
