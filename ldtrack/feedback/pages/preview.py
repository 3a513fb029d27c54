"""A questionnaire as raters will see it, for HR to try; no rater and no answer is involved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.asked import QuestionnaireRow
from ldtrack.feedback.domain.phrases import Phrases, in_language
from ldtrack.feedback.domain.rows import MANAGER_GROUP, PEER_GROUP
from ldtrack.feedback.domain.steps import Step, StepKind, months_before, steps_for
from ldtrack.feedback.domain.wording import Wording
from ldtrack.feedback.pages.wording import step_title
from ldtrack.feedback.queries.wording import read_in

WHO = {PEER_GROUP: "a colleague", MANAGER_GROUP: "the manager", SELF_GROUP: "the leader"}
"""As whom a questionnaire can be tried: these are asked different things."""


@dataclass(frozen=True, kw_only=True)
class PreviewLine:
    """One screen with its title."""

    step: Step
    title: str

    @property
    def number(self) -> int:
        """Its place among the screens."""
        return self.step.number

    @property
    def kind(self) -> StepKind:
        """What it asks for."""
        return self.step.kind


@dataclass(frozen=True, kw_only=True)
class PreviewPage:
    """Everything that a screen shows, with nobody in it."""

    row: QuestionnaireRow
    wording: Wording
    languages: tuple[str, ...]
    group: str
    steps: tuple[PreviewLine, ...]
    today: date
    subject: str = "Alex Example"

    @property
    def said(self) -> Phrases:
        """The fixed words around what is asked."""
        return in_language(self.wording.language)

    @property
    def is_self(self) -> bool:
        """Whether it is tried as the leader."""
        return self.group == SELF_GROUP

    @property
    def may_choose(self) -> bool:
        """Whether it is said of each comment how it may be shared; it is if there is a coach."""
        return not self.is_self

    @property
    def then_on(self) -> date:
        """The time the leader looks back to, if the cycle opened today."""
        return months_before(self.today, self.row.then_months or 0)


def preview_page(
    session: Session, row: QuestionnaireRow, group: str, language: str | None, today: date
) -> PreviewPage:
    """The questionnaire for one of the groups; for an unknown one as a colleague."""
    wording, languages = read_in(session, row, [language] if language else [])
    group = group if group in WHO else PEER_GROUP
    return PreviewPage(
        row=row,
        wording=wording,
        languages=languages,
        group=group,
        steps=tuple(
            PreviewLine(step=step, title=step_title(step, wording, in_language(wording.language)))
            for step in steps_for(wording.form, group)
        ),
        today=today,
    )
