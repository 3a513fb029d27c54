"""A person's growth for the tests of sentences, made from entries by hand."""

from __future__ import annotations

from datetime import date

from ldtrack.competencies.domain import CompetencyRow, Level, ScaleRow
from ldtrack.dashboards.pages.subject import Subject
from ldtrack.dashboards.pages.words import Voice
from ldtrack.evidence.domain import Entry
from ldtrack.growth.domain import against, fold, standing_at
from ldtrack.growth.domain.person import CompetencyGrowth, PersonGrowth
from tests.unit.growth.makers import MIDDLE, USUAL, day, graded

TODAY = day(100)
YOU = Voice(name="Amara", is_you=True)
AMARA = Voice(name="Amara", is_you=False)
SCALE = ScaleRow(levels=tuple(Level(value=n, label=f"Level {n}", meaning="") for n in range(1, 6)))


def subject(*, is_actor: bool = True, agreed: frozenset[str] | None = None) -> Subject:
    return Subject(
        id=1,
        name="Amara Okafor",
        first_name="Amara",
        job_profile="Head of Operations",
        is_actor=is_actor,
        agreed=agreed,
    )


def in_one(
    name: str, *entries: Entry, target: int | None = 3, number: int = 1, on: date = TODAY
) -> CompetencyGrowth:
    trajectory = fold(entries, MIDDLE, USUAL, on)
    standing = standing_at(trajectory, on)
    return CompetencyGrowth(
        competency=CompetencyRow(
            id=number,
            key=name.lower(),
            name=name,
            definition="",
            domain="People",
            domain_id=1,
            framework_version_id=1,
        ),
        scale=SCALE,
        target=target,
        trajectory=trajectory,
        standing=standing,
        against=None if target is None else against(standing, target, USUAL),
    )


def in_all(*found: CompetencyGrowth) -> PersonGrowth:
    return PersonGrowth(person_id=1, as_of=TODAY, role_profile=None, competencies=found)


def high(number: int) -> Entry:
    """Enough to be above level 3 for sure."""
    return graded(number, 90, 4.6, 0.05)


def close(number: int) -> Entry:
    """About level 3."""
    return graded(number, 90, 3.0, 0.1)


def low(number: int) -> Entry:
    """Below level 3 for sure."""
    return graded(number, 90, 1.5, 0.05)
