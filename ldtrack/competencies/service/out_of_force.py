"""Letting the edition before count for people again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies import models, queries
from ldtrack.competencies.domain import Crosswalk, VersionState
from ldtrack.competencies.service import drafts
from ldtrack.competencies.service.crosswalks import held, remember
from ldtrack.core.errors import Conflict


def take_out_of_force(
    session: Session, actor: Actor, walk: Crosswalk, *, reason: str, now: datetime
) -> None:
    """Read levels and targets as if the crosswalk had never been in force, from now on.

    What was decided stays, so that it can be put right and put in force again. The earlier edition
    is offered again if this had retired it. What was observed of the later one stays where it is.
    """
    kept = held(session, actor, walk)
    if kept is None or kept.in_force_on is None:
        raise Conflict("This crosswalk is not in force.")
    walk = queries.crosswalk_kept(session, kept.id)
    onward = select(models.Crosswalk.after_id).where(
        models.Crosswalk.before_id == walk.after_id, models.Crosswalk.in_force_on.is_not(None)
    )
    if (next_id := session.scalar(onward)) is not None:
        following = drafts.edition(session, actor, next_id).version
        raise Conflict(f"Take {following} out of force first: it goes on from {walk.after}.")
    since = kept.in_force_on
    kept.in_force_on = kept.in_force_at = None
    if walk.retired_before:
        before = drafts.edition(session, actor, walk.before_id)
        before.state, before.retired_on = VersionState.PUBLISHED, None
    session.flush()
    what = f"taken out of force: {walk.before} → {walk.after}, since {since:%Y-%m-%d}: {reason}"
    remember(session, actor, kept, what, now)
