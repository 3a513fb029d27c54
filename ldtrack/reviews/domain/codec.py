"""The document as JSON-ready values and back, with a version; the document itself is next door.

Written from the types of the document, so that a field cannot be forgotten in either direction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from ldtrack.reviews.domain.document import ReviewDocument

VERSION = 1


def to_dict(document: ReviewDocument) -> dict[str, Any]:
    """The document as dicts, lists, texts and numbers; days as ISO texts."""
    return {"version": VERSION, **_plain(document)}


def from_dict(stored: Mapping[str, Any]) -> ReviewDocument:
    """The document that `to_dict` wrote. Raises ValueError for a version this code cannot read."""
    if stored.get("version") != VERSION:
        raise ValueError(f"cannot read version {stored.get('version')!r} of a review")
    return cast(ReviewDocument, _typed(ReviewDocument, stored))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, UnionType):
        return _typed(next(part for part in get_args(kind) if part is not type(None)), value)
    if get_origin(kind) is tuple:
        return tuple(_typed(get_args(kind)[0], part) for part in value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return cast(Any, kind)(
            **{
                each.name: _typed(hints[each.name], value[each.name])
                for each in fields(kind)
                # What was added later has a default, and older documents do without it.
                if each.name in value or each.default is MISSING
            }
        )
    if kind is date:
        return date.fromisoformat(value)
    return kind(value) if issubclass(kind, StrEnum) else value
