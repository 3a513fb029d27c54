"""What is open around somebody who leaves: what ends by itself, and what HR has to settle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from ldtrack.assignments.domain import OPEN
from ldtrack.db.base import Base

Condition = Callable[[int, date], ColumnElement[bool]]


@dataclass(frozen=True, kw_only=True)
class OpenThing:
    """Something open, how many of it there are, and what becomes of it."""

    words: str
    n: int
    becomes: str
    ends: bool


@dataclass(frozen=True, kw_only=True)
class _Kind:
    words: str
    becomes: str
    ends: bool
    which: Condition


def open_things(session: Session, person_id: int, today: date) -> list[OpenThing]:
    """What there is any of, what ends by itself first; in one statement."""
    parts = [
        select(literal(place), func.count()).where(kind.which(person_id, today))
        for place, kind in enumerate(_KINDS)
    ]
    found = dict(session.connection().execute(union_all(*parts)).all())
    return [
        OpenThing(words=kind.words, n=found[place], becomes=kind.becomes, ends=kind.ends)
        for place, kind in enumerate(_KINDS)
        if found[place]
    ]


def _is(table: str, **values: object) -> ColumnElement[bool]:
    columns = Base.metadata.tables[table].c
    return and_(*(columns[name] == value for name, value in values.items()))


def _lasts(person: str, *kinds: str) -> Condition:
    def which(person_id: int, today: date) -> ColumnElement[bool]:
        row = Base.metadata.tables["relationship"].c
        over = or_(row.ends_on.is_(None), row.ends_on >= today)
        return and_(row[person] == person_id, row.kind.in_(kinds), over)

    return which


def _engagement(whose: str) -> Condition:
    def which(person_id: int, _today: date) -> ColumnElement[bool]:
        row = Base.metadata.tables["engagement"].c
        return and_(row[whose] == person_id, row.ends_on.is_(None))

    return which


def _asked(person_id: int, _today: date) -> ColumnElement[bool]:
    asked, subject = Base.metadata.tables["invitation"].c, Base.metadata.tables["subject"].c
    about = and_(subject.id == asked.subject_id, subject.closed_on.is_(None))
    return and_(asked.person_id == person_id, about)


def _subject(person_id: int, _today: date) -> ColumnElement[bool]:
    row = Base.metadata.tables["subject"].c
    return and_(row.person_id == person_id, row.closed_on.is_(None))


def _booked(person_id: int, today: date) -> ColumnElement[bool]:
    booking, run = Base.metadata.tables["booking"].c, Base.metadata.tables["offering"].c
    ahead = and_(run.id == booking.offering_id, run.starts_on >= today, run.cancelled_on.is_(None))
    return and_(booking.person_id == person_id, booking.state == "booked", ahead)


def _in_assignment(person_id: int, _today: date) -> ColumnElement[bool]:
    row = Base.metadata.tables["placement"].c
    return and_(row.person_id == person_id, row.state.in_(OPEN))


def _answers_for(person_id: int, _today: date) -> ColumnElement[bool]:
    row = Base.metadata.tables["posting"].c
    return and_(row.owner_id == person_id, row.closed_on.is_(None))


_KINDS = (
    _Kind(
        words="People who report to them",
        becomes="report to nobody until somebody is named",
        ends=True,
        which=_lasts("holder_id", "manager"),
    ),
    _Kind(
        words="Leaders they coach or sponsor",
        becomes="are seen by them no more",
        ends=True,
        which=_lasts("holder_id", "coach", "sponsor"),
    ),
    _Kind(
        words="Coaches and sponsors of theirs",
        becomes="see them no more",
        ends=True,
        which=_lasts("person_id", "coach", "sponsor"),
    ),
    _Kind(
        words="360 questionnaires they are asked to answer",
        becomes="are taken out, with what was answered, before the cycle closes",
        ends=True,
        which=_asked,
    ),
    _Kind(
        words="360 cycles about them",
        becomes="go on without them",
        ends=True,
        which=_subject,
    ),
    _Kind(
        words="Coaching they give",
        becomes="stays open until you end it or find another coach",
        ends=False,
        which=_engagement("coach_id"),
    ),
    _Kind(
        words="Coaching they receive",
        becomes="stays open until you end it",
        ends=False,
        which=_engagement("person_id"),
    ),
    _Kind(
        words="Places in courses ahead",
        becomes="stay taken until you give them back",
        ends=False,
        which=_booked,
    ),
    _Kind(
        words="Pathways they are on",
        becomes="stay open until you end them",
        ends=False,
        which=lambda person_id, _: _is("enrolment", person_id=person_id, state="active"),
    ),
    _Kind(
        words="Assignments they are in or have applied for",
        becomes="stay open until they are ended or answered",
        ends=False,
        which=_in_assignment,
    ),
    _Kind(
        words="Openings they answer for",
        becomes="need somebody else to answer for them",
        ends=False,
        which=_answers_for,
    ),
    _Kind(
        words="Courses they answer for",
        becomes="need another owner",
        ends=False,
        which=lambda person_id, _: _is("course", owner_id=person_id),
    ),
)
