"""What a report says beyond its figures: all of it follows from printed releases and bands.

Nothing here can be given an answer, a rater or an exact mean: the functions take releases as they
were printed. So it needs no clearing of its own, and every renderer prints the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ldtrack.feedback.domain.changes import Since
from ldtrack.feedback.domain.document import Release
from ldtrack.feedback.domain.item_lists import ItemLists, item_lists
from ldtrack.feedback.domain.norms import Norm


@dataclass(frozen=True, kw_only=True)
class Insights:
    """Lists of items, change since the last cycle, and what is usual here or elsewhere."""

    lists: ItemLists = field(default_factory=ItemLists)
    since: Since | None = None
    norm: Norm | None = None


def insights_of(release: Release, since: Since | None = None, norm: Norm | None = None) -> Insights:
    """Everything that follows from a printed release beside an earlier one and a norm."""
    return Insights(lists=item_lists(release), since=since, norm=norm)
