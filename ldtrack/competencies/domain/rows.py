"""What the competency map holds, as rows that cross from floor to floor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class VersionState(StrEnum):
    """Where an edition of a framework stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True, kw_only=True)
class Level:
    """One step of a framework's scale."""

    value: int
    label: str
    meaning: str

    @property
    def name(self) -> str:
        """`3, Skilled`, or the word alone where it says the number, as in `Level 3`."""
        return self.label if str(self.value) in self.label else f"{self.value}, {self.label}"


@dataclass(frozen=True, kw_only=True)
class ScaleRow:
    """The ordered levels of a framework version."""

    levels: tuple[Level, ...]

    @property
    def lo(self) -> int:
        """The lowest level."""
        return self.levels[0].value

    @property
    def hi(self) -> int:
        """The highest level."""
        return self.levels[-1].value

    def label(self, value: int) -> str:
        """The word of a level."""
        return next(level.label for level in self.levels if level.value == value)

    def word(self, value: int) -> str:
        """The same, but '' where it only repeats the number, as in `Level 4`."""
        label = self.label(value)
        return "" if label.casefold() == f"level {value}" else label

    def words(self, value: int) -> str:
        """`level 3, Intermediate`, or only `level 4` where the level has no word of its own."""
        word = self.word(value)
        return f"level {value}, {word}" if word else f"level {value}"


@dataclass(frozen=True, kw_only=True)
class CompetencyRow:
    """A competency as pages and documents need it."""

    id: int
    key: str
    name: str
    definition: str
    domain: str
    domain_id: int
    framework_version_id: int
    code: str = ""
    uri: str = ""


@dataclass(frozen=True, kw_only=True)
class IndicatorRow:
    """What somebody at a level does, and what they do not."""

    id: int
    competency_id: int
    level: int
    effective: str
    ineffective: str


@dataclass(frozen=True, kw_only=True)
class DomainRow:
    """A group of competencies, in its place."""

    id: int
    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Edition:
    """All that one framework version says: its scale, and every competency with its indicators."""

    scale: ScaleRow
    domains: tuple[DomainRow, ...]
    competencies: tuple[CompetencyRow, ...]
    indicators: Mapping[int, tuple[IndicatorRow, ...]]
    """By competency id; a competency without any may be missing."""


@dataclass(frozen=True, kw_only=True)
class FrameworkRow:
    """A framework version with its origin and licence."""

    framework_id: int
    framework_version_id: int
    key: str
    title: str
    version: str
    publisher: str
    state: VersionState
    licence: str
    attribution: str
    n_competencies: int
    n_indicators: int
    published_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RoleProfileRow:
    """What a role asks for: target levels by competency, and which of them are critical."""

    id: int
    name: str
    framework_version_id: int
    targets: dict[int, int]
    critical: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class OriginRow:
    """Where an edition is from: each source is what, where and how it was taken over."""

    language: str
    notes: str
    sources: tuple[Mapping[str, str], ...]
