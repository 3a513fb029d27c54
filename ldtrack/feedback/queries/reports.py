"""Reports that are out, the one that a coach reads first, and where cycles stand.

Reports are read as they were stored; answers are not looked at.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, literal, select
from sqlalchemy.orm import Session, aliased

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.domain.comments import HeldComment
from ldtrack.feedback.domain.heard import HeardStanding
from ldtrack.feedback.domain.moderation import HeldBack, held_back, places_in, without
from ldtrack.feedback.domain.plain_json import typed
from ldtrack.feedback.domain.report import Report, report_from_dict
from ldtrack.feedback.domain.rows import ReportRow, StandingRow
from ldtrack.feedback.domain.timeline import SubjectState, coach_may_read
from ldtrack.feedback.domain.verdict import Verdict
from ldtrack.feedback.models import Cycle, CycleSummary, HeardNote, Release, Subject
from ldtrack.feedback.queries.heard import is_shared, others_asked
from ldtrack.feedback.queries.moderation import places_hidden
from ldtrack.people.queries import name_of

_OUT = Subject.state == SubjectState.RELEASED
_WAITING_FOR = (
    SubjectState.OPEN,
    SubjectState.CLOSED,
    SubjectState.AUDITED,
    SubjectState.WITH_COACH,
    SubjectState.WITHHELD,
)


@dataclass(frozen=True, kw_only=True)
class ShownReport:
    """A report with whom it is about, as it is shown: without comments that are held back.

    `for_coach` are comments to be summed up, not shown. `newer_id` names the edition that took the
    place of this one, `has_profile` whether the whole cycle has been summed up.
    """

    release_id: int
    subject_id: int
    person_id: int
    person: str
    state: SubjectState
    released_on: date | None
    report: Report
    for_coach: tuple[HeldComment, ...] = ()
    number: int = 1
    newer_id: int | None = None
    cycle_id: int = 0
    has_profile: bool = False
    verdict: Verdict = field(default_factory=Verdict)
    held_back: HeldBack = field(default_factory=HeldBack)
    heard: HeardStanding = field(default_factory=HeardStanding)


def released_on(session: Session, person_id: int) -> tuple[date, ...]:
    """The days on which reports about the person came out, oldest first.

    For rooms that ask on behalf of a person whose progress the reader may see.
    """
    days = [day for *_, day in session.execute(released([person_id])) if day is not None]
    return tuple(sorted(days))


def released(people: Collection[int]) -> Select[str, int, int, int, date | None]:
    """The same for several people, as a statement: a word, the person, nothing twice, the day."""
    return select(
        literal("release"), Subject.person_id, literal(0), literal(0), Subject.released_on
    ).where(Subject.person_id.in_(sorted(set(people))), _OUT, Subject.released_on.is_not(None))


def released_reports(
    session: Session, actor: Actor, person_id: int, *, agreed: bool = False, shared: bool = False
) -> list[ReportRow]:
    """The person's reports that are out and that the actor may read, the newest first.

    `agreed` and `shared` say what the leader allowed a sponsor and a line manager.
    """
    rows = session.execute(
        select(Release.id, Subject, Cycle)
        .join(Subject, Subject.id == Release.subject_id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(
            Subject.person_id == person_id,
            Release.number == _last_number(),
            _readable(actor, agreed=agreed, shared=shared),
        )
        .order_by(Subject.closed_on.desc(), Release.id)
    )
    return [
        ReportRow(
            release_id=release_id,
            subject_id=subject.id,
            person_id=subject.person_id,
            cycle=cycle.name,
            closed_on=subject.closed_on or cycle.closes_on,
            released_on=subject.released_on or cycle.closes_on,
        )
        for release_id, subject, cycle in rows
    ]


def report(
    session: Session, actor: Actor, release_id: int, *, agreed: bool = False, shared: bool = False
) -> ShownReport:
    """One report that is out, else `NotVisible`."""
    return _one(
        session,
        _reports().where(Release.id == release_id, _readable(actor, agreed=agreed, shared=shared)),
    )


def report_to_print(session: Session, release_id: int) -> ShownReport | None:
    """One report for the job that prints what somebody who may read it asked for."""
    try:
        return _one(session, _reports().where(Release.id == release_id, _OUT))
    except NotVisible:
        return None


def first_reading(session: Session, actor: Actor, subject_id: int) -> ShownReport:
    """The report as the coach reads it to prepare the conversation, else `NotVisible`."""
    found = _one(
        session,
        _reports().where(
            Subject.id == subject_id,
            policy.clause(actor, Action.READ_RELEASE_FIRST, person_id=Subject.person_id),
        ),
    )
    if not coach_may_read(found.state):
        raise NotVisible
    return found


def debriefs_due(session: Session, actor: Actor) -> list[StandingRow]:
    """Reports that wait for the actor, as a coach, to be talked through, the oldest first."""
    return _standings(
        session,
        _standing()
        .where(
            Subject.state == SubjectState.WITH_COACH,
            policy.clause(actor, Action.PASS_ON_RELEASE, person_id=Subject.person_id),
        )
        .order_by(Subject.closed_on, Subject.id),
    )


def standings(session: Session, actor: Actor, person_id: int) -> list[StandingRow]:
    """Cycles about a person that are under way: dates, and no count of anything."""
    return _standings(
        session,
        _standing()
        .where(
            Subject.person_id == person_id,
            Subject.state.in_(_WAITING_FOR),
            policy.clause(actor, Action.READ_NOMINATION, person_id=Subject.person_id),
        )
        .order_by(Subject.closes_on, Subject.id),
    )


def _readable(actor: Actor, *, agreed: bool, shared: bool) -> ColumnElement[bool]:
    return policy.clause(
        actor,
        Action.READ_RELEASE,
        person_id=Subject.person_id,
        released=_OUT,
        agreed=literal(agreed),
        shared=literal(shared),
    )


_Shown = Select[Release, Subject, int | None, bool, str, str, int, bool, bool, date | None]


def _reports() -> _Shown:
    """Each with all that its page says of it, so that opening one costs one statement."""
    newer = aliased(Release)
    newest = (
        select(newer.id)
        .where(newer.subject_id == Release.subject_id, newer.number > Release.number)
        .order_by(newer.number.desc())
        .limit(1)
        .correlate(Release)
        .scalar_subquery()
    )
    summed_up = select(CycleSummary.id).where(CycleSummary.cycle_id == Subject.cycle_id).exists()
    return (
        select(
            Release,
            Subject,
            newest,
            summed_up,
            name_of(Subject.person_id),
            places_hidden(Release.id),
            others_asked(Subject.id),
            HeardNote.id.is_not(None),
            is_shared(),
            HeardNote.sent_on,
        )
        .join(Subject, Subject.id == Release.subject_id)
        .outerjoin(HeardNote, HeardNote.subject_id == Subject.id)
    )


def _last_number() -> ScalarSelect[int]:
    """The number of the last edition of the same subject's report."""
    other = aliased(Release)
    return (
        select(func.max(other.number))
        .where(other.subject_id == Release.subject_id)
        .correlate(Release)
        .scalar_subquery()
    )


def _one(session: Session, wanted: _Shown) -> ShownReport:
    row = session.execute(wanted.order_by(Release.number.desc()).limit(1)).first()
    if row is None:
        raise NotVisible
    release, subject, newer_id, has_profile, person, held, n_asked, is_begun, shared, sent_on = row
    report, hidden = report_from_dict(release.document), places_in(held)
    return ShownReport(
        release_id=release.id,
        subject_id=subject.id,
        person_id=subject.person_id,
        person=person,
        state=SubjectState(subject.state),
        released_on=subject.released_on,
        report=without(report, hidden),
        for_coach=tuple(
            HeldComment(
                question=held["question"],
                text=held["text"],
                may_be_passed_on=held.get("may_be_passed_on", True),
            )
            for held in subject.for_coach
        ),
        number=release.number,
        newer_id=newer_id,
        cycle_id=subject.cycle_id,
        has_profile=has_profile,
        verdict=typed(Verdict, release.verdict),
        held_back=held_back(report.release, hidden),
        heard=HeardStanding(n_asked=n_asked, is_begun=is_begun, is_shared=shared, sent_on=sent_on),
    )


def _standing() -> Select[Subject, Cycle, str, str | None]:
    names = name_of(Subject.person_id), name_of(Subject.coach_id)
    return select(Subject, Cycle, *names).join(Cycle, Cycle.id == Subject.cycle_id)


def _standings(
    session: Session, wanted: Select[Subject, Cycle, str, str | None]
) -> list[StandingRow]:
    return [
        StandingRow(
            subject_id=subject.id,
            person_id=subject.person_id,
            person=person,
            cycle=cycle.name,
            state=SubjectState(subject.state),
            opens_on=subject.opens_on or cycle.opens_on,
            closes_on=subject.closes_on or cycle.closes_on,
            closed_on=subject.closed_on,
            coach=coach or "",
        )
        for subject, cycle, person, coach in session.execute(wanted)
    ]
