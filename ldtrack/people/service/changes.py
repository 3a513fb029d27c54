"""Joining, moving, leaving and coming back, each on a day; what is planned can be taken back.

Relationships end and begin by their own days. Only what has no days of its own, whether somebody
is here and where, is changed by a job in the first minute of the day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.access.service import end_everything, go_on
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.core.zones import begins
from ldtrack.outbox.service import ask
from ldtrack.people.domain.changes import ChangeKind, Leave, Move, place_words
from ldtrack.people.models import Person, PersonChange, Unit
from ldtrack.people.queries.organisations import time_zone
from ldtrack.people.service.directory import unit_named
from ldtrack.people.service.lines import change_manager

JOB = "people.change"
FURTHEST = timedelta(days=366)
"""How far ahead something can be planned, and how far back it can be said."""


def leave(session: Session, actor: Actor, person_id: int, command: Leave, *, now: datetime) -> int:
    """Let somebody be here no more from a day on. Returns the change's id.

    From that day they cannot sign in, and whatever they are to others and others to them is over.
    Raises `RuleBroken` at `on` or at none.
    """
    person = _person(session, actor, person_id)
    _check_day(command.on, now.date())
    if person_id == actor.person_id:
        raise RuleBroken("", "Somebody else has to say that you leave.")
    if not person.active:
        raise RuleBroken("", f"{person.first_name} is not here at present.")
    _refuse_twice(session, person_id, ChangeKind.LEAVES)
    ended = end_everything(session, [person_id], ended_on=command.on)
    # That forgot what the session had read.
    session.refresh(person)
    person.left_on, person.left_reason = command.on, command.reason.label
    change = PersonChange(
        person_id=person_id,
        kind=ChangeKind.LEAVES,
        on_day=command.on,
        done=False,
        after=command.reason.label,
        ended=[[one, last.isoformat() if last else None] for one, last in ended.items()],
    )
    return _plan(session, actor, change, now)


def come_back(session: Session, actor: Actor, person_id: int, on: date, *, now: datetime) -> int:
    """Let somebody who left be here again from a day on; what ended by it stays ended."""
    person = _person(session, actor, person_id)
    _check_day(on, now.date())
    if person.active:
        raise RuleBroken("on", f"{person.first_name} is here.")
    if person.left_on is not None and on < person.left_on:
        raise RuleBroken("on", "They left later than that. Choose that day or a later one.")
    _refuse_twice(session, person_id, ChangeKind.RETURNS)
    _keep_that_they_left(session, person)
    change = PersonChange(person_id=person_id, kind=ChangeKind.RETURNS, on_day=on, done=False)
    return _plan(session, actor, change, now)


def join_from(session: Session, actor: Actor, person_id: int, on: date, *, now: datetime) -> int:
    """Let somebody who was just added be here from a day on."""
    person = _person(session, actor, person_id)
    _check_day(on, now.date())
    person.active = False
    change = PersonChange(person_id=person_id, kind=ChangeKind.JOINS, on_day=on, done=False)
    return _plan(session, actor, change, now)


def move(session: Session, actor: Actor, person_id: int, command: Move, *, now: datetime) -> int:
    """Give somebody a unit, a job and a line manager from a day on.

    Raises `RuleBroken` at `on`, `unit` or `manager`.
    """
    person = _person(session, actor, person_id)
    _check_day(command.on, now.date())
    _refuse_twice(session, person_id, ChangeKind.MOVES)
    unit_id = unit_named(session, command.unit) if command.unit else None
    before = place_words(_unit_name(session, person.unit_id), person.job_profile)
    try:
        change_manager(
            session,
            actor,
            person_id=person_id,
            manager_id=command.manager_id,
            starts_on=command.on,
            now=now,
        )
    except RuleBroken as broken:
        field = {"who": "manager", "starts_on": "on"}.get(broken.field, broken.field)
        raise RuleBroken(field, broken.message) from broken
    change = PersonChange(
        person_id=person_id,
        kind=ChangeKind.MOVES,
        on_day=command.on,
        done=False,
        unit_id=unit_id,
        job_profile=command.job_profile,
        before=before,
        after=place_words(command.unit, command.job_profile),
    )
    return _plan(session, actor, change, now)


def keep_move(session: Session, person: Person, unit: str, job_profile: str, *, on: date) -> None:
    """Keep that somebody has another unit or another job from today on."""
    before = place_words(_unit_name(session, person.unit_id), person.job_profile)
    session.add(
        PersonChange(
            person_id=person.id,
            kind=ChangeKind.MOVES,
            on_day=on,
            done=True,
            before=before,
            after=place_words(unit, job_profile),
        )
    )


def take_back_change(
    session: Session, actor: Actor, person_id: int, change_id: int, *, now: datetime
) -> None:
    """Forget what is planned; leaving can be taken back afterwards too, while nothing followed.

    What ended by leaving goes on as it did.
    """
    person = _person(session, actor, person_id)
    change = session.get(PersonChange, change_id)
    if change is None or change.person_id != person_id:
        raise NotVisible
    if change.kind is ChangeKind.LEAVES:
        if change.done and (person.active or person.left_on != change.on_day):
            raise RuleBroken("", "More has happened since. Say that they came back instead.")
        go_on(
            session,
            {one: date.fromisoformat(last) if last else None for one, last in change.ended},
        )
        person.active, person.left_on, person.left_reason = True, None, ""
    elif change.done:
        raise RuleBroken("", "This has happened. Say what happens next instead.")
    session.delete(change)
    _note(session, actor, change, now, "taken back")


def carry_out_change(session: Session, change_id: int, *, now: datetime) -> None:
    """Do what was planned if its day has come, else ask again for that day; once."""
    change = session.get(PersonChange, change_id)
    if change is None or change.done:
        return
    if change.on_day > now.date():
        ask(session, kind=JOB, thing_id=change.id, due_at=_first_minute(session, change.on_day))
        return
    person = session.get_one(Person, change.person_id)
    if change.kind is ChangeKind.MOVES:
        person.unit_id, person.job_profile = change.unit_id, change.job_profile
    elif change.kind is ChangeKind.LEAVES:
        later = end_everything(session, [person.id], ended_on=change.on_day)
        session.refresh(person)
        session.refresh(change)
        person.active = False
        person.left_on = person.left_on or change.on_day
        person.left_reason = person.left_reason or change.after
        known = {one for one, _ in change.ended}
        change.ended = [
            *change.ended,
            *(
                [one, last.isoformat() if last else None]
                for one, last in later.items()
                if one not in known
            ),
        ]
    else:
        person.active, person.left_on, person.left_reason = True, None, ""
    change.done = True
    session.flush()


def _plan(session: Session, actor: Actor, change: PersonChange, now: datetime) -> int:
    session.add(change)
    session.flush()
    carry_out_change(session, change.id, now=now)
    _note(session, actor, change, now, change.on_day.isoformat())
    return change.id


def _person(session: Session, actor: Actor, person_id: int) -> Person:
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    person = session.get(Person, person_id)
    if person is None:
        raise NotVisible
    return person


def _check_day(on: date, today: date) -> None:
    if not today - FURTHEST <= on <= today + FURTHEST:
        raise RuleBroken("on", "Choose a day at most a year away.")


def _refuse_twice(session: Session, person_id: int, kind: ChangeKind) -> None:
    planned = select(PersonChange.id).where(
        PersonChange.person_id == person_id,
        PersonChange.kind == kind,
        PersonChange.done.is_(False),
    )
    if session.scalar(planned) is not None:
        raise RuleBroken("", "Something like that is planned already. Take it back first.")


def _keep_that_they_left(session: Session, person: Person) -> None:
    """Whom a file says to have left has no line for it yet; coming back would lose the day."""
    if person.left_on is None:
        return
    known = select(PersonChange.id).where(
        PersonChange.person_id == person.id,
        PersonChange.kind == ChangeKind.LEAVES,
        PersonChange.on_day == person.left_on,
    )
    if session.scalar(known) is None:
        session.add(
            PersonChange(
                person_id=person.id,
                kind=ChangeKind.LEAVES,
                on_day=person.left_on,
                done=True,
                after=person.left_reason,
            )
        )


def _unit_name(session: Session, unit_id: int | None) -> str:
    return session.scalar(select(Unit.name).where(Unit.id == unit_id)) or ""


def _first_minute(session: Session, day: date) -> datetime:
    return begins(day, time_zone(session))


def _note(session: Session, actor: Actor, change: PersonChange, now: datetime, what: str) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_PERSON.value,
        thing="person",
        thing_id=change.person_id,
        person_id=change.person_id,
        happened_at=now,
        reason=f"{change.kind.value}: {what}",
    )
    session.flush()
