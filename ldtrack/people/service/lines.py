"""Reporting lines: who somebody reports to from a day on, without ever running in a circle."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.access.queries import chain_above, days_of_change, holders_over_time
from ldtrack.access.service import set_holders, take_back_plan
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.queries import people_here, people_named
from ldtrack.ui.dates import day

FURTHEST = timedelta(days=366)
"""How far ahead a change can be planned."""


def change_manager(
    session: Session,
    actor: Actor,
    *,
    person_id: int,
    manager_id: int | None,
    starts_on: date,
    now: datetime,
) -> None:
    """Let a person report to somebody else, or to nobody, from a day on.

    Whoever they reported to before sees what managers see until the day before, and no longer.
    Raises `RuleBroken` at `who` or `starts_on`.
    """
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    _check_day(session, person_id, starts_on, now.date())
    report_to_from(
        session, person_id=person_id, manager_id=manager_id, starts_on=starts_on, field="who"
    )
    _note(session, actor, person_id, now, f"line manager from {starts_on.isoformat()}")


def take_back_planned(
    session: Session, actor: Actor, *, person_id: int, relationship_id: int, now: datetime
) -> None:
    """Forget a change of line manager that was planned and has not come."""
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    rows = holders_over_time(session, person_id, RelationshipKind.MANAGER)
    if relationship_id not in {row.relationship_id for row in rows}:
        raise NotVisible
    take_back_plan(session, relationship_id, now.date())
    _note(session, actor, person_id, now, "planned line manager taken back")


def report_to_from(
    session: Session, *, person_id: int, manager_id: int | None, starts_on: date, field: str
) -> None:
    """Let a person report to another from a day on; a circle is refused at `field`, by name."""
    if manager_id is not None:
        _check_circle(session, person_id, manager_id, starts_on, field)
    set_holders(
        session,
        kind=RelationshipKind.MANAGER,
        holders={person_id: manager_id},
        starts_on=starts_on,
    )


def _check_day(session: Session, person_id: int, starts_on: date, today: date) -> None:
    if not people_here(session, [person_id]):
        raise NotVisible
    if starts_on > today + FURTHEST:
        raise RuleBroken("starts_on", "Plan at most a year ahead.")
    begun = [
        row
        for row in holders_over_time(session, person_id, RelationshipKind.MANAGER)
        if row.starts_on <= today
    ]
    if begun and starts_on < begun[0].starts_on:
        raise RuleBroken(
            "starts_on",
            f"The present line began on {day(begun[0].starts_on)}; choose that day or a later one.",
        )


def _check_circle(
    session: Session, person_id: int, manager_id: int, starts_on: date, field: str
) -> None:
    if manager_id == person_id:
        raise RuleBroken(field, "Nobody can be their own line manager.")
    if not people_here(session, [manager_id]):
        raise RuleBroken(field, "There is nobody like that here.")
    for on in (starts_on, *days_of_change(session, RelationshipKind.MANAGER, starts_on)):
        if on != starts_on and not _lasts(session, person_id, starts_on, on):
            break
        above = chain_above(session, manager_id, RelationshipKind.MANAGER, on)
        if person_id in above:
            ids = [person_id, manager_id, *above[: above.index(person_id) + 1]]
            names = people_named(session, ids)
            way = " → ".join(names[one].name for one in ids)
            raise RuleBroken(field, f"Then reporting lines would run in a circle: {way}.")


def _lasts(session: Session, person_id: int, starts_on: date, on: date) -> bool:
    """Whether what begins at the one day is not replaced by a plan until the other."""
    rows = holders_over_time(session, person_id, RelationshipKind.MANAGER)
    return not any(starts_on < row.starts_on <= on for row in rows)


def _note(session: Session, actor: Actor, person_id: int, now: datetime, what: str) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_PERSON.value,
        thing="reporting_line",
        thing_id=person_id,
        person_id=person_id,
        happened_at=now,
        reason=what,
    )
    session.flush()
