"""What is known of a coach beside their engagements: places, languages, accreditation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ENDS_SOON = timedelta(days=60)
"""How long before an accreditation ends HR is told of it."""
MOST_PLACES = 100
MOST_BEST_AT = 5


class Standing(StrEnum):
    """How an accreditation stands on a day."""

    NONE = "none"
    HOLDS = "holds"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"


def standing(expires_on: date | None, today: date) -> Standing:
    """How an accreditation stands whose last day is given; one without a last day is none.

    >>> standing(date(2026, 12, 1), date(2026, 11, 20)).value
    'ends_soon'
    >>> standing(date(2026, 11, 19), date(2026, 11, 20)).value
    'ended'
    """
    if expires_on is None:
        return Standing.NONE
    if expires_on < today:
        return Standing.ENDED
    return Standing.ENDS_SOON if expires_on <= today + ENDS_SOON else Standing.HOLDS


@dataclass(frozen=True, kw_only=True)
class WriteCoach:
    """A coach as HR describes them; without `places` there is no limit."""

    places: int | None = None
    languages: str = ""
    body: str = ""
    level: str = ""
    expires_on: date | None = None
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class CoachRow:
    """A coach with how many leaders they coach at present."""

    person_id: int
    name: str
    unit: str
    n_running: int
    profile: WriteCoach
    standing: Standing
    best_at: tuple[str, ...]
    """The competencies that they say they coach best, by name."""

    @property
    def is_full(self) -> bool:
        """Whether every place is taken."""
        return self.profile.places is not None and self.n_running >= self.profile.places

    @property
    def places_words(self) -> str:
        """How many leaders of how many, as a phrase."""
        if self.profile.places is None:
            return f"{self.n_running}, no limit"
        return f"{self.n_running} of {self.profile.places}"


@dataclass(frozen=True, kw_only=True)
class PresentOneself:
    """What a coach says of themselves: languages, what they coach best, and a few words."""

    languages: str = ""
    best_at: tuple[int, ...] = ()
    about: str = ""
