"""How a cycle is held and in which rater groups: what can be set, and what may change later."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.anonymity import LARGEST_K, check_floor
from ldtrack.feedback.domain.answers import SELF_GROUP, RaterGroup
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.rows import CycleRow
from ldtrack.feedback.domain.scores import Weighting
from ldtrack.feedback.domain.timeline import Pace

SHORTEST, LONGEST = 3, 90
USUAL_DAYS = 21
"""For how many days a rolling cycle can be open for one person."""
MOST_GROUPS = 12
MOST_REMINDERS = 5
USUAL_REMINDERS = (7, 2)
EARLIEST_REMINDER = 60
SHOWN_WEIGHTINGS = (Weighting.GROUP, Weighting.RATER)


@dataclass(frozen=True, kw_only=True)
class CycleSettings:
    """How a cycle is held; its table says what each setting means."""

    k: int
    kept_months: int
    pace: Pace = Pace.TOGETHER
    days: int | None = None
    nominates: Nominates = Nominates.HR
    approves: Approves = Approves.NOBODY
    nominate_until: date | None = None
    coach_led: bool = True
    moderator_id: int | None = None
    weighting: Weighting = Weighting.GROUP
    tells_who_answered: bool = True
    reminder_days: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tightening:
    """What may still change once people were asked, and only to the stricter side.

    `floors` are those of rater groups, by key.
    """

    k: int
    tells_who_answered: bool
    kept_months: int
    floors: Mapping[str, int]


def settings_of(cycle: CycleRow) -> CycleSettings:
    """The settings of a cycle as they are."""
    return CycleSettings(
        k=cycle.k,
        kept_months=cycle.kept_months,
        pace=cycle.pace,
        days=cycle.days,
        nominates=cycle.nominates,
        approves=cycle.approves,
        nominate_until=cycle.nominate_until,
        coach_led=cycle.coach_led,
        moderator_id=cycle.moderator_id,
        weighting=cycle.weighting,
        tells_who_answered=cycle.tells_who_answered,
        reminder_days=cycle.reminder_days,
    )


def checked(settings: CycleSettings, cycle: CycleRow) -> CycleSettings:
    """The settings as they are stored; raises `RuleBroken` for what cannot be."""
    check_floor(settings.k)
    check_days(settings.pace, settings.days)
    if settings.weighting not in SHOWN_WEIGHTINGS:
        raise RuleBroken("weighting", "Reports count by group or by rater.")
    by_leaders = settings.nominates is Nominates.LEADER
    until = settings.nominate_until if by_leaders else None
    if until is not None and until > cycle.closes_on:
        raise RuleBroken("nominate_until", "This lies after the last day for answers.")
    return replace(
        settings,
        days=settings.days if settings.pace is Pace.ROLLING else None,
        approves=settings.approves if by_leaders else Approves.NOBODY,
        nominate_until=until,
        reminder_days=reminders(settings.reminder_days),
    )


def check_days(pace: Pace, days: int | None) -> None:
    """Raises `RuleBroken` if a rolling cycle does not say for how long each person's is open."""
    if pace is Pace.ROLLING and not SHORTEST <= (days or 0) <= LONGEST:
        raise RuleBroken("days", f"Say for how many days, from {SHORTEST} to {LONGEST}.")


def reminders(days: Collection[int]) -> tuple[int, ...]:
    """Days before the last day, each once, the earliest first.

    >>> reminders((2, 7, 2))
    (7, 2)
    """
    if any(not 0 <= day <= EARLIEST_REMINDER for day in days):
        raise RuleBroken("reminder_days", f"Reminders go out from 0 to {EARLIEST_REMINDER} days.")
    if len(set(days)) > MOST_REMINDERS:
        raise RuleBroken("reminder_days", f"Remind people at most {MOST_REMINDERS} times.")
    return tuple(sorted(set(days), reverse=True))


def check_tighter(before: CycleRow, after: Tightening) -> None:
    """Raises `RuleBroken` for anything that would promise raters less than they were told."""
    check_floor(after.k)
    if after.k < before.k:
        raise RuleBroken("k", f"This can only be raised now: raters were told {before.k}.")
    if after.tells_who_answered and not before.tells_who_answered:
        raise RuleBroken(
            "tells_who_answered", "Raters were told that nobody learns whether they answered."
        )
    if after.kept_months > before.kept_months:
        raise RuleBroken(
            "kept_months", f"This can only be shortened now: raters were told {before.kept_months}."
        )
    for group in before.groups:
        floor = after.floors.get(group.key, group.floor)
        if floor < group.floor or floor > LARGEST_K:
            least = max(group.floor, before.k)
            raise RuleBroken(group.key, f"{group.name}: from {least} to {LARGEST_K}, never lower.")


def tightened(before: CycleRow, after: Tightening) -> CycleRow:
    """The cycle with what became stricter."""
    return replace(
        before,
        k=after.k,
        tells_who_answered=after.tells_who_answered,
        kept_months=after.kept_months,
        groups=tuple(
            replace(group, floor=after.floors.get(group.key, group.floor))
            for group in before.groups
        ),
    )


def checked_groups(groups: Sequence[RaterGroup]) -> tuple[RaterGroup, ...]:
    """The groups, new ones with a key of their own; raises `RuleBroken` for what cannot be."""
    if len(groups) > MOST_GROUPS:
        raise RuleBroken("groups", f"At most {MOST_GROUPS} groups, so that a report stays legible.")
    if SELF_GROUP not in {group.key for group in groups}:
        raise RuleBroken("groups", "People’s own view of themselves cannot be left out.")
    names = [group.name.casefold() for group in groups]
    if len(set(names)) < len(names):
        raise RuleBroken("groups", "Two groups have the same name.")
    keyed: list[RaterGroup] = []
    for group in groups:
        if not 0 <= group.floor <= LARGEST_K:
            raise RuleBroken("groups", f"{group.name}: shown from at most {LARGEST_K} raters.")
        if group.most is not None and group.most < group.least:
            raise RuleBroken("groups", f"{group.name}: the most is less than the least.")
        taken = {other.key for other in (*groups, *keyed)}
        keyed.append(group if group.key else replace(group, key=key_for(group.name, taken)))
    return tuple(keyed)


def key_for(name: str, taken: Collection[str]) -> str:
    """A short key for a new group, which it keeps when it is renamed.

    >>> key_for("Projekt-Partner:innen", {"peer"}), key_for("客户", {"group"})
    ('projekt_partner_innen', 'group_2')
    """
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:30] or "group"
    keys = [stem, *(f"{stem}_{number}" for number in range(2, len(taken) + 3))]
    return next(key for key in keys if key not in taken)


def stored_groups(groups: Sequence[RaterGroup]) -> list[dict[str, Any]]:
    """The groups as a cycle keeps them."""
    return [asdict(group) for group in groups]
