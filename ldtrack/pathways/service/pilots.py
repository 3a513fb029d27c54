"""Trying a version with some people first, looking back on it, and going on for all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.pathways.domain import BeginPilot, ReviewPilot, VersionState
from ldtrack.pathways.models import Pilot
from ldtrack.pathways.service import drafts
from ldtrack.pathways.service.enrolments import cohort_named
from ldtrack.pathways.service.versions import start_new_version
from ldtrack.people.queries import people_named


def begin_pilot(
    session: Session, actor: Actor, version_id: int, command: BeginPilot, *, now: datetime
) -> None:
    """Let a published version be for one cohort until it was looked back on.

    Said again while the pilot runs, the later holds. Whoever is on the version stays.
    """
    version = drafts.version(session, actor, version_id)
    if version.state != VersionState.PUBLISHED:
        raise Conflict("Only a published version is tried out.")
    if command.ends_on < now.date():
        raise RuleBroken("ends_on", "Give a day that is not past.")
    row = _row(session, version_id)
    if row is not None and row.reviewed_on is not None:
        raise Conflict("This pilot was looked back on already.")
    row = row or Pilot(version_id=version_id)
    row.cohort_id = cohort_named(session, command.cohort)
    row.aim = command.aim
    row.ends_on = command.ends_on
    session.add(row)
    session.flush()
    _audit(session, actor, version_id, f"Pilot with {command.cohort}", now)


def end_pilot(session: Session, actor: Actor, version_id: int, *, now: datetime) -> None:
    """Let a version that was to be tried be for everybody after all; as if it never was a pilot."""
    drafts.version(session, actor, version_id)
    session.delete(_running(session, version_id))
    session.flush()
    _audit(session, actor, version_id, "No pilot any more", now)


def review_pilot(
    session: Session, actor: Actor, version_id: int, command: ReviewPilot, *, now: datetime
) -> None:
    """Record what worked, what changes, who decided it and on which day."""
    drafts.version(session, actor, version_id)
    row = _running(session, version_id)
    if command.reviewed_on > now.date():
        raise RuleBroken("reviewed_on", "Give a day that is not in the future.")
    if command.decided_by not in people_named(session, [command.decided_by]):
        raise RuleBroken("decided_by", "Choose who decided.")
    row.worked = command.worked
    row.changes = command.changes
    row.decided_by = command.decided_by
    row.reviewed_on = command.reviewed_on
    session.flush()
    _audit(session, actor, version_id, "Looked back on the pilot", now)


def roll_out(session: Session, actor: Actor, version_id: int) -> int:
    """Begin the version for all as a copy of the pilot. Returns the id of the draft.

    Whoever is on the pilot finishes there, or is moved once the next version is published.
    """
    drafts.version(session, actor, version_id)
    row = _row(session, version_id)
    if row is None:
        raise NotVisible
    if row.reviewed_on is None:
        raise Conflict("Look back on the pilot first: what worked, what changes, who decided.")
    return start_new_version(session, actor, version_id)


def _running(session: Session, version_id: int) -> Pilot:
    row = _row(session, version_id)
    if row is None:
        raise NotVisible
    if row.reviewed_on is not None:
        raise Conflict("This pilot was looked back on already.")
    return row


def _row(session: Session, version_id: int) -> Pilot | None:
    return session.scalar(select(Pilot).where(Pilot.version_id == version_id).with_for_update())


def _audit(session: Session, actor: Actor, version_id: int, reason: str, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_PATHWAY,
        thing="pathway_version",
        thing_id=version_id,
        happened_at=now,
        reason=reason[:500],
    )
