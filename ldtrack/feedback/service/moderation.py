"""Holding a comment back before the report is out, and showing it again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import Conflict, NotVisible
from ldtrack.feedback.domain.letters import sending_hour
from ldtrack.feedback.domain.moderation import HidingReason, Place, may_be_hidden
from ldtrack.feedback.domain.moderator_letter import comments_are_to_be_read
from ldtrack.feedback.domain.report import report_from_dict
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import CommentHiding, Cycle, Release, Subject
from ldtrack.feedback.queries.moderation import MODERATED_IN, facts_of
from ldtrack.feedback.service.passing_on import go_on
from ldtrack.outbox.service import post
from ldtrack.people.queries import people_named


def hide_comment(
    session: Session,
    actor: Actor,
    subject_id: int,
    place: Place,
    reason: HidingReason,
    *,
    now: datetime,
) -> None:
    """Leave the comment out of everything that is shown; one that is hidden stays as it is."""
    release = _release(session, actor, subject_id)
    if not may_be_hidden(report_from_dict(release.document).release, place):
        raise NotVisible
    if _in_force(session, release.id, place) is None:
        session.add(
            CommentHiding(
                release_id=release.id,
                block=place.block,
                place=place.place,
                reason=reason,
                hidden_by_id=actor.person_id,
                hidden_at=now,
            )
        )
        session.flush()


def show_comment_again(
    session: Session, actor: Actor, subject_id: int, place: Place, *, now: datetime
) -> None:
    """Take the hiding back; its row stays in the trail."""
    release = _release(session, actor, subject_id)
    hiding = _in_force(session, release.id, place)
    if hiding is not None:
        hiding.lifted_by_id, hiding.lifted_at = actor.person_id, now
        session.flush()


def finish_moderation(
    session: Session,
    actor: Actor,
    subject_id: int,
    *,
    now: datetime,
    base_url: str | None = None,
) -> None:
    """Let the report go on, as the cycle's moderator: to the coach, or out where none leads."""
    release = _release(session, actor, subject_id)
    subject = session.get_one(Subject, subject_id)
    if subject.state != SubjectState.AUDITED:
        raise Conflict("The coach passes this report on.")
    cycle = session.get_one(Cycle, subject.cycle_id)
    go_on(session, cycle, subject, release, now=now, base_url=base_url)


def has_moderator(cycle: Cycle, subject: Subject) -> bool:
    """Whether somebody reads the comments first; nobody reads those about themselves."""
    return cycle.moderator_id is not None and cycle.moderator_id != subject.person_id


def tell_moderator(session: Session, cycle: Cycle, now: datetime, base_url: str) -> None:
    """Leave a mail to the moderator, all of one hour being one."""
    if cycle.moderator_id is None:
        return
    reader = people_named(session, [cycle.moderator_id])[cycle.moderator_id]
    link = f"{base_url.rstrip('/')}/feedback/comments"
    letter = comments_are_to_be_read(reader.name, cycle.name, link)
    if reader.email:
        post(
            session,
            to_address=reader.email,
            to_name=reader.name,
            subject=letter.subject,
            body=letter.body,
            due_at=sending_hour(now),
        )


def carry_over(session: Session, last: Release, made: Release) -> None:
    """Hold back in a new edition what is held back in the last one: the same words as before."""
    before = report_from_dict(last.document).release.comments
    words = {
        (before[hiding.block].question_id, before[hiding.block].texts[hiding.place]): hiding
        for hiding in session.scalars(
            select(CommentHiding).where(
                CommentHiding.release_id == last.id, CommentHiding.lifted_at.is_(None)
            )
        )
    }
    for number, block in enumerate(report_from_dict(made.document).release.comments):
        for place, text in enumerate(block.texts):
            if hiding := words.get((block.question_id, text)):
                session.add(
                    CommentHiding(
                        release_id=made.id,
                        block=number,
                        place=place,
                        reason=hiding.reason,
                        hidden_by_id=hiding.hidden_by_id,
                        hidden_at=hiding.hidden_at,
                    )
                )
    session.flush()


def _release(session: Session, actor: Actor, subject_id: int) -> Release:
    """The report while it waits; `Conflict` once the leader has it. Held until the act is done."""
    subject = session.scalars(
        select(Subject).where(Subject.id == subject_id).with_for_update()
    ).first()
    if subject is None:
        raise NotVisible
    cycle = session.get_one(Cycle, subject.cycle_id)
    policy.require_visible(actor, Action.MODERATE_COMMENT, facts_of(actor, subject, cycle))
    release = session.scalars(
        select(Release)
        .where(Release.subject_id == subject.id)
        .order_by(Release.number.desc())
        .limit(1)
    ).first()
    if release is None:
        raise NotVisible
    if SubjectState(subject.state) not in MODERATED_IN:
        raise Conflict("The report is out; what it shows does not change any more.")
    return release


def _in_force(session: Session, release_id: int, place: Place) -> CommentHiding | None:
    return session.scalars(
        select(CommentHiding).where(
            CommentHiding.release_id == release_id,
            CommentHiding.block == place.block,
            CommentHiding.place == place.place,
            CommentHiding.lifted_at.is_(None),
        )
    ).first()
