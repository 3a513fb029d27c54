"""Which courses a list is to hold, as an address asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ldtrack.core import ids
from ldtrack.core.order import Order, order_from
from ldtrack.courses.domain import CourseFormat
from ldtrack.ui.cleaning import clean_line

_LONGEST_SEARCH = 200
BY_TITLE = Order(key="title")
ORDERS = frozenset({"title", "hours", "n"})


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which courses a list is to hold; what is not said narrows nothing."""

    search: str = ""
    format: CourseFormat | None = None
    competency_id: int | None = None
    level: int | None = None
    archived: bool = False
    order: Order = BY_TITLE

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for anything but all of them."""
        return bool(self.search or self.format or self.competency_id or self.level)


def wanted_from(asked: Mapping[str, str]) -> Wanted:
    """What the query of an address asks for; nonsense narrows nothing."""
    told = asked.get("format", "")
    try:
        competency_id = ids.decode(asked.get("competency", ""))
    except ValueError:
        competency_id = None
    return Wanted(
        search=clean_line(asked.get("q", "")[:_LONGEST_SEARCH]),
        format=CourseFormat(told) if told in set(CourseFormat) else None,
        competency_id=competency_id,
        level=_small_number(asked.get("level", "")),
        archived=asked.get("show") == "archived",
        order=order_from(asked.get("sort", ""), ORDERS, BY_TITLE),
    )


def _small_number(typed: str) -> int | None:
    """A whole number above nothing with few digits; `None` for anything else."""
    fine = typed.isascii() and typed.isdigit() and 0 < len(typed) < 7
    return int(typed) or None if fine else None
