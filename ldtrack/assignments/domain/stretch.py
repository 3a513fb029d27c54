"""How far an assignment takes somebody beyond what they know: five dimensions, a score, a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from ldtrack.core.errors import RuleBroken

MOST = 4
"""The highest score of one dimension."""
SCORE_WORDS = ("Nothing new", "A little", "Some", "A lot", "Extreme")
DIMENSIONS = {
    "novelty": "Novelty",
    "stakes": "Stakes",
    "visibility": "Visibility",
    "boundary_crossing": "Boundary crossing",
    "ambiguity": "Ambiguity",
}
MEANINGS = {
    "novelty": "How much of the work is new to whoever takes it on.",
    "stakes": "What it costs if it goes wrong.",
    "visibility": "Who is watching.",
    "boundary_crossing": "How many units, sites or cultures have to agree.",
    "ambiguity": "How little is settled at the start.",
}
BANDS = (
    ("familiar ground", 0),
    ("gentle stretch", 5),
    ("clear stretch", 10),
    ("steep stretch", 15),
)
"""Each band with its lowest score."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A profile; each dimension from 0 (nothing new) to 4 (extreme), anything else is refused."""

    novelty: int = 0
    stakes: int = 0
    visibility: int = 0
    boundary_crossing: int = 0
    ambiguity: int = 0

    def __post_init__(self) -> None:
        for name, score in self.scores.items():
            if not 0 <= score <= MOST:
                raise RuleBroken(name, f"Give a score from 0 to {MOST}.")

    @property
    def scores(self) -> dict[str, int]:
        """Each dimension's score, as it is stored."""
        return asdict(self)

    @property
    def score(self) -> int:
        """The sum over the five dimensions, 0 to 20.

        >>> Stretch(novelty=3, stakes=2, visibility=2, boundary_crossing=4, ambiguity=1).score
        12
        """
        return sum(self.scores.values())

    @property
    def band(self) -> str:
        """The word for the score: below 5, 10 and 15, and from there up.

        >>> Stretch(novelty=4, stakes=1).band
        'gentle stretch'
        """
        return [word for word, lowest in BANDS if self.score >= lowest][-1]

    @property
    def highest(self) -> str:
        """The names of the dimensions that score highest, as a phrase; '' when all are 0.

        >>> Stretch(stakes=3, ambiguity=3).highest
        'stakes and ambiguity'
        """
        most = max(self.scores.values())
        names = [DIMENSIONS[key].lower() for key, score in self.scores.items() if score == most]
        if most == 0:
            return ""
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def stretch_from(stored: Mapping[str, Any]) -> Stretch:
    """The profile from its stored form; a dimension that is not there scores 0."""
    return Stretch(**{field.name: int(stored.get(field.name, 0)) for field in fields(Stretch)})
