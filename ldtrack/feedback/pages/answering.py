"""Pages of a rater: the welcome with its promise, one screen at a time, and the review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.feedback.domain.asked import ItemRow, QuestionRow
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.flags import possible_names, telling_words
from ldtrack.feedback.domain.letters import minutes_for
from ldtrack.feedback.domain.phrases import Phrases, in_language
from ldtrack.feedback.domain.promise import promise
from ldtrack.feedback.domain.promised import promise_settings
from ldtrack.feedback.domain.steps import Step, StepKind, months_before, steps_for
from ldtrack.feedback.domain.wording import Wording
from ldtrack.feedback.pages.wording import step_title
from ldtrack.feedback.queries.answering import (
    FilledIn,
    OpenInvitation,
    expected_by_group,
    filled_in,
)
from ldtrack.feedback.queries.questionnaires import questionnaire
from ldtrack.feedback.queries.wording import read_in
from ldtrack.people.queries import job_profiles, known_names


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """One screen with how far it is; what has no `total` may be left out."""

    step: Step
    title: str
    done: int

    @property
    def number(self) -> int:
        """Its place among the screens."""
        return self.step.number

    @property
    def kind(self) -> StepKind:
        """What it asks for."""
        return self.step.kind

    @property
    def total(self) -> int:
        """How many items it has."""
        return len(self.step.items)


@dataclass(frozen=True, kw_only=True)
class ReviewedComment:
    """A comment as it will be read, with words that may tell who wrote it."""

    question: QuestionRow
    comment: WrittenComment
    telling: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AnsweringPage:
    """Everything about one rater's questionnaire; `languages` are those it can be read in."""

    asked: OpenInvitation
    wording: Wording
    languages: tuple[str, ...]
    filled: FilledIn

    @property
    def lang(self) -> str | None:
        """The language to be kept in addresses, if there is a choice."""
        return self.wording.language if len(self.languages) > 1 else None

    @property
    def said(self) -> Phrases:
        """The fixed words around what is asked, in its language."""
        return in_language(self.wording.language)

    @property
    def is_self(self) -> bool:
        """Whether the rater speaks of themselves."""
        return self.asked.is_self

    @property
    def subject(self) -> str:
        """Whom it is about."""
        return self.asked.subject

    @property
    def then_on(self) -> date:
        """The time the self looks back to."""
        return months_before(self.asked.cycle.opens_on, self.wording.form.then_months or 0)

    @property
    def may_choose(self) -> bool:
        """Whether the rater says of each comment how it may be shared."""
        return self.asked.may_choose

    @property
    def steps(self) -> tuple[StepLine, ...]:
        """The screens in their order."""
        return tuple(
            StepLine(
                step=step, title=step_title(step, self.wording, self.said), done=self._done(step)
            )
            for step in steps_for(self.wording.form, self.asked.group_key)
        )

    @property
    def items(self) -> tuple[ItemRow, ...]:
        """Everything that is scored."""
        return self.wording.form.items

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return minutes_for(sum(step.total for step in self.steps))

    @property
    def answered(self) -> int:
        """How many items have an answer."""
        return len(self.filled.scores)

    @property
    def resume_at(self) -> int:
        """The first screen that is not finished."""
        return next((s.number for s in self.steps if s.done < s.total), len(self.steps))

    def line(self, number: int) -> StepLine:
        """The screen of that number."""
        return self.steps[number - 1]

    def comments(self, telling: Mapping[str, tuple[str, ...]]) -> tuple[ReviewedComment, ...]:
        """The comments in the order of the questions."""
        return tuple(
            ReviewedComment(
                question=question,
                comment=self.filled.comments[question.key],
                telling=telling.get(question.key, ()),
            )
            for question in self.wording.form.questions
            if question.key in self.filled.comments
        )

    def _done(self, step: Step) -> int:
        if step.kind is StepKind.WORDS:
            return len(self.filled.comments)
        if step.kind is StepKind.IMPORTANCE:
            return len(self.filled.matters_most)
        given = self.filled.then if step.kind is StepKind.THEN else self.filled.scores
        return sum(item.id in given for item in step.items)


def promised_to(session: Session, asked: OpenInvitation, said: Phrases) -> tuple[str, ...]:
    """What the rater is promised, made from what is planned now."""
    expected = expected_by_group(session, asked.cycle, asked.subject_id)
    settings = promise_settings(
        asked.cycle, asked.subject, expected, has_coach=asked.has_coach, said=said
    )
    return promise(settings, asked.cycle.group_name(asked.group_key), said)


def pointed_out(
    session: Session, asked: OpenInvitation, comments: Mapping[str, WrittenComment]
) -> dict[str, tuple[str, ...]]:
    """What in each comment may tell who wrote it; nothing for those who speak of themselves.

    Names are looked for among everybody in the organisation, so that a name which is found says
    nothing about who else was asked. Raters from outside are not told who works here at all.
    """
    if asked.is_self:
        return {}
    names: set[str] = set(asked.rater.split())
    roles: list[str] = []
    if asked.rater_person_id is not None:
        texts = [comment.text for comment in comments.values()]
        names |= known_names(session, possible_names(texts, [asked.subject]))
        roles = job_profiles(session)
    return {
        key: found
        for key, comment in comments.items()
        if (found := telling_words(comment.text, names, roles))
    }


def answering_page(
    session: Session, asked: OpenInvitation, wanted: Iterable[str] = ()
) -> AnsweringPage:
    """The rater's questionnaire as far as it is filled in, in a wanted language if it is there."""
    form = questionnaire(session, asked.cycle.questionnaire_id)
    wording, languages = read_in(session, form, wanted)
    return AnsweringPage(
        asked=asked, wording=wording, languages=languages, filled=filled_in(session, asked)
    )
