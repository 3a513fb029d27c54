"""Writing an edition as a file of any kind that is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.competencies.domain import FrameworkRow, WholeEdition
from ldtrack.competencies.queries import visible_framework, whole_edition
from ldtrack.core.errors import NotVisible
from ldtrack.exchange.case import write_package
from ldtrack.exchange.framework_csv import write_moodle, write_own
from ldtrack.exchange.framework_writing import write_framework


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of file: how its name ends, what a person calls it, how it is written."""

    ending: str
    name: str
    content_type: str
    write: Callable[[WholeEdition, datetime], bytes]


KINDS: Mapping[str, Kind] = {
    "case": Kind(
        ending="case.json",
        name="CASE 1.1 package",
        content_type="application/json",
        write=lambda whole, at: write_package(whole, changed_at=at),
    ),
    "csv": Kind(
        ending="csv",
        name="Table",
        content_type="text/csv",
        write=lambda whole, at: write_own(whole),
    ),
    "moodle": Kind(
        ending="moodle.csv",
        name="Table for Moodle",
        content_type="text/csv",
        write=lambda whole, at: write_moodle(whole),
    ),
    "json": Kind(
        ending="json",
        name="Framework file",
        content_type="application/json",
        write=lambda whole, at: write_framework(whole),
    ),
}


def export_framework(
    session: Session, actor: Actor, framework_version_id: int, kind: str, *, now: datetime
) -> tuple[bytes, str]:
    """The file of an edition that the actor may read, and its name; noted, as every export is."""
    if kind not in KINDS:
        raise NotVisible
    row = visible_framework(session, actor, framework_version_id)
    content = write_kind(session, row, kind, now=now)
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_FRAMEWORK.value,
        thing="framework_version",
        thing_id=framework_version_id,
        happened_at=now,
        reason=f"file taken: {KINDS[kind].name}",
    )
    return content, f"{row.key}-{row.version}.{KINDS[kind].ending}"


def write_kind(session: Session, row: FrameworkRow, kind: str, *, now: datetime) -> bytes:
    """The file of an edition. What a package does not date has the day of publishing."""
    whole = whole_edition(session, row.framework_version_id)
    return KINDS[kind].write(whole, row.published_at or now)
