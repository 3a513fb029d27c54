"""What a new report is set beside: the leader's report of the cycle before, and who answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.feedback.domain.comparing import CountedCell, Turnout
from ldtrack.feedback.domain.plain_json import typed
from ldtrack.feedback.domain.release_json import from_dict
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle, Invitation, Release, Subject
from ldtrack.feedback.service.releasing import EarlierReport

ByGroup = Mapping[str, frozenset[str]]


def earlier_reports(
    session: Session, before: Mapping[int, date], framework_version_id: int
) -> dict[int, EarlierReport]:
    """By person, their last report that is out and whose answers closed before the given day."""
    latest: dict[int, int] = {}
    rows = session.execute(
        select(Subject.person_id, Release.id, Subject.closed_on)
        .join(Release, Release.subject_id == Subject.id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(
            Subject.person_id.in_(sorted(before)),
            Subject.state == SubjectState.RELEASED,
            Cycle.framework_version_id == framework_version_id,
        )
        .order_by(Subject.closed_on, Cycle.id, Release.number)
    )
    for person_id, release_id, closed_on in rows:
        if closed_on is not None and closed_on < before[person_id]:
            latest[person_id] = release_id
    return _read(session, latest.values()) if latest else {}


def who_answered(session: Session, subject_ids: Collection[int]) -> dict[int, ByGroup]:
    """By subject and group, the addresses of those who answered; known once a cycle has closed."""
    found: dict[int, dict[str, set[str]]] = {}
    for subject_id, group_key, email in session.execute(
        select(Invitation.subject_id, Invitation.group_key, func.lower(Invitation.email)).where(
            Invitation.subject_id.in_(sorted(subject_ids)), Invitation.answered
        )
    ):
        found.setdefault(subject_id, {}).setdefault(group_key, set()).add(email)
    return {
        subject_id: {key: frozenset(emails) for key, emails in groups.items()}
        for subject_id, groups in found.items()
    }


def _read(session: Session, release_ids: Collection[int]) -> dict[int, EarlierReport]:
    rows = session.execute(
        select(Subject, Cycle, Release.document, Release.counted)
        .join(Release, Release.subject_id == Subject.id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(Release.id.in_(sorted(release_ids)))
    ).all()
    answered = who_answered(session, [subject.id for subject, *_ in rows])
    return {
        subject.person_id: EarlierReport(
            cycle=cycle.name,
            closed_on=subject.closed_on or cycle.closes_on,
            k=cycle.k,
            release=from_dict(document["release"]),
            turnout=None
            if counted is None
            else Turnout(
                cells=tuple(typed(CountedCell, cell) for cell in counted),
                answered=answered.get(subject.id, {}),
            ),
        )
        for subject, cycle, document, counted in rows
    }
