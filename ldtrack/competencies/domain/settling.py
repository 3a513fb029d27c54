"""Fitting an edition from a file to the framework that it belongs to, before anything is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ldtrack.competencies.domain.keys import free_key
from ldtrack.competencies.domain.rows import Level
from ldtrack.competencies.domain.whole import (
    NewCompetency,
    NewDomain,
    NewIndicator,
    NewProfile,
    Silence,
    WholeEdition,
)
from ldtrack.core.guids import guid_of

USUAL_LEVELS = tuple(
    Level(value=value, label=label, meaning="")
    for value, label in enumerate(
        ("Beginning", "Developing", "Skilled", "Advanced", "Leading others in it"), start=1
    )
)
"""The scale of an edition that came without one, to be reworded."""


def settle(
    whole: WholeEdition, before: WholeEdition | None, keys: Mapping[str, str]
) -> WholeEdition:
    """The edition as it would be stored: known things under their keys, every identifier given.

    `before` is the edition to follow, if there is one; what the file cannot say is taken from it.
    `keys` has the key of every identifier in any edition of the framework, by which a renamed
    competency is still the same.
    """
    identifier = before.identifier if before else whole.identifier or guid_of(whole.key)
    domains, domain_keys = _domains(whole, before, keys)
    same = _by_name(before.competencies if before else ())
    competencies = tuple(
        replace(one, key=key, domain=domain_keys[one.domain])
        for one, key in zip(whole.competencies, _keys(whole.competencies, keys, same), strict=True)
    )
    new_keys = {old.key: new.key for old, new in zip(whole.competencies, competencies, strict=True)}
    found = replace(
        whole,
        key=before.key if before else whole.key,
        identifier=identifier,
        domains=domains,
        competencies=competencies,
        role_profiles=tuple(
            replace(
                profile,
                targets={new_keys[key]: level for key, level in profile.targets.items()},
                critical=frozenset(new_keys[key] for key in profile.critical),
            )
            for profile in whole.role_profiles
        ),
        levels=whole.levels or USUAL_LEVELS,
    )
    if before is not None:
        found = _carried(found, before)
    levels = tuple(replace(one, label=one.label or f"Level {one.value}") for one in found.levels)
    return _identified(_in_order(replace(found, levels=levels)), before)


def _in_order(whole: WholeEdition) -> WholeEdition:
    """In the order in which an edition is read again."""
    places = {one.key: place for place, one in enumerate(whole.domains)}
    return replace(
        whole,
        competencies=tuple(
            replace(one, indicators=tuple(sorted(one.indicators, key=lambda each: each.level)))
            for one in sorted(whole.competencies, key=lambda one: places[one.domain])
        ),
        role_profiles=tuple(sorted(whole.role_profiles, key=lambda profile: profile.name)),
    )


def _domains(
    whole: WholeEdition, before: WholeEdition | None, keys: Mapping[str, str]
) -> tuple[tuple[NewDomain, ...], dict[str, str]]:
    same = _by_name(before.domains if before else ())
    found = tuple(
        replace(one, key=key)
        for one, key in zip(whole.domains, _keys(whole.domains, keys, same), strict=True)
    )
    return found, {old.key: new.key for old, new in zip(whole.domains, found, strict=True)}


def _by_name(things: Iterable[NewDomain | NewCompetency]) -> dict[str, str]:
    return {one.name.casefold(): one.key for one in things}


def _keys(
    things: Iterable[NewDomain | NewCompetency], keys: Mapping[str, str], same: Mapping[str, str]
) -> list[str]:
    """The key of each: that of its identifier, or its own if no other identifier has it.

    What comes without an identifier under a key that nobody knows is the thing of the same name.
    """
    things = tuple(things)
    said = {one.key for one in things}
    known = {one.identifier for one in things if one.identifier in keys}
    used = {keys[identifier] for identifier in known}
    elsewhere = {key for identifier, key in keys.items() if identifier not in known}
    found = []
    for one in things:
        if one.identifier in keys:
            found.append(keys[one.identifier])
            continue
        named = same.get(one.name.casefold(), one.key)
        if not one.identifier and one.key not in same.values() and named not in said | used:
            one = replace(one, key=named)
        taken: Collection[str] = used | (elsewhere if one.identifier else set())
        key = free_key(one.key, taken) if one.key in taken else one.key
        used.add(key)
        found.append(key)
    return found


def _carried(whole: WholeEdition, before: WholeEdition) -> WholeEdition:
    """With what the file cannot say as the edition before says it."""
    levels = whole.levels
    if Silence.LEVELS in whole.silent:
        levels = before.levels
    elif Silence.MEANINGS in whole.silent:
        said = {one.value: one for one in before.levels}
        levels = tuple(
            replace(one, label=one.label or said[one.value].label, meaning=said[one.value].meaning)
            if one.value in said
            else one
            for one in levels
        )
    old = {one.key: one for one in before.competencies}
    values = {one.value for one in levels}
    competencies = tuple(
        _as_before(one, old[one.key], whole.silent, values) if one.key in old else one
        for one in whole.competencies
    )
    found = replace(whole, levels=levels, competencies=competencies)
    if Silence.PROFILES in whole.silent:
        here = {one.key for one in competencies}
        found = replace(found, role_profiles=_profiles(before, here, values))
    if Silence.ORIGIN in whole.silent:
        found = replace(
            found,
            publisher=before.publisher,
            language=before.language,
            licence=before.licence,
            attribution=before.attribution,
            sources=before.sources,
            notes=before.notes,
            scale_key=before.scale_key,
        )
    return found


def _as_before(
    one: NewCompetency, old: NewCompetency, silent: Collection[Silence], values: Collection[int]
) -> NewCompetency:
    if Silence.DEFINITIONS in silent and not one.definition:
        one = replace(one, definition=old.definition)
    if one.definition == old.definition:
        one = replace(one, definition_origin=old.definition_origin)
    if Silence.CODES in silent:
        one = replace(one, code=old.code)
    one = replace(one, uri=one.uri or old.uri)
    if Silence.INDICATORS in silent:
        kept = tuple(each for each in old.indicators if each.level in values)
        one = replace(one, indicators=kept)
    return one


def _profiles(
    before: WholeEdition, keys: Collection[str], values: Collection[int]
) -> tuple[NewProfile, ...]:
    kept = []
    for profile in before.role_profiles:
        targets = {
            key: level for key, level in profile.targets.items() if key in keys and level in values
        }
        if targets:
            critical = profile.critical & targets.keys()
            kept.append(replace(profile, targets=targets, critical=critical))
    return tuple(kept)


def _identified(whole: WholeEdition, before: WholeEdition | None) -> WholeEdition:
    domains = {one.key: one.identifier for one in before.domains} if before else {}
    old = {one.key: one for one in before.competencies} if before else {}
    within = whole.identifier
    return replace(
        whole,
        domains=tuple(
            replace(
                one,
                identifier=one.identifier
                or domains.get(one.key)
                or guid_of(f"domain/{one.key}", within),
            )
            for one in whole.domains
        ),
        competencies=tuple(
            _with_indicators(
                replace(
                    one,
                    identifier=one.identifier
                    or (old[one.key].identifier if one.key in old else "")
                    or guid_of(f"competency/{one.key}", within),
                ),
                old[one.key].indicators if one.key in old else (),
            )
            for one in whole.competencies
        ),
    )


def _with_indicators(one: NewCompetency, before: Iterable[NewIndicator]) -> NewCompetency:
    """With an identifier for each indicator: that of the same words before, else one of its own."""
    known: dict[tuple[int, str, str], list[NewIndicator]] = {}
    for each in before:
        known.setdefault(_words(each), []).append(each)
    used = {each.identifier for each in one.indicators if each.identifier}
    found = []
    for each in one.indicators:
        if not each.identifier:
            same = [old for old in known.get(_words(each), ()) if old.identifier not in used]
            each = replace(
                each,
                identifier=same[0].identifier if same else _free_guid(one.identifier, each, used),
                thread=each.thread or (same[0].thread if same else ""),
            )
            used.add(each.identifier)
        found.append(each)
    return replace(one, indicators=tuple(found))


def _free_guid(within: str, one: NewIndicator, used: Collection[str]) -> str:
    number = 1
    while (found := guid_of(f"{number}/{'/'.join(map(str, _words(one)))}", within)) in used:
        number += 1
    return found


def _words(one: NewIndicator) -> tuple[int, str, str]:
    return one.level, one.effective, one.ineffective
