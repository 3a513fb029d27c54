"""Pages on which raters are proposed and agreed to, and HR's view of who is asked too often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.feedback.domain.answers import SELF_GROUP, RaterGroup
from ldtrack.feedback.domain.launch import group_warnings
from ldtrack.feedback.domain.nominating import Approves, InvitationState
from ldtrack.feedback.domain.nominations import load_word, may_change, wishes
from ldtrack.feedback.domain.rows import CycleRow, RaterRow, SubjectRow
from ldtrack.feedback.domain.spread import Move, moves, quarters
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.queries.nominating import (
    Choosing,
    others_choice,
    own_choice,
    planned_requests,
    requests_in_quarter,
)
from ldtrack.people.queries import name_by_address, rater_budget


@dataclass(frozen=True, kw_only=True)
class ProposedLine:
    """Somebody proposed, settled or declined; `load` is a word for whoever is asked often."""

    rater: RaterRow
    load: str

    @property
    def may_go(self) -> bool:
        """Whether they can be taken out again: nobody wrote to them yet."""
        return self.rater.sent_on is None and self.rater.state is not InvitationState.DECLINED


@dataclass(frozen=True, kw_only=True)
class GroupLines:
    """A rater group with whoever is proposed in it."""

    group: RaterGroup
    lines: tuple[ProposedLine, ...]

    @property
    def wanted(self) -> str:
        """How many the organisation would like."""
        least, most = self.group.least, self.group.most
        if least and most:
            return f"{least} to {most}"
        return f"at least {least}" if least else (f"at most {most}" if most else "")


@dataclass(frozen=True, kw_only=True)
class NominationPage:
    """One leader's raters as they are being chosen; `who_agrees` is '' if nobody has to."""

    subject: SubjectRow
    cycle: CycleRow
    groups: tuple[GroupLines, ...]
    n_raters: int
    n_proposed: int
    warnings: tuple[str, ...]
    may_change: bool
    has_asked: bool
    is_overdue: bool
    who_agrees: str

    @property
    def is_open(self) -> bool:
        """Whether raters are answering."""
        return self.subject.state is SubjectState.OPEN


_AGREES = {
    Approves.MANAGER: (RelationshipKind.MANAGER, "your line manager"),
    Approves.COACH: (RelationshipKind.COACH, "your coach"),
}


@dataclass(frozen=True, kw_only=True)
class OftenAsked:
    """Somebody who is near the limit in a quarter, by name."""

    name: str
    requests: int
    word: str


@dataclass(frozen=True, kw_only=True)
class QuarterLines:
    """A quarter with whoever is asked often in it."""

    first: date
    last: date
    requests: int
    often: tuple[OftenAsked, ...]


@dataclass(frozen=True, kw_only=True)
class SpreadPage:
    """How requests lie over the quarters, and which cycles could open later."""

    budget: int
    quarters: tuple[QuarterLines, ...]
    moves: tuple[Move, ...]

    @property
    def n_over(self) -> int:
        """How many people have as many requests as they may get, or more."""
        return sum(one.requests >= self.budget for q in self.quarters for one in q.often)


def own_page(session: Session, actor: Actor, subject_id: int, today: date) -> NominationPage:
    """The actor's own raters."""
    return _page(session, actor, own_choice(session, actor, subject_id), today, as_leader=True)


def agreeing_page(session: Session, actor: Actor, subject_id: int, today: date) -> NominationPage:
    """A leader's raters for whoever has to agree to them."""
    found = others_choice(session, actor, subject_id)
    return _page(session, actor, found, today, as_leader=False)


def spread_page(session: Session, actor: Actor, today: date) -> SpreadPage:
    """The requests of this quarter and the next ones."""
    planned = planned_requests(session, actor, today)
    budget = rater_budget(session, actor.organisation_id)
    found = quarters(planned, budget)
    names = name_by_address(session, {load.address for q in found for load in q.loads})
    return SpreadPage(
        budget=budget,
        quarters=tuple(
            QuarterLines(
                first=quarter.first,
                last=quarter.last,
                requests=quarter.requests,
                often=tuple(
                    OftenAsked(
                        name=names.get(load.address, load.address),
                        requests=load.requests,
                        word=load.word,
                    )
                    for load in quarter.loads
                ),
            )
            for quarter in found
        ),
        moves=moves(planned, budget),
    )


def _page(
    session: Session, actor: Actor, found: Choosing, today: date, *, as_leader: bool
) -> NominationPage:
    cycle, subject = found.cycle, found.subject
    others = [rater for rater in found.raters if rater.group_key != SELF_GROUP]
    budget = rater_budget(session, actor.organisation_id)
    requests = requests_in_quarter(
        session, {rater.email for rater in others}, max(today, cycle.opens_on)
    )
    until = cycle.nominate_until
    unsettled = subject.state in (SubjectState.NOMINATING, SubjectState.APPROVING)
    return NominationPage(
        subject=subject,
        cycle=cycle,
        groups=tuple(
            GroupLines(group=group, lines=_lines(group, others, requests, budget))
            for group in cycle.groups
            if group.key != SELF_GROUP
        ),
        n_raters=sum(rater.state is not InvitationState.DECLINED for rater in others),
        n_proposed=found.n_proposed,
        warnings=(
            *wishes([g for g in cycle.groups if g.key != SELF_GROUP], found.asked),
            *group_warnings(cycle.groups, found.asked, cycle.k),
        ),
        may_change=may_change(subject.state, as_leader=as_leader),
        has_asked=bool(others),
        is_overdue=unsettled and until is not None and until < today,
        who_agrees=_who_agrees(session, cycle, subject, today),
    )


def _who_agrees(session: Session, cycle: CycleRow, subject: SubjectRow, today: date) -> str:
    """In words to the leader; HR steps in for a manager or coach whom they do not have."""
    if cycle.approves is Approves.NOBODY:
        return ""
    kind, words = _AGREES.get(cycle.approves, (None, "HR"))
    if kind is not None and not holders_of(session, [subject.person_id], kind, today):
        return "HR"
    return words


def _lines(
    group: RaterGroup, raters: list[RaterRow], requests: Mapping[str, int], budget: int
) -> tuple[ProposedLine, ...]:
    return tuple(
        ProposedLine(rater=rater, load=load_word(requests.get(rater.email, 0), budget))
        for rater in raters
        if rater.group_key == group.key
    )
