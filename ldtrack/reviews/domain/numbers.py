"""The number that a printed review is known by."""

from __future__ import annotations

from datetime import date

from ldtrack.reviews.domain.kinds import Audience

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What a number is drawn from: nothing that is easily mistaken for something else."""
LENGTH = 6


def number_of(audience: Audience, as_of: date, drawn: str) -> str:
    """The number from what was drawn; it tells neither how many reviews there are nor whose it is.

    >>> number_of(Audience.LEADER, date(2026, 11, 20), "7K3QD2")
    'LR-2026-7K3QD2'
    """
    return f"{audience.prefix}-{as_of.year}-{drawn}"
