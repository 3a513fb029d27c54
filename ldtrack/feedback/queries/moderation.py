"""Comments that are read before a report is out, what was held back, and how often and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session, aliased

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.domain.flags import telling_words
from ldtrack.feedback.domain.insults import insulting_words
from ldtrack.feedback.domain.moderation import HidingReason, Place, may_be_hidden
from ldtrack.feedback.domain.report import Report, report_from_dict
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import CommentHiding, Cycle, Invitation, Release, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.queries.insults import lines_from, own_insults
from ldtrack.people.queries import job_profiles, name_of, people_named

MODERATED_IN = frozenset({SubjectState.AUDITED, SubjectState.WITH_COACH})
"""While the comments can be read and held back: by the moderator, then by the coach."""


@dataclass(frozen=True, kw_only=True)
class CommentLine:
    """A comment as a moderator reads it, with words that may tell who wrote it and that may insult.

    `reason` says why it is held back, if it is.
    """

    place: Place
    question: str
    group: str
    text: str
    telling: tuple[str, ...]
    insulting: tuple[str, ...]
    may_be_hidden: bool
    reason: HidingReason | None

    @property
    def is_flagged(self) -> bool:
        """Whether somebody should look at it first."""
        return bool(self.telling or self.insulting)


TO_READ = "comments to read"


@dataclass(frozen=True, kw_only=True)
class WaitingRow:
    """Whose comments wait for a moderator."""

    subject_id: int
    person: str
    cycle: str


@dataclass(frozen=True, kw_only=True)
class TrailLine:
    """One act of holding back, without the words that it was about."""

    reason: HidingReason
    who: str
    hidden_at: datetime
    lifted_by: str
    lifted_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Moderation:
    """The comments on a subject, flagged ones first; none once the report is out.

    `goes_on` says that it waits for the moderator to let it go on, `roles` are those that were
    looked for.
    """

    subject_id: int
    person: str
    cycle: str
    is_out: bool
    goes_on: bool
    comments: tuple[CommentLine, ...]
    trail: tuple[TrailLine, ...]
    roles: tuple[str, ...] = ()

    @property
    def n_flagged(self) -> int:
        """How many hold words to look at, and are still shown."""
        return sum(line.is_flagged and line.reason is None for line in self.comments)

    @property
    def n_hidden(self) -> int:
        """How many are held back."""
        return sum(line.reason is not None for line in self.comments)


def to_moderate(session: Session, actor: Actor, subject_id: int) -> Moderation:
    """The comments on a subject and what was held back, else `NotVisible`; no figure is in it."""
    row = session.execute(
        select(Release, Subject, Cycle.name, own_insults())
        .join(Subject, Subject.id == Release.subject_id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(
            Subject.id == subject_id,
            _may_moderate(actor),
        )
        .order_by(Release.number.desc())
        .limit(1)
    ).first()
    if row is None:
        raise NotVisible
    release, subject, cycle, own = row
    report = report_from_dict(release.document)
    hidings = _hidings(session, release.id)
    is_out = SubjectState(subject.state) not in MODERATED_IN
    names = () if is_out else _names_asked(session, subject_id)
    roles = () if is_out else tuple(job_profiles(session))
    insults = tuple(chain.from_iterable(lines_from(own).values()))
    lines = () if is_out else tuple(_lines(report, _in_force(hidings), names, roles, insults))
    people = people_named(
        session,
        {subject.person_id}
        | {id_ for h in hidings for id_ in (h.hidden_by_id, h.lifted_by_id) if id_},
    )
    who = {id_: row.name for id_, row in people.items()}
    return Moderation(
        subject_id=subject_id,
        person=who[subject.person_id],
        cycle=cycle,
        is_out=is_out,
        goes_on=subject.state == SubjectState.AUDITED,
        roles=roles,
        comments=tuple(sorted(lines, key=lambda line: not line.is_flagged)),
        trail=tuple(
            TrailLine(
                reason=HidingReason(hiding.reason),
                who=who.get(hiding.hidden_by_id or 0, "Somebody who has left"),
                hidden_at=hiding.hidden_at,
                lifted_by=who.get(hiding.lifted_by_id or 0, ""),
                lifted_at=hiding.lifted_at,
            )
            for hiding in hidings
        ),
    )


def places_hidden(release_id: SQLColumnExpression[int]) -> SQLColumnExpression[str]:
    """The comments of a report that are held back, for `places_in`, as a part of a statement."""
    place = cast(CommentHiding.block, String) + ":" + cast(CommentHiding.place, String)
    found = select(func.aggregate_strings(place, ",")).where(
        CommentHiding.release_id == release_id, CommentHiding.lifted_at.is_(None)
    )
    return func.coalesce(found.scalar_subquery(), "")


def hidden_in_cycle(session: Session, actor: Actor, cycle_id: int) -> dict[HidingReason, int]:
    """How many comments are held back in a cycle, and why; for HR, who read none of them."""
    require_hr(actor)
    edition = aliased(Release)
    last = select(func.max(edition.number)).where(edition.subject_id == Release.subject_id)
    rows = session.execute(
        select(CommentHiding.reason, func.count())
        .join(Release, Release.id == CommentHiding.release_id)
        .join(Subject, Subject.id == Release.subject_id)
        .where(
            Subject.cycle_id == cycle_id,
            CommentHiding.lifted_at.is_(None),
            Release.number == last.scalar_subquery(),
        )
        .group_by(CommentHiding.reason)
    ).all()
    counts = {HidingReason(reason): n for reason, n in rows}
    return {reason: counts[reason] for reason in HidingReason if reason in counts}


def waiting_for(session: Session, actor: Actor) -> list[WaitingRow]:
    """Whose comments the actor, as a cycle's moderator, is to read, by cycle and name."""
    rows = session.execute(
        select(Subject.id, name_of(Subject.person_id), Cycle.name)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(Subject.state == SubjectState.AUDITED, _may_moderate(actor))
    ).all()
    return sorted(
        (WaitingRow(subject_id=id_, person=person, cycle=cycle) for id_, person, cycle in rows),
        key=lambda row: (row.cycle, row.person, row.subject_id),
    )


def figures(actor: Actor) -> tuple[Select[str, int], ...]:
    """A word and a count of whose comments wait for the actor, asked with those of other rooms."""
    return (
        select(literal(TO_READ), func.count(Subject.id))
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(Subject.state == SubjectState.AUDITED, _may_moderate(actor)),
    )


def facts_of(actor: Actor, subject: Subject, cycle: Cycle) -> Facts:
    """What the policy may know of comments: the moderator's before the coach has the report."""
    audited = subject.state == SubjectState.AUDITED
    reads = audited and cycle.moderator_id != subject.person_id
    return Facts(
        organisation_id=actor.organisation_id,
        person_id=None if audited else subject.person_id,
        owner_id=cycle.moderator_id if reads else None,
    )


def _may_moderate(actor: Actor) -> ColumnElement[bool]:
    """The same for lists."""
    audited = Subject.state == SubjectState.AUDITED
    reads = and_(audited, Cycle.moderator_id != Subject.person_id)
    return policy.clause(
        actor,
        Action.MODERATE_COMMENT,
        person_id=case((~audited, Subject.person_id)),
        owner_id=case((reads, Cycle.moderator_id)),
    )


def _hidings(session: Session, release_id: int) -> list[CommentHiding]:
    return list(
        session.scalars(
            select(CommentHiding)
            .where(CommentHiding.release_id == release_id)
            .order_by(CommentHiding.hidden_at, CommentHiding.id)
        )
    )


def _in_force(hidings: Iterable[CommentHiding]) -> dict[Place, HidingReason]:
    return {
        Place(block=row.block, place=row.place): HidingReason(row.reason)
        for row in hidings
        if row.lifted_at is None
    }


def _names_asked(session: Session, subject_id: int) -> tuple[str, ...]:
    return tuple(
        session.scalars(select(Invitation.name).where(Invitation.subject_id == subject_id))
    )


def _lines(
    report: Report,
    hidden: dict[Place, HidingReason],
    names: tuple[str, ...],
    roles: Sequence[str],
    insults: Sequence[str],
) -> Iterator[CommentLine]:
    for number, block in enumerate(report.release.comments):
        for place, text in enumerate(block.texts):
            here = Place(block=number, place=place)
            yield CommentLine(
                place=here,
                question=report.questions.get(str(block.question_id), ""),
                group=block.group_name,
                text=text,
                telling=telling_words(text, names, roles),
                insulting=insulting_words(text, insults),
                may_be_hidden=may_be_hidden(report.release, here),
                reason=hidden.get(here),
            )
