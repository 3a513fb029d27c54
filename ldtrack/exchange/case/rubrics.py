"""Levels and behaviours as a rubric: one criterion for the scale, one for each competency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ldtrack.competencies.domain import Level, NewCompetency, NewIndicator
from ldtrack.core.guids import guid_of
from ldtrack.exchange.case.words import (
    OURS,
    Thing,
    address_of,
    link,
    link_in,
    ours_in,
    prose_in,
    text_in,
)

_HIGHEST = 20
_TITLE = "Proficiency levels"


@dataclass(frozen=True, kw_only=True)
class Rubric:
    """The scale of a rubric, and the behaviours of each item by its identifier."""

    levels: tuple[Level, ...]
    behaviours: Mapping[str, tuple[NewIndicator, ...]]


def things_in(thing: Thing, name: str) -> list[Thing]:
    """The objects of a list."""
    value = thing.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def read_rubric(rubric: Thing) -> Rubric | None:
    """What a rubric says, or `None` where it is not about the levels of one scale.

    Every level of it has a whole number as its score, and one word for each number.
    """
    words: dict[int, Level] = {}
    behaviours: dict[str, tuple[NewIndicator, ...]] = {}
    for criterion in things_in(rubric, "CFRubricCriteria"):
        about = link_in(criterion, "CFItemURI")
        for one in things_in(criterion, "CFRubricCriterionLevels"):
            value = _score(one)
            if value is None:
                return None
            label = text_in(one, "quality")
            known = words.setdefault(value, Level(value=value, label=label, meaning=""))
            if label and known.label and label != known.label:
                return None
            meaning = "" if about else prose_in(one, "description")
            words[value] = replace(
                known, label=known.label or label, meaning=known.meaning or meaning
            )
            behaviour = _behaviour(one, value) if about else None
            if behaviour is not None:
                behaviours[about] = (*behaviours.get(about, ()), behaviour)
    if len(words) < 2:
        return None
    levels = (
        replace(level, label=level.label or f"Level {level.value}") for level in words.values()
    )
    return Rubric(
        levels=tuple(sorted(levels, key=lambda level: level.value)),
        behaviours={
            about: tuple(sorted(found, key=lambda one: one.level))
            for about, found in behaviours.items()
        },
    )


def write_rubric(
    levels: Sequence[Level],
    competencies: Sequence[NewCompetency],
    kept: Thing | None,
    framework: str,
    changed: str,
) -> dict[str, Any]:
    """The rubric that says it; one that came along keeps its identifier and its title."""
    identifier = text_in(kept or {}, "identifier") or guid_of("rubric", framework)
    scale = guid_of("levels", framework)
    words = {level.value: level.label for level in levels}
    criteria: list[dict[str, Any]] = [
        {
            **_criterion(scale, identifier, 0, changed),
            "category": _TITLE,
            "CFRubricCriterionLevels": [
                _level(
                    guid_of(f"level/{level.value}", framework),
                    scale,
                    (place, level.value, level.label, level.meaning),
                    changed,
                )
                for place, level in enumerate(levels)
            ],
        }
    ]
    for place, one in enumerate((one for one in competencies if one.indicators), start=1):
        about = guid_of("criterion", one.identifier)
        criteria.append(
            {
                **_criterion(about, identifier, place, changed),
                "description": one.name,
                "CFItemURI": link(one.name, one.identifier, one.uri),
                "CFRubricCriterionLevels": list(_behaviours(one, about, words, changed)),
            }
        )
    return {
        "identifier": identifier,
        "uri": address_of(identifier),
        "title": _TITLE,
        **(kept or {}),
        "lastChangeDateTime": changed,
        "CFRubricCriteria": criteria,
    }


def _score(level: Thing) -> int | None:
    score = level.get("score")
    if isinstance(score, bool) or not isinstance(score, int | float):
        return None
    return int(score) if 0 <= score <= _HIGHEST and score == int(score) else None


def _behaviour(level: Thing, value: int) -> NewIndicator | None:
    ours = ours_in(level)
    found = NewIndicator(
        level=value,
        effective=prose_in(level, "description"),
        ineffective=prose_in(ours, "ineffective"),
        thread=text_in(ours, "thread"),
        identifier=text_in(level, "identifier"),
    )
    return found if found.effective or found.ineffective else None


def _criterion(identifier: str, rubric: str, place: int, changed: str) -> dict[str, Any]:
    return {
        "identifier": identifier,
        "uri": address_of(identifier),
        "rubricId": rubric,
        "position": place,
        "lastChangeDateTime": changed,
    }


def _level(
    identifier: str, criterion: str, said: tuple[int, int, str, str], changed: str
) -> dict[str, Any]:
    place, value, label, text = said
    written: dict[str, Any] = {
        "identifier": identifier,
        "uri": address_of(identifier),
        "rubricCriterionId": criterion,
        "position": place,
        "score": value,
        "quality": label,
    }
    if text:
        written["description"] = text
    return written | {"lastChangeDateTime": changed}


def _behaviours(
    competency: NewCompetency, criterion: str, words: Mapping[int, str], changed: str
) -> Iterator[dict[str, Any]]:
    for place, one in enumerate(competency.indicators):
        said = (place, one.level, words[one.level], one.effective)
        written = _level(one.identifier, criterion, said, changed)
        ours = {"ineffective": one.ineffective, "thread": one.thread}
        ours = {name: text for name, text in ours.items() if text}
        yield written | ({"extensions": {OURS: ours}} if ours else {})
