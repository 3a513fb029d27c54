"""What taking an edition in from a file would do, before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.competencies.domain import (
    Differences,
    FrameworkRow,
    Gap,
    VersionState,
    WholeEdition,
    compare,
    edition_of,
    gaps,
    settle,
)
from ldtrack.competencies.domain.keys import free_key
from ldtrack.competencies.models import Competency, Domain, Framework, FrameworkVersion
from ldtrack.competencies.queries.editions import every_edition
from ldtrack.competencies.queries.whole import whole_edition

_LONGEST_VERSION = 60


class Fate(StrEnum):
    """What would become of an edition that comes in."""

    PUBLISHED = "published"
    DRAFT = "draft"
    NEXT_DRAFT = "next draft"
    DRAFT_REWRITTEN = "draft rewritten"
    SAME = "same"


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """`whole` is the edition as it would be stored under the name `version`.

    `before` is the edition that it follows or rewrites, `differences` is what that would change.
    """

    fate: Fate
    whole: WholeEdition
    version: str
    before: FrameworkRow | None
    differences: Differences | None
    gaps: tuple[Gap, ...]


def look_ahead(session: Session, whole: WholeEdition) -> Ahead:
    """What `take_in` would do with an edition."""
    rows = _editions_of(session, whole)
    if not rows:
        return _as_new(session, whole)
    drafts = [row for row in rows if row.state is VersionState.DRAFT]
    row = drafts[0] if drafts else rows[-1]
    before = whole_edition(session, row.framework_version_id)
    settled = settle(whole, before, _keys(session, row.framework_id))
    fate = Fate.DRAFT_REWRITTEN if drafts else Fate.NEXT_DRAFT
    if _is_same(settled, before):
        fate = Fate.SAME
    edition = edition_of(settled)
    taken = {other.version for other in rows if other is not row or not drafts}
    return Ahead(
        fate=fate,
        whole=settled,
        version=_free_version(settled.version, taken),
        before=row,
        differences=compare(edition_of(before), edition),
        gaps=gaps(edition),
    )


def _as_new(session: Session, whole: WholeEdition) -> Ahead:
    taken = set(session.scalars(select(Framework.key)))
    key = free_key(whole.key, taken) if whole.key in taken else whole.key
    settled = settle(replace(whole, key=key), None, {})
    missing = gaps(edition_of(settled))
    return Ahead(
        fate=Fate.DRAFT if missing else Fate.PUBLISHED,
        whole=settled,
        version=settled.version,
        before=None,
        differences=None,
        gaps=missing,
    )


def _editions_of(session: Session, whole: WholeEdition) -> list[FrameworkRow]:
    """The editions of the framework that a file is about, by age.

    It is known by its identifier, or, from a file without one, by its key or its title.
    """
    wanted = select(Framework.id)
    if whole.identifier:
        wanted = wanted.where(func.lower(Framework.identifier) == whole.identifier.lower())
    else:
        named = Framework.key == whole.key
        wanted = wanted.where(named | (func.lower(Framework.title) == whole.title.lower()))
    found = set(session.scalars(wanted))
    rows = [row for row in every_edition(session) if row.framework_id in found]
    return [row for row in rows if row.framework_id == rows[0].framework_id]


def _keys(session: Session, framework_id: int) -> dict[str, str]:
    """The key of every identifier in any edition of a framework."""
    versions = select(FrameworkVersion.id).where(FrameworkVersion.framework_id == framework_id)
    keys: dict[str, str] = {}
    for table in (Domain, Competency):
        for identifier, key in session.execute(
            select(table.identifier, table.key).where(table.framework_version_id.in_(versions))
        ):
            keys[identifier] = key
    return keys


def _is_same(settled: WholeEdition, before: WholeEdition) -> bool:
    """Whether nothing would change; the name of the edition is no change.

    The title is the framework's own and stays, whatever a file calls it. A package that an
    edition did not come in adds nothing to it.
    """
    packages = None not in (settled.package, before.package)
    return (
        replace(
            settled,
            version=before.version,
            title=before.title,
            publisher=before.publisher,
            package=settled.package if packages else before.package,
            silent=before.silent,
        )
        == before
    )


def _free_version(version: str, taken: set[str]) -> str:
    number, found = 1, version
    while found in taken:
        number += 1
        ending = f" ({number})"
        found = f"{version[: _LONGEST_VERSION - len(ending)]}{ending}"
    return found
