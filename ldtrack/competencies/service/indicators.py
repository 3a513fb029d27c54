"""Writing the indicators of a draft, and the words of its levels."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.domain import WriteIndicator, WriteLevel
from ldtrack.competencies.models import (
    BehaviouralIndicator,
    Competency,
    ProficiencyLevel,
    RoleProfile,
    TargetLevel,
)
from ldtrack.competencies.service import drafts
from ldtrack.core.errors import RuleBroken

FEWEST_LEVELS = 2


def add_indicator(
    session: Session, actor: Actor, competency_id: int, command: WriteIndicator
) -> int:
    """Add an indicator at the end of its level. Returns its id."""
    competency = drafts.competency(session, actor, competency_id)
    _check(session, competency, command)
    last = session.scalar(
        select(func.max(BehaviouralIndicator.position)).where(
            BehaviouralIndicator.competency_id == competency_id
        )
    )
    indicator = BehaviouralIndicator(
        competency_id=competency_id,
        level=command.level,
        effective=command.effective,
        ineffective=command.ineffective,
        position=0 if last is None else last + 1,
    )
    session.add(indicator)
    session.flush()
    return indicator.id


def change_indicator(
    session: Session, actor: Actor, indicator_id: int, command: WriteIndicator
) -> None:
    """Reword an indicator, or put it at another level."""
    indicator, competency = drafts.indicator(session, actor, indicator_id)
    _check(session, competency, command)
    indicator.level = command.level
    indicator.effective = command.effective
    indicator.ineffective = command.ineffective
    session.flush()


def remove_indicator(session: Session, actor: Actor, indicator_id: int) -> None:
    """Take an indicator out of a draft."""
    indicator, _ = drafts.indicator(session, actor, indicator_id)
    session.delete(indicator)
    session.flush()


def set_levels(
    session: Session, actor: Actor, framework_version_id: int, levels: Sequence[WriteLevel]
) -> None:
    """Write the scale of a draft anew, from low to high.

    Levels keep the numbers that they have, and further ones go on from the highest. A level at
    which an indicator stands cannot go. A role profile of the draft that names it asks for nothing
    there until the crosswalk from the edition before says what the level has become.
    """
    drafts.draft(session, actor, framework_version_id)
    if len(levels) < FEWEST_LEVELS:
        raise RuleBroken("levels", "A scale needs at least two levels.")
    here = list(
        session.scalars(
            select(ProficiencyLevel)
            .where(ProficiencyLevel.framework_version_id == framework_version_id)
            .order_by(ProficiencyLevel.value)
        )
    )
    lost = [row.value for row in here[len(levels) :]]
    if used := sorted(_used(session, framework_version_id) & set(lost)):
        raise RuleBroken("levels", f"Level {used[0]} cannot go: indicators still name it.")
    _ask_no_more(session, framework_version_id, lost)
    session.execute(
        delete(ProficiencyLevel).where(
            ProficiencyLevel.framework_version_id == framework_version_id,
            ProficiencyLevel.value.in_(lost),
        )
    )
    for row, level in zip(here, levels, strict=False):
        row.label, row.meaning = level.label, level.meaning
    next_value = here[-1].value + 1 if here else 1
    session.add_all(
        ProficiencyLevel(
            framework_version_id=framework_version_id,
            value=value,
            label=level.label,
            meaning=level.meaning,
        )
        for value, level in enumerate(levels[len(here) :], next_value)
    )
    session.flush()


def _used(session: Session, framework_version_id: int) -> set[int]:
    """The levels at which an indicator of the edition stands."""
    shown = select(BehaviouralIndicator.level).where(
        BehaviouralIndicator.competency_id == Competency.id,
        Competency.framework_version_id == framework_version_id,
    )
    return set(session.scalars(shown))


def _ask_no_more(session: Session, framework_version_id: int, lost: Sequence[int]) -> None:
    profiles = select(RoleProfile.id).where(
        RoleProfile.framework_version_id == framework_version_id
    )
    session.execute(
        delete(TargetLevel).where(
            TargetLevel.role_profile_id.in_(profiles), TargetLevel.level.in_(lost)
        )
    )


def _check(session: Session, competency: Competency, command: WriteIndicator) -> None:
    if not command.effective and not command.ineffective:
        raise RuleBroken("effective", "Say what somebody at this level does, or does not.")
    known = select(ProficiencyLevel.id).where(
        ProficiencyLevel.framework_version_id == competency.framework_version_id,
        ProficiencyLevel.value == command.level,
    )
    if session.scalar(known) is None:
        raise RuleBroken("level", f"There is no level {command.level} on this framework's scale.")
