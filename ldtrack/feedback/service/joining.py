"""Where two records of one person collide in feedback. No answer is ever joined with another.

What has closed stays as it was, with as many raters as it had. In what is open somebody who was
asked twice about one person counts once, and nobody is asked about themselves as another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    delete,
    exists,
    literal,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import Session, aliased

from ldtrack.db.session import organisation_of
from ldtrack.feedback.domain.keys import rater_mark, response_id
from ldtrack.feedback.domain.pulses.rows import PulseKind, PulseState
from ldtrack.feedback.domain.short import RequestState
from ldtrack.feedback.domain.timeline import BEFORE_OPENING, SubjectState
from ldtrack.feedback.models import (
    Cycle,
    Invitation,
    Pulse,
    PulseInvitation,
    PulseResponse,
    Response,
    ShortFeedback,
    ShortFeedbackRequest,
    Subject,
)
from ldtrack.feedback.service.leaving import drop_asked, drop_asked_in_pulses
from ldtrack.people.domain.joining import Clash, Pair
from ldtrack.people.queries import name_of, people_named

_UNFINISHED = (*BEFORE_OPENING, SubjectState.OPEN)


def feedback_clashes(session: Session, pair: Pair) -> list[Clash]:
    """What stops the two from being one, and what is asked of both; never who answered."""
    rows = session.execute(
        union(_both_subjects(pair), _short_between(pair), _twice_about(pair), _about_self(pair))
    )
    return [_WORDS[what](name, state) for what, name, state in sorted(rows.all())]


def make_way_in_feedback(session: Session, pair: Pair, *, rater_key: str) -> None:
    """Let somebody who is asked twice count once, and be known by one address from now on.

    So that later rounds are compared truthfully with earlier ones, marks and addresses of who
    answered become those of the record that stays, wherever it does not stand there already.
    """
    twice = _asked_twice(session, pair)
    dropped = [_second(session, one, other, rater_key) for one, other in twice]
    drop_asked(session, [*dropped, *_asked_about_self(session, pair)], rater_key)
    drop_asked_in_pulses(session, _second_in_pulses(session, pair, rater_key), rater_key)
    session.execute(
        update(Subject)
        .where(
            or_(
                and_(Subject.person_id == pair.goes, Subject.coach_id == pair.stays),
                and_(Subject.person_id == pair.stays, Subject.coach_id == pair.goes),
            )
        )
        .values(coach_id=None)
    )
    _make_way_in_requests(session, pair)
    people = people_named(session, pair.both)
    old, new = people[pair.goes].email, people[pair.stays].email
    _known_by_one_address(session, pair, old, new)
    _turn_marks(session, old, new, rater_key)
    session.expire_all()


def _two_subjects(name: str, state: str) -> Clash:
    why = "Its two reports cannot become one, because answers are never joined."
    if state in _UNFINISHED:
        why = "Take one of them out of it first."
    return Clash(words=f"Both are asked about in “{name}”. {why}", stops=True)


_WORDS: dict[str, Callable[[str, str], Clash]] = {
    "both": _two_subjects,
    "short": lambda _name, _state: Clash(
        words="One of the two has given the other short feedback, so they are two people.",
        stops=True,
    ),
    "twice": lambda name, _state: Clash(
        words=f"Both are asked about {name}: they count once, as one rater."
    ),
    "self": lambda _name, _state: Clash(
        words="One of the two is asked about the other: that is dropped."
    ),
}
Told = Select[str, str, str]


def _both_subjects(pair: Pair) -> Told:
    goes, stays = aliased(Subject), aliased(Subject)
    return (
        select(literal("both"), Cycle.name, cast(goes.state, String))
        .select_from(goes)
        .join(stays, stays.cycle_id == goes.cycle_id)
        .join(Cycle, Cycle.id == goes.cycle_id)
        .where(goes.person_id == pair.goes, stays.person_id == pair.stays)
    )


def _short_between(pair: Pair) -> Told:
    return select(literal("short"), literal(""), literal("")).where(
        ShortFeedback.person_id.in_(pair.both), ShortFeedback.author_id.in_(pair.both)
    )


def _twice_about(pair: Pair) -> Told:
    goes, stays = aliased(Invitation), aliased(Invitation)
    return (
        select(literal("twice"), name_of(Subject.person_id), literal(""))
        .select_from(goes)
        .join(stays, stays.subject_id == goes.subject_id)
        .join(Subject, Subject.id == goes.subject_id)
        .where(
            goes.person_id == pair.goes,
            stays.person_id == pair.stays,
            Subject.state.in_(_UNFINISHED),
        )
    )


def _about_self(pair: Pair) -> Told:
    return (
        select(literal("self"), literal(""), literal(""))
        .select_from(Invitation)
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(_asks_one_about_the_other(pair))
    )


def _asks_one_about_the_other(pair: Pair) -> ColumnElement[bool]:
    """Of invitations with their subjects: to what has not closed, the one about the other."""
    return and_(
        Subject.state.in_(_UNFINISHED),
        Subject.person_id.in_(pair.both),
        Invitation.person_id.in_(pair.both),
        Invitation.person_id != Subject.person_id,
    )


def _asked_twice(session: Session, pair: Pair) -> Sequence[tuple[Invitation, Invitation]]:
    """Invitations of the two to questionnaires about one subject that have not closed."""
    goes, stays = aliased(Invitation), aliased(Invitation)
    rows = session.execute(
        select(goes, stays)
        .join(stays, stays.subject_id == goes.subject_id)
        .join(Subject, Subject.id == goes.subject_id)
        .where(
            goes.person_id == pair.goes,
            stays.person_id == pair.stays,
            Subject.state.in_(_UNFINISHED),
        )
    )
    return [(one, other) for one, other in rows]


def _asked_about_self(session: Session, pair: Pair) -> list[int]:
    """Invitations of the one as somebody else to what is open about the other."""
    rows = session.scalars(
        select(Invitation.id)
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(_asks_one_about_the_other(pair))
    )
    return list(rows)


def _second(session: Session, goes: Invitation, stays: Invitation, rater_key: str) -> int:
    """The one to drop: that of the record that goes, unless it alone was answered."""
    key = session.scalar(select(Subject.key).where(Subject.id == goes.subject_id))
    answered = {
        row.id
        for row in (goes, stays)
        if key and session.get(Response, response_id(rater_key, key, row.id)) is not None
    }
    return stays.id if answered == {goes.id} else goes.id


def _second_in_pulses(session: Session, pair: Pair, rater_key: str) -> list[int]:
    goes, stays = aliased(PulseInvitation), aliased(PulseInvitation)
    rows = session.execute(
        select(goes.id, stays.id, Pulse.key)
        .join(stays, stays.pulse_id == goes.pulse_id)
        .join(Pulse, Pulse.id == goes.pulse_id)
        .where(
            goes.person_id == pair.goes,
            stays.person_id == pair.stays,
            Pulse.state == PulseState.OPEN,
        )
    ).all()
    found: list[int] = []
    for one, other, key in rows:
        if key is None:
            continue
        answered = {
            id_
            for id_ in (one, other)
            if session.get(PulseResponse, response_id(rater_key, key, id_)) is not None
        }
        found.append(other if answered == {one} else one)
    return found


def _make_way_in_requests(session: Session, pair: Pair) -> None:
    """Of one colleague something is asked once at a time, and of oneself never."""
    between = and_(
        ShortFeedbackRequest.person_id.in_(pair.both), ShortFeedbackRequest.asked_id.in_(pair.both)
    )
    session.execute(delete(ShortFeedbackRequest).where(between))
    goes, stays = aliased(ShortFeedbackRequest), aliased(ShortFeedbackRequest)
    rows = session.scalars(
        select(goes)
        .join(
            stays,
            or_(
                and_(
                    stays.asked_id == goes.asked_id,
                    goes.person_id == pair.goes,
                    stays.person_id == pair.stays,
                ),
                and_(
                    stays.person_id == goes.person_id,
                    goes.asked_id == pair.goes,
                    stays.asked_id == pair.stays,
                ),
            ),
        )
        .where(goes.state == RequestState.OPEN, stays.state == RequestState.OPEN)
    ).all()
    for row in rows:
        row.state = RequestState.WITHDRAWN
    session.flush()


def _known_by_one_address(session: Session, pair: Pair, old: str, new: str) -> None:
    asked, other = Invitation, aliased(Invitation)
    beside = exists().where(other.subject_id == asked.subject_id, other.email == new)
    session.execute(
        update(asked)
        .where(asked.person_id == pair.goes, asked.email == old, ~beside)
        .values(email=new)
        .execution_options(synchronize_session=False)
    )
    polled, another = PulseInvitation, aliased(PulseInvitation)
    beside = exists().where(another.pulse_id == polled.pulse_id, another.email == new)
    session.execute(
        update(polled)
        .where(polled.person_id == pair.goes, polled.email == old, ~beside)
        .values(email=new)
        .execution_options(synchronize_session=False)
    )


def _turn_marks(session: Session, old: str, new: str, rater_key: str) -> None:
    organisation_id = organisation_of(session)
    before = rater_mark(rater_key, organisation_id, old)
    after = rater_mark(rater_key, organisation_id, new)
    for pulse in session.scalars(select(Pulse).where(Pulse.kind == PulseKind.TRUST)).all():
        if before in pulse.marks and after not in pulse.marks:
            pulse.marks = sorted(after if mark == before else mark for mark in pulse.marks)
    session.flush()
