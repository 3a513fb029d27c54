"""Gathering an edition row by row, each fault with its row and column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ldtrack.competencies.domain import (
    Level,
    NewCompetency,
    NewDomain,
    NewIndicator,
    Silence,
    WholeEdition,
)
from ldtrack.competencies.domain.keys import free_key, is_key
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.reading import RowReader

MOST_COMPETENCIES = 2_000
HIGHEST = 20
_OWN_WORDS = "own words"
_UNSAID = "und"


@dataclass(kw_only=True)
class Gathered:
    """What the rows said so far."""

    domains: dict[str, NewDomain] = field(default_factory=dict)
    competencies: dict[str, NewCompetency] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def domain(self, name: str) -> str:
        """The key of a domain, which is there from its first row on."""
        for one in self.domains.values():
            if one.name.casefold() == name.casefold():
                return one.key
        key = free_key(name, self.domains)
        self.domains[key] = NewDomain(key=key, name=name)
        return key

    def competency(
        self, row: RowReader, column: str, new: NewCompetency, *, said_key: str = ""
    ) -> str:
        """The key of a competency, which is there from its first row on.

        It is known by the id that the file gives it, else by its name.
        """
        known = self.names.get(new.name.casefold())
        key = key_from(said_key) if said_key else known or free_key(new.name, self.competencies)
        if known is not None and known != key:
            line = self.lines[known]
            row.complain(column, f"The competency on line {line} has this name, but another id.")
            return known
        if key in self.competencies:
            if self.competencies[key].name.casefold() != new.name.casefold():
                row.complain(column, f"On line {self.lines[key]} this id has another name.")
            return key
        self.competencies[key] = replace(new, key=key)
        self.names[new.name.casefold()] = key
        self.lines[key] = row.row.line
        if len(self.competencies) == MOST_COMPETENCIES + 1:
            row.complain(column, f"There are more than {MOST_COMPETENCIES:,} competencies.")
        return key

    def level(self, row: RowReader, column: str, level: Level) -> None:
        """A level of the scale; its word and meaning are those that were said first."""
        known = self.levels.setdefault(level.value, level)
        if level.label and known.label and level.label != known.label:
            row.complain(column, f"Level {level.value} was called “{known.label}” before.")
        self.levels[level.value] = replace(
            known, label=known.label or level.label, meaning=known.meaning or level.meaning
        )

    def behaviour(self, key: str, new: NewIndicator) -> None:
        """Something that shows a competency."""
        one = self.competencies[key]
        self.competencies[key] = replace(one, indicators=(*one.indicators, new))

    def edition(self, title: str, version: str, silent: Iterable[Silence]) -> WholeEdition:
        """All of it."""
        key = free_key(title, ())
        return WholeEdition(
            key=key,
            title=title,
            version=version,
            publisher="",
            language=_UNSAID,
            licence="",
            attribution="",
            sources=(),
            notes="",
            scale_key=f"{key}-levels",
            levels=tuple(level for _, level in sorted(self.levels.items())),
            domains=tuple(self.domains.values()),
            competencies=tuple(self.competencies.values()),
            silent=frozenset({Silence.PROFILES, Silence.ORIGIN, *silent}),
        )


def named(name: str, domain: str, definition: str = "", code: str = "") -> NewCompetency:
    """A competency whose key is found when it is gathered."""
    return NewCompetency(
        key="",
        name=name,
        domain=domain,
        definition=definition,
        definition_origin=_OWN_WORDS,
        code=code,
    )


def key_from(identifier: str) -> str:
    """The key that an id of a file stands for."""
    return identifier if is_key(identifier) else free_key(identifier, ())
