"""Letting an edition count for people in place of the one before."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies import models, queries
from ldtrack.competencies.domain import Crosswalk, VersionState, profile_moves
from ldtrack.competencies.service import drafts
from ldtrack.competencies.service.crosswalks import kept_open, names_in, remember
from ldtrack.competencies.service.profiles import set_role_profile
from ldtrack.core.errors import Conflict


def put_in_force(
    session: Session,
    actor: Actor,
    walk: Crosswalk,
    *,
    today: date,
    now: datetime,
    with_profiles: bool = True,
) -> None:
    """Let the later edition count for people from today on.

    From then on levels and targets are read along the crosswalk, and the earlier edition is offered
    for nothing new. Nothing that anybody observed is changed. `with_profiles` completes the role
    profiles of the later edition by what those of the earlier one ask for.
    """
    kept = kept_open(session, actor, walk)
    walk = queries.crosswalk_kept(session, kept.id)
    before = drafts.edition(session, actor, walk.before_id)
    after = drafts.edition(session, actor, walk.after_id)
    if after.state == VersionState.DRAFT:
        raise Conflict(f"Publish {walk.after} first; a draft counts for nobody.")
    old, new = names_in(session, walk)
    n_open = len(walk.open_before(old)) + len(walk.open_after(new))
    if n_open:
        raise Conflict(f"{n_open} of {len(old) + len(new)} competencies are not decided yet.")
    if walk.levels is None:
        raise Conflict("Say first how the levels are to be read: the scales differ.")
    both = or_(
        models.Crosswalk.before_id == walk.before_id, models.Crosswalk.after_id == walk.after_id
    )
    other = select(models.Crosswalk.id).where(both, models.Crosswalk.in_force_on.is_not(None))
    if session.scalar(other.limit(1)) is not None:
        raise Conflict("One of these editions has a crosswalk in force already.")
    kept.in_force_on, kept.in_force_at = today, now
    if before.state == VersionState.PUBLISHED:
        before.state, before.retired_on = VersionState.RETIRED, today
    session.flush()
    remember(session, actor, kept, f"put in force: {walk.before} → {walk.after}", now)
    if with_profiles:
        move_profiles(session, actor, walk, now=now)


def move_profiles(session: Session, actor: Actor, walk: Crosswalk, *, now: datetime) -> int:
    """Say in the later edition what roles ask for by the earlier one, where it does not say yet.

    Returns how many roles gained something.
    """
    drafts.edition(session, actor, walk.after_id)
    if walk.levels is None:
        raise Conflict("Say first how the levels are to be read: the scales differ.")
    profiles = queries.profiles_of_editions(session, {walk.before_id, walk.after_id})
    written = profiles.get(walk.after_id, [])
    moves = profile_moves(walk, profiles.get(walk.before_id, []), written)
    known = {row.id: row for row in written}
    for move in moves:
        here = known[move.profile_id] if move.profile_id else None
        profile_id = set_role_profile(
            session,
            framework_version_id=walk.after_id,
            name=move.name,
            targets={**move.added, **(here.targets if here else {})},
            critical=move.critical | (here.critical if here else frozenset()),
        )
        what = f"moved along from {walk.before}: {move.name}"
        drafts.remember(session, actor, "role_profile", profile_id, what, now)
    return len(moves)
