"""The release as JSON-ready values and back, with a version; the document itself is elsewhere.

Version 1 had no importance, no weights of items and no items that stand apart, version 2 no figures
that are only rough. They are read as they are: what they do not have was not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ldtrack.feedback.domain.document import Release
from ldtrack.feedback.domain.plain_json import plain, typed

VERSION = 3
READABLE = (1, 2, VERSION)


def to_dict(release: Release) -> dict[str, Any]:
    """The release as dicts, lists, texts and numbers; no rater key is in it anywhere."""
    return {"version": VERSION, **plain(release)}


def from_dict(stored: Mapping[str, Any]) -> Release:
    """The release that `to_dict` wrote. Raises ValueError for a version this code cannot read."""
    if stored.get("version") not in READABLE:
        raise ValueError(f"cannot read version {stored.get('version')!r} of a release")
    return typed(Release, stored)
