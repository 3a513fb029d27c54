"""What a questionnaire asks, as other floors see it; what was answered is not in here."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST_WEIGHT = 5
MOST_IMPORTANT = 10


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """One statement to score, with its weight; one of no competency stands apart."""

    id: int
    competency_id: int | None
    text: str
    weight: int = 1
    indicator_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionRow:
    """One question to answer in words."""

    key: str
    text: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionnaireRow:
    """What is asked; `words` has one word for each step from `lo` to `hi`, or none.

    `most_important` is how many competencies self and manager may choose, `then_months` how far
    the self looks back; without them neither is asked.
    """

    id: int
    title: str
    lo: int
    hi: int
    words: tuple[str, ...]
    items: tuple[ItemRow, ...]
    questions: tuple[QuestionRow, ...]
    framework_version_id: int
    series: int
    number: int = 1
    frozen: bool = False
    language: str = "en"
    most_important: int | None = None
    then_months: int | None = None

    @property
    def competency_ids(self) -> tuple[int, ...]:
        """The competencies in the order in which they are asked about."""
        asked = (item.competency_id for item in self.items)
        return tuple(dict.fromkeys(id_ for id_ in asked if id_ is not None))

    @property
    def derailers(self) -> tuple[ItemRow, ...]:
        """The items that stand apart."""
        return self.items_of(None)

    @property
    def name(self) -> str:
        """The title, with the number of the version from the second on."""
        return f"{self.title} (version {self.number})" if self.number > 1 else self.title

    def items_of(self, competency_id: int | None) -> tuple[ItemRow, ...]:
        """The items that speak of one competency."""
        return tuple(item for item in self.items if item.competency_id == competency_id)


@dataclass(frozen=True, kw_only=True)
class LibraryRow:
    """A questionnaire in HR's library; `n_cycles` counts the cycles that ask it."""

    id: int
    title: str
    number: int
    frozen: bool
    framework_version_id: int
    n_items: int
    n_cycles: int
    languages: tuple[str, ...]
