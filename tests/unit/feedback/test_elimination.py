"""Exact row reduction, against cases small enough to see and against numpy."""

from __future__ import annotations

from fractions import Fraction

import numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from ldtrack.feedback.domain.elimination import reduced, vanishing

MATRIX = st.lists(st.lists(st.integers(-3, 3), min_size=5, max_size=5), min_size=1, max_size=5)


def sparse(rows: list[list[int]]) -> list[dict[int, Fraction]]:
    return [{i: Fraction(value) for i, value in enumerate(row)} for row in rows]


@settings(max_examples=60, deadline=None)
@given(MATRIX)
def test_there_are_as_many_reduced_rows_as_numpy_finds_dimensions(rows: list[list[int]]) -> None:
    assert len(reduced(sparse(rows))) == numpy.linalg.matrix_rank(numpy.array(rows))


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
    assert all(len(reduced([*basis, row])) == len(basis) for row in sparse(rows))


@settings(max_examples=60, deadline=None)
@given(MATRIX)
def test_what_vanishes_in_two_columns_is_all_of_the_space_that_does(
    rows: list[list[int]],
) -> None:
    basis = reduced(sparse(rows))
    part = vanishing(basis, [0, 1])
    assert all(0 not in row and 1 not in row for row in part)
    assert len(reduced([*basis, *part])) == len(basis)
    cut = numpy.array([[float(row.get(i, 0)) for i in (0, 1)] for row in basis] or [[0.0, 0.0]])
    assert len(part) == len(reduced(part)) == len(basis) - numpy.linalg.matrix_rank(cut)
