"""What a rater's own page needs: the open questionnaire behind a link, and what was filled in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.db.parts import in_parts
from ldtrack.db.session import EVERYWHERE, enter_organisation, remember_zone
from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.keys import link_word, response_id, word_hash
from ldtrack.feedback.domain.nominating import InvitationState
from ldtrack.feedback.domain.rows import CycleRow, ResponseState, Sharing
from ldtrack.feedback.domain.timeline import SubjectState, accepts_answers
from ldtrack.feedback.models import (
    Answer,
    Comment,
    Cycle,
    Invitation,
    MattersMost,
    Response,
    Subject,
    ThenAnswer,
)
from ldtrack.feedback.queries.cycles import row_of
from ldtrack.people.queries import here, name_of, zone_of_organisation


@dataclass(frozen=True, kw_only=True)
class OpenInvitation:
    """An invitation that can be answered now; `response_id` is where its answers belong."""

    invitation_id: int
    organisation_id: int
    subject_id: int
    subject: str
    has_coach: bool
    rater: str
    rater_person_id: int | None
    group_key: str
    cycle: CycleRow
    closes_on: date
    response_id: int

    @property
    def is_self(self) -> bool:
        """Whether the rater is asked about themselves."""
        return self.group_key == SELF_GROUP

    @property
    def may_choose(self) -> bool:
        """Whether the rater says of each comment how it may be shared."""
        return self.has_coach and not self.is_self


@dataclass(frozen=True, kw_only=True)
class FilledIn:
    """What a rater has filled in: a score for an item, None for "not able to observe".

    `turn` is how often they have gone on or sent.
    """

    sent: bool = False
    turn: int = 0
    scores: dict[int, int | None] = field(default_factory=dict)
    comments: dict[str, WrittenComment] = field(default_factory=dict)
    matters_most: frozenset[int] = frozenset()
    then: dict[int, int | None] = field(default_factory=dict)

    @property
    def begun(self) -> bool:
        """Whether there is anything."""
        return bool(self.scores or self.comments or self.matters_most or self.then)


def by_link(
    session: Session,
    word: str,
    *,
    rater_key: str,
    now: datetime,
    state: InvitationState = InvitationState.APPROVED,
) -> OpenInvitation:
    """The invitation behind a link; `NotVisible` if it is unknown, or can be answered no more.

    Enters the organisation, which is not known before. DECLINED ones are found if asked for.
    """
    wanted = (
        _wanted(state)
        .add_columns(zone_of_organisation(Invitation.organisation_id))
        .where(Invitation.token_hash == word_hash(word))
    )
    row = session.execute(wanted, execution_options=EVERYWHERE).first()
    if row is None:
        raise NotVisible
    *found, zone = row
    enter_organisation(session, row[0].organisation_id)
    remember_zone(session, ZoneInfo(zone))
    return _opened(*found, rater_key=rater_key, today=here(session, now).date())


def by_id(
    session: Session, invitation_id: int, *, rater_key: str, today: date, hold: bool = False
) -> OpenInvitation:
    """The same by the invitation's id, for callers who know that it is theirs.

    With `hold` the questionnaire stays open until the transaction ends.
    """
    wanted = _wanted().where(Invitation.id == invitation_id)
    if hold:
        wanted = wanted.with_for_update(read=True, of=Subject).execution_options(
            populate_existing=True
        )
    row = session.execute(wanted).first()
    if row is None:
        raise NotVisible
    return _opened(*row, rater_key=rater_key, today=today)


def _wanted(
    state: InvitationState = InvitationState.APPROVED,
) -> Select[Invitation, Subject, Cycle, str]:
    return (
        select(Invitation, Subject, Cycle, name_of(Subject.person_id))
        .join(Subject, Subject.id == Invitation.subject_id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(Invitation.state == state)
    )


def _opened(
    invitation: Invitation,
    subject: Subject,
    cycle: Cycle,
    name: str,
    *,
    rater_key: str,
    today: date,
) -> OpenInvitation:
    is_open = accepts_answers(SubjectState(subject.state), subject.closes_on, today)
    if subject.key is None or subject.closes_on is None or not is_open:
        raise NotVisible
    return OpenInvitation(
        invitation_id=invitation.id,
        organisation_id=invitation.organisation_id,
        subject_id=subject.id,
        subject=name,
        has_coach=cycle.coach_led and subject.coach_id is not None,
        rater=invitation.name,
        rater_person_id=invitation.person_id,
        group_key=invitation.group_key,
        cycle=row_of(cycle),
        closes_on=subject.closes_on,
        response_id=response_id(rater_key, subject.key, invitation.id),
    )


def own_link(session: Session, actor: Actor, invitation_id: int, *, rater_key: str) -> str:
    """The word of the actor's own link, so that somebody signed in needs no mail."""
    key = session.scalar(
        select(Subject.key)
        .join(Invitation, Invitation.subject_id == Subject.id)
        .where(
            Invitation.id == invitation_id,
            Subject.key.is_not(None),
            Invitation.state == InvitationState.APPROVED,
            policy.clause(actor, Action.READ_ASKED, person_id=Invitation.person_id),
        )
    )
    if key is None:
        raise NotVisible
    return link_word(rater_key, key, invitation_id)


def filled_in(session: Session, asked: OpenInvitation) -> FilledIn:
    """What the rater has filled in so far."""
    here = asked.response_id
    found = session.execute(
        select(Response.state, Response.turn).where(Response.id == here)
    ).one_or_none()
    if found is None:
        return FilledIn()
    state, turn = found
    scores = session.execute(select(Answer.item_id, Answer.score).where(Answer.response_id == here))
    then = session.execute(
        select(ThenAnswer.item_id, ThenAnswer.score).where(ThenAnswer.response_id == here)
    )
    comments = session.scalars(select(Comment).where(Comment.response_id == here))
    matters_most = session.scalars(
        select(MattersMost.competency_id).where(MattersMost.response_id == here)
    )
    return FilledIn(
        sent=state == ResponseState.SENT,
        turn=turn,
        scores=dict(scores.all()),
        then=dict(then.all()),
        comments={
            c.question_key: WrittenComment(text=c.body, sharing=Sharing(c.sharing))
            for c in comments
        },
        matters_most=frozenset(matters_most),
    )


def expected_by_group(session: Session, cycle: CycleRow, subject_id: int) -> dict[str, int]:
    """How many may answer about a subject in each group, for the promise to raters.

    Whoever declined can think better of it until the close, so the others are promised the same as
    before, and somebody can be asked instead without breaking that. Only in a group whose single
    member is known by nature are they left out: who is asked instead is that one then.
    """
    return expected_of(session, cycle, [subject_id]).get(subject_id, {})


def expected_of(
    session: Session, cycle: CycleRow, subject_ids: Collection[int]
) -> dict[int, dict[str, int]]:
    """The same of many subjects of a cycle."""
    known = [group.key for group in cycle.groups if group.exempt]
    may_think_better = and_(
        Invitation.state == InvitationState.DECLINED,
        Invitation.token_hash.is_not(None),
        Invitation.group_key.not_in(known),
    )
    expected: dict[int, dict[str, int]] = {}
    for part in in_parts(subject_ids):
        rows = session.execute(
            select(Invitation.subject_id, Invitation.group_key, func.count())
            .where(
                Invitation.subject_id.in_(part),
                or_(Invitation.state == InvitationState.APPROVED, may_think_better),
            )
            .group_by(Invitation.subject_id, Invitation.group_key)
        )
        for subject_id, group_key, n in rows:
            expected.setdefault(subject_id, {})[group_key] = n
    return expected
