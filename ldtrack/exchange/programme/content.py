"""What a programme file says, as values; every reference is by identifier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ldtrack.courses.domain import CourseFormat
from ldtrack.pathways.domain import Item, ItemKind

SCHEMA = "ldtrack-programme/1"


@dataclass(frozen=True, kw_only=True)
class FrameworkNamed:
    """The framework that the competencies are of; it travels by itself."""

    identifier: str
    title: str
    version: str


@dataclass(frozen=True, kw_only=True)
class CourseSaid:
    """A course of the catalogue, without what it costs and who answers for it or gives it."""

    identifier: str
    code: str
    title: str
    format: CourseFormat | None
    mode: str
    hours: float | None
    valid_months: int | None
    description: str
    develops: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class StatementSaid:
    """A statement to score; one of no competency stands apart."""

    competency: str | None
    text: str
    weight: int


@dataclass(frozen=True, kw_only=True)
class QuestionSaid:
    """A question to answer in words."""

    key: str
    text: str
    hint: str


@dataclass(frozen=True, kw_only=True)
class QuestionnaireSaid:
    """What is asked in a 360; nobody's answers."""

    identifier: str
    title: str
    language: str
    lo: int
    hi: int
    words: tuple[str, ...]
    statements: tuple[StatementSaid, ...]
    questions: tuple[QuestionSaid, ...]


@dataclass(frozen=True, kw_only=True)
class RoleSaid:
    """The levels that a role asks for, by competency, and which of them are critical."""

    name: str
    targets: Mapping[str, int]
    critical: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Programme:
    """The whole of a file; `competencies` are names by identifier, of all that is referred to."""

    identifier: str
    edition: int
    framework: FrameworkNamed
    competencies: Mapping[str, str]
    items: tuple[Item, ...]
    courses: tuple[CourseSaid, ...] = ()
    questionnaires: tuple[QuestionnaireSaid, ...] = ()
    roles: tuple[RoleSaid, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return next(item.title for item in self.items if item.kind is ItemKind.PATHWAY)
