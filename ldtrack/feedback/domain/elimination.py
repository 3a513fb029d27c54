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


def rank(rows: Iterable[Mapping[Column, Fraction]]) -> int:
    """The number of independent rows."""
    return len(reduced(rows))


def spans(rows: Iterable[Mapping[Column, Fraction]], target: Mapping[Column, Fraction]) -> bool:
    """Whether the target can be put together from multiples of the rows."""
    basis = reduced(rows)
    return rank([*basis, target]) == len(basis)


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
