"""The release as JSON-ready values and back, with a version; the document itself is elsewhere.

Written from the types of the document, so that a field cannot be forgotten in either direction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from ldtrack.feedback.domain.document import Release

VERSION = 1


def to_dict(release: Release) -> dict[str, Any]:
    """The release as dicts, lists, texts and numbers; no rater key is in it anywhere."""
    return {"version": VERSION, **_plain(release)}


def from_dict(stored: Mapping[str, Any]) -> Release:
    """The release that `to_dict` wrote. Raises ValueError for a version this code cannot read."""
    if stored.get("version") != VERSION:
        raise ValueError(f"cannot read version {stored.get('version')!r} of a release")
    return cast(Release, _typed(Release, stored))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, StrEnum) else value


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) is tuple:
        return tuple(_typed(get_args(kind)[0], part) for part in value)
    if isinstance(kind, UnionType):
        named = [part for part in get_args(kind) if part is not type(None)]
        return _typed(named[0], value) if len(named) == 1 else value
    if is_dataclass(kind):
        hints = _hints(cast(type, kind))
        return cast(Any, kind)(**{name: _typed(hints[name], value[name]) for name in hints})
    return kind(value) if issubclass(kind, StrEnum) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Working the types out again for each of a report's thousand parts would take most of it."""
    return get_type_hints(kind)
