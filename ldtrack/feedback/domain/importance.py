"""Which competencies people chose as those that matter most, told so that no choice comes out.

Self and a single manager are known, and what they chose is printed as it is. All other visible
raters are put together and told as a word for their share, if at least k of them chose anything.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ldtrack.feedback.domain.anonymity import Plan, meets_floor
from ldtrack.feedback.domain.answers import SELF_GROUP, Key, RaterAnswers
from ldtrack.feedback.domain.audit import Aggregate, audit
from ldtrack.feedback.domain.between_cycles import Neighbours
from ldtrack.feedback.domain.people_figures import IMPORTANCE, PeopleFigure

LABEL = IMPORTANCE
"""The name of all choices together in the history of what was shown."""


class Share(StrEnum):
    """How many of those who chose anything chose this: up to a third, two thirds, or more."""

    FEW = "few of the others"
    SOME = "some of the others"
    MOST = "most of the others"


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What was chosen, by the known people and by all others who chose anything."""

    by_self: frozenset[Key] | None
    by_manager: frozenset[Key] | None
    by_others: tuple[frozenset[Key], ...]
    shown: tuple[Aggregate, ...]

    def share(self, competency_id: Key) -> Share | None:
        """The word for one competency; None where others are not shown."""
        if not self.by_others:
            return None
        return share_of(sum(competency_id in one for one in self.by_others), len(self.by_others))


def share_of(n: int, of: int) -> Share:
    """The word for n of so many.

    >>> [share_of(n, 6).name for n in (0, 2, 3, 4, 5)]
    ['FEW', 'FEW', 'SOME', 'SOME', 'MOST']
    """
    if 3 * n <= of:
        return Share.FEW
    return Share.SOME if 3 * n <= 2 * of else Share.MOST


def chosen(
    raters: Sequence[RaterAnswers],
    plan: Plan,
    earlier: Collection[Aggregate] = (),
    neighbours: Neighbours | None = None,
) -> Chosen:
    """Gather what the visible raters chose; hidden ones count in nothing here either.

    Words of other cycles can be subtracted too: where a few people came or went, nothing is told.
    """
    said = {rater.rater_key: rater.matters_most for rater in raters if rater.matters_most}
    own = _of_the_known(said, plan, is_self=True)
    manager = _of_the_known(said, plan, is_self=False)
    manager, told = _beside_what_was_known(manager, plan, neighbours)
    others = sorted(plan.non_exempt & said.keys())
    read = Aggregate.over(LABEL, others, LABEL)
    history = [figure for figure in earlier if figure.label == LABEL]
    enough = meets_floor(len(others), plan.highest_floor)
    alone = audit([*history, read], plan.k).passed
    if not enough or not alone or not _beside_cycles(others, plan, neighbours, told):
        return Chosen(by_self=own, by_manager=manager, by_others=(), shown=())
    return Chosen(
        by_self=own,
        by_manager=manager,
        by_others=tuple(said[rater] for rater in others),
        shown=(read,),
    )


def _beside_what_was_known(
    manager: frozenset[Key] | None, plan: Plan, neighbours: Neighbours | None
) -> tuple[frozenset[Key] | None, frozenset[str]]:
    """The manager's choice, unless it would give away a group they were part of; and who tells."""
    cells = [cell for cell in plan.cells if cell.exempt and cell.key != SELF_GROUP]
    if neighbours is None or manager is None or not cells:
        return manager, frozenset()
    people = neighbours.people_in(cells[0].group_keys, 1)
    if neighbours.admit_known(_choices(people, 1)):
        return manager, people or frozenset()
    return None, frozenset()


def _beside_cycles(
    others: Sequence[int], plan: Plan, neighbours: Neighbours | None, told: frozenset[str]
) -> bool:
    if neighbours is None:
        return True
    groups = [key for cell in plan.cells if not cell.exempt for key in cell.group_keys]
    people = neighbours.people_in(groups, len(plan.non_exempt))
    return neighbours.admit(_choices(people, len(others)), told=told)


def _choices(people: frozenset[str] | None, n: int) -> PeopleFigure:
    return PeopleFigure(people=people, shares={}, topic=IMPORTANCE, n=n, full=n)


def _of_the_known(
    said: dict[int, frozenset[Key]], plan: Plan, *, is_self: bool
) -> frozenset[Key] | None:
    known = [
        rater
        for cell in plan.cells
        if cell.exempt and (cell.key == SELF_GROUP) is is_self
        for rater in cell.raters
        if rater in said
    ]
    return said[known[0]] if len(known) == 1 else None
