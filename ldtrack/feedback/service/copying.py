"""Another round held like an earlier one: the same questions and settings, new raters and days."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.domain.commands import CopyCycle
from ldtrack.feedback.models import Cycle, Pulse, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.service.cycles import add_subject, audit, check_days_and_name, floor_from
from ldtrack.feedback.service.pulses.process import ask_about_process
from ldtrack.people.queries import gone

_KEPT = (
    "framework_version_id",
    "questionnaire_id",
    "pace",
    "days",
    "nominates",
    "approves",
    "coach_led",
    "weighting",
    "tells_who_answered",
    "kept_months",
)


def copy_cycle(
    session: Session, actor: Actor, cycle_id: int, command: CopyCycle, *, now: datetime
) -> int:
    """Set up a draft like this cycle: who is asked is proposed anew. Returns its id.

    The day until which leaders propose raters lies as long before the first day as it did. If
    people were asked how it was, they are asked again.
    """
    require_hr(actor)
    before = session.get(Cycle, cycle_id)
    if before is None:
        raise NotVisible
    check_days_and_name(session, command.name, command.opens_on, command.closes_on)
    left = gone(session, [before.moderator_id] if before.moderator_id else [])
    made = Cycle(
        name=command.name,
        opens_on=command.opens_on,
        closes_on=command.closes_on,
        k=max(before.k, floor_from(session, actor, None)),
        groups=list(before.groups),
        reminder_days=list(before.reminder_days),
        moderator_id=None if before.moderator_id in left else before.moderator_id,
        copied_from_id=before.id,
        **{name: getattr(before, name) for name in _KEPT},
    )
    if before.nominate_until is not None:
        ahead: timedelta = before.opens_on - before.nominate_until
        made.nominate_until = command.opens_on - ahead
    session.add(made)
    session.flush()
    audit(session, actor, "copy", made.id, now)
    if command.with_people:
        _copy_people(session, actor, before, made, now)
    if session.scalar(select(Pulse.id).where(Pulse.cycle_id == before.id).limit(1)) is not None:
        ask_about_process(session, actor, made.id, now=now)
    return made.id


def _copy_people(session: Session, actor: Actor, before: Cycle, made: Cycle, now: datetime) -> None:
    people = session.scalars(select(Subject.person_id).where(Subject.cycle_id == before.id)).all()
    left = gone(session, people)
    for person_id in people:
        if person_id not in left:
            add_subject(session, actor, made.id, person_id, now=now)
