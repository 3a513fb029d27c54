"""What a rater does: save as they go, send, change until the cycle closes.

Nothing here is audited, timed or logged, and nothing but rows of answers is written. The rows
themselves are `answer_rows`' affair.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.feedback.domain.asked import ItemRow, QuestionnaireRow
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.rows import ResponseState
from ldtrack.feedback.domain.steps import looks_back, says_what_matters
from ldtrack.feedback.domain.timeline import SubjectState, accepts_answers
from ldtrack.feedback.models import Answer, Comment, MattersMost, Response, Subject, ThenAnswer
from ldtrack.feedback.queries.answering import OpenInvitation, by_id
from ldtrack.feedback.queries.questionnaires import questionnaire
from ldtrack.feedback.service.answer_rows import (
    add_choices,
    add_comments,
    add_scores,
    drop_all,
    drop_response,
    drop_scores,
    hold_response,
    new_response,
)

MOST_CHARS = 10_000
"""The longest comment."""


def save_scores(
    session: Session,
    asked: OpenInvitation,
    form: QuestionnaireRow,
    scores: Mapping[int, int | None],
    *,
    items: Collection[int],
    now: datetime,
    seen: int | None = None,
) -> None:
    """Keep the answers to these `items`; None is "not able to observe", a missing one a blank.

    A page that saves by itself says which turn it has `seen`.
    """
    check_open(session, asked, now)
    _check_scores(form, scores, items, form.items)
    _take_turn(session, asked, seen)
    drop_scores(session, Answer, asked, items)
    add_scores(session, Answer, asked, scores)


def save_then(
    session: Session,
    asked: OpenInvitation,
    form: QuestionnaireRow,
    scores: Mapping[int, int | None],
    *,
    items: Collection[int],
    now: datetime,
    seen: int | None = None,
) -> None:
    """Keep how somebody says it was before; never one of their answers."""
    check_open(session, asked, now)
    _check_then(asked, form, scores, items)
    _take_turn(session, asked, seen)
    drop_scores(session, ThenAnswer, asked, items)
    add_scores(session, ThenAnswer, asked, scores)


def save_matters_most(
    session: Session,
    asked: OpenInvitation,
    form: QuestionnaireRow,
    competency_ids: Collection[int],
    *,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Keep which competencies were chosen as the most important, instead of what was chosen."""
    check_open(session, asked, now)
    _check_choices(asked, form, competency_ids)
    _take_turn(session, asked, seen)
    drop_all(session, MattersMost, asked)
    add_choices(session, asked, competency_ids)


def save_comments(
    session: Session,
    asked: OpenInvitation,
    form: QuestionnaireRow,
    comments: Mapping[str, WrittenComment],
    *,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Keep what was written to the open questions, instead of what was there."""
    check_open(session, asked, now)
    _check_comments(form, comments)
    _take_turn(session, asked, seen)
    drop_all(session, Comment, asked)
    add_comments(session, asked, comments)


def send(session: Session, asked: OpenInvitation, *, now: datetime) -> None:
    """Count what was saved from now on; it can still be changed until the cycle closes."""
    check_open(session, asked, now)
    anything = exists().where(Answer.response_id == asked.response_id)
    if not session.scalar(select(anything)):
        raise RuleBroken("answers", "Answer at least one question before you send.")
    session.execute(
        update(Response)
        .where(Response.id == asked.response_id)
        .values(state=ResponseState.SENT, turn=Response.turn + 1)
    )


def store_response(
    session: Session,
    invitation_id: int,
    scores: Mapping[int, int | None],
    comments: Mapping[str, WrittenComment],
    *,
    rater_key: str,
    now: datetime,
    matters_most: Collection[int] = (),
    then: Mapping[int, int | None] | None = None,
) -> None:
    """Save a whole questionnaire and send it, for callers who know that it is the rater's.

    What was there before is replaced. Raises `NotVisible` if the cycle takes no answers now,
    `RuleBroken` for a score off the scale.
    """
    asked = by_id(session, invitation_id, rater_key=rater_key, today=now.date(), hold=True)
    form = questionnaire(session, asked.cycle.questionnaire_id)
    before = then or {}
    _check_scores(form, scores, scores, form.items)
    _check_comments(form, comments)
    _check_choices(asked, form, matters_most)
    _check_then(asked, form, before, before)
    drop_response(session, asked)
    new_response(session, asked, ResponseState.SENT)
    add_scores(session, Answer, asked, scores)
    add_comments(session, asked, comments)
    add_choices(session, asked, matters_most)
    add_scores(session, ThenAnswer, asked, before)


def check_open(session: Session, asked: OpenInvitation, now: datetime) -> None:
    """Raise `Conflict` once it has closed; until the transaction ends it stays as it is."""
    # Held shared here and alone by the close, so that no answer slips in behind it.
    state, closes_on = session.execute(
        select(Subject.state, Subject.closes_on)
        .where(Subject.id == asked.subject_id)
        .with_for_update(read=True)
    ).one()
    if not accepts_answers(SubjectState(state), closes_on, now.date()):
        raise Conflict("This questionnaire has closed; nothing can be changed any more.")


def _take_turn(session: Session, asked: OpenInvitation, seen: int | None) -> None:
    """Hold the response for what the rater does or, if some turn was `seen`, what a page does.

    Whoever goes on or sends has the last word: what a page saves by itself is late, and
    `RuleBroken`, if the rater has had another turn since that page was made.
    """
    turn = hold_response(session, asked, goes_on=seen is None)
    if seen is not None and seen != turn:
        raise RuleBroken("turn", "You have gone on since.")


def _check_scores(
    form: QuestionnaireRow,
    scores: Mapping[int, int | None],
    items: Collection[int],
    offered: Collection[ItemRow],
) -> None:
    if set(scores) - set(items) or set(items) - {item.id for item in offered}:
        raise RuleBroken("item", "The questionnaire has no such item.")
    if any(score is not None and not form.lo <= score <= form.hi for score in scores.values()):
        raise RuleBroken("score", f"Scores go from {form.lo} to {form.hi}.")


def _check_then(
    asked: OpenInvitation,
    form: QuestionnaireRow,
    scores: Mapping[int, int | None],
    items: Collection[int],
) -> None:
    if items and not looks_back(form, asked.group_key):
        raise RuleBroken("item", "This questionnaire does not ask how it was before.")
    offered = [item for item in form.items if item.competency_id is not None]
    _check_scores(form, scores, items, offered)


def _check_choices(
    asked: OpenInvitation, form: QuestionnaireRow, competency_ids: Collection[int]
) -> None:
    if not competency_ids:
        return
    if not says_what_matters(form, asked.group_key):
        raise RuleBroken("matters_most", "This questionnaire does not ask what matters most.")
    if set(competency_ids) - set(form.competency_ids):
        raise RuleBroken("matters_most", "The questionnaire does not ask about this competency.")
    if len(set(competency_ids)) > (form.most_important or 0):
        raise RuleBroken("matters_most", f"Choose at most {form.most_important}.")


def _check_comments(form: QuestionnaireRow, comments: Mapping[str, WrittenComment]) -> None:
    if set(comments) - {question.key for question in form.questions}:
        raise RuleBroken("question", "The questionnaire has no such question.")
    if any(len(comment.text) > MOST_CHARS for comment in comments.values()):
        raise RuleBroken("comment", f"Please shorten this to {MOST_CHARS:,} characters.")
