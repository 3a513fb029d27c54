"""Small pieces that a programme file is read by."""

from __future__ import annotations

from collections.abc import Container, Iterable
from enum import StrEnum
from typing import TypeVar

from ldtrack.exchange.framework_parts import Part

HIGHEST_LEVEL = 20

E = TypeVar("E", bound=StrEnum)


def identifier(part: Part, name: str) -> str:
    """The GUID by which something is known everywhere; that there is none is noted."""
    found = part.guid(name)
    if not found and not part.was_complained(name):
        part.complain(name, "This is missing.")
    return found


def member_of(part: Part, name: str, members: Iterable[E]) -> E | None:
    """One of the words of an enum; None, which is noted, for any other."""
    typed = part.text(name, most=40, required=True)
    found = next((member for member in members if member.value == typed), None)
    if typed and found is None:
        part.complain(name, f"“{typed}” is not known here.")
    return found


def reference(part: Part, name: str, known: Container[str], noun: str) -> str:
    """The identifier of something that the file holds too."""
    found = part.text(name, most=36, required=True)
    if found and found not in known:
        part.complain(name, f"There is no {noun} “{found}” in this file.")
    return found


def member_if_any(part: Part, name: str, members: Iterable[E]) -> E | None:
    """The same where something is said."""
    return member_of(part, name, members) if part.has(name) else None


def reference_if_any(part: Part, name: str, known: Container[str], noun: str) -> str | None:
    """The identifier of something that the file holds too, where one is named."""
    return reference(part, name, known, noun) if part.has(name) else None


def whole_if_any(part: Part, name: str, *, lowest: int, highest: int) -> int | None:
    """A whole number, where there is one."""
    return part.whole(name, lowest=lowest, highest=highest) if part.has(name) else None
