"""The order that prerequisites impose on steps; what counts as done lives elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ldtrack.core.errors import RuleBroken

Requires = Mapping[int, Collection[int]]
"""For each step, the steps that come before it."""


def order(steps: Mapping[int, str], requires: Requires) -> tuple[int, ...]:
    """The steps in an order that no prerequisite contradicts.

    `steps` gives titles by id in the order of the design; among steps that are free to come next,
    the first in that order does (Kahn's algorithm). A step that waits for itself, directly or
    through others, is a `RuleBroken` at "requires" that names the circle.

    >>> order({1: "Present", 2: "Learn"}, {1: [2]})
    (2, 1)
    """
    waiting = {step: set(requires.get(step, ())) & set(steps) for step in steps}
    found: list[int] = []
    while waiting:
        free = next((step for step, before in waiting.items() if not before), None)
        if free is None:
            raise RuleBroken("requires", _sentence(steps, _circle(waiting)))
        found.append(free)
        del waiting[free]
        for before in waiting.values():
            before.discard(free)
    return tuple(found)


def layers(steps: Mapping[int, str], requires: Requires) -> tuple[tuple[int, ...], ...]:
    """The steps in layers for a picture: each one layer after the last thing that it waits for.

    A layer keeps the order of the design. Circles are refused as by `order`.

    >>> layers({1: "Learn", 2: "Try", 3: "Read"}, {2: [1]})
    ((1, 3), (2,))
    """
    depth: dict[int, int] = {}
    for step in order(steps, requires):
        before = [depth[other] for other in requires.get(step, ()) if other in depth]
        depth[step] = 1 + max(before, default=-1)
    deepest = max(depth.values(), default=-1)
    return tuple(
        tuple(step for step in steps if depth[step] == layer) for layer in range(deepest + 1)
    )


def _circle(waiting: Mapping[int, Collection[int]]) -> list[int]:
    """A circle among steps each of which waits for another one of them."""
    trail = [next(iter(waiting))]
    while True:
        following = min(waiting[trail[-1]])
        if following in trail:
            return trail[trail.index(following) :]
        trail.append(following)


def _sentence(steps: Mapping[int, str], circle: list[int]) -> str:
    if len(circle) == 1:
        return f"“{steps[circle[0]]}” cannot come after itself."
    # The circle starts with the step that comes first in the design, so that it reads alike.
    first = circle.index(next(step for step in steps if step in circle))
    names = [f"“{steps[step]}”" for step in [*circle[first:], *circle[:first]]]
    return f"This goes round in a circle: {' comes after '.join([*names, names[0]])}."
