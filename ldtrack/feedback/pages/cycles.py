"""Pages of HR: the list of cycles, and one subject with their raters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.feedback import queries
from ldtrack.feedback.domain.launch import group_warnings, limit_warnings
from ldtrack.feedback.domain.nominating import InvitationState, Nominates
from ldtrack.feedback.domain.rows import CycleRow, RaterRow, SubjectRow
from ldtrack.feedback.domain.timeline import BEFORE_OPENING, CycleState, Pace, SubjectState
from ldtrack.feedback.domain.turnout import Count, so_far
from ldtrack.feedback.queries.bounced import bounced
from ldtrack.feedback.queries.raters import nominations, who_answered


@dataclass(frozen=True, kw_only=True)
class CycleLine:
    """A cycle in the list, with how many questionnaires are in, as far as HR may know."""

    cycle: CycleRow
    said: str


@dataclass(frozen=True, kw_only=True)
class RaterLine:
    """Somebody who was asked; `answered` while nothing is known is False.

    `problem` is what the mail server said if no mail reached them.
    """

    rater: RaterRow
    group: str
    answered: bool
    problem: str = ""

    @property
    def may_be_replaced(self) -> bool:
        """Whether somebody else can be asked in their place."""
        return self.rater.has_a_place and not self.answered

    @property
    def may_come_back(self) -> bool:
        """Whether HR can say that the invitation came back: alike whether or not they answered."""
        asked = self.rater.state is InvitationState.APPROVED and self.rater.sent_on is not None
        return asked and not self.problem


@dataclass(frozen=True, kw_only=True)
class SubjectPage:
    """One subject with everybody who is asked."""

    cycle: CycleRow
    subject: SubjectRow
    lines: tuple[RaterLine, ...]
    warnings: tuple[str, ...]
    is_me: bool

    @property
    def tells(self) -> bool:
        """Whether HR may see who has answered about this person."""
        begun = self.subject.state not in BEFORE_OPENING
        return begun and self.cycle.tells_who_answered and not self.is_me

    @property
    def n_asked(self) -> int:
        """How many were asked and either answered or still may; a no counts only with an answer."""
        return sum(
            line.answered or line.rater.state is not InvitationState.DECLINED for line in self.lines
        )

    @property
    def may_start(self) -> bool:
        """Whether the questionnaires about them can be opened on their own."""
        rolling = self.cycle.pace is Pace.ROLLING and self.cycle.state is CycleState.OPEN
        by_hr = self.cycle.nominates is Nominates.HR and self.subject.state is SubjectState.DRAFT
        return rolling and (by_hr or self.subject.state is SubjectState.READY)

    @property
    def is_draft(self) -> bool:
        """Whether anything can still be changed."""
        return self.subject.state in BEFORE_OPENING

    @property
    def is_open(self) -> bool:
        """Whether people can still be added."""
        return self.subject.state is SubjectState.OPEN


def cycle_lines(session: Session, actor: Actor) -> list[CycleLine]:
    """Every cycle with how far it is."""
    answered = queries.cycles_answered(session, actor)
    return [
        CycleLine(cycle=cycle, said=questionnaires_in(cycle, answered))
        for cycle in queries.cycles(session, actor)
    ]


def questionnaires_in(cycle: CycleRow, answered: Mapping[int, int]) -> str:
    """How many questionnaires of a cycle are in, as far as HR may know."""
    count = Count(asked=cycle.n_invited, answered=answered.get(cycle.id, 0))
    return so_far(count, exact=cycle.tells_who_answered, k=cycle.k)


def subject_page(session: Session, actor: Actor, subject_id: int, *, rater_key: str) -> SubjectPage:
    """One subject as HR sees it."""
    subject = queries.subject(session, actor, subject_id)
    cycle = queries.cycle(session, actor, subject.cycle_id)
    raters = nominations(session, actor, subject_id)
    answered = who_answered(session, actor, subject, cycle, rater_key=rater_key)
    returned = {row.address: row.problem for row in bounced(session, cycle.id)}
    place = {group.key: position for position, group in enumerate(cycle.groups)}
    raters.sort(key=lambda rater: place[rater.group_key])
    asked = Counter(r.group_key for r in raters if r.state is not InvitationState.DECLINED)
    return SubjectPage(
        cycle=cycle,
        subject=subject,
        lines=tuple(
            RaterLine(
                rater=rater,
                group=cycle.group_name(rater.group_key),
                answered=rater.invitation_id in answered,
                problem=returned.get(rater.email, ""),
            )
            for rater in raters
        ),
        warnings=(
            *limit_warnings(cycle.groups, asked),
            *group_warnings(cycle.groups, asked, cycle.k),
        ),
        is_me=subject.person_id == actor.person_id,
    )
