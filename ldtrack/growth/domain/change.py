"""Whether a level may be said to have changed between two days."""

from __future__ import annotations

from enum import StrEnum

from ldtrack.growth.domain.standing import Level


class Change(StrEnum):
    """What may be said of two levels of one person on one competency."""

    HIGHER = "higher"
    """The later band lies above the earlier one."""
    LOWER = "lower"
    """The later band lies below the earlier one."""
    NOT_CLEAR = "not_clear"
    """The bands overlap; this is not the same as no change."""

    @property
    def label(self) -> str:
        """The words people see."""
        return _LABELS[self]


_LABELS = {
    Change.HIGHER: "new evidence is higher than before",
    Change.LOWER: "new evidence is lower than before",
    Change.NOT_CLEAR: "no clear change",
}


def change_between(earlier: Level, later: Level) -> Change:
    """A change is named only when the two bands do not overlap."""
    if later.band.low > earlier.band.high:
        return Change.HIGHER
    if later.band.high < earlier.band.low:
        return Change.LOWER
    return Change.NOT_CLEAR
