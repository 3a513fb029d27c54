"""Writing a package: as it came where nothing changed, anew where something did."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ldtrack.competencies.domain import NewCompetency, WholeEdition
from ldtrack.competencies.domain.settling import USUAL_LEVELS
from ldtrack.core.guids import guid_of
from ldtrack.exchange.case.associations import Standing, write_associations
from ldtrack.exchange.case.reading import Parts, take_apart, title_domain
from ldtrack.exchange.case.rubrics import Rubric, things_in, write_rubric
from ldtrack.exchange.case.tree import identifier_of
from ldtrack.exchange.case.words import (
    OURS,
    DocumentWords,
    ItemWords,
    Thing,
    address_of,
    document_words,
    item_words,
    link,
    ours_in,
    prose_in,
    write_item,
)
from ldtrack.exchange.framework_tree import Tier

_VERSION = "1.1"


def write_package(whole: WholeEdition, *, changed_at: datetime) -> bytes:
    """The package of an edition; `changed_at` is the time of whatever did not come in one."""
    changed = changed_at.astimezone(UTC).isoformat(timespec="seconds")
    kept = whole.package or {}
    parts = take_apart(kept) if kept else None
    standing = list(_standing(whole, parts))
    package = {
        **kept,
        "CFDocument": _document(whole, parts, changed),
        "CFItems": _items(kept, parts, standing, changed),
        "CFAssociations": write_associations(
            kept, parts, standing, whole.identifier, whole.title, changed
        ),
    }
    rubrics = _rubrics(whole, kept, parts, changed)
    if rubrics or "CFRubrics" in kept:
        package["CFRubrics"] = rubrics
    licence = _licence(whole, changed)
    if licence and "licenseURI" in package["CFDocument"] and parts is None:
        package["CFDefinitions"] = {"CFLicenses": [licence]}
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _standing(whole: WholeEdition, parts: Parts | None) -> Iterator[Standing]:
    """Everything that goes out as an item, in order, with the object that would say it."""
    title = title_domain(parts.document) if parts else None
    owners = {}
    for domain in whole.domains:
        if title and (domain.identifier, domain.name) == (title.identifier, title.name):
            owners[domain.key] = ""
            continue
        owners[domain.key] = domain.identifier.lower()
        words = ItemWords(name=domain.name, key=domain.key)
        if parts and (kept := parts.items.get(domain.identifier.lower())):
            words = replace(item_words(kept), name=domain.name)
        yield Standing(identifier=domain.identifier, words=words, tier=Tier.DOMAIN, owner="")
    for one in whole.competencies:
        yield Standing(
            identifier=one.identifier,
            words=ItemWords(
                name=one.name,
                definition=one.definition,
                code=one.code,
                uri=one.uri,
                definition_origin=one.definition_origin,
                key=one.key,
            ),
            tier=Tier.COMPETENCY,
            owner=owners[one.domain],
        )
        yield from _behaviours(one, parts)


def _behaviours(one: NewCompetency, parts: Parts | None) -> Iterator[Standing]:
    """Those behaviours that came as items; the others are levels of a rubric."""
    for each in one.indicators:
        if parts and each.identifier.lower() in parts.items:
            yield Standing(
                identifier=each.identifier,
                words=ItemWords(name=each.effective, definition=each.effective),
                tier=Tier.BEHAVIOUR,
                owner=one.identifier.lower(),
                level=each.level,
            )


def _items(
    kept: Mapping[str, Any], parts: Parts | None, standing: Sequence[Standing], changed: str
) -> list[dict[str, Any]]:
    """Kept items in their order, each as it came if it still says what is stored; then new ones."""
    wanted = {one.identifier.lower(): one for one in standing}
    found: list[dict[str, Any]] = []
    for item in things_in(kept, "CFItems"):
        one = wanted.pop(identifier_of(item), None)
        if one is not None:
            found.append(_item(dict(item), one, changed))
        elif parts and identifier_of(item) not in parts.items:
            found.append(dict(item))
    names = {Tier.DOMAIN: "Domain", Tier.COMPETENCY: "Competency"}
    found += [
        write_item(one.words, one.identifier, names[one.tier], changed) for one in wanted.values()
    ]
    return found


def _item(item: dict[str, Any], one: Standing, changed: str) -> dict[str, Any]:
    if one.tier is Tier.BEHAVIOUR:
        ours = ours_in(item)
        is_as_it_came = prose_in(item, "fullStatement") == one.words.name
        if is_as_it_came and ours.get("level", one.level) == one.level:
            return item
        extensions = item.get("extensions")
        return {
            **item,
            "fullStatement": one.words.name,
            "lastChangeDateTime": changed,
            "extensions": {
                **(extensions if isinstance(extensions, dict) else {}),
                OURS: {**ours, "level": one.level},
            },
        }
    if item_words(item) == one.words:
        return item
    written = write_item(one.words, item["identifier"], "", changed)
    kept = item.get("extensions")
    extensions = {**(kept if isinstance(kept, dict) else {}), **written.get("extensions", {})}
    if "uri" in item and not one.words.uri:
        written["uri"] = item["uri"]
    if extensions:
        written["extensions"] = extensions
    return {**item, **written}


def _document(whole: WholeEdition, parts: Parts | None, changed: str) -> dict[str, Any]:
    words = DocumentWords(
        title=whole.title,
        version=whole.version,
        publisher=whole.publisher,
        language=whole.language,
        licence=whole.licence,
        attribution=whole.attribution,
        notes=whole.notes,
        sources=tuple(dict(source) for source in whole.sources),
        scale_key=whole.scale_key,
    )
    if parts and document_words(parts.document, parts.licences) == words:
        return dict(parts.document)
    ours = {"key": whole.key, "scaleKey": whole.scale_key, "sources": list(words.sources)}
    written: dict[str, Any] = {
        "identifier": whole.identifier,
        "uri": address_of(whole.identifier),
        "caseVersion": _VERSION,
        "creator": whole.publisher or whole.title,
        "title": whole.title,
        "lastChangeDateTime": changed,
        "publisher": whole.publisher,
        "description": whole.notes,
        "language": whole.language,
        "version": whole.version,
        "extensions": {OURS: ours},
    }
    if whole.licence:
        written["licenseURI"] = link(whole.licence, guid_of("licence", whole.identifier))
    written = {name: value for name, value in written.items() if value}
    if parts is None:
        return written
    for fixed in ("identifier", "uri", "creator", "caseVersion"):
        written.pop(fixed)
    return {**parts.document, **written}


def _licence(whole: WholeEdition, changed: str) -> dict[str, str]:
    if not whole.licence:
        return {}
    identifier = guid_of("licence", whole.identifier)
    written = {
        "identifier": identifier,
        "uri": address_of(identifier),
        "title": whole.licence,
        "description": whole.attribution,
        "lastChangeDateTime": changed,
    }
    return {name: value for name, value in written.items() if value}


def _rubrics(
    whole: WholeEdition, kept: Mapping[str, Any], parts: Parts | None, changed: str
) -> list[Thing]:
    """The rubrics that came along; that of the levels is written anew if something changed."""
    came = things_in(kept, "CFRubrics")
    items = parts.items if parts else {}
    competencies = [
        replace(
            one,
            indicators=tuple(
                each for each in one.indicators if each.identifier.lower() not in items
            ),
        )
        for one in whole.competencies
    ]
    says = Rubric(
        levels=whole.levels,
        behaviours={
            one.identifier.lower(): one.indicators for one in competencies if one.indicators
        },
    )
    own = parts.kept_rubric if parts else None
    if parts and own is not None and parts.rubric == says:
        return came
    if own is None and whole.levels == USUAL_LEVELS and not says.behaviours:
        return came
    written = write_rubric(whole.levels, competencies, own, whole.identifier, changed)
    return [written if one is own else one for one in came] if own is not None else [*came, written]
