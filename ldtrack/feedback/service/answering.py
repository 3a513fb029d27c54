"""What a rater does: save as they go, send, change until the cycle closes.

Nothing here is audited, timed or logged, and nothing but rows of answers is written.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.rows import QuestionnaireRow, ResponseState, Sharing
from ldtrack.feedback.models import Answer, Comment, Response
from ldtrack.feedback.queries.answering import OpenInvitation, by_id
from ldtrack.feedback.queries.cycles import questionnaire, row_of
from ldtrack.feedback.service.cycles import locked

MOST_CHARS = 4_000
"""The longest comment."""


def save_scores(
    session: Session,
    asked: OpenInvitation,
    form: QuestionnaireRow,
    scores: Mapping[int, int | None],
    *,
    items: Collection[int],
    now: datetime,
) -> None:
    """Keep the answers to these `items`; None is "not able to observe", a missing one a blank."""
    _check_open(session, asked, now)
    _check_scores(form, scores, items)
    if not _ensure_response(session, asked):
        _drop_answers(session, asked, items)
    _add_answers(session, asked, scores)


def save_comments(
    session: Session,
    asked: OpenInvitation,
    form: QuestionnaireRow,
    comments: Mapping[str, WrittenComment],
    *,
    now: datetime,
) -> None:
    """Keep what was written to the open questions, instead of what was there."""
    _check_open(session, asked, now)
    _check_comments(form, comments)
    if not _ensure_response(session, asked):
        _drop_comments(session, asked)
    _add_comments(session, asked, comments)


def send(session: Session, asked: OpenInvitation, *, now: datetime) -> None:
    """Count what was saved from now on; it can still be changed until the cycle closes."""
    _check_open(session, asked, now)
    any_answer = session.scalar(
        select(Answer.item_id).where(Answer.response_id == asked.response_id).limit(1)
    )
    if any_answer is None:
        raise RuleBroken("answers", "Answer at least one question before you send.")
    session.execute(
        update(Response).where(Response.id == asked.response_id).values(state=ResponseState.SENT)
    )


def store_response(
    session: Session,
    invitation_id: int,
    scores: Mapping[int, int | None],
    comments: Mapping[str, WrittenComment],
    *,
    rater_key: str,
    now: datetime,
) -> None:
    """Save a whole questionnaire and send it, for callers who know that it is the rater's.

    Raises `NotVisible` if the cycle takes no answers now, `RuleBroken` for a score off the scale.
    """
    asked = by_id(session, invitation_id, rater_key=rater_key, today=now.date(), hold=True)
    form = questionnaire(session, asked.cycle.questionnaire_id)
    items = [item.id for item in form.items]
    _check_scores(form, scores, items)
    _check_comments(form, comments)
    if not _ensure_response(session, asked, ResponseState.SENT):
        _drop_answers(session, asked, items)
        _drop_comments(session, asked)
    _add_answers(session, asked, scores)
    _add_comments(session, asked, comments)


def _check_open(session: Session, asked: OpenInvitation, now: datetime) -> None:
    if not row_of(locked(session, asked.cycle.id, shared=True)).takes_answers(now.date()):
        raise Conflict("This questionnaire has closed; nothing can be changed any more.")


def _check_scores(
    form: QuestionnaireRow, scores: Mapping[int, int | None], items: Collection[int]
) -> None:
    if set(scores) - set(items) or set(items) - {item.id for item in form.items}:
        raise RuleBroken("item", "The questionnaire has no such item.")
    if any(score is not None and not form.lo <= score <= form.hi for score in scores.values()):
        raise RuleBroken("score", f"Scores go from {form.lo} to {form.hi}.")


def _check_comments(form: QuestionnaireRow, comments: Mapping[str, WrittenComment]) -> None:
    if set(comments) - {question.key for question in form.questions}:
        raise RuleBroken("question", "The questionnaire has no such question.")
    if any(len(comment.text) > MOST_CHARS for comment in comments.values()):
        raise RuleBroken("comment", f"Please shorten this to {MOST_CHARS:,} characters.")


def _ensure_response(
    session: Session, asked: OpenInvitation, state: ResponseState = ResponseState.DRAFT
) -> bool:
    """Whether the response is new. One that was sent stays sent."""
    here = session.scalar(select(Response.state).where(Response.id == asked.response_id))
    if here is None:
        session.execute(
            insert(Response).values(
                id=asked.response_id,
                organisation_id=asked.organisation_id,
                subject_id=asked.subject_id,
                group_key=asked.group_key,
                state=state,
            )
        )
    elif state is ResponseState.SENT and here != state:
        session.execute(
            update(Response).where(Response.id == asked.response_id).values(state=state)
        )
    return here is None


def _drop_answers(session: Session, asked: OpenInvitation, items: Collection[int]) -> None:
    session.execute(
        delete(Answer).where(
            Answer.response_id == asked.response_id, Answer.item_id.in_(sorted(items))
        )
    )


def _drop_comments(session: Session, asked: OpenInvitation) -> None:
    session.execute(delete(Comment).where(Comment.response_id == asked.response_id))


def _add_answers(session: Session, asked: OpenInvitation, scores: Mapping[int, int | None]) -> None:
    rows = [
        {
            "response_id": asked.response_id,
            "item_id": item_id,
            "organisation_id": asked.organisation_id,
            "score": score,
            "not_observed": score is None,
        }
        for item_id, score in sorted(scores.items())
    ]
    if rows:
        session.execute(insert(Answer).values(rows))


def _add_comments(
    session: Session, asked: OpenInvitation, comments: Mapping[str, WrittenComment]
) -> None:
    rows = [
        {
            "response_id": asked.response_id,
            "question_key": key,
            "organisation_id": asked.organisation_id,
            "body": comment.text.strip(),
            "sharing": Sharing.COACH_ONLY if comment.coach_only else Sharing.AS_WRITTEN,
        }
        for key, comment in sorted(comments.items())
        if comment.text.strip()
    ]
    if rows:
        session.execute(insert(Comment).values(rows))
