"""A whole edition as it comes out of a file or goes into one, known by keys and not by rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ldtrack.competencies.domain.rows import (
    CompetencyRow,
    DomainRow,
    Edition,
    IndicatorRow,
    Level,
    ScaleRow,
)


class Silence(StrEnum):
    """What a kind of file cannot say, so that its silence changes nothing."""

    LEVELS = "levels"
    MEANINGS = "meanings of levels"
    DEFINITIONS = "definitions"
    INDICATORS = "indicators"
    PROFILES = "role profiles"
    CODES = "codes"
    ORIGIN = "origin"


@dataclass(frozen=True, kw_only=True)
class NewIndicator:
    """An indicator; without an identifier it is known by its words."""

    level: int
    effective: str = ""
    ineffective: str = ""
    thread: str = ""
    identifier: str = ""


@dataclass(frozen=True, kw_only=True)
class NewDomain:
    """A group of competencies."""

    key: str
    name: str
    identifier: str = ""


@dataclass(frozen=True, kw_only=True)
class NewCompetency:
    """A competency with the key of its domain."""

    key: str
    name: str
    domain: str
    definition: str
    definition_origin: str
    code: str = ""
    uri: str = ""
    indicators: tuple[NewIndicator, ...] = ()
    identifier: str = ""


@dataclass(frozen=True, kw_only=True)
class NewProfile:
    """What a role asks for: levels by the keys of competencies, and those that are critical."""

    name: str
    origin: str = ""
    targets: Mapping[str, int]
    critical: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class WholeEdition:
    """All that an edition says, with where it is from.

    `package` is the interchange package that it came in, as it came: what is not understood here
    goes out again as it is.
    """

    key: str
    title: str
    version: str
    publisher: str
    language: str
    licence: str
    attribution: str
    sources: tuple[Mapping[str, str], ...]
    notes: str
    scale_key: str
    levels: tuple[Level, ...]
    domains: tuple[NewDomain, ...]
    competencies: tuple[NewCompetency, ...]
    role_profiles: tuple[NewProfile, ...] = ()
    identifier: str = ""
    package: Mapping[str, Any] | None = None
    silent: frozenset[Silence] = field(default_factory=frozenset)


def edition_of(whole: WholeEdition) -> Edition:
    """The same as pages and checks read it; the ids are places in it, not those of rows."""
    domains = {one.key: (number, one) for number, one in enumerate(whole.domains, start=1)}
    rows: list[CompetencyRow] = []
    indicators: dict[int, tuple[IndicatorRow, ...]] = {}
    for number, one in enumerate(whole.competencies, start=1):
        place, domain = domains[one.domain]
        rows.append(
            CompetencyRow(
                id=number,
                key=one.key,
                name=one.name,
                definition=one.definition,
                domain=domain.name,
                domain_id=place,
                framework_version_id=0,
                code=one.code,
            )
        )
        indicators[number] = tuple(
            IndicatorRow(
                id=place,
                competency_id=number,
                level=each.level,
                effective=each.effective,
                ineffective=each.ineffective,
            )
            for place, each in enumerate(one.indicators, start=1)
        )
    return Edition(
        scale=ScaleRow(levels=whole.levels),
        domains=tuple(
            DomainRow(id=place, key=one.key, name=one.name) for place, one in domains.values()
        ),
        competencies=tuple(rows),
        indicators=indicators,
    )
