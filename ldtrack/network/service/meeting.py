"""What members of a triad promise, report and tell each other."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.network.domain.rounds import round_of
from ldtrack.network.domain.triads import (
    MOST_OPEN,
    CheckInNow,
    CommitmentState,
    NoteKind,
    Report,
    Seat,
)
from ldtrack.network.models import CheckIn, Commitment, Experience, ExperienceNote, Triad
from ldtrack.network.queries import experience


def check_in(session: Session, own: Seat, command: CheckInNow, *, today: date) -> None:
    """Say what became of what one promised, a word to the others, and perhaps a new promise."""
    triad = _running(session, own)
    for report in command.reports:
        _report(session, own, report, today)
    if command.what:
        commit(session, own, command.what, command.until, today=today)
    this = round_of(triad.began_on or today, triad.weeks, today)
    row = session.scalars(
        select(CheckIn).where(CheckIn.member_id == own.id, CheckIn.round_on == this)
    ).one_or_none()
    if row is None:
        row = CheckIn(member_id=own.id, round_on=this, checked_on=today, word="")
        session.add(row)
    # A second word in one round comes after the first, so that neither is lost.
    row.word = "\n\n".join(filter(None, (row.word, command.word)))
    row.checked_on = today
    session.flush()


def commit(session: Session, own: Seat, what: str, until: date | None, *, today: date) -> None:
    """Promise something until a day."""
    _running(session, own)
    if until is None:
        raise RuleBroken("until", "Say until when.")
    if until < today:
        raise RuleBroken("until", "Give a day that is not over.")
    is_open = select(func.count(Commitment.id)).where(
        Commitment.member_id == own.id, Commitment.state == CommitmentState.OPEN
    )
    if (session.scalar(is_open) or 0) >= MOST_OPEN:
        raise RuleBroken("what", f"{MOST_OPEN} things are open already; let go of one first.")
    session.add(
        Commitment(
            member_id=own.id, what=what, until=until, made_on=today, state=CommitmentState.OPEN
        )
    )
    session.flush()


def tell(session: Session, own: Seat, body: str, *, today: date) -> int:
    """Tell the others of an experience, so that they ask and note. Returns its id."""
    _running(session, own)
    row = Experience(member_id=own.id, body=body, told_on=today)
    session.add(row)
    session.flush()
    return row.id


def say(
    session: Session, own: Seat, experience_id: int, kind: NoteKind, body: str, *, today: date
) -> None:
    """Ask or note something about what somebody told; whoever told it may answer by a note."""
    _running(session, own)
    told = experience(session, own, experience_id)
    session.add(
        ExperienceNote(
            experience_id=told.id, member_id=own.id, kind=kind, body=body, noted_on=today
        )
    )
    session.flush()


def take_back(session: Session, own: Seat, experience_id: int) -> None:
    """Take back what one told, with what was said to it."""
    row = session.get(Experience, experience_id)
    if row is None or row.member_id != own.id:
        raise NotVisible
    session.delete(row)
    session.flush()


def _report(session: Session, own: Seat, report: Report, today: date) -> None:
    row = session.get(Commitment, report.commitment_id)
    if row is None or row.member_id != own.id or row.state is not CommitmentState.OPEN:
        raise NotVisible
    if report.state is CommitmentState.OPEN:
        return
    row.state, row.told, row.told_on = report.state, report.told, today


def _running(session: Session, own: Seat) -> Triad:
    triad = session.get_one(Triad, own.triad_id)
    if not own.is_in or triad.began_on is None or triad.ended_on is not None:
        raise Conflict("This triad does not run at present.")
    return triad
