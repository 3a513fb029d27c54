"""What the members of a triad promised and told, for one of them; from the day they joined on."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_, select
from sqlalchemy.orm import Session

from ldtrack.core.errors import NotVisible
from ldtrack.network.domain.triads import (
    CheckInRow,
    CommitmentRow,
    CommitmentState,
    ExperienceRow,
    NoteKind,
    NoteRow,
    Seat,
)
from ldtrack.network.models import (
    CheckIn,
    Commitment,
    Experience,
    ExperienceNote,
    TriadMember,
)


def commitments(session: Session, own: Seat) -> list[CommitmentRow]:
    """What members promised, open ones first, by the day until when."""
    rows = session.scalars(
        select(Commitment)
        .join(TriadMember, TriadMember.id == Commitment.member_id)
        .where(_told_to(own, Commitment.made_on, Commitment.member_id))
        .order_by(Commitment.told_on.is_not(None), Commitment.until.desc(), Commitment.id)
        .limit(60)
    )
    return [
        CommitmentRow(
            id=row.id,
            member_id=row.member_id,
            what=row.what,
            until=row.until,
            made_on=row.made_on,
            state=CommitmentState(row.state),
            told=row.told,
            told_on=row.told_on,
        )
        for row in rows
    ]


def check_ins(session: Session, own: Seat) -> list[CheckInRow]:
    """Words of members to each other, latest first."""
    rows = session.scalars(
        select(CheckIn)
        .join(TriadMember, TriadMember.id == CheckIn.member_id)
        .where(CheckIn.word != "", _told_to(own, CheckIn.checked_on, CheckIn.member_id))
        .order_by(CheckIn.checked_on.desc(), CheckIn.id)
        .limit(30)
    )
    return [
        CheckInRow(
            member_id=row.member_id,
            round_on=row.round_on,
            checked_on=row.checked_on,
            word=row.word,
        )
        for row in rows
    ]


def experiences(session: Session, own: Seat) -> list[ExperienceRow]:
    """What members told, with what the others asked and noted; latest first."""
    rows = session.scalars(
        select(Experience)
        .join(TriadMember, TriadMember.id == Experience.member_id)
        .where(_told_to(own, Experience.told_on, Experience.member_id))
        .order_by(Experience.told_on.desc(), Experience.id)
        .limit(30)
    ).all()
    notes: dict[int, list[NoteRow]] = {}
    for note in session.scalars(
        select(ExperienceNote)
        .where(ExperienceNote.experience_id.in_([row.id for row in rows]))
        .order_by(ExperienceNote.noted_on, ExperienceNote.id)
    ):
        notes.setdefault(note.experience_id, []).append(
            NoteRow(
                id=note.id,
                member_id=note.member_id,
                kind=NoteKind(note.kind),
                body=note.body,
                noted_on=note.noted_on,
            )
        )
    return [
        ExperienceRow(
            id=row.id,
            member_id=row.member_id,
            body=row.body,
            told_on=row.told_on,
            notes=tuple(notes.get(row.id, ())),
        )
        for row in rows
    ]


def experience(session: Session, own: Seat, experience_id: int) -> ExperienceRow:
    """One of them, else `NotVisible`."""
    for row in experiences(session, own):
        if row.id == experience_id:
            return row
    raise NotVisible


def _told_to(
    own: Seat, day: SQLColumnExpression[date], member: SQLColumnExpression[int]
) -> ColumnElement[bool]:
    """What the seat may read: all since they joined, and whatever is their own."""
    since = own.joined_on
    return and_(
        TriadMember.triad_id == own.triad_id,
        or_(member == own.id, day >= since if since is not None else member == own.id),
    )
