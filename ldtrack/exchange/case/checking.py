"""What is wrong with a package, each fault with the item that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ldtrack.core.guids import is_guid
from ldtrack.exchange.case.rubrics import things_in
from ldtrack.exchange.case.tree import first_parents, identifier_of, is_child_of, owners
from ldtrack.exchange.case.words import MOST_NAME, Thing, item_words, link_in, ours_in, text_in
from ldtrack.exchange.framework_tree import Place, Tier, in_a_circle
from ldtrack.exchange.problem import Problem

_MOST = 5_000
_LONGEST = {"fullStatement": 5_000, "abbreviatedStatement": MOST_NAME, "humanCodingScheme": 60}
_MOST_WORD = 200
_LISTS = ("CFItems", "CFAssociations", "CFRubrics")


def faults_of(content: Mapping[str, Any]) -> list[Problem]:
    """Everything that keeps a package from being understood; the tree is safe if there is none."""
    wrong_lists = [
        _fault(name, "This must be a list.")
        for name in _LISTS
        if not isinstance(content.get(name, []), list)
    ] + [
        _fault(f"{name}[{place}]", "This must be an object.")
        for name in _LISTS
        if isinstance(content.get(name), list)
        for place, one in enumerate(content[name])
        if not isinstance(one, dict)
    ]
    if wrong_lists:
        return wrong_lists
    document = content.get("CFDocument")
    if not isinstance(document, dict):
        return [_fault("CFDocument", "This is missing.")]
    items = things_in(content, "CFItems")
    if not 1 <= len(items) <= _MOST:
        return [_fault("CFItems", f"There must be 1 to {_MOST:,} items.")]
    associations = things_in(content, "CFAssociations")
    return [
        *_document(document),
        *_items(items),
        *_languages(document, items, associations),
        *_associations(document, items, associations),
        *_rubrics(content, items),
    ]


def same_names(items: Mapping[str, Thing], found: Mapping[str, Place]) -> Iterator[Problem]:
    """A problem for each domain and competency whose name an earlier one has."""
    for tier, what in ((Tier.DOMAIN, "domain"), (Tier.COMPETENCY, "competency")):
        seen: dict[str, str] = {}
        for identifier, place in found.items():
            if place.tier is not tier:
                continue
            name = item_words(items[identifier]).name.casefold()
            if name in seen:
                reason = f"Another {what} has this name: the item {seen[name]}."
                yield _fault(named(items[identifier]), reason)
            seen.setdefault(name, identifier)


def named(item: Thing) -> str:
    """An item as a problem names it: by its words and its identifier."""
    words = text_in(item, "abbreviatedStatement") or text_in(item, "fullStatement")
    short = words if len(words) <= 60 else f"{words[:57]}…"
    identifier = text_in(item, "identifier")[:36]
    return f"Item “{short}” ({identifier})" if short else f"Item {identifier}"


def translations(associations: Iterable[Thing]) -> set[str]:
    """The items that say in another language what another item says."""
    return {
        link_in(one, "originNodeURI")
        for one in associations
        if text_in(one, "associationType").casefold() == "istranslationof"
    }


def _fault(where: str, reason: str) -> Problem:
    return Problem(line=0, column=where[:200], reason=reason)


def _document(document: Thing) -> Iterator[Problem]:
    if not is_guid(text_in(document, "identifier")):
        yield _fault("CFDocument, identifier", "This must be a GUID.")
    title = text_in(document, "title")
    if not title:
        yield _fault("CFDocument, title", "The framework has no title.")
    for name, most in (("title", MOST_NAME), ("creator", MOST_NAME), ("publisher", MOST_NAME)):
        if len(text_in(document, name)) > most:
            yield _fault(f"CFDocument, {name}", f"This is longer than {most:,} letters.")
    if len(text_in(document, "language")) > 20:
        yield _fault("CFDocument, language", "This is no language.")


def _items(items: Sequence[Thing]) -> Iterator[Problem]:
    times = Counter(map(identifier_of, items))
    for place, item in enumerate(items):
        if not is_guid(text_in(item, "identifier")):
            yield _fault(f"CFItems[{place}], identifier", "This must be a GUID.")
        elif times[identifier_of(item)] > 1:
            yield _fault(named(item), "Another item has this identifier too.")
        if not text_in(item, "fullStatement"):
            yield _fault(named(item), "It says nothing: it has no fullStatement.")
        for name, most in _LONGEST.items():
            if len(text_in(item, name)) > most:
                yield _fault(named(item), f"Its {name} is longer than {most:,} letters.")
        if len(text_in(item, "uri")) > 500:
            yield _fault(named(item), "Its uri is longer than 500 letters.")


def _languages(
    document: Thing, items: Sequence[Thing], associations: Sequence[Thing]
) -> Iterator[Problem]:
    main, aside = _language(document), translations(associations)
    for item in items:
        own = _language(item)
        if main and own and own != main and identifier_of(item) not in aside:
            yield _fault(
                named(item),
                f"It is in “{own}” but the framework is in “{main}”, and no isTranslationOf says "
                "what it translates. Bring each language in as a framework of its own.",
            )


def _language(thing: Thing) -> str:
    return text_in(thing, "language").casefold().replace("_", "-").partition("-")[0]


def _associations(
    document: Thing, items: Sequence[Thing], associations: Sequence[Thing]
) -> Iterator[Problem]:
    here = {identifier_of(item): item for item in items}
    top = identifier_of(document)
    for place, one in enumerate(associations):
        child, parent = link_in(one, "originNodeURI"), link_in(one, "destinationNodeURI")
        if not is_child_of(one):
            if child not in here and parent not in here and top not in (child, parent):
                reason = "Neither end of this association is an item of the package."
                yield _fault(f"CFAssociations[{place}]", reason)
        elif child not in here:
            reason = f"It says where the item {child or '–'} stands, but there is no such item."
            yield _fault(f"CFAssociations[{place}]", reason)
        elif parent not in here and parent != top:
            reason = f"It stands under the item {parent or '–'}, but there is no such item."
            yield _fault(named(here[child]), reason)
    for identifier in in_a_circle(here, owners(first_parents(associations))):
        yield _fault(named(here[identifier]), "It stands under itself: isChildOf runs in a circle.")


def _rubrics(content: Mapping[str, Any], items: Sequence[Thing]) -> Iterator[Problem]:
    here = {identifier_of(item) for item in items}
    seen = set(here)
    for rubric in things_in(content, "CFRubrics"):
        for criterion in things_in(rubric, "CFRubricCriteria"):
            what = text_in(criterion, "description") or text_in(criterion, "identifier")
            where = f"Criterion “{what[:60]}”"
            about = link_in(criterion, "CFItemURI")
            if about and about not in here:
                reason = f"It is about the item {about}, but there is no such item."
                yield _fault(where, reason)
            for level in things_in(criterion, "CFRubricCriterionLevels"):
                for reason in _level(level, seen):
                    yield _fault(where, reason)


def _level(level: Thing, seen: set[str]) -> Iterator[str]:
    identifier = identifier_of(level)
    if identifier and not is_guid(identifier):
        yield f"The identifier “{identifier[:40]}” of a level is no GUID."
    elif identifier in seen:
        yield f"Something else has the identifier {identifier} of a level."
    seen.update({identifier} - {""})
    if len(text_in(level, "quality")) > _MOST_WORD or len(text_in(ours_in(level), "thread")) > 300:
        yield "The word of a level is too long."
    if len(text_in(level, "description")) > _LONGEST["fullStatement"]:
        yield "The description of a level is longer than 5,000 letters."
