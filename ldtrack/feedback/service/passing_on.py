"""Letting the leader have the report: the coach's one act, and what follows from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.competencies.queries import scale
from ldtrack.core import ids
from ldtrack.core.errors import Conflict, NotVisible
from ldtrack.evidence.domain import EvidenceForm, Scale, SourceKind
from ldtrack.evidence.service import Observation, record
from ldtrack.feedback.domain.letters import (
    Letter,
    report_is_out,
    report_to_talk_through,
    sending_hour,
)
from ldtrack.feedback.domain.report import Report, report_from_dict
from ldtrack.feedback.domain.timeline import SubjectState, moved
from ldtrack.feedback.models import Cycle, Release, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.service.cycles import audit, check_is_here, locked
from ldtrack.outbox.service import post
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import people_named


def pass_on(
    session: Session,
    actor: Actor,
    subject_id: int,
    *,
    now: datetime,
    base_url: str | None = None,
) -> None:
    """Release the report to the leader, as their coach; once it is out, again does nothing."""
    subject = _subject(session, subject_id)
    policy.require_visible(
        actor,
        Action.PASS_ON_RELEASE,
        Facts(organisation_id=actor.organisation_id, person_id=subject.person_id),
    )
    _bring_out(session, actor, subject, now, base_url)


def release_without_debrief(
    session: Session,
    actor: Actor,
    subject_id: int,
    *,
    now: datetime,
    base_url: str | None = None,
) -> None:
    """Release a report that waits for a coach who is no longer there, as HR, without reading it."""
    require_hr(actor)
    subject = _subject(session, subject_id)
    here = holders_of(session, [subject.person_id], RelationshipKind.COACH, now.date())
    if subject.person_id in here:
        raise Conflict("Their coach passes this report on.")
    _bring_out(session, actor, subject, now, base_url)


def name_moderator(
    session: Session,
    actor: Actor,
    cycle_id: int,
    person_id: int | None,
    *,
    now: datetime,
    base_url: str | None = None,
) -> None:
    """Say who else reads comments first; if nobody, reports that wait for that go on."""
    require_hr(actor)
    cycle = locked(session, cycle_id)
    if person_id is not None:
        check_is_here(session, person_id)
    cycle.moderator_id = person_id
    session.flush()
    if person_id is None:
        waiting = select(Subject).where(
            Subject.cycle_id == cycle_id, Subject.state == SubjectState.AUDITED
        )
        for subject in session.scalars(waiting.order_by(Subject.id).with_for_update()).all():
            release = _newest(session, subject)
            go_on(session, cycle, subject, release, now=now, base_url=base_url)
    audit(session, actor, "name_moderator", cycle_id, now)


def go_on(
    session: Session,
    cycle: Cycle,
    subject: Subject,
    release: Release,
    *,
    now: datetime,
    base_url: str | None,
) -> None:
    """From the audit to the coach; straight to the leader without one, or if none leads here."""
    if cycle.coach_led and subject.coach_id is not None:
        subject.state = moved(SubjectState(subject.state), SubjectState.WITH_COACH)
        session.flush()
        if base_url is not None:
            _tell_coach(session, cycle, subject, subject.coach_id, now, base_url)
    else:
        bring_out(session, cycle, subject, release, now=now, base_url=base_url)


def bring_out(
    session: Session,
    cycle: Cycle,
    subject: Subject,
    release: Release,
    *,
    now: datetime,
    base_url: str | None,
) -> None:
    """Mark the report as out, add its evidence, and tell the leader that it is there.

    One piece of evidence for each competency, from the printed figures; it names no author.
    """
    subject.state = moved(SubjectState(subject.state), SubjectState.RELEASED)
    subject.released_on = now.date()
    subject.for_coach = []
    session.flush()
    record_evidence(session, cycle, subject, release, now)
    if base_url is not None:
        _tell(session, cycle, subject, now, base_url)


def _subject(session: Session, subject_id: int) -> Subject:
    subject = session.scalars(
        select(Subject).where(Subject.id == subject_id).with_for_update()
    ).first()
    if subject is None:
        raise NotVisible
    return subject


def _bring_out(
    session: Session, actor: Actor, subject: Subject, now: datetime, base_url: str | None
) -> None:
    if subject.state == SubjectState.RELEASED:
        return
    release = _newest(session, subject)
    cycle = session.get_one(Cycle, subject.cycle_id)
    bring_out(session, cycle, subject, release, now=now, base_url=base_url)
    audit(session, actor, "pass_on", cycle.id, now, person_id=subject.person_id)


def _newest(session: Session, subject: Subject) -> Release:
    release = session.scalars(
        select(Release)
        .where(Release.subject_id == subject.id)
        .order_by(Release.number.desc())
        .limit(1)
    ).first()
    if release is None:
        raise NotVisible
    return release


def record_evidence(
    session: Session, cycle: Cycle, subject: Subject, release: Release, now: datetime
) -> None:
    """One piece for each competency, from the printed figures; it names no author."""
    report = report_from_dict(release.document)
    levels = scale(session, cycle.framework_version_id)
    onto = Scale(levels.lo, levels.hi)
    stretch = (levels.hi - levels.lo) / (report.release.scale.hi - report.release.scale.lo)
    for result in report.release.competencies:
        if result.evidence is None:
            continue
        record(
            session,
            Observation(
                person_id=subject.person_id,
                competency_id=int(result.competency_id),
                source_kind=SourceKind.FEEDBACK_RELEASE,
                source_id=release.id,
                form=EvidenceForm.GRADED,
                value=_on_scale(result.evidence.value, report, onto),
                noise_variance=result.evidence.noise_variance * stretch**2,
                observed_on=report.closed_on,
                title=report.cycle,
            ),
            now=now,
        )


def _on_scale(value: float, report: Report, onto: Scale) -> float:
    asked = report.release.scale
    return onto.rescaled(value, lowest=asked.lo, highest=asked.hi)


def _tell(session: Session, cycle: Cycle, subject: Subject, now: datetime, base_url: str) -> None:
    person = people_named(session, [subject.person_id])[subject.person_id]
    letter = report_is_out(person.name, cycle.name, f"{base_url.rstrip('/')}/feedback")
    _post(session, person, letter, now)


def _tell_coach(
    session: Session, cycle: Cycle, subject: Subject, coach_id: int, now: datetime, base_url: str
) -> None:
    people = people_named(session, [coach_id, subject.person_id])
    coach, person = people[coach_id], people[subject.person_id]
    link = f"{base_url.rstrip('/')}/feedback/debriefs/{ids.encode(subject.id)}"
    _post(session, coach, report_to_talk_through(coach.name, person.name, cycle.name, link), now)


def _post(session: Session, person: PersonRow, letter: Letter, now: datetime) -> None:
    if person.email:
        post(
            session,
            to_address=person.email,
            to_name=person.name,
            subject=letter.subject,
            body=letter.body,
            due_at=sending_hour(now),
        )
