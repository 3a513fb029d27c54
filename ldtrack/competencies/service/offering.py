"""Publishing an edition, retiring it, and offering it again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies import queries
from ldtrack.competencies.domain import VersionState, gaps
from ldtrack.competencies.service import drafts
from ldtrack.core.errors import Conflict, RuleBroken


def publish_edition(
    session: Session, actor: Actor, framework_version_id: int, *, now: datetime
) -> None:
    """Let everybody work with a draft; from here on it does not change."""
    version = drafts.draft(session, actor, framework_version_id)
    missing = gaps(queries.edition(session, framework_version_id))
    if missing:
        raise RuleBroken("", missing[0].sentence)
    version.state, version.published_at = VersionState.PUBLISHED, now
    session.flush()
    what = f"published: {version.version}"
    drafts.remember(session, actor, "framework_version", version.id, what, now)


def retire_edition(
    session: Session, actor: Actor, framework_version_id: int, *, now: datetime
) -> None:
    """Offer an edition no longer for anything new; what works with it goes on."""
    version = drafts.edition(session, actor, framework_version_id)
    if version.state != VersionState.PUBLISHED:
        raise Conflict("Only a published edition can be retired.")
    version.state, version.retired_on = VersionState.RETIRED, now.date()
    session.flush()
    what = f"retired: {version.version}"
    drafts.remember(session, actor, "framework_version", version.id, what, now)


def offer_again(
    session: Session, actor: Actor, framework_version_id: int, *, now: datetime
) -> None:
    """Offer a retired edition again for what is new."""
    version = drafts.edition(session, actor, framework_version_id)
    if version.state != VersionState.RETIRED:
        raise Conflict("Only a retired edition can be offered again.")
    version.state, version.retired_on = VersionState.PUBLISHED, None
    session.flush()
    what = f"offered again: {version.version}"
    drafts.remember(session, actor, "framework_version", version.id, what, now)
