"""What the objects of a package say in our words, and the objects that say it.

Reading and writing lie side by side here because a kept object goes out unchanged exactly when it
still says what is stored.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from ldtrack.competencies.domain.keys import free_key, is_key
from ldtrack.ui.cleaning import clean_line, clean_text

OURS = "ldtrack"
"""The member of `extensions` in which we say what the standard has no word for."""
MOST_NAME = 300
_SHORT = 100
_UNSAID = "und"
_NO_SCALE = "levels"
SOURCE_TEXT = "source text"

Thing = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class DocumentWords:
    """What a package says about its framework as a whole."""

    title: str
    version: str
    publisher: str
    language: str
    licence: str
    attribution: str
    notes: str
    sources: tuple[Mapping[str, str], ...]
    scale_key: str


@dataclass(frozen=True, kw_only=True)
class ItemWords:
    """What an item says about a domain or a competency."""

    name: str
    definition: str = ""
    code: str = ""
    uri: str = ""
    definition_origin: str = SOURCE_TEXT
    key: str = field(default="", compare=False)
    """By which it is known here; it never changes."""


def text_in(thing: Thing, name: str) -> str:
    """One line of an object; '' where there is none."""
    value = thing.get(name)
    return clean_line(value) if isinstance(value, str) else ""


def prose_in(thing: Thing, name: str) -> str:
    """Several lines of an object."""
    value = thing.get(name)
    return clean_text(value) if isinstance(value, str) else ""


def ours_in(thing: Thing) -> Thing:
    """What we said in an object before."""
    extensions = thing.get("extensions")
    found = extensions.get(OURS) if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else {}


def link_in(thing: Thing, name: str) -> str:
    """The identifier that an object refers to, in small letters; '' where there is none."""
    found = thing.get(name)
    return text_in(found, "identifier").lower() if isinstance(found, dict) else ""


def address_of(identifier: str, uri: str = "") -> str:
    """The address of a thing: where it says it is published, else its identifier as one."""
    return uri or f"urn:uuid:{identifier}"


def document_words(document: Thing, licences: Mapping[str, Thing]) -> DocumentWords:
    """What a document says; `licences` are those that the package defines, by identifier."""
    ours = ours_in(document)
    licence = document.get("licenseURI")
    defined = licences.get(link_in(document, "licenseURI"), {})
    changed = text_in(document, "lastChangeDateTime")
    return DocumentWords(
        title=text_in(document, "title"),
        version=(text_in(document, "version") or changed[:10] or "1")[:60],
        publisher=text_in(document, "publisher") or text_in(document, "creator"),
        language=text_in(document, "language") or _UNSAID,
        licence=text_in(licence, "title") if isinstance(licence, dict) else "",
        attribution=prose_in(defined, "description"),
        notes=prose_in(document, "description"),
        sources=tuple(
            {str(name): str(said) for name, said in one.items()}
            for one in ours.get("sources", ())
            if isinstance(one, dict)
        )
        if isinstance(ours.get("sources", ()), list)
        else (),
        scale_key=text_in(ours, "scaleKey") or _NO_SCALE,
    )


def item_words(item: Thing) -> ItemWords:
    """What an item says.

    Its name is its abbreviated statement. Without one the statement itself is the name, or what
    stands before its colon, or its beginning.
    """
    statement = prose_in(item, "fullStatement")
    name, definition = text_in(item, "abbreviatedStatement"), statement
    if name:
        definition = "" if statement == name else statement
    else:
        name, definition = _split(statement)
        definition = definition or prose_in(item, "notes")
    uri = text_in(item, "uri")
    is_own = uri.lower() == address_of(text_in(item, "identifier")).lower()
    return ItemWords(
        name=name,
        definition=definition,
        code=text_in(item, "humanCodingScheme"),
        uri="" if is_own else uri,
        definition_origin=text_in(ours_in(item), "definitionOrigin") or SOURCE_TEXT,
    )


def write_item(words: ItemWords, identifier: str, kind: str, changed: str) -> dict[str, Any]:
    """The item that says it."""
    written: dict[str, Any] = {
        "identifier": identifier,
        "uri": address_of(identifier, words.uri),
        "CFItemType": kind,
        "fullStatement": words.definition or words.name,
        "abbreviatedStatement": words.name,
        "humanCodingScheme": words.code,
        "lastChangeDateTime": changed,
    }
    ours = {"key": words.key}
    if words.definition_origin != SOURCE_TEXT:
        ours["definitionOrigin"] = words.definition_origin
    written["extensions"] = {OURS: ours} if words.key else {}
    return {name: value for name, value in written.items() if value}


def key_in(thing: Thing, name: str, taken: Collection[str]) -> str:
    """The key of a thing: the one that we gave it before, else one made from its name."""
    key = text_in(ours_in(thing), "key")
    return key if is_key(key) and key not in taken else free_key(name, taken)


def link(title: str, identifier: str, uri: str = "") -> dict[str, str]:
    """A reference to a thing."""
    return {"title": title, "identifier": identifier, "uri": address_of(identifier, uri)}


def _split(statement: str) -> tuple[str, str]:
    """The name in a statement and what it means: before and after a colon that comes early."""
    line = clean_line(statement)
    name, colon, definition = line.partition(": ")
    if colon and len(name) <= _SHORT and "." not in name:
        return name, definition
    if len(line) <= MOST_NAME:
        return line, ""
    return f"{line[:_SHORT].rsplit(' ', 1)[0]} …", statement
