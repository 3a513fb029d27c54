"""Whose raters are being chosen, who has to agree, and how often somebody is asked already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.domain.nominating import Approves, InvitationState, Nominates
from ldtrack.feedback.domain.quarters import quarter_of
from ldtrack.feedback.domain.rows import CycleRow, RaterRow, SubjectRow
from ldtrack.feedback.domain.spread import PlannedCycle
from ldtrack.feedback.domain.timeline import BEFORE_OPENING, CycleState, SubjectState
from ldtrack.feedback.models import Cycle, Invitation, Subject
from ldtrack.feedback.queries.cycles import require_hr, row_of, subject_rows
from ldtrack.feedback.queries.raters import rows_of
from ldtrack.people.queries import addresses_of, name_of, one_address, people_at

_CHOOSING = {*BEFORE_OPENING - {SubjectState.DRAFT}, SubjectState.OPEN}


@dataclass(frozen=True, kw_only=True)
class Choosing:
    """A leader whose raters are being chosen, with everybody who is proposed or asked."""

    subject: SubjectRow
    cycle: CycleRow
    raters: tuple[RaterRow, ...]

    @property
    def asked(self) -> Counter[str]:
        """How many are proposed or settled in each group."""
        declined = InvitationState.DECLINED
        return Counter(r.group_key for r in self.raters if r.state is not declined)

    @property
    def n_proposed(self) -> int:
        """How many wait for a yes."""
        return sum(rater.state is InvitationState.PROPOSED for rater in self.raters)


@dataclass(frozen=True, kw_only=True)
class ToChoose:
    """A cycle in which the actor says whom to ask, and how far that has come."""

    subject_id: int
    state: SubjectState
    cycle: str
    until: date | None
    returned: bool


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Proposals that wait for somebody to agree."""

    subject_id: int
    person: str
    cycle: str
    until: date | None


def own_choice(session: Session, actor: Actor, subject_id: int) -> Choosing:
    """The actor's own raters in a cycle where leaders propose, else `NotVisible`."""
    mine = policy.clause(actor, Action.NOMINATE, person_id=Subject.person_id)
    return _one(session, subject_id, and_(mine, Cycle.nominates == Nominates.LEADER))


def others_choice(session: Session, actor: Actor, subject_id: int) -> Choosing:
    """A leader's raters as whoever agrees to them sees them, else `NotVisible`."""
    return _one(session, subject_id, _to_agree(actor))


def choices_of(session: Session, actor: Actor) -> list[ToChoose]:
    """Cycles in which the actor says, or said, whom to ask, the most urgent first."""
    rows = session.execute(
        select(Subject.id, Subject.state, Cycle.name, Cycle.nominate_until, Subject.returned_with)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(
            policy.clause(actor, Action.NOMINATE, person_id=Subject.person_id),
            Cycle.nominates == Nominates.LEADER,
            Cycle.state.in_([CycleState.NOMINATING, CycleState.OPEN]),
            Subject.state.in_(sorted(_CHOOSING)),
        )
        .order_by(Cycle.nominate_until, Cycle.closes_on, Subject.id)
    )
    return [
        ToChoose(
            subject_id=id_, state=SubjectState(state), cycle=name, until=until, returned=bool(word)
        )
        for id_, state, name, until, word in rows
    ]


def approvals(session: Session, actor: Actor) -> list[Waiting]:
    """Proposals that wait for the actor, the most urgent first."""
    rows = session.execute(
        select(
            Subject.id,
            name_of(Subject.person_id),
            Cycle.name,
            case((Subject.state == SubjectState.APPROVING, Cycle.nominate_until)),
        )
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(
            _to_agree(actor),
            or_(Subject.state == SubjectState.APPROVING, _added_while_open()),
        )
        .order_by(Cycle.nominate_until, Subject.id)
    )
    return [
        Waiting(subject_id=id_, person=person, cycle=cycle, until=until)
        for id_, person, cycle, until in rows
    ]


def added_while_open(session: Session, cycle_id: int) -> set[int]:
    """Subjects of a cycle whose questionnaires are open and for whom somebody waits for a yes."""
    wanted = select(Subject.id).where(Subject.cycle_id == cycle_id, _added_while_open())
    return set(session.scalars(wanted))


def requests_in_quarter(session: Session, emails: Collection[str], day: date) -> dict[str, int]:
    """For how many questionnaires whoever has each address is asked in the quarter of the day.

    Somebody who is known counts once, by whichever of their addresses they were asked.
    """
    if not emails:
        return {}
    first, last = quarter_of(day)
    whose = people_at(session, emails)
    theirs = addresses_of(session, whose.values())
    opens_on = func.coalesce(Subject.opens_on, Cycle.opens_on)
    begun = Cycle.state.in_([CycleState.NOMINATING, CycleState.OPEN])
    rows = session.execute(
        select(Invitation.person_id, Invitation.email, func.count())
        .join(Subject, Subject.id == Invitation.subject_id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(
            or_(
                Invitation.email.in_(sorted({*emails, *theirs})),
                Invitation.person_id.in_(sorted(set(whose.values()))),
            ),
            Invitation.state != InvitationState.DECLINED,
            opens_on.between(first, last),
            or_(Subject.opens_on.is_not(None), begun),
        )
        .group_by(Invitation.person_id, Invitation.email)
    )
    counts: Counter[int | str] = Counter()
    for person_id, email, n in rows:
        counts[person_id or theirs.get(email) or email] += n
    return {email: n for email in emails if (n := counts[whose.get(email, email)])}


def planned_requests(session: Session, actor: Actor, today: date) -> list[PlannedCycle]:
    """Everybody's requests of this quarter and the next ones, by cycle, for HR."""
    require_hr(actor)
    opens_on = func.coalesce(Subject.opens_on, Cycle.opens_on)
    rows = session.execute(
        select(
            Cycle.id,
            Cycle.name,
            Cycle.state,
            opens_on,
            one_address(Invitation.person_id, Invitation.email),
        )
        .join(Subject, Subject.cycle_id == Cycle.id)
        .join(Invitation, Invitation.subject_id == Subject.id)
        .where(
            Invitation.state != InvitationState.DECLINED,
            Cycle.state != CycleState.ARCHIVED,
            opens_on >= quarter_of(today)[0],
        )
        .order_by(opens_on, Cycle.name, Cycle.id)
    )
    asks: dict[tuple[int, str, bool, date], list[str]] = {}
    for cycle_id, name, state, day, email in rows:
        may_move = state in (CycleState.DRAFT, CycleState.NOMINATING)
        asks.setdefault((cycle_id, name, may_move, day), []).append(email)
    return [
        PlannedCycle(id=id_, name=name, opens_on=day, may_move=may_move, asks=tuple(emails))
        for (id_, name, may_move, day), emails in asks.items()
    ]


def _one(session: Session, subject_id: int, allowed: ColumnElement[bool]) -> Choosing:
    cycle = session.scalars(
        select(Cycle)
        .join(Subject, Subject.cycle_id == Cycle.id)
        .where(Subject.id == subject_id, allowed)
    ).first()
    if cycle is None:
        raise NotVisible
    planned = row_of(cycle)
    return Choosing(
        subject=subject_rows(session, select(Subject).where(Subject.id == subject_id))[0],
        cycle=planned,
        raters=_in_order(session, subject_id, planned),
    )


def _in_order(session: Session, subject_id: int, cycle: CycleRow) -> tuple[RaterRow, ...]:
    place = {group.key: position for position, group in enumerate(cycle.groups)}
    rows: Sequence[RaterRow] = rows_of(
        session, select(Invitation).where(Invitation.subject_id == subject_id)
    )
    return tuple(sorted(rows, key=lambda row: place.get(row.group_key, len(place))))


def _to_agree(actor: Actor) -> ColumnElement[bool]:
    """Subjects to whose raters the actor may agree; nobody agrees to their own."""
    allowed = policy.clause(
        actor,
        Action.APPROVE_NOMINATION,
        person_id=Subject.person_id,
        manager_approves=Cycle.approves == Approves.MANAGER,
        coach_approves=Cycle.approves == Approves.COACH,
    )
    return and_(
        allowed,
        Cycle.approves != Approves.NOBODY,
        Subject.person_id.is_distinct_from(actor.person_id),
    )


def _added_while_open() -> ColumnElement[bool]:
    return and_(
        Subject.state == SubjectState.OPEN,
        select(Invitation.id)
        .where(Invitation.subject_id == Subject.id, Invitation.state == InvitationState.PROPOSED)
        .exists(),
    )
