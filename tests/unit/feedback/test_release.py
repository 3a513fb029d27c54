"""The release: what a subject's report shows, hides and totals."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from ldtrack.feedback.domain.agreement import Agreement
from ldtrack.feedback.domain.answers import Questionnaire, RaterAnswers
from ldtrack.feedback.domain.document import CompetencyResult, CycleEvidence, Release
from ldtrack.feedback.domain.reasons import Reason
from ldtrack.feedback.domain.release import build_release, prepare_release
from ldtrack.feedback.domain.results import ReleaseChoices
from ldtrack.feedback.domain.scores import Weighting
from ldtrack.feedback.domain.self_others import Category, Quadrant
from tests.unit.feedback.makers import form, raters

EXAMPLE = [
    *raters("self", 1, 5),
    *raters("manager", 2, 4),
    *raters("peer", 10, 4, 3, 4, 5),
    *raters("direct", 20, 3, 2, 3),
]
TWO_ITEMS = form({"listening": ["q1", "q2"]})


def only(release: Release) -> CompetencyResult:
    (result,) = release.competencies
    return result


def texts(result: CompetencyResult) -> dict[str, str]:
    return {group.group_key: group.figure.text for group in result.groups}


def items(release: Release, group: str) -> list[object]:
    """What a group shows per item: the value, or the reason for hiding, or the word."""
    shown = [g.figure for item in only(release).items for g in item.groups if g.group_key == group]
    return [
        f.reason if f.reason is not None else f.text if f.value is None else f.value for f in shown
    ]


def test_the_worked_example_as_it_is_printed() -> None:
    release = build_release(
        form(), EXAMPLE, 3, invited={"self": 1, "manager": 1, "peer": 5, "direct": 3}
    )
    assert [(group.name, group.count.words) for group in release.groups] == [
        ("Self", "1"),
        ("Manager", "1"),
        ("Peers", "3 or more of 5"),
        ("Direct reports", "3 of 3"),
    ]
    result = only(release)
    assert texts(result) == {"manager": "4.0", "peer": "4.0", "direct": "2.7"}
    assert result.self_figure is not None
    assert result.self_figure.text == "5.0"
    assert result.others is not None
    assert (result.others.figure.value, result.others.weighting) == (3.6, Weighting.GROUP)
    assert result.others.count.words == "7 or more"
    assert result.comparison is not None
    assert result.comparison.gap == 1.4
    assert result.comparison.category is Category.OVER
    assert result.comparison.quadrant is Quadrant.CONFIRMED_STRENGTH
    assert [g.agreement for g in result.groups] == [None, Agreement.AGREE, Agreement.AGREE]


def test_the_evidence_follows_from_the_printed_figures_and_self_is_not_in_it() -> None:
    # Peers and direct reports are told as "3 or more" and as agreeing (0.5), the manager is one.
    s2 = (4 * 0.8**2 + 2 * 0.5**2 + 2 * 0.5**2) / (4 + 2 + 2)
    raw = [1 / (0.25**2 + s2 / n) for n in (1, 3, 3)]
    w = [weight / sum(raw) for weight in raw]
    evidence = only(build_release(form(), EXAMPLE, 3)).evidence
    assert evidence == CycleEvidence(
        value=round(w[0] * 4.0 + w[1] * 4.0 + w[2] * 2.7, 4),
        noise_variance=round(0.25**2 + s2 * (w[0] ** 2 / 1 + w[1] ** 2 / 3 + w[2] ** 2 / 3), 4),
        n_raters=1 + 3 + 3,
    )
    without_self = [rater for rater in EXAMPLE if rater.group_key != "self"]
    assert only(build_release(form(), without_self, 3)).evidence == evidence


@pytest.mark.parametrize(
    ("weighting", "others"),
    [(Weighting.GROUP, (4 + 4 + 2.7) / 3), (Weighting.RATER, (4 + 3 * 4 + 3 * 2.7) / 7)],
)
def test_others_name_their_weighting(weighting: Weighting, others: float) -> None:
    result = only(build_release(form(), EXAMPLE, 3, choices=ReleaseChoices(weighting=weighting)))
    assert result.others is not None
    assert result.others.weighting is weighting
    assert result.others.figure.value == round(others, 1)


def test_hidden_raters_count_in_nothing() -> None:
    manager = raters("manager", 2, 4)
    release = build_release(form(), [*manager, *raters("peer", 10, 1, 1)], 3)
    assert release == build_release(form(), [*manager, *raters("peer", 10, 5, 5)], 3)
    assert [(g.name, g.reason) for g in release.left_out if g.name == "Peers"] == [
        ("Peers", Reason.TOO_FEW_RATERS)
    ]
    result = only(release)
    assert texts(result) == {"manager": "4.0"}
    assert result.evidence == CycleEvidence(
        value=4.0, noise_variance=round(0.0625 + 0.64, 4), n_raters=1
    )


def test_an_item_with_too_few_answers_is_hidden_while_its_group_is_not() -> None:
    said = raters("peer", 10, (4, 3), (5, 3), (3, None))
    release = build_release(TWO_ITEMS, said, 3)
    assert texts(only(release))["peer"] == "3.5"
    assert items(release, "peer") == [Reason.WOULD_REVEAL, Reason.TOO_FEW_ANSWERS]


def test_an_item_that_one_rater_skipped_is_hidden_beside_the_mean() -> None:
    said = raters("peer", 10, (4, 3), (5, 3), (3, 4), (2, 2), (4, None))
    release = build_release(TWO_ITEMS, said, 3)
    assert items(release, "peer") == [3.6, Reason.WOULD_REVEAL]


def test_an_item_that_enough_raters_skipped_is_shown() -> None:
    said = raters("peer", 10, (4, 3), (5, 3), (3, 4), (2, None), (4, None), (3, None))
    assert items(build_release(TWO_ITEMS, said, 3), "peer") == [3.5, 3.3]


def test_a_rater_with_less_than_half_of_a_competency_is_in_none_of_its_figures() -> None:
    asked = form({"listening": ["q1", "q2", "q3"]})
    full = raters("peer", 10, (4, 4, 4), (4, 4, 4), (4, 4, 4))
    with_one_more = [*full, *raters("peer", 20, (1, None, None))]
    assert build_release(asked, with_one_more, 3).competencies == (
        build_release(asked, full, 3).competencies
    )


def test_a_unanimous_bottom_is_a_word_and_no_total_gives_it_back() -> None:
    ones = [*raters("peer", 10, 1, 1, 1), *raters("direct", 20, 4, 4, 4)]
    twos = [*raters("peer", 10, 1, 2, 1), *raters("direct", 20, 4, 4, 4)]
    own = raters("self", 1, 4)
    low = build_release(form(), [*own, *ones], 3)
    assert texts(only(low))["peer"] == "low (1.5 or below)"
    assert low == build_release(form(), [*own, *twos], 3)
    others = only(low).others
    assert others is not None
    assert others.figure.value == 2.6  # (1.25 + 4) / 2, halves up


def test_others_that_are_only_low_have_no_number_no_range_and_no_gap() -> None:
    said = [*raters("self", 1, 4), *raters("peer", 10, 1, 1, 1)]
    result = only(build_release(form(), said, 3))
    assert result.others is not None
    assert result.comparison is not None
    assert (result.others.figure.value, result.others.low, result.others.high) == (None,) * 3
    assert (result.comparison.gap, result.comparison.category) == (None, Category.OVER)


def test_beside_a_low_item_the_other_items_are_withheld() -> None:
    said = raters("peer", 10, (1, 3), (1, 4), (1, 3))
    release = build_release(TWO_ITEMS, said, 3)
    assert texts(only(release))["peer"] == "2.2"
    assert items(release, "peer") == ["low (1.5 or below)", Reason.BESIDE_LOW]


def test_a_manager_who_could_not_observe_is_not_a_zero() -> None:
    said = [*raters("manager", 2, (None, None)), *raters("peer", 10, (4, 4), (3, 3), (5, 5))]
    release = build_release(TWO_ITEMS, said, 3)
    assert [group.key for group in release.groups] == ["peer"]
    half = [*raters("manager", 2, (4, None)), *raters("peer", 10, (4, 4), (3, 3), (5, 5))]
    assert items(build_release(TWO_ITEMS, half, 3), "manager") == [4.0, Reason.NOT_OBSERVED]


@pytest.mark.parametrize("k", [3, 5])
@pytest.mark.parametrize(
    "said",
    [
        [],
        raters("self", 1, 3),
        raters("peer", 10, 3),
        raters("manager", 2, 3),
        raters("peer", 10, (None,), (None,), (None,)),
        raters("peer", 10, 5, 5, 5, 5, 5),
    ],
)
def test_no_figure_is_ever_nan(said: list[RaterAnswers], k: int) -> None:
    result = only(build_release(form(), said, k))
    numbers = [group.figure.value for group in result.groups]
    if result.evidence is not None:
        numbers += [result.evidence.value, result.evidence.noise_variance]
    if result.others is not None:
        numbers += [result.others.low, result.others.high]
    assert all(math.isfinite(number) for number in numbers if number is not None)


def test_nobody_gives_an_empty_release_that_says_so() -> None:
    release = build_release(form(), [], 3)
    assert release.groups == ()
    assert {group.reason for group in release.left_out} == {Reason.NOBODY_ANSWERED}
    assert (only(release).others, only(release).evidence) == (None, None)


def test_a_manager_is_only_shown_alone_if_no_other_manager_was_asked() -> None:
    said = [*raters("manager", 2, 4), *raters("peer", 10, 3, 3, 4)]
    alone = build_release(form(), said, 3, invited={"manager": 1, "peer": 4})
    one_of_two = build_release(form(), said, 3, invited={"manager": 2, "peer": 4})
    assert [group.key for group in alone.groups] == ["manager", "peer"]
    assert [(group.key, group.count.words) for group in one_of_two.groups] == [
        ("pooled", "3 or more of 6")
    ]


def test_profiles_are_compared_over_five_competencies() -> None:
    asked = form({f"c{i}": [f"q{i}"] for i in range(1, 6)})
    own = raters("self", 1, (1, 2, 3, 4, 5))
    peers = raters("peer", 10, *[(2, 3, 3, 4, 5)] * 3)
    agreement = build_release(asked, [*own, *peers], 3).profile_agreement
    assert agreement is not None
    assert agreement > 0.95
    assert (
        build_release(form(), [*own[:0], *raters("peer", 10, 3, 3, 3)], 3).profile_agreement is None
    )


def test_a_changed_item_order_changes_the_order_of_the_report_alone() -> None:
    said = raters("peer", 10, (4, 3), (5, 3), (3, 4), (2, 2), (4, None))
    turned = form({"listening": ["q2", "q1"]})
    one, other = (only(build_release(q, said, 3)) for q in (TWO_ITEMS, turned))
    assert replace(one, items=()) == replace(other, items=())
    assert one.items == other.items[::-1]


def test_a_constant_added_to_all_answers_moves_every_mean_by_it() -> None:
    low, high = ([2, 3, 3, 4], [3, 4, 4, 5])
    one, other = (only(build_release(form(), raters("peer", 10, *s), 3)) for s in (low, high))
    assert (one.groups[0].figure.value, other.groups[0].figure.value) == (3.0, 4.0)
    assert one.groups[0].agreement is other.groups[0].agreement
    assert one.evidence is not None
    assert other.evidence is not None
    assert other.evidence == replace(one.evidence, value=one.evidence.value + 1)


def test_the_history_holds_exactly_the_figures_of_non_exempt_raters() -> None:
    shown = prepare_release(form(), EXAMPLE, 3).shown
    assert {(figure.label, len(figure.raters)) for figure in shown} == {
        ("listening · peer", 4),
        ("q1 · peer", 4),
        ("listening · direct", 3),
        ("q1 · direct", 3),
    }


def test_next_to_an_earlier_release_one_late_answer_hides_the_group() -> None:
    three = raters("peer", 10, 3, 3, 4)
    first = prepare_release(form(), three, 3)
    late = [*three, *raters("peer", 20, 5)]
    second = only(build_release(form(), late, 3, earlier=first.shown))
    assert [group.figure.reason for group in second.groups] == [Reason.WOULD_REVEAL]
    enough = [*three, *raters("peer", 20, 5, 4, 4)]
    third = only(build_release(form(), enough, 3, earlier=first.shown))
    assert texts(third) == {"peer": "3.8"}


def test_a_real_sized_questionnaire_is_released_in_well_under_a_second() -> None:
    asked: Questionnaire = form(
        {f"c{c}": [f"q{4 * c + i}" for i in range(1, 5)] for c in range(15)}
    )
    people = [
        rater
        for place, (group, n) in enumerate([("peer", 8), ("direct", 7), ("stakeholder", 5)])
        for rater in raters(
            group,
            100 * place,
            *[
                [None if (7 * i + 3 * r) % 11 == 0 else 1 + (i * r + r) % 5 for i in range(60)]
                for r in range(1, n + 1)
            ],
        )
    ]
    assert len(build_release(asked, people, 5).competencies) == 15
