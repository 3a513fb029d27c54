"""Random small cycles: who was asked, who answered what; drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ldtrack.feedback.domain.answers import Answer, Questionnaire, RaterAnswers
from tests.unit.feedback.makers import form

MOODS = ("any", "any", "any", "unanimous", "low", "high")


@dataclass(frozen=True, kw_only=True)
class World:
    """A questionnaire, everybody's answers and the floor in force."""

    seed: int
    questionnaire: Questionnaire
    raters: tuple[RaterAnswers, ...]
    k: int


def world(seed: int) -> World:
    """Self, 0 to 2 managers and two or three groups of 0 to 6, with and without missing answers."""
    chance = Random(seed)
    asked: dict[str, list[str]] = {}
    for c in range(chance.randint(1, 3)):
        asked[f"c{c}"] = [f"c{c}q{i}" for i in range(chance.randint(1, 4))]
    questionnaire = form(asked)
    sizes = {
        "self": 1,
        "manager": chance.choice((0, 1, 1, 2)),
        "peer": chance.randint(0, 6),
        "direct": chance.randint(0, 6),
        "stakeholder": chance.choice((0, chance.randint(0, 6))),
    }
    missing, mood = chance.choice((0.0, 0.05, 0.15, 0.4)), chance.choice(MOODS)
    people: list[RaterAnswers] = []
    for group, size in sizes.items():
        for _ in range(size):
            answers = tuple(
                _answer(chance, str(item), missing, mood) for item in questionnaire.item_ids
            )
            people.append(RaterAnswers(rater_key=len(people), group_key=group, answers=answers))
    return World(
        seed=seed, questionnaire=questionnaire, raters=tuple(people), k=chance.choice((3, 3, 4, 5))
    )


def _answer(chance: Random, item: str, missing: float, mood: str) -> Answer:
    if chance.random() < missing:
        return Answer(item_id=item, not_observed=chance.random() < 0.5)
    score = {
        "any": chance.randint(1, 5),
        "unanimous": 1 + hash_of(item) % 5,
        "low": chance.choice((1, 1, 1, 1, 2)),
        "high": chance.choice((4, 5)),
    }[mood]
    return Answer(item_id=item, score=score)


def hash_of(text: str) -> int:
    """A number from a text that is the same in every run."""
    return sum(ord(letter) * (place + 1) for place, letter in enumerate(text))
