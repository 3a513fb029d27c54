"""Frozen values as JSON-ready ones and back; which values these are is not known here.

Written from their types, so that a field cannot be forgotten in either direction. A field that
what was stored does not have takes its default, so that what an older version stored is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def plain(value: Any) -> Any:
    """The value as dicts, lists, texts and numbers."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def typed(kind: type[T], stored: Mapping[str, Any]) -> T:
    """The value of this type that `plain` wrote."""
    return cast(T, _typed(kind, stored))


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
        there = {name: _typed(hints[name], value[name]) for name in hints if name in value}
        return cast(Any, kind)(**there)
    if issubclass(kind, date):
        return date.fromisoformat(value)
    return kind(value) if issubclass(kind, StrEnum) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Working the types out again for each of a report's thousand parts would take most of it."""
    return get_type_hints(kind)
