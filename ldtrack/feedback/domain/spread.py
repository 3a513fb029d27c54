"""How requests for 360 questionnaires lie over the quarters, and how they could lie better.

A proposal and nothing more: cycles that nobody has been asked in yet could open in a later quarter,
where fewer raters would be asked more often than the organisation wants.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ldtrack.feedback.domain.nominations import load_word
from ldtrack.feedback.domain.quarters import quarter_of

QUARTERS_AHEAD = 4
"""A cycle is not moved further than this."""


@dataclass(frozen=True, kw_only=True)
class PlannedCycle:
    """A cycle, or a part of one, that opens on a day; `asks` has an address for each request."""

    id: int
    name: str
    opens_on: date
    may_move: bool
    asks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Load:
    """Somebody who is near the limit or over it in a quarter."""

    address: str
    requests: int
    word: str


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """One quarter with who is asked often in it, the most asked first."""

    first: date
    last: date
    requests: int
    loads: tuple[Load, ...]


@dataclass(frozen=True, kw_only=True)
class Move:
    """A cycle that could open later; so many fewer people would then be over the limit."""

    cycle_id: int
    name: str
    opens_on: date
    to: date
    spared: int


def quarters(cycles: Sequence[PlannedCycle], budget: int) -> tuple[Quarter, ...]:
    """The quarters that have requests, the first one first."""
    by_quarter: dict[tuple[date, date], Counter[str]] = {}
    for cycle in cycles:
        by_quarter.setdefault(quarter_of(cycle.opens_on), Counter()).update(cycle.asks)
    return tuple(
        Quarter(first=first, last=last, requests=asked.total(), loads=_loads(asked, budget))
        for (first, last), asked in sorted(by_quarter.items())
    )


def moves(cycles: Sequence[PlannedCycle], budget: int) -> tuple[Move, ...]:
    """Which cycles could open later so that fewer people are asked too often.

    Cycles that are fixed are placed first; the others in the order of their days (ties by name),
    each in the first of the next quarters in which the fewest people would be over the limit.

    >>> busy = PlannedCycle(id=1, name="A", opens_on=date(2026, 10, 5), may_move=False,
    ...                     asks=("x@example.org",) * 2)
    >>> later = PlannedCycle(id=2, name="B", opens_on=date(2026, 11, 2), may_move=True,
    ...                      asks=("x@example.org",))
    >>> [(m.name, m.to.isoformat(), m.spared) for m in moves([busy, later], 2)]
    [('B', '2027-02-02', 1)]
    """
    placed: dict[date, Counter[str]] = {}
    for cycle in cycles:
        if not cycle.may_move:
            placed.setdefault(quarter_of(cycle.opens_on)[0], Counter()).update(cycle.asks)
    found = []
    movable = (cycle for cycle in cycles if cycle.may_move)
    for cycle in sorted(movable, key=lambda each: (each.opens_on, each.name)):
        days = list(_days_to_open(cycle.opens_on))
        over = [_n_over(placed.get(quarter_of(day)[0], {}), cycle, budget) for day in days]
        best = over.index(min(over))
        placed.setdefault(quarter_of(days[best])[0], Counter()).update(cycle.asks)
        if best:
            found.append(
                Move(
                    cycle_id=cycle.id,
                    name=cycle.name,
                    opens_on=cycle.opens_on,
                    to=days[best],
                    spared=over[0] - over[best],
                )
            )
    return tuple(found)


def _n_over(placed: Mapping[str, int], cycle: PlannedCycle, budget: int) -> int:
    asks = Counter(cycle.asks)
    return sum(placed.get(address, 0) + n > budget for address, n in asks.items())


def _days_to_open(day: date) -> Iterator[date]:
    """The day itself, then a day as far into each of the next quarters, if they are so long."""
    first, last = quarter_of(day)
    into = day - first
    for _ in range(QUARTERS_AHEAD + 1):
        yield min(first + into, last)
        first, last = quarter_of(last + timedelta(days=1))


def _loads(asked: Mapping[str, int], budget: int) -> tuple[Load, ...]:
    often = [
        Load(address=address, requests=n, word=word)
        for address, n in asked.items()
        if (word := load_word(n, budget))
    ]
    return tuple(sorted(often, key=lambda load: (-load.requests, load.address)))
