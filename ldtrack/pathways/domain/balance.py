"""How a pathway is spread over kinds of experience and over domains of its framework."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ldtrack.pathways.domain.plan import Plan

SMALLEST_SHARE = 20
"""The least that can be set as the largest share, in percent."""
FEWEST_STEPS = 4
"""With fewer steps one of them is a large share whatever it is, and nothing is said."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many steps of all are of one kind or develop one domain."""

    name: str
    n: int
    of: int

    @property
    def percent(self) -> int:
        """Rounded; 2 of 3 are 67."""
        return round(100 * self.n / self.of)


@dataclass(frozen=True, kw_only=True)
class Balance:
    """Shares by kind and by domain, largest first, and what deserves a second look."""

    kinds: tuple[Share, ...]
    domains: tuple[Share, ...]
    warnings: tuple[str, ...]


def balance(plan: Plan, domains: Mapping[int, Collection[str]]) -> Balance:
    """Counts steps by kind, and by the domains that each develops, given by step.

    A step that develops two domains counts for both; of steps that develop none only the kind
    counts. More than the pathway's largest share in one place is worth a second look:
    3 of 4 steps, 75%, where at most 60% were set.
    """
    kinds = Counter(step.kind.label for step in plan.steps)
    placed = [set(domains[step.id]) for step in plan.steps if domains.get(step.id)]
    of_domains = Counter(name for names in placed for name in names)
    by_kind = _shares(kinds, len(plan.steps))
    by_domain = _shares(of_domains, len(placed))
    return Balance(
        kinds=by_kind,
        domains=by_domain,
        warnings=(
            *_warnings(by_kind, plan.largest_share, "of all steps are of the kind"),
            *_warnings(
                by_domain, plan.largest_share, "of the steps that develop something are for"
            ),
        ),
    )


def _shares(counted: Counter[str], of: int) -> tuple[Share, ...]:
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Share(name=name, n=n, of=of) for name, n in ordered)


def _warnings(shares: Collection[Share], largest: int, words: str) -> list[str]:
    return [
        f"{share.percent}% {words} {share.name}; at most {largest}% were set."
        for share in shares
        if share.of >= FEWEST_STEPS and 100 * share.n > largest * share.of
    ]
