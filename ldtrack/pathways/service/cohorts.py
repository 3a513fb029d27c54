"""Renaming cohorts, uniting two, moving people between them and removing empty ones."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note, note_each
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.db.parts import in_parts
from ldtrack.pathways.domain import CohortRow, EnrolmentState
from ldtrack.pathways.models import Cohort, Enrolment, EnrolmentRule, Pilot
from ldtrack.pathways.queries import ties_of
from ldtrack.pathways.service.enrolments import cohort_named
from ldtrack.pathways.service.trying import require_open_to


def rename_cohort(
    session: Session, actor: Actor, cohort_id: int, name: str, *, now: datetime
) -> None:
    """Call a cohort something else; rules that bring people into it know it by its new name."""
    row = _locked(session, actor, cohort_id)
    taken = session.scalar(select(Cohort.id).where(Cohort.name == name, Cohort.id != cohort_id))
    if taken is not None:
        raise RuleBroken("name", "There is a cohort of that name. Merge the two instead.")
    before = row.name
    row.name = name
    _rules_follow(session, before, name)
    _audit(session, actor, cohort_id, f"Renamed: {before} → {name}", now)


def merge_cohorts(
    session: Session, actor: Actor, cohort_id: int, into_id: int, *, now: datetime
) -> int:
    """Let everybody of one cohort travel with another, and the first be gone. Returns how many.

    Pilots and rules that named it name the other. Trust pulses were answered by those who travelled
    together then, so they join no series of the other's.
    """
    if cohort_id == into_id:
        raise RuleBroken("into_id", "Choose another cohort.")
    row, into = _locked(session, actor, cohort_id), _locked(session, actor, into_id)
    people = _enrolments(session, cohort_id)
    for table in (Enrolment, Pilot, EnrolmentRule):
        session.execute(update(table).where(table.cohort_id == cohort_id).values(cohort_id=into_id))
    _rules_follow(session, row.name, into.name)
    _audit(session, actor, into_id, f"Merged: {row.name} → {into.name}", now)
    _audit_each(session, actor, people, f"Into the cohort {into.name}", now)
    session.delete(row)
    session.flush()
    return len(people)


def move_to_cohort(
    session: Session,
    actor: Actor,
    cohort_id: int,
    enrolments: Collection[int],
    name: str,
    *,
    now: datetime,
) -> int:
    """Let some of a cohort travel with another, made if its name is new. Returns how many."""
    row = _locked(session, actor, cohort_id)
    if row.name == name:
        raise RuleBroken("cohort", "They are in this cohort already.")
    rows = _chosen(session, cohort_id, enrolments)
    for version_id in sorted(
        {each.version_id for each in rows if each.state == EnrolmentState.ACTIVE}
    ):
        require_open_to(session, version_id, name)
    into_id = cohort_named(session, name)
    for each in rows:
        each.cohort_id = into_id
    session.flush()
    moved = {each.id: each.person_id for each in rows}
    _audit_each(session, actor, moved, f"Into the cohort {name}", now)
    return len(rows)


def remove_cohort(session: Session, actor: Actor, cohort_id: int, *, now: datetime) -> None:
    """Remove a cohort that nobody is or was enrolled with and that nothing names."""
    row = _locked(session, actor, cohort_id)
    if not ties_of(session, CohortRow(id=row.id, name=row.name)).is_free:
        raise Conflict("Somebody or something still belongs to this cohort. Merge it instead.")
    _audit(session, actor, cohort_id, f"Removed: {row.name}", now)
    session.delete(row)
    session.flush()


def _locked(session: Session, actor: Actor, cohort_id: int) -> Cohort:
    policy.require(actor, Action.WRITE_ENROLMENT, Facts(organisation_id=actor.organisation_id))
    row = session.scalar(select(Cohort).where(Cohort.id == cohort_id).with_for_update())
    if row is None:
        raise NotVisible
    return row


def _chosen(session: Session, cohort_id: int, enrolments: Collection[int]) -> list[Enrolment]:
    found: list[Enrolment] = []
    for part in in_parts(enrolments):
        found += session.scalars(
            select(Enrolment)
            .where(Enrolment.id.in_(part), Enrolment.cohort_id == cohort_id)
            .with_for_update()
        )
    if len(found) < len(set(enrolments)):
        raise Conflict("Since you looked, somebody left this cohort. Look again.")
    return found


def _enrolments(session: Session, cohort_id: int) -> dict[int, int]:
    return {
        row.id: row.person_id
        for row in session.execute(
            select(Enrolment.id, Enrolment.person_id).where(Enrolment.cohort_id == cohort_id)
        )
    }


def _rules_follow(session: Session, before: str, after: str) -> None:
    session.execute(
        update(EnrolmentRule).where(EnrolmentRule.into_cohort == before).values(into_cohort=after)
    )
    session.flush()


def _audit(session: Session, actor: Actor, cohort_id: int, reason: str, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_ENROLMENT,
        thing="cohort",
        thing_id=cohort_id,
        happened_at=now,
        reason=reason,
    )


def _audit_each(
    session: Session, actor: Actor, things: dict[int, int], reason: str, now: datetime
) -> None:
    note_each(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_ENROLMENT,
        thing="enrolment",
        happened_at=now,
        things=things,
        reason=reason,
    )
