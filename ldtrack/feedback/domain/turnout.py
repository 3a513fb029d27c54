"""How many have answered, in words that tell HR no more than raters were promised.

Where nobody may learn whether somebody answered, shares are told in tenths and never as none or
all, and only of k or more people; what is left out of a list is never fewer than k either, so
that it cannot be worked out from the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NOT_TOLD = "not told"


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many were asked, and how many of them have answered."""

    asked: int
    answered: int

    def __add__(self, other: Count) -> Count:
        return Count(asked=self.asked + other.asked, answered=self.answered + other.answered)


@dataclass(frozen=True, kw_only=True)
class Rate:
    """One line of a list of rates."""

    name: str
    asked: int
    said: str


NOBODY = Count(asked=0, answered=0)


def so_far(count: Count, *, exact: bool, k: int) -> str:
    """How many have answered, for HR.

    >>> so_far(Count(asked=12, answered=7), exact=True, k=3)
    '7 of 12'
    >>> so_far(Count(asked=12, answered=12), exact=False, k=3)
    '90 % or more of 12'
    """
    if exact:
        return f"{count.answered} of {count.asked}"
    if count.asked < k:
        return NOT_TOLD
    return f"{_share(count)} of {count.asked}"


def rates(counts: Mapping[str, Count], *, exact: bool, k: int) -> tuple[Rate, ...]:
    """A line for each name, in the order given; those that would tell too much say so.

    >>> counts = {"Peers": Count(asked=4, answered=3), "Clients": Count(asked=2, answered=2)}
    >>> [rate.said for rate in rates(counts, exact=False, k=3)]
    ['not told', 'not told']
    """
    asked = {name: count for name, count in counts.items() if count.asked}
    silent = set() if exact else _silent(asked, k)
    return tuple(
        Rate(
            name=name,
            asked=count.asked,
            said=NOT_TOLD if name in silent else so_far(count, exact=exact, k=k),
        )
        for name, count in asked.items()
    )


def _silent(counts: Mapping[str, Count], k: int) -> set[str]:
    """The names under k, and the smallest others until those left out are k together."""
    by_size = sorted(counts, key=lambda name: (counts[name].asked, name))
    silent = {name for name in by_size if counts[name].asked < k}
    for name in by_size:
        left_out = sum(counts[other].asked for other in silent)
        if not 0 < left_out < k:
            break
        silent.add(name)
    return silent


def _share(count: Count) -> str:
    tenths = round(10 * count.answered / count.asked)
    if tenths <= 1:
        return "10 % or fewer"
    return "90 % or more" if tenths >= 9 else f"about {10 * tenths} %"
