"""What stands apart: derailers, how self remembers, weights of items, numbers of agreement."""

from __future__ import annotations

from dataclasses import replace

from ldtrack.feedback.domain.answers import Answer, CompetencyItems
from ldtrack.feedback.domain.document import AgreementNumbers
from ldtrack.feedback.domain.reasons import Reason
from ldtrack.feedback.domain.release import build_release, prepare_release
from ldtrack.feedback.domain.verdict import cells_of, verdict_of
from tests.unit.feedback.makers import form, rater, raters

TWO = form({"listening": ["q1", "q2"]})
WITH_DERAILER = replace(TWO, derailers=("d1",))


def test_derailers_are_shown_apart_and_count_in_no_competency() -> None:
    peers = [rater(key, "peer", q1=4, q2=4, d1=2) for key in (10, 11, 12)]
    own = rater(1, "self", q1=4, q2=4, d1=1)
    release = build_release(WITH_DERAILER, [own, *peers], 3)
    (apart,) = release.derailers
    assert apart.self_figure is not None
    assert (apart.item_id, apart.self_figure.text) == ("d1", "1.0")
    assert [(g.group_key, g.figure.text) for g in apart.groups] == [("peer", "2.0")]
    plain = [rater(1, "self", q1=4, q2=4), *(rater(k, "peer", q1=4, q2=4) for k in (10, 11, 12))]
    assert release.competencies == build_release(TWO, plain, 3).competencies


def test_a_derailer_that_too_few_could_answer_is_hidden() -> None:
    peers = [rater(key, "peer", q1=4, q2=4, d1=d) for key, d in ((10, 2), (11, 2), (12, None))]
    (apart,) = build_release(WITH_DERAILER, peers, 3).derailers
    assert [g.figure.reason for g in apart.groups] == [Reason.TOO_FEW_ANSWERS]


def test_how_self_remembers_stands_beside_and_changes_nothing_else() -> None:
    own = rater(1, "self", q1=4, q2=5)
    then = (Answer(item_id="q1", score=2), Answer(item_id="q2", score=3))
    peers = raters("peer", 10, (4, 4), (3, 3), (4, 5))
    with_then = build_release(TWO, [replace(own, then=then), *peers], 3)
    (result,) = with_then.competencies
    assert result.then_figure is not None
    assert result.then_figure.text == "2.5"
    remembered = [item.then_figure for item in result.items]
    assert [figure.text for figure in remembered if figure] == ["2.0", "3.0"]
    bare = replace(
        result,
        then_figure=None,
        items=tuple(replace(item, then_figure=None) for item in result.items),
    )
    assert (bare,) == build_release(TWO, [own, *peers], 3).competencies


def test_what_others_remember_is_asked_and_shown_of_nobody() -> None:
    then = (Answer(item_id="q1", score=2), Answer(item_id="q2", score=2))
    peers = [replace(one, then=then) for one in raters("peer", 10, *[(4, 4)] * 3)]
    (result,) = build_release(TWO, peers, 3).competencies
    assert (result.then_figure, [item.then_figure for item in result.items]) == (None, [None] * 2)


def test_heavier_items_count_more_in_every_rater_s_score_and_in_the_history() -> None:
    heavy = CompetencyItems(competency_id="listening", item_ids=("q1", "q2"), weights=(3, 1))
    asked = replace(TWO, competencies=(heavy,))
    peers = raters("peer", 10, (4, 2), (4, 2), (4, 2))
    (result,) = build_release(asked, peers, 3).competencies
    assert result.groups[0].figure.value == (3 * 4 + 1 * 2) / 4
    shown = prepare_release(asked, peers, 3).shown
    weights = {str(w) for figure in shown if "listening" in figure.label for _, w in figure.terms}
    assert weights == {"3/4", "1/4"}


def test_numbers_of_agreement_begin_at_ten_raters() -> None:
    nine = raters("peer", 10, *[(4, 3), (3, 4), (4, 4)] * 3)
    ten = [*nine, *raters("peer", 30, (5, 5))]
    few, many = (build_release(TWO, said, 3).competencies[0].groups[0] for said in (nine, ten))
    assert few.numbers is None
    # Each item: four 4s of nine more or less, one 5; variances by hand over 10 answers.
    one = [4, 3, 4] * 3 + [5]
    other = [3, 4, 4] * 3 + [5]
    assert sorted(one) == sorted(other)
    mean = sum(one) / 10
    s2 = sum((x - mean) ** 2 for x in one) / 9
    distance = sum(abs(x - mean) for x in one) / 10
    widest = (6 * mean - mean**2 - 5) * 10 / 9
    share = s2 / 2
    assert many.numbers == AgreementNumbers(
        distance=round(distance, 2),
        rwg_j=round(2 * (1 - share) / (2 * (1 - share) + share), 2),
        r_star_wg_j=round(1 - share, 2),
        awg=round(1 - 2 * s2 / widest, 2),
    )


def test_the_verdict_counts_hidden_cells_by_reason_and_names_no_figure() -> None:
    said = [
        *raters("manager", 2, (4, None)),
        *raters("peer", 10, (4, 3), (5, 3), (3, None)),
        *raters("direct", 20, (1, 1)),
    ]
    release = build_release(TWO, said, 3)
    verdict = verdict_of(release, figures=5, earlier=2)
    assert [(cells.reason, cells.n) for cells in verdict.hidden] == [
        (cell.figure.reason, 1)
        for reason in Reason
        for cell in cells_of(release)
        if cell.figure.reason is reason and reason is not Reason.NOT_OBSERVED
    ]
    assert (verdict.n_hidden, verdict.figures, verdict.earlier) == (len(verdict.hidden), 5, 2)
    assert verdict.pooled == ("Peers and Direct reports",)
