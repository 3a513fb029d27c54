"""Figures as sums over people, which are the same from one cycle to another; judging is elsewhere.

Within a cycle figures are sums over the random keys of answers. From one cycle to another only
people are the same, and after close nobody can say which answers are whose. So a figure is known to
be of certain people only if it is of everybody who answered in its groups: then it is `whole`. What
single raters left out within a competency is known to nobody, and does not count here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ldtrack.feedback.domain.alike import worded_alike
from ldtrack.feedback.domain.answers import Key

IMPORTANCE = "importance:"
"""What the choices of what matters most are about, in place of the wording of a competency."""
Answered = Mapping[str, frozenset[str]]
"""By group, who answered, under a name that is the same in every cycle."""


@dataclass(frozen=True, kw_only=True)
class PeopleFigure:
    """A figure over `people`; None where nobody knows who they are. `report` says where it stands.

    `shares` says how much each wording counts in one rater's part, which together are 1; `topic` is
    the wording of a competency where the figure is of a whole one. `n` raters are in it, `full` of
    them with everything. It was printed as lying `between` two levels, as a number if `exact`.
    """

    people: frozenset[str] | None
    shares: Mapping[str, Fraction]
    topic: str
    n: int
    full: int
    report: int = 0
    between: tuple[float, float] = (0.0, 0.0)
    exact: bool = True
    known_person: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it is of all these people, and they are known."""
        return self.people is not None and self.n == len(self.people)

    def concerns(self, other: PeopleFigure) -> bool:
        """Whether the two speak of the same: an item that is worded alike, or the competency."""
        same_topic = bool(self.topic) and self.topic == other.topic
        return same_topic or not self.shares.keys().isdisjoint(other.shares)

    def is_like(self, other: PeopleFigure) -> bool:
        """Whether both are of a whole competency, or of the same single item."""
        return bool(self.topic and other.topic) or dict(self.shares) == dict(other.shares)

    def meets(self, other: PeopleFigure) -> bool:
        """Whether somebody may be part of both."""
        if self.people is None or other.people is None:
            return True
        return not self.people.isdisjoint(other.people)

    def repeats(self, other: PeopleFigure) -> bool:
        """Whether both are the same sum over the same people."""
        return (
            self.is_whole
            and other.is_whole
            and self.people == other.people
            and dict(self.shares) == dict(other.shares)
        )


@dataclass(frozen=True, kw_only=True)
class Wordings:
    """The names of competencies and the texts of items by their ids, in letters and digits."""

    names: Mapping[Key, str] = field(default_factory=dict)
    items: Mapping[Key, str] = field(default_factory=dict)


def wordings_of(names: Mapping[int, str], items: Mapping[int, str]) -> Wordings:
    """Names of competencies and texts of items as they are compared from cycle to cycle."""
    return Wordings(
        names={id_: worded_alike(name) for id_, name in names.items()},
        items={id_: worded_alike(text) for id_, text in items.items()},
    )


def people_behind(
    answered: Answered, group_keys: Sequence[str], n: int, cell: str
) -> frozenset[str]:
    """Who answered in these groups, with a stranger for each rater who is not known any more.

    >>> sorted(people_behind({"peer": frozenset({"ann"})}, ["peer"], 2, "cell"))
    ['ann', 'cell peer 1']
    """
    known = frozenset[str]().union(*(answered.get(key, frozenset()) for key in group_keys))
    name = f"{cell} {' '.join(group_keys)}"
    return known | {f"{name} {stranger}" for stranger in range(1, n - len(known) + 1)}


def shares_of(weights: Collection[tuple[str, int]]) -> dict[str, Fraction]:
    """How much each wording counts, together 1; one that was asked twice counts twice.

    >>> shares_of([("a", 1), ("b", 2), ("b", 1)])["b"]
    Fraction(3, 4)
    """
    total = sum(weight for _, weight in weights)
    shares: dict[str, Fraction] = {}
    for wording, weight in weights:
        shares[wording] = shares.get(wording, Fraction(0)) + Fraction(weight, total)
    return shares
