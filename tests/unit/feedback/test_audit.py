"""The audit finds what a reader could work out, and the coarse cuts imply the exact one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from ldtrack.feedback.domain.answers import Key
from ldtrack.feedback.domain.audit import (
    Aggregate,
    Term,
    Verdict,
    atoms,
    audit,
    isolated,
    kinds,
    linked_figures,
)
from ldtrack.feedback.domain.elimination import reduced

HALF, ONE = Fraction(1, 2), Fraction(1)
FEW = 3


def over(*raters: int, item: str = "q1") -> Aggregate:
    return Aggregate.over(f"{item} of {raters}", raters, item)


def mean_of(said: Mapping[int, tuple[str, ...]]) -> Aggregate:
    """The competency figure of raters who each answered these items."""
    weights: dict[Term, Fraction] = {
        (rater, item): Fraction(1, len(items)) for rater, items in said.items() for item in items
    }
    return Aggregate.weighted("mean", weights)


def test_nothing_shown_passes() -> None:
    assert audit([], 3) == Verdict(passed=True, offending=())


def test_groups_apart_pass() -> None:
    assert audit([over(1, 2, 3), over(4, 5, 6, 7)], 3).passed


def test_a_total_over_everybody_beside_a_visible_group_exposes_the_hidden_one() -> None:
    verdict = audit([over(1, 2, 3, 4), over(1, 2, 3, 4, 5, 6)], 3)
    assert verdict == Verdict(passed=False, offending=(frozenset({5, 6}),))


def test_a_total_over_what_is_visible_adds_nothing() -> None:
    assert audit([over(1, 2, 3), over(4, 5, 6), over(1, 2, 3, 4, 5, 6)], 3).passed


def test_crossing_cuts_are_found() -> None:
    # Each figure holds four, but by both cuts somebody stands alone.
    verdict = audit([over(1, 2, 3, 4), over(4, 5, 6, 7)], 3)
    assert verdict.offending == (frozenset({4}),)


def test_three_overlapping_filters_are_cut_together() -> None:
    figures = [over(*range(1, 7)), over(*range(4, 10)), over(*range(1, 9))]
    assert not audit(figures, 3).passed
    assert audit([over(*range(1, 7)), over(*range(4, 10)), over(*range(1, 10))], 3).passed


def test_a_higher_floor_refuses_more() -> None:
    figures = [over(1, 2, 3), over(1, 2, 3, 4, 5, 6)]
    assert audit(figures, 3).passed
    assert not audit(figures, 4).passed


def test_an_item_that_one_rater_of_the_mean_skipped_is_caught() -> None:
    mean = mean_of({1: ("q1", "q2"), 2: ("q1", "q2"), 3: ("q1", "q2"), 4: ("q1",)})
    assert audit([mean, over(1, 2, 3, 4)], 3).passed
    verdict = audit([mean, over(1, 2, 3, 4), over(1, 2, 3, item="q2")], 3)
    assert verdict.offending == (frozenset({4}),)


def test_the_same_raters_with_other_weights_are_caught_by_arithmetic_alone() -> None:
    # The mean's sum minus the first item's leaves half of (second - first) of raters 1 and 2.
    mean = mean_of({1: ("q1", "q2"), 2: ("q1", "q2"), 3: ("q1",), 4: ("q1",)})
    figures = [mean, over(1, 2, 3, 4)]
    assert atoms(figures) == (frozenset({1, 2, 3, 4}),)
    assert frozenset({1, 2}) in audit(figures, 3).offending


def test_figures_about_different_answers_are_not_cut_against_each_other() -> None:
    figures = [over(1, 2, 3, 4, item="q1"), over(1, 2, 3, item="q2")]
    assert len(linked_figures(figures)) == 2
    assert audit(figures, 3).passed


def test_a_third_figure_links_two_others() -> None:
    mean = mean_of(dict.fromkeys(range(1, 5), ("q1", "q2")))
    figures = [over(1, 2, 3, 4), over(1, 2, 3, item="q2"), mean]
    assert len(linked_figures(figures)) == 1
    assert not audit(figures, 3).passed


WEIGHT = st.sampled_from([Fraction(0), HALF, ONE])
ITEM: st.SearchStrategy[Key] = st.sampled_from(["q1", "q2"])
FIGURES = st.lists(
    st.dictionaries(st.tuples(st.integers(1, 7), ITEM), WEIGHT, min_size=2).map(
        lambda weights: Aggregate.weighted("any", weights)
    ),
    min_size=1,
    max_size=4,
)


def singled_out(figures: list[Aggregate], k: int) -> set[frozenset[int]]:
    """Every set of fewer than k raters whose columns carry some of the rank, by trying all."""
    rows = [figure.row for figure in figures]
    everybody = sorted({rater for figure in figures for rater in figure.raters})
    return {
        frozenset(group)
        for size in range(1, k)
        for group in combinations(everybody, size)
        if len(reduced({t: w for t, w in row.items() if t[0] not in group} for row in rows))
        < len(reduced(rows))
    }


@settings(max_examples=150, deadline=None)
@given(FIGURES)
def test_solving_over_kinds_finds_all_that_trying_every_set_finds(
    figures: list[Aggregate],
) -> None:
    found, tried = set(isolated(figures, FEW)), singled_out(figures, FEW)
    assert found <= tried
    assert bool(found) == bool(tried)


@settings(max_examples=60, deadline=None)
@given(FIGURES)
def test_if_every_kind_holds_enough_no_arithmetic_isolates_fewer(
    figures: list[Aggregate],
) -> None:
    # Make every kind large: each rater gets two doubles who answered alike.
    tripled = [
        Aggregate.weighted(
            figure.label,
            {
                (rater + 10 * copy, item): w
                for (rater, item), w in figure.terms
                for copy in range(3)
            },
        )
        for figure in figures
    ]
    assert all(len(kind) >= FEW for kind in kinds(tripled))
    assert audit(tripled, FEW).passed
    assert not singled_out(tripled[:2], FEW)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sets(st.integers(1, 12), min_size=1), min_size=1, max_size=5))
def test_for_plain_sums_of_one_item_large_atoms_imply_that_nobody_is_isolated(
    sets: list[set[int]],
) -> None:
    figures = [over(*sorted(raters)) for raters in sets]
    assert set(atoms(figures)) == set(kinds(figures))
    if all(len(atom) >= FEW for atom in atoms(figures)):
        assert not singled_out(figures, FEW)


@settings(max_examples=150, deadline=None)
@given(FIGURES)
def test_what_the_audit_passes_cannot_be_solved_for_fewer(figures: list[Aggregate]) -> None:
    if audit(figures, FEW).passed:
        assert not singled_out(figures, FEW)


def test_many_raters_with_gaps_of_their_own_are_judged_quickly() -> None:
    # Thirty raters answered five items; of five others each left out some of their own.
    asked = [f"q{i}" for i in range(5)]
    said = {
        rater: (*asked, *(f"r{i}" for i in range(5) if rater >> i & 1)) for rater in range(1, 31)
    }
    figures = [mean_of(said), *(over(*said, item=item) for item in asked)]
    assert {len(kind) for kind in kinds(figures)} == {1}
    assert audit(figures, 10).passed
    assert not audit([*figures, over(*range(1, 29), item="q0")], 10).passed
