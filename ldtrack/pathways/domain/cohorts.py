"""People who travel together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CohortRow:
    """People who travel together."""

    id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class CohortOnVersion:
    """Those of a cohort who are or were on one version of a pathway, and who still are."""

    cohort_id: int
    cohort: str
    version_id: int
    title: str
    number: int
    n_people: int
    n_active: int


@dataclass(frozen=True, kw_only=True)
class CohortLine:
    """A cohort in the list of all; `n_late` of those on their way have something overdue.

    `n_late` is None where so many people are on the list that not all of them were looked at.
    """

    id: int
    name: str
    on: tuple[CohortOnVersion, ...]
    n_late: int | None

    @property
    def n_people(self) -> int:
        """Enrolments with it, ended ones among them."""
        return sum(each.n_people for each in self.on)

    @property
    def n_active(self) -> int:
        """Of these, those on their way."""
        return sum(each.n_active for each in self.on)


@dataclass(frozen=True, kw_only=True)
class CohortTies:
    """What names a cohort besides enrolments, each by the title of its pathway."""

    n_enrolments: int
    pilots: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def is_free(self) -> bool:
        """Whether nothing would miss it."""
        return not (self.n_enrolments or self.pilots or self.rules)
