"""Which raters are shown together, which are hidden and why; the one floor everybody asks.

No figure is computed here. The plan is made once, at close, and never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.answers import SELF_GROUP, RaterAnswers, RaterGroup
from ldtrack.feedback.domain.reasons import Reason

SMALLEST_K = 3
LARGEST_K = 10
POOLED = "pooled"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Raters who are always shown together. An exempt cell is one known person.

    `floor` is the fewest raters behind any figure of it: the highest that its groups ask for.
    """

    key: str
    name: str
    group_keys: tuple[str, ...]
    raters: frozenset[int]
    exempt: bool
    floor: int


@dataclass(frozen=True, kw_only=True)
class HiddenGroup:
    """A group that is shown nowhere and counts in no total."""

    group_key: str
    name: str
    raters: frozenset[int]
    reason: Reason
    floor: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Every rater is in exactly one cell or one hidden group; `k` is the floor in force."""

    k: int
    cells: tuple[Cell, ...]
    hidden: tuple[HiddenGroup, ...]

    @property
    def non_exempt(self) -> frozenset[int]:
        """The raters whose anonymity is at stake and who are part of something visible."""
        return frozenset(r for cell in self.cells if not cell.exempt for r in cell.raters)

    @property
    def highest_floor(self) -> int:
        """The fewest raters behind a figure over all cells at once."""
        return max((cell.floor for cell in self.cells if not cell.exempt), default=self.k)


def check_floor(k: int) -> None:
    """Raises RuleBroken unless k is between 3 and 10: it may be raised, never lowered."""
    if not SMALLEST_K <= k <= LARGEST_K:
        raise RuleBroken(
            "k", f"The smallest number of raters shown is from {SMALLEST_K} to {LARGEST_K}."
        )


def meets_floor(n: int, k: int) -> bool:
    """The one gate: n distinct raters with an answer are enough to be shown together."""
    return n >= k


def plan_cells(
    groups: Sequence[RaterGroup],
    raters_of: Mapping[str, frozenset[int]],
    k: int,
    asked: Mapping[str, int] | None = None,
) -> Plan:
    """Cut the raters into visible cells and hidden groups.

    Groups under their floor, which is k or more, are pooled. A pool under the highest floor in it
    takes in the smallest visible group (ties by name), and the next; when that does not help, its
    raters are hidden and the others stay as they are. Self and a single manager are exempt. A
    second manager makes an ordinary group of two, even if only one of them answers: both were
    told that they would be. So `asked` says how many were asked per group, answered or not.

    >>> peers, reports = RaterGroup(key="p", name="Peers"), RaterGroup(key="d", name="Reports")
    >>> plan = plan_cells((peers, reports), {"p": frozenset({1, 2, 3, 4}),
    ...                                      "d": frozenset({5, 6})}, k=3)
    >>> [(cell.key, len(cell.raters)) for cell in plan.cells]
    [('pooled', 6)]
    """
    check_floor(k)
    members = {group.key: raters_of.get(group.key, frozenset()) for group in groups}
    people = {key: max(len(keys), (asked or {}).get(key, 0)) for key, keys in members.items()}
    exempt = [group for group in groups if _is_exempt(group, people[group.key])]
    others = [group for group in groups if group not in exempt and members[group.key]]
    sizes = {key: len(raters) for key, raters in members.items()}
    small = [group for group in others if not meets_floor(sizes[group.key], group.floor_over(k))]
    pooled = _pool(others, small, sizes, k)
    alone = [group for group in groups if members[group.key] and group not in (pooled or small)]
    cells = [_cell_of(group, members[group.key], k, exempt=group in exempt) for group in alone]
    if pooled:
        cells.append(_pooled_cell(pooled, members, k))
    silent = [group for group in groups if not members[group.key]]
    hidden = [_hidden(group, k, Reason.NOBODY_ANSWERED) for group in silent]
    if not pooled:
        hidden += [_hidden(group, k, Reason.TOO_FEW_RATERS, members[group.key]) for group in small]
    return Plan(k=k, cells=tuple(cells), hidden=tuple(hidden))


def raters_by_group(raters: Iterable[RaterAnswers]) -> dict[str, frozenset[int]]:
    """The keys of the given raters, per group."""
    grouped: dict[str, set[int]] = {}
    for rater in raters:
        grouped.setdefault(rater.group_key, set()).add(rater.rater_key)
    return {key: frozenset(keys) for key, keys in grouped.items()}


def _is_exempt(group: RaterGroup, asked: int) -> bool:
    if group.key == SELF_GROUP and asked > 1:
        raise RuleBroken("group", "Only one person can answer as self.")
    return group.key == SELF_GROUP or (group.exempt and asked == 1)


def _pool(
    groups: Sequence[RaterGroup],
    small: Sequence[RaterGroup],
    sizes: Mapping[str, int],
    k: int,
) -> list[RaterGroup]:
    """The groups that are pooled, in the order of the questionnaire; none if they stay too few."""
    large = sorted(
        (group for group in groups if group not in small),
        key=lambda group: (sizes[group.key], group.name, group.key),
    )
    pool = list(small)
    while pool and not meets_floor(sum(sizes[group.key] for group in pool), _floor(pool, k)):
        if not large:
            return []
        pool.append(large.pop(0))
    return [group for group in groups if group in pool]


def _floor(groups: Iterable[RaterGroup], k: int) -> int:
    return max(group.floor_over(k) for group in groups)


def _cell_of(group: RaterGroup, raters: frozenset[int], k: int, *, exempt: bool) -> Cell:
    return Cell(
        key=group.key,
        name=group.name,
        group_keys=(group.key,),
        raters=raters,
        exempt=exempt,
        floor=group.floor_over(k),
    )


def _pooled_cell(
    groups: Sequence[RaterGroup], members: Mapping[str, frozenset[int]], k: int
) -> Cell:
    return Cell(
        key=POOLED,
        name=" and ".join(group.name for group in groups),
        group_keys=tuple(group.key for group in groups),
        raters=frozenset(rater for group in groups for rater in members[group.key]),
        exempt=False,
        floor=_floor(groups, k),
    )


def _hidden(
    group: RaterGroup, k: int, reason: Reason, raters: frozenset[int] = frozenset()
) -> HiddenGroup:
    return HiddenGroup(
        group_key=group.key,
        name=group.name,
        raters=raters,
        reason=reason,
        floor=group.floor_over(k),
    )
