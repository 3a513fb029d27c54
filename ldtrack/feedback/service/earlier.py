"""What a new report is set beside: the leader's reports of other cycles, and who answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.feedback.domain.comparing import CountedCell, Turnout
from ldtrack.feedback.domain.elsewhere import OtherReport
from ldtrack.feedback.domain.plain_json import typed
from ldtrack.feedback.domain.release_json import from_dict
from ldtrack.feedback.domain.report import other_report
from ldtrack.feedback.domain.same_people import Asked, names_of
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle, Invitation, Release, Subject
from ldtrack.feedback.service.releasing import EarlierReport
from ldtrack.people.domain import same_address

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


def who_answered(session: Session, person_ids: Collection[int]) -> dict[int, ByGroup]:
    """By subject and group, who answered about these people in cycles that have closed.

    In all cycles about a leader somebody has one name, as a person and at an address alike.
    """
    rows = session.execute(
        select(
            Subject.person_id,
            Invitation.subject_id,
            Invitation.group_key,
            Invitation.person_id.label("rater_id"),
            Invitation.email,
        )
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(Subject.person_id.in_(sorted(person_ids)), Invitation.answered)
    ).all()
    asked: dict[int, list[tuple[int, str, Asked]]] = {}
    for row in rows:
        one = Asked(person_id=row.rater_id, address=same_address(row.email))
        asked.setdefault(row.person_id, []).append((row.subject_id, row.group_key, one))
    found: dict[int, dict[str, frozenset[str]]] = {}
    for raters in asked.values():
        names = names_of(one for _, _, one in raters)
        for subject_id, group_key, one in raters:
            groups = found.setdefault(subject_id, {})
            groups[group_key] = groups.get(group_key, frozenset()) | {names[one]}
    return dict(found)


def reports_elsewhere(
    session: Session, subject_of: Mapping[int, int]
) -> dict[int, tuple[OtherReport, ...]]:
    """By person, every report about them that was ever made, but those of the given subject.

    Whether it is out does not matter: the coach may have read it. Earlier editions stay readable.
    """
    rows = session.execute(
        select(Subject.id, Subject.person_id, Cycle.k, Release.document, Release.counted)
        .join(Release, Release.subject_id == Subject.id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(
            Subject.person_id.in_(sorted(subject_of)),
            Subject.id.not_in(sorted(subject_of.values())),
        )
        .order_by(Release.id)
    ).all()
    answered = who_answered(session, [row.person_id for row in rows]) if rows else {}
    found: dict[int, list[OtherReport]] = {}
    for subject_id, person_id, k, document, counted in rows:
        turnout = _turnout(counted, answered.get(subject_id, {}))
        found.setdefault(person_id, []).append(other_report(k, document, turnout))
    return {person_id: tuple(reports) for person_id, reports in found.items()}


def _read(session: Session, release_ids: Collection[int]) -> dict[int, EarlierReport]:
    rows = session.execute(
        select(Subject, Cycle, Release.document, Release.counted)
        .join(Release, Release.subject_id == Subject.id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(Release.id.in_(sorted(release_ids)))
    ).all()
    answered = who_answered(session, [subject.person_id for subject, *_ in rows])
    return {
        subject.person_id: EarlierReport(
            cycle=cycle.name,
            closed_on=subject.closed_on or cycle.closes_on,
            k=cycle.k,
            release=from_dict(document["release"]),
            turnout=_turnout(counted, answered.get(subject.id, {})),
        )
        for subject, cycle, document, counted in rows
    }


def _turnout(counted: list[Any] | None, answered: ByGroup) -> Turnout | None:
    """None of a report that was brought in: nobody knows who answered then."""
    if counted is None:
        return None
    return Turnout(cells=tuple(typed(CountedCell, cell) for cell in counted), answered=answered)
