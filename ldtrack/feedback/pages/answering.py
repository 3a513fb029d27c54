"""Pages of a rater: the welcome with its promise, one competency at a time, words, the review."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.competencies.domain import CompetencyRow
from ldtrack.competencies.queries import competencies_named
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.flags import telling_words
from ldtrack.feedback.domain.letters import minutes_for
from ldtrack.feedback.domain.promise import promise
from ldtrack.feedback.domain.promised import promise_settings
from ldtrack.feedback.domain.rows import ItemRow, QuestionnaireRow, QuestionRow
from ldtrack.feedback.queries.answering import (
    FilledIn,
    OpenInvitation,
    expected_by_group,
    filled_in,
)
from ldtrack.feedback.queries.cycles import questionnaire


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """One screen: a competency with its items, or the open questions."""

    number: int
    title: str
    items: tuple[ItemRow, ...]
    done: int

    @property
    def total(self) -> int:
        """How many items it has; the open questions are all optional."""
        return len(self.items)


@dataclass(frozen=True, kw_only=True)
class ReviewedComment:
    """A comment as it will be read, with words that may tell who wrote it."""

    question: QuestionRow
    comment: WrittenComment
    telling: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AnsweringPage:
    """Everything about one rater's questionnaire."""

    asked: OpenInvitation
    form: QuestionnaireRow
    competencies: tuple[CompetencyRow, ...]
    filled: FilledIn

    @property
    def steps(self) -> tuple[StepLine, ...]:
        """The competencies, then the open questions."""
        lines = [
            StepLine(
                number=number,
                title=competency.name,
                items=(items := self.form.items_of(competency.id)),
                done=sum(item.id in self.filled.scores for item in items),
            )
            for number, competency in enumerate(self.competencies, start=1)
        ]
        words = StepLine(
            number=len(lines) + 1,
            title="In your own words",
            items=(),
            done=len(self.filled.comments),
        )
        return (*lines, words)

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return minutes_for(len(self.form.items))

    @property
    def answered(self) -> int:
        """How many items have an answer."""
        return len(self.filled.scores)

    @property
    def begun(self) -> bool:
        """Whether anything was filled in."""
        return bool(self.filled.scores or self.filled.comments)

    @property
    def resume_at(self) -> int:
        """The first screen that is not finished."""
        return next((s.number for s in self.steps if s.done < s.total), len(self.steps))

    def comments(self, own_names: tuple[str, ...]) -> tuple[ReviewedComment, ...]:
        """The comments in the order of the questions."""
        return tuple(
            ReviewedComment(
                question=question,
                comment=self.filled.comments[question.key],
                telling=telling_words(self.filled.comments[question.key].text, own_names),
            )
            for question in self.form.questions
            if question.key in self.filled.comments
        )


def answering_page(session: Session, asked: OpenInvitation) -> AnsweringPage:
    """The rater's questionnaire as far as it is filled in."""
    form = questionnaire(session, asked.cycle.questionnaire_id)
    named = competencies_named(session, form.competency_ids)
    return AnsweringPage(
        asked=asked,
        form=form,
        competencies=tuple(named[id_] for id_ in form.competency_ids),
        filled=filled_in(session, asked),
    )


def promised_to(session: Session, asked: OpenInvitation) -> tuple[str, ...]:
    """What the rater is promised, made from what is planned now."""
    expected = expected_by_group(session, asked.subject_id)
    settings = promise_settings(asked.cycle, asked.subject, expected)
    return promise(settings, asked.cycle.group_name(asked.group_key))
