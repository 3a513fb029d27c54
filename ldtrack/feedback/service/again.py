"""Making a report again, after something about it changed, if the two together give nobody away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.evidence.domain import SourceKind
from ldtrack.evidence.service import withdraw_sources
from ldtrack.feedback.domain.history import history_from_dict
from ldtrack.feedback.domain.report import report_to_dict
from ldtrack.feedback.domain.rereleases import second_release_allowed
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle, Release, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.service.cycles import audit
from ldtrack.feedback.service.earlier import earlier_reports, reports_elsewhere
from ldtrack.feedback.service.moderation import carry_over
from ldtrack.feedback.service.norms import norms_for
from ldtrack.feedback.service.passing_on import record_evidence
from ldtrack.feedback.service.releasing import Beside, MadeReport, make_report
from ldtrack.feedback.service.reporting import asked_of, sent_about, stored, what_was_asked


def make_again(session: Session, actor: Actor, subject_id: int, *, now: datetime) -> int:
    """Make a new edition of a report, as HR. Returns its number.

    Raises `RuleBroken` if the answers are gone, if answers of too few people were taken away or
    added since, or if nothing would be different. The old edition stays as it was.
    """
    require_hr(actor)
    subject, cycle, last = _found(session, subject_id)
    if last.history is None:
        raise RuleBroken(
            "release", "The answers behind this report are gone, so it stays as it is."
        )
    shown = history_from_dict(last.history)
    asked = asked_of(subject, what_was_asked(session, cycle))
    ended = {subject.person_id: asked.closed_on}
    earlier = earlier_reports(session, ended, cycle.framework_version_id)
    elsewhere = reports_elsewhere(session, {subject.person_id: subject.id})
    norms = norms_for(session, cycle.framework_version_id, now.date())
    beside = Beside(
        earlier=earlier.get(subject.person_id),
        elsewhere=elsewhere.get(subject.person_id, ()),
        norm=norms.for_reader(subject.person_id, subject.coach_id),
        shown=shown,
    )
    made = make_report(asked, sent_about(session, subject), beside)
    if not second_release_allowed(dict(shown.cells), dict(made.history.cells), asked.k):
        raise RuleBroken(
            "release",
            f"Answers of fewer than {asked.k} people were taken away or added since this report "
            "was made. A new edition beside the old one would tell what they answered, so the "
            "old one stays.",
        )
    if _in_order(report_to_dict(made.report)) == _in_order(last.document):
        raise RuleBroken("release", "Nothing has changed since this report was made.")
    _store(session, cycle, subject, last, made, now)
    audit(session, actor, "make_again", cycle.id, now, person_id=subject.person_id)
    session.flush()
    return last.number + 1


def _found(session: Session, subject_id: int) -> tuple[Subject, Cycle, Release]:
    subject = session.scalars(
        select(Subject).where(Subject.id == subject_id).with_for_update()
    ).first()
    last = session.scalars(
        select(Release)
        .where(Release.subject_id == subject_id)
        .order_by(Release.number.desc())
        .limit(1)
        .options(undefer(Release.history))
    ).first()
    if subject is None or last is None:
        raise NotVisible
    return subject, session.get_one(Cycle, subject.cycle_id), last


def _store(
    session: Session,
    cycle: Cycle,
    subject: Subject,
    last: Release,
    made: MadeReport,
    now: datetime,
) -> None:
    release = stored(made, subject.id, last.number + 1)
    session.add(release)
    session.flush()
    carry_over(session, last, release)
    if subject.state == SubjectState.RELEASED:
        withdraw_sources(
            session, source_kind=SourceKind.FEEDBACK_RELEASE, source_ids=[last.id], now=now
        )
        record_evidence(session, cycle, subject, release, now)
    else:
        subject.for_coach = made.for_coach


def _in_order(document: dict[str, Any]) -> dict[str, Any]:
    """The report with its comments in order: that they were shuffled again is no difference."""
    release = document["release"]
    blocks = [{**block, "texts": sorted(block["texts"])} for block in release["comments"]]
    return {**document, "release": {**release, "comments": blocks}}
