"""Row reduction with exact fractions; what the rows mean is known to their callers alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

Column = TypeVar("Column")


def reduced(rows: Iterable[Mapping[Column, Fraction]]) -> list[dict[Column, Fraction]]:
    """Independent rows that span the same space; each leads with a column no other row has.

    Rows are sparse: a column that is not named holds 0.

    >>> half, one = Fraction(1, 2), Fraction(1)
    >>> len(reduced([{"a": one, "b": one}, {"a": half, "b": half}, {"b": one}]))
    2
    """
    basis: dict[Column, dict[Column, Fraction]] = {}
    for row in rows:
        rest = _cleared(row, basis)
        if not rest:
            continue
        lead = next(iter(rest))
        scale = rest[lead]
        rest = {column: value / scale for column, value in rest.items()}
        for other, known in basis.items():
            if lead in known:
                basis[other] = _cleared(known, {lead: rest})
        basis[lead] = rest
    return list(basis.values())


def vanishing(
    rows: Iterable[dict[Column, Fraction]], columns: Iterable[Column]
) -> list[dict[Column, Fraction]]:
    """Independent rows that span the part of the space that is 0 in all these columns.

    The rows given must be independent.

    >>> one = Fraction(1)
    >>> vanishing([{"a": one, "b": one}, {"a": one}], ["a"])
    [{'b': Fraction(-1, 1)}]
    """
    left = list(rows)
    for column in columns:
        place = next((i for i, row in enumerate(left) if column in row), None)
        if place is not None:
            pivot = left.pop(place)
            scaled = {key: value / pivot[column] for key, value in pivot.items()}
            left = [_cleared(row, {column: scaled}) for row in left]
    return left


def _cleared(
    row: Mapping[Column, Fraction], basis: Mapping[Column, Mapping[Column, Fraction]]
) -> dict[Column, Fraction]:
    """The row minus what the basis rows, each keyed by its leading column, explain of it."""
    left = {column: value for column, value in row.items() if value}
    for lead, known in basis.items():
        factor = left.get(lead)
        if not factor:
            continue
        for column, value in known.items():
            rest = left.get(column, Fraction(0)) - factor * value
            if rest:
                left[column] = rest
            else:
                left.pop(column, None)
    return left
