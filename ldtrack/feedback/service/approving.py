"""Agreeing to the raters whom a leader proposes, or sending the proposals back with a word."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback.domain.nominating import Approves
from ldtrack.feedback.domain.timeline import SubjectState, moved
from ldtrack.feedback.models import Cycle, Subject
from ldtrack.feedback.queries.answering import expected_by_group
from ldtrack.feedback.queries.cycles import row_of
from ldtrack.feedback.service.cycles import audit
from ldtrack.feedback.service.invitations import Delivery, send_invitations
from ldtrack.feedback.service.nominating import facts_of, held, settle
from ldtrack.feedback.service.nomination_mails import tell_returned
from ldtrack.feedback.service.raters import check_counts


def agree(
    session: Session, actor: Actor, subject_id: int, *, now: datetime, delivery: Delivery
) -> int:
    """Make everybody who is proposed a rater. Returns how many.

    While questionnaires are open, whoever was added is asked at once. Raises `RuleBroken` if that
    would change what raters who answered were promised.
    """
    subject, cycle = _to_agree(session, actor, subject_id)
    is_open = subject.state == SubjectState.OPEN
    if not is_open:
        subject.state = moved(SubjectState(subject.state), SubjectState.READY)
    planned = row_of(cycle)
    before = expected_by_group(session, planned, subject_id)
    rows = settle(session, subject_id)
    if is_open:
        after = expected_by_group(session, planned, subject_id)
        check_counts(session, planned, subject, before, after)
        send_invitations(session, cycle, rows, now=now, delivery=delivery)
    audit(session, actor, "agree_to_raters", cycle.id, now, person_id=subject.person_id)
    return len(rows)


def send_back(
    session: Session,
    actor: Actor,
    subject_id: int,
    word: str,
    *,
    now: datetime,
    base_url: str | None,
) -> None:
    """Let the leader choose again, and say why."""
    subject, cycle = _to_agree(session, actor, subject_id)
    if not word.strip():
        raise RuleBroken("word", "Say in a sentence what should be different.")
    subject.state = moved(SubjectState(subject.state), SubjectState.NOMINATING)
    subject.returned_with = word.strip()
    session.flush()
    audit(session, actor, "send_raters_back", cycle.id, now, person_id=subject.person_id)
    tell_returned(session, cycle, subject, now=now, base_url=base_url)


def _to_agree(session: Session, actor: Actor, subject_id: int) -> tuple[Subject, Cycle]:
    subject, cycle = held(session, subject_id)
    if cycle.approves == Approves.NOBODY or subject.person_id == actor.person_id:
        raise NotVisible
    policy.require_visible(actor, Action.APPROVE_NOMINATION, facts_of(actor, subject, cycle))
    return subject, cycle
