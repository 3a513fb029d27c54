"""Reading a package: one framework in three tiers, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ldtrack.competencies.domain import (
    NewCompetency,
    NewDomain,
    NewIndicator,
    Silence,
    WholeEdition,
)
from ldtrack.competencies.domain.keys import free_key
from ldtrack.core.guids import guid_of
from ldtrack.exchange.case.checking import faults_of, same_names, translations
from ldtrack.exchange.case.rubrics import Rubric, read_rubric, things_in
from ldtrack.exchange.case.tree import first_parents, identifier_of, is_child_of, places_of
from ldtrack.exchange.case.words import (
    Thing,
    document_words,
    item_words,
    key_in,
    ours_in,
    prose_in,
    text_in,
)
from ldtrack.exchange.framework_tree import Place, Tier
from ldtrack.exchange.problem import Problem


@dataclass(frozen=True, kw_only=True)
class ReadPackage:
    """The edition in a package, or its problems; `notes` name what is kept but not understood."""

    whole: WholeEdition | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A package taken apart: its items by identifier with their places, and its rubric."""

    document: Thing
    items: Mapping[str, Thing]
    found: Mapping[str, Place]
    parents: Mapping[str, Thing]
    rubric: Rubric | None
    kept_rubric: Thing | None
    licences: Mapping[str, Thing]


def is_package(content: Mapping[str, Any]) -> bool:
    """Whether a JSON file is meant as a package."""
    return "CFDocument" in content


def read_package(content: Mapping[str, Any]) -> ReadPackage:
    """The edition of a package; with any fault there is none."""
    problems = faults_of(content)
    if problems:
        return ReadPackage(whole=None, problems=tuple(problems))
    parts = take_apart(content)
    problems = list(same_names(parts.items, parts.found))
    if problems:
        return ReadPackage(whole=None, problems=tuple(problems))
    whole = _whole(parts, content)
    return ReadPackage(whole=whole, notes=tuple(_notes(content, parts)))


def take_apart(content: Mapping[str, Any]) -> Parts:
    """The parts of a package without faults. Items in a second language are left aside."""
    document, associations = content["CFDocument"], things_in(content, "CFAssociations")
    aside = translations(associations)
    items = {
        identifier_of(item): item
        for item in things_in(content, "CFItems")
        if identifier_of(item) not in aside
    }
    parents = first_parents(associations)
    rubric, kept = None, None
    for kept in things_in(content, "CFRubrics"):
        rubric = read_rubric(kept)
        if rubric is not None:
            break
    definitions = content.get("CFDefinitions")
    return Parts(
        document=document,
        items=items,
        found=places_of(list(items.values()), parents),
        parents=parents,
        rubric=rubric,
        kept_rubric=kept if rubric is not None else None,
        licences={
            identifier_of(one): one
            for one in things_in(definitions if isinstance(definitions, dict) else {}, "CFLicenses")
        },
    )


def title_domain(document: Thing) -> NewDomain:
    """The domain of those competencies that stand at the top: it has the framework's title."""
    guid = guid_of("domain/the-whole", text_in(document, "identifier"))
    title = text_in(document, "title")
    return NewDomain(key=free_key(title, ()), name=title, identifier=guid)


def _whole(parts: Parts, content: Mapping[str, Any]) -> WholeEdition:
    words = document_words(parts.document, parts.licences)
    domains = _domains(parts)
    competencies = _competencies(parts, {one.identifier.lower(): one.key for one in domains})
    has_behaviours = any(one.indicators for one in competencies)
    silent = {Silence.PROFILES}
    silent |= {Silence.LEVELS} if parts.rubric is None else set()
    silent |= set() if parts.rubric or has_behaviours else {Silence.INDICATORS}
    return WholeEdition(
        key=key_in(parts.document, words.title, ()),
        identifier=text_in(parts.document, "identifier"),
        title=words.title,
        version=words.version,
        publisher=words.publisher,
        language=words.language,
        licence=words.licence[:300],
        attribution=words.attribution,
        sources=words.sources,
        notes=words.notes,
        scale_key=words.scale_key[:100],
        levels=parts.rubric.levels if parts.rubric else (),
        domains=tuple(domains),
        competencies=tuple(competencies),
        package=content,
        silent=frozenset(silent),
    )


def _domains(parts: Parts) -> list[NewDomain]:
    taken: set[str] = set()
    found: list[NewDomain] = []
    owners = {place.owner for place in parts.found.values() if place.tier is Tier.COMPETENCY}
    if "" in owners:
        found.append(title_domain(parts.document))
        taken.add(found[0].key)
    for identifier, place in parts.found.items():
        if place.tier is Tier.DOMAIN:
            item = parts.items[identifier]
            name = item_words(item).name
            key = key_in(item, name, taken)
            taken.add(key)
            found.append(NewDomain(key=key, name=name, identifier=text_in(item, "identifier")))
    return found


def _competencies(parts: Parts, domains: Mapping[str, str]) -> list[NewCompetency]:
    taken: set[str] = set()
    found = []
    whole, behaviours = title_domain(parts.document).identifier, _behaviours(parts)
    for identifier, place in parts.found.items():
        if place.tier is not Tier.COMPETENCY:
            continue
        item = parts.items[identifier]
        words = item_words(item)
        key = key_in(item, words.name, taken)
        taken.add(key)
        found.append(
            NewCompetency(
                key=key,
                name=words.name,
                domain=domains[place.owner or whole],
                definition=words.definition,
                definition_origin=words.definition_origin[:20],
                code=words.code,
                uri=words.uri,
                indicators=tuple(sorted(behaviours.get(identifier, ()), key=lambda one: one.level)),
                identifier=text_in(item, "identifier"),
            )
        )
    return found


def _behaviours(parts: Parts) -> dict[str, list[NewIndicator]]:
    """The behaviours by competency: those that the rubric says, then the items below each.

    An item that does not say its level stands at the lowest.
    """
    said = parts.rubric.behaviours if parts.rubric else {}
    found = {about: list(behaviours) for about, behaviours in said.items()}
    levels = {level.value for level in parts.rubric.levels} if parts.rubric else {1}
    for identifier, place in parts.found.items():
        if place.tier is Tier.BEHAVIOUR:
            item = parts.items[identifier]
            level = ours_in(item).get("level")
            found.setdefault(place.owner, []).append(
                NewIndicator(
                    level=level if level in levels else min(levels),
                    effective=prose_in(item, "fullStatement"),
                    identifier=text_in(item, "identifier"),
                )
            )
    return found


def _notes(content: Mapping[str, Any], parts: Parts) -> Iterator[str]:
    """What comes in but has no place here, so that nobody looks for it in vain."""
    deep = [one for one in parts.found.values() if one.tier is Tier.BEHAVIOUR]
    if deep:
        yield (
            f"{_count(len(deep), 'item lies', 'items lie')} below a competency and came in as "
            "behaviours at the lowest level. Put each at its own before you publish."
        )
    associations = things_in(content, "CFAssociations")
    if aside := translations(associations):
        yield f"{_count(len(aside), 'translated item is', 'translated items are')} kept aside."
    if others := [one for one in associations if not is_child_of(one)]:
        kinds = sorted({text_in(one, "associationType") or "–" for one in others})
        yield (
            f"{_count(len(others), 'relation', 'relations')} of other kinds "
            f"({', '.join(kinds)[:200]}) stay in the package and change nothing here."
        )
    if more := sum(map(is_child_of, associations)) - len(parts.parents):
        yield (
            f"{_count(more, 'second place of an item is', 'second places of items are')} kept, "
            "but every item stands in one place here, the first."
        )
    unread = [one for one in things_in(content, "CFRubrics") if one is not parts.kept_rubric]
    for rubric in unread:
        title = text_in(rubric, "title") or text_in(rubric, "identifier")
        yield f"The rubric “{title[:80]}” stays in the package; it is no scale of levels."


def _count(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"
