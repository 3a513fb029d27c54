"""Every table of every room, so that migrations and tests see the whole of it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from sqlalchemy import MetaData

from ldtrack.db import once
from ldtrack.db.base import Base

ROOMS = (
    "access",
    "audit",
    "outbox",
    "files",
    "people",
    "competencies",
    "evidence",
    "courses",
    "coaching",
    "assignments",
    "feedback",
    "reflection",
    "network",
    "pathways",
    "reviews",
    "exchange",
)


def metadata() -> MetaData:
    """The tables as the models describe them."""
    for room in ROOMS:
        if find_spec(f"ldtrack.{room}") and find_spec(f"ldtrack.{room}.models"):
            import_module(f"ldtrack.{room}.models")
    return (once.AnsweredRequest.metadata, Base.metadata)[1]
