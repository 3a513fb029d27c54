"""The JSON file of a competency framework (`ldtrack-framework/1`), checked piece by piece.

It says everything that an edition says, so what goes out as such a file comes in the same.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ldtrack.competencies.domain import (
    Level,
    NewCompetency,
    NewDomain,
    NewIndicator,
    NewProfile,
    WholeEdition,
)
from ldtrack.exchange.framework_parts import Part
from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.text_file import text_of

SCHEMA = "ldtrack-framework/1"
_MOST = 2_000
_HIGHEST = 20


def parse_framework(
    raw: bytes, *, limits: Limits = BROWSER
) -> tuple[WholeEdition | None, list[Problem]]:
    """The framework in a file, or what is wrong with it, each fault with its place."""
    try:
        content = json_content(raw, limits=limits)
    except Unreadable as error:
        return None, [error.problem]
    return framework_in(content)


def framework_in(content: Mapping[str, Any]) -> tuple[WholeEdition | None, list[Problem]]:
    """The framework in what a file says, or what is wrong with it."""
    top = Part(content)
    if top.text("schema", most=60) != SCHEMA:
        return None, [_whole(f"This is not a framework file: its “schema” is not “{SCHEMA}”.")]
    command = _framework(top)
    return (None, top.problems) if top.problems else (command, [])


def json_content(raw: bytes, *, limits: Limits = BROWSER) -> Mapping[str, Any]:
    """The one object of a JSON file; raises `Unreadable` for anything else."""
    text = text_of(raw, kind="JSON", limits=limits)
    try:
        content = json.loads(text, parse_constant=_refuse, parse_float=_finite)
        json.dumps(content, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise Unreadable(f"This is not JSON: {error.msg}.", error.lineno) from error
    except UnicodeEncodeError as error:
        raise Unreadable("This file holds signs that are not text.") from error
    except (RecursionError, ValueError) as error:
        raise Unreadable("This JSON is nested too deeply or holds impossible numbers.") from error
    if not isinstance(content, dict):
        raise Unreadable("This JSON file does not hold one framework.")
    return content


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(word)
    return number


def _refuse(word: str) -> None:
    raise ValueError(word)


def _whole(reason: str) -> Problem:
    return Problem(line=0, column="", reason=reason)


def _framework(top: Part) -> WholeEdition:
    licence, scale = top.part("licence"), top.part("scale")
    levels = _levels(scale)
    domains = _domains(top)
    competencies = _competencies(top, {one.key for one in domains}, {one.value for one in levels})
    keys = {one.key for one in competencies}
    _every_identifier_once(top, domains, competencies)
    return WholeEdition(
        key=top.key("id"),
        identifier=top.guid("identifier"),
        title=top.text("title", most=300, required=True),
        version=top.text("version", most=60, required=True),
        publisher=top.text("publisher", most=300, present=True),
        language=top.text("language", most=20, required=True),
        licence=licence.text("name", most=300, present=True),
        attribution=licence.prose("attribution", most=2_000, present=True),
        sources=tuple(
            {name: source.text(name, most=1_000) for name in ("what", "where", "how")}
            for source in top.parts("sources", most=50)
        ),
        notes=top.prose("notes", most=5_000),
        scale_key=scale.text("id", most=100, required=True),
        levels=levels,
        domains=domains,
        competencies=competencies,
        role_profiles=_role_profiles(top, keys, {one.value for one in levels}),
    )


def _every_identifier_once(
    top: Part, domains: Iterable[NewDomain], competencies: Iterable[NewCompetency]
) -> None:
    said = [one.identifier for one in domains]
    for one in competencies:
        said += [one.identifier, *(each.identifier for each in one.indicators)]
    for identifier, times in Counter(filter(None, said)).items():
        if times > 1:
            top.complain("identifier", f"“{identifier}” is there {times:,} times.")


def _levels(scale: Part) -> tuple[Level, ...]:
    levels: list[Level] = []
    for part in scale.parts("levels", most=_HIGHEST, least=2):
        value = part.whole("value", lowest=0, highest=_HIGHEST)
        if levels and value <= levels[-1].value:
            part.complain("value", "The levels do not rise.")
        levels.append(
            Level(
                value=value,
                label=part.text("label", most=200, required=True),
                meaning=part.prose("meaning", most=2_000),
            )
        )
    return tuple(levels)


def _domains(top: Part) -> tuple[NewDomain, ...]:
    found: dict[str, NewDomain] = {}
    for part in top.parts("clusters", most=100):
        key = part.key("id")
        if key in found:
            part.complain("id", f"“{key}” is there twice.")
        found[key] = NewDomain(
            key=key,
            name=part.text("name", most=300, required=True),
            identifier=part.guid("identifier"),
        )
    return tuple(found.values())


def _competencies(top: Part, domains: set[str], levels: set[int]) -> tuple[NewCompetency, ...]:
    found: dict[str, NewCompetency] = {}
    names: set[str] = set()
    for part in top.parts("competencies", most=_MOST):
        key, domain = part.key("id"), part.text("cluster", most=100, required=True)
        if key in found:
            part.complain("id", f"“{key}” is there twice.")
        if domain and domain not in domains:
            part.complain("cluster", f"There is no cluster “{domain}”.")
        origin = part.text("definition_origin", most=20, required=True)
        if origin not in {"own words", "source text"}:
            part.complain("definition_origin", "Say “own words” or “source text”.")
        name = part.text("name", most=300, required=True)
        if name.casefold() in names and key not in found:
            part.complain("name", f"There are two competencies of the name “{name[:80]}”.")
        names.add(name.casefold())
        found[key] = NewCompetency(
            key=key,
            identifier=part.guid("identifier"),
            name=name,
            domain=domain,
            definition=part.prose("definition", most=5_000, present=True),
            definition_origin=origin,
            code=part.text("code", most=60),
            uri=part.text("uri", most=500),
            indicators=_indicators(part, levels),
        )
    return tuple(found.values())


def _indicators(competency: Part, levels: set[int]) -> tuple[NewIndicator, ...]:
    found: list[NewIndicator] = []
    for part in competency.parts("indicators", most=_MOST):
        level = part.whole("level", lowest=0, highest=_HIGHEST)
        effective = part.prose("effective", most=5_000)
        ineffective = part.prose("ineffective", most=5_000)
        if level not in levels:
            part.complain("level", f"The scale has no level {level}.")
        if not effective and not ineffective:
            part.complain("effective", "The indicator says nothing.")
        found.append(
            NewIndicator(
                identifier=part.guid("identifier"),
                level=level,
                effective=effective,
                ineffective=ineffective,
                thread=part.text("thread", most=300),
            )
        )
    return tuple(found)


def _role_profiles(top: Part, keys: set[str], levels: set[int]) -> tuple[NewProfile, ...]:
    found: dict[str, NewProfile] = {}
    for part in top.parts("role_profiles", most=500):
        name = part.text("role", most=200, required=True)
        if name in found:
            part.complain("role", f"“{name}” is there twice.")
        wanted = part.part("targets")
        targets: dict[str, int] = {}
        for key in wanted.names():
            targets[key] = wanted.whole(key, lowest=0, highest=_HIGHEST)
            if key not in keys:
                wanted.complain(key, f"There is no competency “{key[:80]}”.")
            elif targets[key] not in levels:
                wanted.complain(key, f"The scale has no level {targets[key]}.")
        critical = part.texts("critical", most=_MOST)
        for key in critical:
            if key not in targets:
                part.complain("critical", f"The role does not ask for “{key[:80]}”.")
        found[name] = NewProfile(
            name=name,
            origin=part.text("origin", most=200),
            targets=targets,
            critical=frozenset(critical),
        )
    return tuple(found.values())
