"""Saying how a cycle is held: freely while it is a draft, only more strictly afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.feedback.domain.answers import RaterGroup
from ldtrack.feedback.domain.promise import check_promise_kept
from ldtrack.feedback.domain.promised import promise_settings
from ldtrack.feedback.domain.settings import (
    CycleSettings,
    Tightening,
    check_tighter,
    checked,
    checked_groups,
    stored_groups,
    tightened,
)
from ldtrack.feedback.domain.timeline import CycleState
from ldtrack.feedback.models import Invitation, Subject, UsualGroup
from ldtrack.feedback.queries.cycles import require_hr, row_of
from ldtrack.feedback.service.closing import ask_to_forget
from ldtrack.feedback.service.cycles import audit, check_is_here, draft, floor_from, locked
from ldtrack.people.service.limits import set_rater_limits


def change_settings(
    session: Session, actor: Actor, cycle_id: int, settings: CycleSettings, *, now: datetime
) -> None:
    """Say how a draft will be held."""
    cycle = draft(session, actor, cycle_id)
    floor_from(session, actor, settings.k)
    if settings.moderator_id is not None:
        check_is_here(session, settings.moderator_id)
    settings = checked(settings, row_of(cycle))
    for name in ("k", "kept_months", "pace", "days", "nominates", "approves", "nominate_until"):
        setattr(cycle, name, getattr(settings, name))
    for name in ("coach_led", "moderator_id", "weighting", "tells_who_answered"):
        setattr(cycle, name, getattr(settings, name))
    cycle.reminder_days = list(settings.reminder_days)
    session.flush()
    audit(session, actor, "change_settings", cycle_id, now)


def set_groups(
    session: Session, actor: Actor, cycle_id: int, groups: Sequence[RaterGroup], *, now: datetime
) -> None:
    """Say which rater groups a draft asks; one that somebody is asked in cannot go."""
    cycle = draft(session, actor, cycle_id)
    groups = checked_groups(groups)
    keys = {group.key for group in groups}
    asked = session.scalars(
        select(Invitation.group_key)
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(Subject.cycle_id == cycle_id)
        .distinct()
    )
    for key in sorted(set(asked) - keys):
        name = row_of(cycle).group_name(key)
        raise RuleBroken("groups", f"Somebody is asked as one of “{name}”; it cannot go.")
    cycle.groups = stored_groups(groups)
    session.flush()
    audit(session, actor, "set_groups", cycle_id, now)


def tighten(
    session: Session, actor: Actor, cycle_id: int, change: Tightening, *, now: datetime
) -> None:
    """Promise raters more than they were told, while a cycle runs; never less."""
    require_hr(actor)
    cycle = locked(session, cycle_id)
    if cycle.state not in (CycleState.NOMINATING, CycleState.OPEN):
        raise Conflict("This cycle does not run; what it promised is past.")
    before = row_of(cycle)
    check_tighter(before, change)
    after = tightened(before, change)
    # Whatever the counts are: they do not change, and no sentence may become untrue.
    nobody: dict[str, int] = {}
    check_promise_kept(
        promise_settings(before, "the leader", nobody),
        promise_settings(after, "the leader", nobody),
        has_answers=True,
    )
    cycle.k, cycle.kept_months = after.k, after.kept_months
    cycle.tells_who_answered = after.tells_who_answered
    cycle.groups = stored_groups(after.groups)
    session.flush()
    ask_to_forget(session, cycle)
    audit(session, actor, "tighten", cycle_id, now)


def set_usual(
    session: Session,
    actor: Actor,
    groups: Sequence[RaterGroup],
    *,
    floor: int,
    budget: int,
    now: datetime,
) -> None:
    """Say which groups new cycles begin with, from how many raters anything is shown, and how
    often anybody is asked in a quarter."""
    require_hr(actor)
    groups = checked_groups(groups)
    set_rater_limits(session, actor, floor=floor, budget=budget, now=now)
    session.execute(delete(UsualGroup).where(UsualGroup.organisation_id == actor.organisation_id))
    for position, group in enumerate(groups):
        session.add(
            UsualGroup(
                position=position,
                key=group.key,
                name=group.name,
                exempt=group.exempt,
                floor=group.floor,
                least=group.least,
                most=group.most,
            )
        )
    session.flush()
