"""Exact row reduction, against cases small enough to see and against numpy."""

from __future__ import annotations

from fractions import Fraction

import numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from ldtrack.feedback.domain.elimination import rank, reduced, spans

MATRIX = st.lists(st.lists(st.integers(-3, 3), min_size=5, max_size=5), min_size=1, max_size=5)


def sparse(rows: list[list[int]]) -> list[dict[int, Fraction]]:
    return [{i: Fraction(value) for i, value in enumerate(row)} for row in rows]


def test_a_difference_of_rows_is_in_their_span_and_a_part_of_one_is_not() -> None:
    rows = sparse([[1, 1, 1, 0], [1, 1, 1, 1]])
    assert spans(rows, {3: Fraction(1)})
    assert not spans(rows, {2: Fraction(1)})


@settings(max_examples=60, deadline=None)
@given(MATRIX)
def test_the_rank_is_that_of_numpy(rows: list[list[int]]) -> None:
    assert rank(sparse(rows)) == numpy.linalg.matrix_rank(numpy.array(rows))


@settings(max_examples=60, deadline=None)
@given(MATRIX)
def test_every_reduced_row_leads_alone_and_every_row_stays_in_the_span(
    rows: list[list[int]],
) -> None:
    basis = reduced(sparse(rows))
    for place, row in enumerate(basis):
        lead = next(iter(row))
        assert row[lead] == 1
        assert all(lead not in other for other in basis[:place] + basis[place + 1 :])
    assert all(spans(basis, row) for row in sparse(rows))
