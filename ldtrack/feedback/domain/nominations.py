"""What a leader and an approver may do with proposed raters, and what they should know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.feedback.domain.answers import SELF_GROUP, RaterGroup
from ldtrack.feedback.domain.timeline import SubjectState

_LEADER_CHANGES = frozenset({SubjectState.NOMINATING, SubjectState.OPEN})
_APPROVER_CHANGES = frozenset({SubjectState.APPROVING, SubjectState.OPEN})


def may_change(state: SubjectState, *, as_leader: bool) -> bool:
    """Whether the leader, or whoever agrees, may change proposals now; both may add while open."""
    return state in (_LEADER_CHANGES if as_leader else _APPROVER_CHANGES)


def check_may_change(state: SubjectState, *, as_leader: bool) -> None:
    """Raises Conflict, with what to do about it, unless raters can be proposed now."""
    if may_change(state, as_leader=as_leader):
        return
    if state is SubjectState.APPROVING:
        raise Conflict("Your proposals wait for a yes; take them back to change them.")
    raise Conflict("Whom these questionnaires ask cannot be changed now.")


def check_limits(group: RaterGroup, asked: int) -> None:
    """Raises RuleBroken if one more would be more than the organisation wants in the group."""
    if group.most is not None and asked >= group.most:
        raise RuleBroken(
            "group_key", f"{group.name}: at most {group.most} are asked. Take somebody out first."
        )


def check_budget(name: str, requests: int, budget: int) -> None:
    """Raises RuleBroken for somebody who is asked as often this quarter as anybody may be.

    >>> check_budget("Ann Bee", 7, 8)
    """
    if requests >= budget:
        raise RuleBroken(
            "person_id",
            f"{name} is asked for {requests} questionnaires this quarter already, as many as "
            "anybody may be. Choose somebody else.",
        )


def check_enough(asked: Mapping[str, int]) -> None:
    """Raises RuleBroken unless somebody besides the leader is proposed."""
    if not sum(n for key, n in asked.items() if key != SELF_GROUP):
        raise RuleBroken("people", "Propose at least one person who can tell how you lead.")


def load_word(requests: int, budget: int) -> str:
    """A kind word for somebody who is asked often; nothing for others, and never a rank.

    >>> load_word(7, 8), load_word(3, 8), load_word(8, 8)
    ('asked often this quarter', '', 'has enough to answer this quarter')
    """
    if requests >= budget:
        return "has enough to answer this quarter"
    return "asked often this quarter" if requests * 4 >= budget * 3 else ""


def wishes(groups: Sequence[RaterGroup], asked: Counter[str]) -> tuple[str, ...]:
    """What the organisation would like of each group, as far as it is not so yet.

    >>> wishes((RaterGroup(key="p", name="Peers", least=3),), Counter(p=1))
    ('Peers: 2 more would be good, 3 in all.',)
    """
    return tuple(
        f"{group.name}: {group.least - asked[group.key]} more would be good, {group.least} in all."
        for group in groups
        if asked[group.key] < group.least
    )
