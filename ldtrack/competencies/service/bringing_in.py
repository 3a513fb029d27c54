"""Bringing a whole edition in: a new framework, or the next draft of one that is here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.domain import VersionState, WholeEdition, settle
from ldtrack.competencies.models import Framework, FrameworkVersion
from ldtrack.competencies.queries.taking_in import Fate, look_ahead
from ldtrack.competencies.service import drafts
from ldtrack.competencies.service.contents import write_contents


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did."""

    framework_version_id: int
    is_new: bool


def import_framework(session: Session, command: WholeEdition, *, now: datetime) -> Imported:
    """Store and publish an edition as its publisher wrote it; one that is here stays as it is."""
    framework = session.scalar(select(Framework).where(Framework.key == command.key))
    if framework is not None:
        command = replace(command, identifier=framework.identifier)
    command = settle(command, None, {})
    if framework is None:
        framework = _framework(session, command)
    here = session.scalar(
        select(FrameworkVersion.id).where(
            FrameworkVersion.framework_id == framework.id,
            FrameworkVersion.version == command.version,
        )
    )
    if here is not None:
        return Imported(framework_version_id=here, is_new=False)
    version = _version(session, framework.id, command, VersionState.PUBLISHED, now)
    write_contents(session, version.id, command)
    return Imported(framework_version_id=version.id, is_new=True)


def take_in(session: Session, actor: Actor, whole: WholeEdition, *, now: datetime) -> Imported:
    """Store an edition that came in a file, by the identifiers of what is here already.

    A framework that nobody had is published if nothing is missing from it, else it is a draft.
    One that is here gets a draft, or its draft is rewritten: published editions do not change.
    """
    drafts.may_write(actor, actor.organisation_id)
    ahead = look_ahead(session, whole)
    if ahead.fate is Fate.SAME:
        assert ahead.before is not None  # the same as what is before it
        return Imported(framework_version_id=ahead.before.framework_version_id, is_new=False)
    found = ahead.whole
    if ahead.fate is Fate.DRAFT_REWRITTEN:
        assert ahead.before is not None  # a draft that is here
        version = drafts.draft(session, actor, ahead.before.framework_version_id)
        _describe(version, replace(found, version=ahead.version))
    elif ahead.before is not None:
        version = _version(
            session,
            ahead.before.framework_id,
            replace(found, version=ahead.version),
            VersionState.DRAFT,
            None,
        )
    else:
        state = VersionState.DRAFT if ahead.gaps else VersionState.PUBLISHED
        framework_id = _framework(session, found).id
        published_at = None if ahead.gaps else now
        version = _version(session, framework_id, found, state, published_at)
    write_contents(session, version.id, found)
    what = f"brought in: {found.title}, {version.version}"[:500]
    drafts.remember(session, actor, "framework_version", version.id, what, now)
    return Imported(framework_version_id=version.id, is_new=True)


def _framework(session: Session, whole: WholeEdition) -> Framework:
    framework = Framework(
        key=whole.key,
        identifier=whole.identifier,
        title=whole.title,
        publisher=whole.publisher,
    )
    session.add(framework)
    session.flush()
    return framework


def _version(
    session: Session,
    framework_id: int,
    whole: WholeEdition,
    state: VersionState,
    published_at: datetime | None,
) -> FrameworkVersion:
    version = FrameworkVersion(framework_id=framework_id, state=state, published_at=published_at)
    _describe(version, whole)
    session.add(version)
    session.flush()
    return version


def _describe(version: FrameworkVersion, whole: WholeEdition) -> None:
    version.version, version.language = whole.version, whole.language
    version.scale_key, version.licence = whole.scale_key, whole.licence
    version.attribution, version.notes = whole.attribution, whole.notes
    version.sources = [dict(source) for source in whole.sources]
