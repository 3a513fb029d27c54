"""Sent answers, read in a few statements, and laid out afresh under new random ids at close."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from ldtrack.db.base import Base
from ldtrack.feedback.domain.answers import Answer as GivenAnswer
from ldtrack.feedback.domain.answers import RaterAnswers
from ldtrack.feedback.domain.comments import Comment as GivenComment
from ldtrack.feedback.domain.rows import ResponseState, Sharing
from ldtrack.feedback.models import Answer, Comment, MattersMost, Response, ThenAnswer
from ldtrack.feedback.service.afresh import renamed, written

Scores = dict[int, list[tuple[int, int | None, bool]]]


@dataclass(frozen=True, kw_only=True)
class SentAnswers:
    """Responses by subject, and by response what was scored, written and chosen.

    Scores are (item, score, not observed), of now and of `then`; comments are (question, text,
    sharing).
    """

    responses: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    answers: Scores = field(default_factory=dict)
    then: Scores = field(default_factory=dict)
    comments: dict[int, list[tuple[str, str, Sharing]]] = field(default_factory=dict)
    matters_most: dict[int, list[int]] = field(default_factory=dict)

    def raters_of(self, subject_id: int) -> list[RaterAnswers]:
        """What each rater of the subject scored and chose."""
        return [
            RaterAnswers(
                rater_key=response_id,
                group_key=group_key,
                answers=_given(self.answers.get(response_id, ())),
                matters_most=frozenset(self.matters_most.get(response_id, ())),
                then=_given(self.then.get(response_id, ())),
            )
            for response_id, group_key in self.responses.get(subject_id, ())
        ]

    def comments_about(
        self, subject_id: int, *, may_be_summarised: bool
    ) -> tuple[Sequence[GivenComment], Sequence[tuple[str, str]]]:
        """Comments that may be shown or summed up, and (question, text) for the coach alone.

        Raters were told that a coach sums up what cannot be shown, if there was one to tell of.
        """
        written: list[GivenComment] = []
        coach_only: list[tuple[str, str]] = []
        for response_id, _group in self.responses.get(subject_id, ()):
            for question, text, sharing in self.comments.get(response_id, ()):
                if sharing == Sharing.COACH_ONLY:
                    coach_only.append((question, text))
                    continue
                written.append(
                    GivenComment(
                        rater_key=response_id,
                        question_id=question,
                        text=text,
                        may_be_shown=sharing == Sharing.AS_WRITTEN,
                        may_be_summarised=may_be_summarised,
                    )
                )
        return written, coach_only


def sent_answers(session: Session, subject_ids: Collection[int]) -> SentAnswers:
    """Everything that was sent about these subjects; drafts are left out."""
    return _read(session, select(Response.id).where(Response.subject_id.in_(subject_ids)))


def lay_out_afresh(session: Session, organisation_id: int, subject_ids: Collection[int]) -> None:
    """Drop drafts, give what was sent new random ids, and write it in the order of these."""
    everything = Response.subject_id.in_(subject_ids)
    sent = _read(session, select(Response.id).where(everything))
    session.execute(delete(Response).where(everything).execution_options(synchronize_session=False))
    places = {
        old: {"subject_id": subject_id, "group_key": group_key}
        for subject_id, responses in sent.responses.items()
        for old, group_key in responses
    }
    fresh = renamed(places)
    rows: dict[type[Base], list[dict[str, Any]]] = {
        Response: [{"id": new, **places[old], "state": ResponseState.SENT} for new, old in fresh],
        Answer: _scored(fresh, sent.answers),
        ThenAnswer: _scored(fresh, sent.then),
        Comment: [
            {"response_id": new, "question_key": question, "body": text, "sharing": sharing}
            for new, old in fresh
            for question, text, sharing in sorted(sent.comments.get(old, ()))
        ],
        MattersMost: [
            {"response_id": new, "competency_id": competency_id}
            for new, old in fresh
            for competency_id in sorted(sent.matters_most.get(old, ()))
        ],
    }
    written(session, organisation_id, rows)


def _read(session: Session, responses: Select[int]) -> SentAnswers:
    found = SentAnswers()
    wanted = responses.where(Response.state == ResponseState.SENT)
    for response_id, subject_id, group_key in session.execute(
        select(Response.id, Response.subject_id, Response.group_key)
        .where(Response.id.in_(wanted))
        .order_by(Response.id)
    ):
        found.responses.setdefault(subject_id, []).append((response_id, group_key))
    for table, scores in ((Answer, found.answers), (ThenAnswer, found.then)):
        for response_id, item_id, score, not_observed in session.execute(
            select(table.response_id, table.item_id, table.score, table.not_observed).where(
                table.response_id.in_(wanted)
            )
        ):
            scores.setdefault(response_id, []).append((item_id, score, not_observed))
    for response_id, question, text, sharing in session.execute(
        select(Comment.response_id, Comment.question_key, Comment.body, Comment.sharing).where(
            Comment.response_id.in_(wanted)
        )
    ):
        found.comments.setdefault(response_id, []).append((question, text, sharing))
    for response_id, competency_id in session.execute(
        select(MattersMost.response_id, MattersMost.competency_id).where(
            MattersMost.response_id.in_(wanted)
        )
    ):
        found.matters_most.setdefault(response_id, []).append(competency_id)
    return found


def _given(scores: Iterable[tuple[int, int | None, bool]]) -> tuple[GivenAnswer, ...]:
    return tuple(
        GivenAnswer(item_id=item_id, score=score, not_observed=not_observed)
        for item_id, score, not_observed in scores
    )


def _scored(fresh: Iterable[tuple[int, int]], scores: Scores) -> list[dict[str, Any]]:
    return [
        {"response_id": new, "item_id": item, "score": score, "not_observed": not_observed}
        for new, old in fresh
        for item, score, not_observed in sorted(scores.get(old, ()), key=lambda answer: answer[0])
    ]
