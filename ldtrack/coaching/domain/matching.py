"""How well a coach suits a leader, in parts that can be told; who it is, the two of them decide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ldtrack.core.words import listed

FOCUS, LANGUAGE, ROOM, DISTANCE = 4, 3, 2, 1
"""What each part weighs."""
FAR = 2
"""From how many units apart on a coach counts as independent."""
MOST_FOCUS = 5
"""How many competencies are looked for at most, so that they tell coaches apart."""


class Refusal(StrEnum):
    """Why a coach is not for this leader now."""

    FULL = "full"
    ENDED = "ended"
    TOGETHER = "together"
    CONFLICT = "conflict"


@dataclass(frozen=True, kw_only=True, slots=True)
class LookedFor:
    """What a leader looks for, by the ids of competencies, as a page asks for it."""

    focus: tuple[int, ...] = ()
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """What a leader looks for: competencies by name, and a language; both may be empty."""

    focus: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CoachFacts:
    """A coach as seen from one leader on one day.

    Without `places` there is no limit. `taken` counts who they coach.
    `apart` is None where the unit of one of the two is not known.
    """

    person_id: int
    name: str
    unit: str = ""
    best_at: frozenset[str] = frozenset()
    languages: str = ""
    about: str = ""
    accredited: str = ""
    places: int | None = None
    taken: int = 0
    apart: int | None = None
    accreditation_ended: bool = False
    together: bool = False
    conflict: bool = False

    @property
    def is_full(self) -> bool:
        """Whether every place is taken."""
        return self.places is not None and self.taken >= self.places

    @property
    def refusal(self) -> Refusal | None:
        """Why they are not for this leader; a conflict comes first, for it is told to nobody."""
        if self.conflict:
            return Refusal.CONFLICT
        if self.together:
            return Refusal.TOGETHER
        if self.accreditation_ended:
            return Refusal.ENDED
        return Refusal.FULL if self.is_full else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A coach with how well they suit, from 0 to 1, and why, in words."""

    coach: CoachFacts
    score: float
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """The reasons as one sentence."""
        words = "; ".join(self.reasons)
        return f"{words[:1].upper()}{words[1:]}."


def match(coach: CoachFacts, sought: Sought) -> Match:
    """The weighted mean of four parts, each from 0 to 1.

    - focus (4): the share of the competencies looked for that the coach names as their own;
    - language (3): whether they speak it;
    - room (2): the share of their places that is free, all of it without a limit;
    - distance (1): nothing in the same unit, half next to it, all of it from two units apart.

    What was not asked for, or is not known of the coach, is left out and is no zero; what the coach
    says, or does not say, is told all the same.

    Two of three competencies, the language, three of four places, three units apart:
    (4 * 2/3 + 3 * 1 + 2 * 3/4 + 1 * 1) / 10 = 0.8167. The same coach without a word on languages:
    (4 * 2/3 + 2 * 3/4 + 1 * 1) / 7 = 0.7381.
    """
    parts = [part for part in _parts(coach, sought) if part is not None]
    weighed = [(weight, value) for weight, value, _ in parts if value is not None]
    total = sum(weight for weight, _ in weighed)
    score = sum(weight * value for weight, value in weighed) / total if total else 0.0
    return Match(coach=coach, score=score, reasons=tuple(words for *_, words in parts))


def in_order(coaches: Iterable[CoachFacts], sought: Sought) -> list[Match]:
    """Who may be chosen, the best first; of equals, two decimals, whoever has fewer, then by name.

    Whoever is full, whose accreditation has ended, or who has a conflict is not there.
    """
    found = [match(coach, sought) for coach in coaches if coach.refusal is None]
    return sorted(found, key=lambda one: (-round(one.score, 2), one.coach.taken, one.coach.name))


def spoken(languages: str) -> frozenset[str]:
    """The languages in a line such as “English, German and French”, as they are compared.

    >>> sorted(spoken("English; German and French"))
    ['english', 'french', 'german']
    """
    parts = re.split(r"[,;/]|\band\b", languages)
    return frozenset(part.strip().casefold() for part in parts if part.strip())


_Part = tuple[int, float | None, str]
"""What a part weighs, from 0 to 1 how far it is met, and in words."""


def _parts(coach: CoachFacts, sought: Sought) -> tuple[_Part | None, ...]:
    return (
        _focus(coach, sought),
        _language(coach, sought),
        _room(coach),
        _distance(coach),
    )


def _focus(coach: CoachFacts, sought: Sought) -> _Part | None:
    if not sought.focus and coach.best_at:
        return FOCUS, None, f"coaches best {listed(sorted(coach.best_at))}"
    if not sought.focus:
        return None
    if not coach.best_at:
        return FOCUS, None, "has not said what they coach best"
    shared = [name for name in sought.focus if name in coach.best_at]
    share = len(shared) / len(sought.focus)
    if not shared:
        return FOCUS, share, "coaches other competencies best"
    return FOCUS, share, f"coaches best {listed(shared)}"


def _language(coach: CoachFacts, sought: Sought) -> _Part | None:
    if not sought.language and coach.languages:
        return LANGUAGE, None, f"speaks {coach.languages}"
    if not sought.language:
        return None
    known = spoken(coach.languages)
    if not known:
        return LANGUAGE, None, "has not said which languages they speak"
    speaks = sought.language.strip().casefold() in known
    words = f"speaks {sought.language}" if speaks else f"does not name {sought.language}"
    return LANGUAGE, float(speaks), words


def _room(coach: CoachFacts) -> _Part:
    if coach.places is None:
        return ROOM, 1.0, f"coaches {coach.taken} and takes more"
    free = max(coach.places - coach.taken, 0)
    share = free / coach.places if coach.places else 0.0
    return ROOM, share, f"{free} of {coach.places} places free"


def _distance(coach: CoachFacts) -> _Part | None:
    if coach.apart is None:
        return None
    where = {0: "works in the same unit", 1: "works in a unit close by"}
    words = where.get(coach.apart, "works in another part of the organisation")
    return DISTANCE, min(coach.apart, FAR) / FAR, words
