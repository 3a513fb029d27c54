"""Pages of HR: the library, one questionnaire, a section of it, its languages."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import CompetencyRow, FrameworkRow, VersionState
from ldtrack.feedback.domain.asked import ItemRow, LibraryRow, QuestionnaireRow
from ldtrack.feedback.domain.languages import name_of
from ldtrack.feedback.domain.letters import minutes_for
from ldtrack.feedback.domain.questions import MOST_IN_STARTER, starter_statements
from ldtrack.feedback.domain.wording import Text, TextState, Wording, texts_of
from ldtrack.feedback.queries.questionnaires import (
    library,
    questionnaire_of,
    translations,
    used_in,
    versions,
)
from ldtrack.feedback.queries.wording import original, texts_in


@dataclass(frozen=True, kw_only=True)
class Starter:
    """A framework version from which a questionnaire is made in one click."""

    framework: FrameworkRow
    statements: int

    @property
    def minutes(self) -> int:
        """About how long it takes to answer."""
        return minutes_for(self.statements)


@dataclass(frozen=True, kw_only=True)
class LibraryPage:
    """Every questionnaire in its latest version, and what a new one can be started from."""

    lines: tuple[LibraryRow, ...]
    frameworks: dict[int, str]
    starters: tuple[Starter, ...]


@dataclass(frozen=True, kw_only=True)
class LanguageLine:
    """A language with what is left to do in it."""

    language: str
    texts: tuple[Text, ...]

    @property
    def name(self) -> str:
        """What its speakers call it."""
        return name_of(self.language)

    @property
    def left(self) -> tuple[Text, ...]:
        """The texts that raters read in the original."""
        return tuple(text for text in self.texts if text.state is not TextState.DONE)


@dataclass(frozen=True, kw_only=True)
class SectionLine:
    """A competency with its statements."""

    competency: CompetencyRow
    items: tuple[ItemRow, ...]

    @property
    def weighted(self) -> bool:
        """Whether some statement counts more than another."""
        return len({item.weight for item in self.items}) > 1


@dataclass(frozen=True, kw_only=True)
class QuestionnairePage:
    """One questionnaire with everything that hangs on it."""

    form: QuestionnaireRow
    framework: FrameworkRow
    wording: Wording
    versions: tuple[LibraryRow, ...]
    cycles: tuple[tuple[int, str], ...]
    languages: tuple[LanguageLine, ...]

    @property
    def sections(self) -> tuple[SectionLine, ...]:
        """The competencies in the order in which they are asked about."""
        return tuple(
            SectionLine(competency=row, items=self.form.items_of(row.id))
            for row in self.wording.competencies
        )

    @property
    def minutes(self) -> int:
        """About how long it takes to answer."""
        return minutes_for(len(self.form.items))

    @property
    def own_language(self) -> str:
        """What the language it is written in is called."""
        return name_of(self.form.language)

    @property
    def newer(self) -> LibraryRow | None:
        """The latest version, if this is not it."""
        latest = self.versions[0]
        return latest if latest.number > self.form.number else None

    @property
    def may_be_deleted(self) -> bool:
        """Whether nothing hangs on it."""
        return not self.form.frozen and not self.cycles


def library_page(session: Session, actor: Actor) -> LibraryPage:
    """The list, with a starter for each framework that is short enough to be asked whole."""
    rows = competencies.frameworks(session)
    return LibraryPage(
        lines=tuple(library(session, actor)),
        frameworks={row.framework_version_id: f"{row.title}, {row.version}" for row in rows},
        starters=tuple(
            _starter(row)
            for row in rows
            if row.state is VersionState.PUBLISHED and row.n_competencies <= MOST_IN_STARTER
        ),
    )


def _starter(row: FrameworkRow) -> Starter:
    statements = starter_statements(row.n_competencies, row.n_indicators)
    return Starter(framework=row, statements=statements)


def questionnaire_page(session: Session, actor: Actor, questionnaire_id: int) -> QuestionnairePage:
    """One of them, else `NotVisible`."""
    form = questionnaire_of(session, actor, questionnaire_id)
    wording = original(session, form)
    return QuestionnairePage(
        form=form,
        framework=competencies.framework(session, form.framework_version_id),
        wording=wording,
        versions=tuple(versions(session, actor, form.series)),
        cycles=tuple(used_in(session, actor, questionnaire_id)),
        languages=tuple(
            LanguageLine(language=language, texts=texts_of(wording, texts))
            for language, texts in translations(session, questionnaire_id).items()
        ),
    )


def language_line(session: Session, form: QuestionnaireRow, language: str) -> LanguageLine:
    """Every text of the questionnaire with its translation so far."""
    return LanguageLine(language=language, texts=texts_in(session, form, language))


def indicators_left(session: Session, form: QuestionnaireRow, competency_id: int) -> dict[int, str]:
    """What the framework offers for the competency and the questionnaire does not ask."""
    asked = {item.indicator_id for item in form.items} | {item.text for item in form.items}
    return {
        row.id: row.effective
        for row in competencies.indicators(session, [competency_id])
        if row.effective.strip() and row.id not in asked and row.effective not in asked
    }
