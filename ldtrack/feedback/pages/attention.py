"""What in a running cycle needs HR's hand: mail that came back, what is overdue, who left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from ldtrack.audit.queries import last_done
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.rows import CycleRow, SubjectRow
from ldtrack.feedback.domain.timeline import BEFORE_OPENING, CycleState, SubjectState
from ldtrack.feedback.queries.bounced import Bounced, bounced
from ldtrack.feedback.queries.nominating import added_while_open
from ldtrack.feedback.queries.turnout import Turnout
from ldtrack.people.queries import manager_names

_A_WEEK = timedelta(days=7)
"""Whoever is to agree has so long, if they were told no day."""


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """Something that somebody should have done about a subject's raters by now."""

    subject_id: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Attention:
    """Everything that waits for HR, or for somebody whom HR can ask."""

    bounced: tuple[Bounced, ...]
    overdue: tuple[Overdue, ...]
    n_left: int
    moderator_gone: bool
    unread: int

    @property
    def anything(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.bounced or self.overdue or self.n_left or self.moderator_gone)


def attention(
    session: Session,
    cycle: CycleRow,
    subjects: Sequence[SubjectRow],
    counted: Turnout,
    today: date,
) -> Attention:
    """What waits in one cycle, as `subjects` and `counted` say it stands."""
    running = cycle.state in (CycleState.NOMINATING, CycleState.OPEN)
    unread = sum(subject.state is SubjectState.AUDITED for subject in subjects)
    unfinished = {
        s.id for s in subjects if s.state is SubjectState.OPEN or s.state in BEFORE_OPENING
    }
    left = sum(n for (about, _), n in counted.left.items() if about in unfinished)
    left += sum(subject.left and subject.id in unfinished for subject in subjects)
    return Attention(
        bounced=tuple(bounced(session, cycle.id)) if cycle.state is CycleState.OPEN else (),
        overdue=tuple(_overdue(session, cycle, subjects, today)) if running else (),
        n_left=left if running else 0,
        moderator_gone=unread > 0 and cycle.moderator_id is None,
        unread=unread,
    )


def _overdue(
    session: Session, cycle: CycleRow, subjects: Sequence[SubjectRow], today: date
) -> Iterator[Overdue]:
    is_past = cycle.nominate_until is not None and today > cycle.nominate_until
    for subject in subjects:
        if is_past and subject.state is SubjectState.NOMINATING:
            yield Overdue(
                subject_id=subject.id, sentence=f"{subject.name} has not proposed raters."
            )
    approving = [subject for subject in subjects if subject.state is SubjectState.APPROVING]
    waiting = approving if is_past else _long_since(session, cycle, approving, "hand_in", today)
    added = _long_since(session, cycle, _added(session, cycle, subjects), "nominate", today)
    late = [*waiting, *added]
    names = _approvers(session, cycle, late, today) if late else {}
    for subject in late:
        who = names.get(subject.id, "Nobody")
        whom = "the raters of" if subject in waiting else "a rater whom somebody added for"
        yield Overdue(
            subject_id=subject.id, sentence=f"{who} has not agreed to {whom} {subject.name}."
        )


def _added(
    session: Session, cycle: CycleRow, subjects: Sequence[SubjectRow]
) -> Sequence[SubjectRow]:
    """Those for whom somebody was proposed while their questionnaires are open."""
    here = [subject for subject in subjects if subject.state is SubjectState.OPEN]
    if not here or cycle.nominates is not Nominates.LEADER or cycle.approves is Approves.NOBODY:
        return []
    ids = added_while_open(session, cycle.id)
    return [subject for subject in here if subject.id in ids]


def _long_since(
    session: Session, cycle: CycleRow, waiting: Sequence[SubjectRow], act: str, today: date
) -> Sequence[SubjectRow]:
    """Those of them for whom this was done longer than a week ago, and not again since."""
    if not waiting:
        return []
    action = f"feedback.cycle:{act}"
    done = last_done(session, thing="cycle", thing_id=cycle.id, action=action)
    return [
        subject
        for subject in waiting
        if subject.person_id in done and today - done[subject.person_id].date() > _A_WEEK
    ]


def _approvers(
    session: Session, cycle: CycleRow, waiting: Sequence[SubjectRow], today: date
) -> dict[int, str]:
    if cycle.approves is Approves.COACH:
        return {subject.id: subject.coach or "Their coach" for subject in waiting}
    if cycle.approves is Approves.HR:
        return {subject.id: "HR" for subject in waiting}
    names = manager_names(session, [subject.person_id for subject in waiting], today)
    nobody = "A manager, whom they do not have,"
    return {subject.id: names.get(subject.person_id, nobody) for subject in waiting}
