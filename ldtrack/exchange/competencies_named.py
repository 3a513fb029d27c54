"""Which edition and which competency a table means, by the words that people write."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.competencies.domain import CompetencyRow, FrameworkRow, ScaleRow, VersionState
from ldtrack.competencies.queries import competencies_of, frameworks, scales

_NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, kw_only=True)
class EditionNamed:
    """An edition with its competencies and its scale, to be looked things up in."""

    framework: FrameworkRow
    competencies: Sequence[CompetencyRow]
    scale: ScaleRow

    def competency(self, word: str) -> CompetencyRow | None:
        """The competency of that key, else of that name; capitals do not matter in a name."""
        for row in self.competencies:
            if row.key == word:
                return row
        return next((row for row in self.competencies if same(row.name, word)), None)

    def level(self, word: str) -> int:
        """A level by its number, its word, or both; a `ValueError` holds the sentence."""
        for level in self.scale.levels:
            if word.casefold() in {level.label.casefold(), level.name.casefold()}:
                return level.value
        values = {level.value for level in self.scale.levels}
        if _NUMBER.fullmatch(word) and int(word) in values:
            return int(word)
        raise ValueError(
            f"“{word[:60]}” is no level: the scale of {self.framework.title} goes from "
            f"{self.scale.lo} to {self.scale.hi}."
        )


@dataclass(frozen=True, kw_only=True)
class Editions:
    """Every published edition, and those that something is built on already; of one framework the
    one that was published first counts for people until a crosswalk to the next is in force."""

    all: Sequence[EditionNamed]

    @property
    def published(self) -> list[EditionNamed]:
        """Those that something new may be built on."""
        return [one for one in self.all if one.framework.state is VersionState.PUBLISHED]

    def of(self, framework_version_id: int) -> EditionNamed:
        """One of them by its id."""
        return next(
            one for one in self.all if one.framework.framework_version_id == framework_version_id
        )

    def find(self, framework: str, edition: str) -> EditionNamed:
        """The edition of a framework by its key or title; a `ValueError` holds the sentence.

        Without words, the only framework there is.
        """
        if not self.published:
            raise ValueError("There is no published framework; bring one in first.")
        wanted = [
            one
            for one in self.published
            if not framework
            or one.framework.key == framework
            or same(one.framework.title, framework)
        ]
        if not wanted:
            raise ValueError(f"There is no published framework “{framework[:60]}”: {self.words}.")
        if len({one.framework.framework_id for one in wanted}) > 1:
            raise ValueError(f"Say which framework this is about: {self.words}.")
        for one in wanted:
            if not edition or one.framework.version == edition:
                return one
        known = ", ".join(one.framework.version for one in wanted)
        raise ValueError(f"There is no published edition “{edition[:60]}”, but {known}.")

    @property
    def words(self) -> str:
        """The keys of the frameworks there are."""
        keys = dict.fromkeys(one.framework.key for one in self.published)
        return f"there is {' and '.join(keys)}"


def editions_named(session: Session, also: Collection[int] = ()) -> Editions:
    """All that a table can mean, `also` editions that are retired by now. Three statements."""
    rows = [
        row
        for row in frameworks(session)
        if row.state is VersionState.PUBLISHED or row.framework_version_id in also
    ]
    ids = [row.framework_version_id for row in rows]
    competencies, levels = competencies_of(session, ids), scales(session, ids)
    return Editions(
        all=[
            EditionNamed(
                framework=row,
                competencies=competencies[row.framework_version_id],
                scale=levels[row.framework_version_id],
            )
            for row in rows
        ]
    )


def same(one: str, other: str) -> bool:
    """Whether two names read the same, but for capitals and spaces.

    >>> same("Leading  Others", "leading others")
    True
    """
    return _plain(one) == _plain(other)


def listed(cell: str) -> list[str]:
    """The words of a cell that holds several, with semicolons between them.

    >>> listed("Team leader; Shift leader;")
    ['Team leader', 'Shift leader']
    """
    return [word for part in cell.split(";") if (word := " ".join(part.split()))]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
