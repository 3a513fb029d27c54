"""Identifiers by which the world outside knows a thing, wherever it is stored.

Unlike the ids of rows they travel with files: a framework that goes out and comes in elsewhere
keeps them.
"""

from __future__ import annotations

import re
import uuid

_OURS = uuid.UUID("5d2c6f0e-8c1b-5a53-9f7e-3b1f6f0c9a41")
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
LENGTH = 36


def new_guid() -> str:
    """One that nothing else has."""
    return str(uuid.uuid4())


def guid_of(name: str, within: str | None = None) -> str:
    """The one of a name, the same wherever it is asked for; `within` is that of its owner.

    >>> guid_of("us-opm-ecq-2006") == guid_of("us-opm-ecq-2006")
    True
    """
    return str(uuid.uuid5(uuid.UUID(within) if within else _OURS, name))


def is_guid(text: str) -> bool:
    """Whether a text has the form of one.

    >>> is_guid("bcfa5fac-06f8-5035-b6d3-e0ce2c58aa64"), is_guid("bcfa5fac")
    (True, False)
    """
    return _GUID.fullmatch(text) is not None
