"""A report beside those of other cycles: what is left of its figures, and what a band tells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from scipy.optimize import linprog

from ldtrack.feedback.domain.answers import Answer, Questionnaire, RaterAnswers, Scale
from ldtrack.feedback.domain.between_cycles import band_of, joined
from ldtrack.feedback.domain.cell_answers import ROUGHLY
from ldtrack.feedback.domain.comparing import Turnout
from ldtrack.feedback.domain.document import CompetencyResult
from ldtrack.feedback.domain.elsewhere import OtherReport, neighbours
from ldtrack.feedback.domain.figures import Shown, printed_between
from ldtrack.feedback.domain.history import counted_cells
from ldtrack.feedback.domain.people_figures import Wordings
from ldtrack.feedback.domain.reasons import Reason
from ldtrack.feedback.domain.release import PreparedRelease, prepare_release
from ldtrack.feedback.domain.report import other_report, report_to_dict
from ldtrack.feedback.pages.report import report_page
from ldtrack.feedback.pages.report_file import json_of, rows_of_file
from ldtrack.feedback.service.releasing import Beside, MadeReport, Sent, make_report
from ldtrack.reviews.domain.report_paper import report_paper
from ldtrack.reviews.paper import html_of_report
from tests.unit.feedback.attacker import Row, Unknown, exposed
from tests.unit.feedback.makers import form, rater
from tests.unit.feedback.organisations import Round, steady_leader
from tests.unit.feedback.stored_reports import shown_of
from tests.unit.feedback.test_organisations import (
    all_of_a_competency,
    each_by_itself,
    people_in,
    told_in,
)

TWO = form({"listening": ["q1", "q2"]})
ONE = form()
Said = dict[str, tuple[str, Sequence[int | None]]]
"""By name, in which group somebody answered, and what."""


def sent(said: Said) -> list[RaterAnswers]:
    return [
        rater(key, group, **{f"q{i}": score for i, score in enumerate(scores, start=1)})
        for key, (group, scores) in enumerate(said.values(), start=1)
    ]


def answered(said: Said) -> dict[str, frozenset[str]]:
    groups = {group for group, _ in said.values()}
    return {g: frozenset(name for name, (group, _) in said.items() if group == g) for g in groups}


def wordings(asked: Questionnaire) -> Wordings:
    return Wordings(
        names={c.competency_id: str(c.competency_id) for c in asked.competencies},
        items={item: str(item) for item in asked.asked_ids},
    )


def as_another(made: PreparedRelease, said: Said | None, asked: Questionnaire = ONE) -> OtherReport:
    """The report of another cycle; without `said` nobody knows who answered."""
    cells = counted_cells(asked, made.shown, made.cells)
    turnout = None if said is None else Turnout(cells=cells, answered=answered(said))
    return OtherReport(k=3, release=made.release, wordings=wordings(asked), turnout=turnout)


def made(
    said: Said, *before: OtherReport, asked: Questionnaire = ONE, known: bool = True
) -> PreparedRelease:
    names = answered(said) if known else None
    beside = neighbours(before, names, wordings(asked), 3, asked.scale)
    return prepare_release(asked, sent(said), 3, neighbours=beside if before else None)


def whole(found: PreparedRelease) -> CompetencyResult:
    return found.release.competencies[0]


def printed(found: PreparedRelease) -> dict[str, str]:
    return {group.group_key: group.figure.text for group in whole(found).groups}


def peers(**scores: int) -> Said:
    return {name: ("peer", (score,)) for name, score in scores.items()}


THREE = peers(ann=4, ben=4, cem=4)
REPORTS: Said = dict.fromkeys(("gus", "hal", "ida"), ("direct", (2,)))
FIVE = peers(ann=4, ben=4, cem=4, dia=4, eve=4)
HIDDEN = Reason.BETWEEN_CYCLES.sentence(3)


def test_the_joiner_of_three_who_answer_as_before_is_not_told() -> None:
    """4.00 from three and 3.25 from four would be the joiner's 1."""
    first = made(THREE)
    second = made(peers(ann=4, ben=4, cem=4, dia=1), as_another(first, THREE))
    assert (printed(first), printed(second)) == ({"peer": "4.0"}, {"peer": "between 3 and 5"})
    assert whole(second).items[0].groups[0].figure.text == HIDDEN
    assert whole(second).groups[0].agreement is None


@pytest.mark.parametrize("score", [1, 2, 3, 4, 5])
def test_whatever_the_joiner_answers_the_band_is_the_same(score: int) -> None:
    """With 4.7 from three, “between 3 and 4” from four would be the joiner's 1."""
    before = peers(ann=5, ben=5, cem=4)
    second = made(peers(ann=5, ben=5, cem=4, dia=score), as_another(made(before), before))
    assert printed(second) == {"peer": "between 3 and 5"}


def test_whoever_changes_their_mind_is_seen_to_within_whole_levels() -> None:
    second = made(peers(ann=1, ben=2, cem=1, dia=2), as_another(made(THREE), THREE))
    assert printed(second) == {"peer": "between 1 and 2"}


@pytest.mark.parametrize(
    ("later", "text"),
    [
        (peers(ann=2, ben=3, cem=3), "2.7"),
        (peers(ann=4, ben=4, cem=4, dia=1, eve=2, fay=3), "3.0"),
        (peers(dia=1, eve=2, fay=3), "2.0"),
        (peers(ann=4, ben=4, cem=4, dia=3, eve=3), HIDDEN),
        (peers(ann=4, ben=4, dia=1), HIDDEN),
    ],
)
def test_a_figure_is_exact_if_none_or_enough_came_and_went(later: Said, text: str) -> None:
    assert printed(made(later, as_another(made(THREE), THREE))) == {"peer": text}


def test_one_who_leaves_is_as_safe_as_one_who_joins() -> None:
    six = FIVE | peers(fay=1)
    assert printed(made(FIVE, as_another(made(six), six))) == {"peer": "between 3 and 5"}


def test_groups_are_put_together_where_that_leaves_exact_figures() -> None:
    before = THREE | REPORTS
    joined_by = {"dia": ("peer", (1,)), "jon": ("direct", (3,)), "kim": ("direct", (4,))}
    second = made(before | joined_by, as_another(made(before), before))
    assert [group.name for group in second.release.groups] == ["Peers and Direct reports"]
    assert printed(second) == {"pooled": "2.9"}
    assert pytest.approx(2.89, abs=0.005) == (3 * 4 + 3 * 2 + 1 + 3 + 4) / 9


def test_a_group_that_did_not_change_keeps_its_figure() -> None:
    before = THREE | REPORTS
    second = made(before | peers(dia=1), as_another(made(before), before))
    assert printed(second) == {"peer": "between 3 and 5", "direct": "2.0"}


def test_a_rater_who_changes_group_is_found() -> None:
    before = peers(ann=4, ben=4, cem=4, dia=1) | REPORTS
    after = {**before, "dia": ("direct", (1,))}
    second = made(after, as_another(made(before), before))
    assert printed(second) == {"pooled": "2.7"}
    assert pytest.approx(2.71, abs=0.005) == (3 * 4 + 1 + 3 * 2) / 7


def test_totals_say_no_more_than_the_band() -> None:
    said = peers(ann=4, ben=4, cem=4, dia=1) | {"lea": ("self", (3,)), "max": ("manager", (4,))}
    second = made(said, as_another(made(THREE), THREE))
    others = whole(second).others
    assert others is not None
    assert (others.figure.text, others.low, others.high, others.se) == (
        "between 3.5 and 4.5",
        None,
        None,
        None,
    )
    compared = whole(second).comparison
    assert compared is not None
    assert compared.gap is None
    evidence = whole(second).evidence
    assert evidence is not None
    assert evidence.value == 4.0
    same = [made(said | peers(dia=n), as_another(made(THREE), THREE)) for n in (2, 3, 5)]
    assert [whole(one) for one in same] == [whole(second)] * 3


def test_what_holds_over_the_whole_band_is_said() -> None:
    said = peers(ann=4, ben=4, cem=4, dia=1) | {"lea": ("self", (2,))}
    compared = whole(made(said, as_another(made(THREE), THREE))).comparison
    assert compared is not None
    assert (compared.gap, compared.category.value, compared.quadrant.value) == (
        None,
        "under",
        "unclear",
    )


def test_a_competency_that_somebody_left_out_once_is_shown_roughly() -> None:
    four: Said = dict.fromkeys(("ann", "ben", "cem", "dia"), ("peer", (4,)))
    gap: Said = {**four, "dia": ("peer", (None,)), "eve": ("peer", (4,))}
    before = {**four, "eve": ("peer", (4,))}
    second = made(gap, as_another(made(before), before))
    assert whole(second).groups[0].figure.reason is Reason.BETWEEN_CYCLES


def test_single_answers_left_out_do_not_take_the_competency() -> None:
    before: Said = dict.fromkeys(("ann", "ben", "cem", "dia"), ("peer", (4, 4)))
    after = before | {"dia": ("peer", (4, None))}
    second = made(after, as_another(made(before, asked=TWO), before, TWO), asked=TWO)
    assert printed(second) == {"peer": "4.0"}
    items = {item.item_id: item.groups[0].figure for item in whole(second).items}
    assert items["q1"].text == "4.0"
    assert items["q2"].shown is Shown.HIDDEN


def test_where_nobody_knows_who_answered_then_or_now_nothing_of_a_group_is_shown() -> None:
    known = made(THREE, as_another(made(THREE), None))
    unknown = made(THREE, as_another(made(THREE), THREE), known=False)
    assert printed(known) == printed(unknown) == {"peer": HIDDEN}


def test_another_scale_or_other_questions_are_not_compared() -> None:
    before = as_another(made(THREE), THREE)
    other = form({"deciding": ["q9"]})
    said = peers(ann=4, ben=4, cem=4, dia=1)
    four = [rater(key, "peer", q9=score) for key, score in enumerate((4, 4, 4, 1), start=1)]
    beside = neighbours([before], answered(said), wordings(other), 3, other.scale)
    found = prepare_release(other, four, 3, neighbours=beside)
    assert printed(found) == {"peer": "3.3"}
    longer = neighbours([before], answered(said), wordings(ONE), 3, Scale(lo=1, hi=7))
    assert longer.figures == ()


def test_the_same_item_under_another_competency_is_compared() -> None:
    renamed = form({"attention": ["q1"]})
    four = peers(ann=4, ben=4, cem=4, dia=1)
    second = made(four, as_another(made(THREE), THREE), asked=renamed)
    assert printed(second) == {"peer": "between 3 and 5"}


def test_somebody_who_was_erased_since_counts_as_gone() -> None:
    six = FIVE | peers(fay=1)
    before = as_another(made(six), six)
    assert before.turnout is not None
    left = replace(before, turnout=replace(before.turnout, answered=answered(FIVE)))
    assert printed(made(FIVE, left)) == {"peer": "between 3 and 5"}


def test_a_peer_who_becomes_the_manager_does_not_give_away_the_other_peers() -> None:
    before = peers(ann=4, ben=4, cem=1)
    after: Said = {"cem": ("manager", (1,))} | peers(dia=3, eve=3, fay=3)
    second = made(after, as_another(made(before), before))
    assert printed(second) == {"manager": HIDDEN, "peer": "3.0"}


def test_a_manager_who_becomes_a_peer_is_taken_out_of_the_group() -> None:
    before: Said = THREE | {"max": ("manager", (2,))}
    after: Said = {"max": ("peer", (2,)), "gus": ("peer", (4,)), "hal": ("peer", (4,))}
    second = made(after, as_another(made(before), before))
    assert whole(second).groups[0].figure.reason is Reason.BETWEEN_CYCLES


def test_another_manager_is_shown_as_they_were_told() -> None:
    before: Said = THREE | {"max": ("manager", (2,))}
    after: Said = THREE | {"mia": ("manager", (5,))}
    second = made(after, as_another(made(before), before))
    assert printed(second) == {"manager": "5.0", "peer": "4.0"}


def test_levels_belong_to_the_band_that_begins_with_them() -> None:
    assert joined(Scale(), [(2.0, 2.9), (4.0, 4.2)]) == ((1, 3), (3, 5))
    assert joined(Scale(), []) == ((1, 2), (2, 3), (3, 4), (4, 5))
    assert [band_of(level, ((1, 3), (3, 5))) for level in (1.0, 2.99, 3.0, 5.0)] == [
        (1, 3),
        (1, 3),
        (3, 5),
        (3, 5),
    ]


def test_whatever_the_joiner_answers_page_paper_and_files_say_the_same() -> None:
    asked, asked_of, _ = steady_leader(0)
    three, four = ["ann", "ben", "cem"], ["ann", "ben", "cem", "dia"]

    def report(names: list[str], joiner: int, *before: OtherReport) -> MadeReport:
        said = [
            RaterAnswers(
                rater_key=n,
                group_key="peer",
                answers=tuple(
                    Answer(item_id=item, score=joiner if name == "dia" else 4)
                    for item in asked_of.asked_ids
                ),
            )
            for n, name in enumerate(names)
        ]
        sent_ = Sent(raters=said, answered={"peer": frozenset(names)}, invited={"peer": 4})
        return make_report(replace(asked, k=3), sent_, Beside(elsewhere=before))

    first = report(three, 4)
    turnout = Turnout(cells=first.counted, answered={"peer": frozenset(three)})
    before = other_report(3, json.loads(json.dumps(report_to_dict(first.report))), turnout)
    told = set()
    for score in range(1, 6):
        found = report(four, score, before).report
        paper = report_paper(
            found,
            organisation="Acme",
            person="Amara Okafor",
            release_id=7,
            edition=1,
            released_on=found.closed_on,
        )
        shown = shown_of(found)
        page = report_page(shown)
        rows = tuple(rows_of_file(shown))
        program = json.dumps(json_of(shown))
        told.add((html_of_report(paper), str(page), rows, program))
    assert len(told) == 1
    assert "between 3 and 5" in told.pop()[0]


LEADERS = range(60)


def test_three_cycles_together_let_out_fewer_than_k_raters_never() -> None:
    for seed in LEADERS:
        asked, asked_of, rounds = steady_leader(seed)
        known = set[Unknown]().union(*map(told_in, rounds))
        for solve_for in (each_by_itself, all_of_a_competency):
            rows: list[Row] = [
                {(person, what): 1.0 for person in people if (person, what) not in known}
                for found in rounds
                for edition in found.editions
                for people, what in solve_for(asked_of, found, edition)
            ]
            hidden = set[int]().union(*map(people_in, rounds))
            assert exposed(rows, hidden, asked.k) == [], seed


def test_no_band_tells_more_than_the_reports_before_it_did() -> None:
    """Solved over single answers, by a reader who knows who left out what, with rounding.

    Nobody changes their mind here. So wherever the mean can lie beside the reports of the cycles
    before, it lies in the band, and the band narrows nothing for anybody.
    """
    bands = 0
    for seed in LEADERS:
        _, _, rounds = steady_leader(seed)
        before: list[Limit] = []
        for found in rounds:
            limits = [limit for edition in found.editions for limit in limits_in(found, edition)]
            for limit in limits:
                if limit.is_band:
                    bands += 1
                    least, most = reach(limit.row, before)
                    assert limit.low - 1e-6 <= least, seed
                    assert most <= limit.high + 1e-6, seed
            before += limits
    assert bands > len(LEADERS) // 3


@dataclass(frozen=True, kw_only=True)
class Limit:
    """Between what a printed mean over answers lies."""

    row: Row
    low: float
    high: float
    is_band: bool


def limits_in(found: Round, edition: MadeReport) -> Iterator[Limit]:
    figures = {f.label.removesuffix(ROUGHLY): f for f in edition.history.figures}
    for result in edition.report.release.competencies:
        asked = [(result.competency_id, result.groups)]
        asked += [(item.item_id, item.groups) for item in result.items]
        for what, groups in asked:
            for group in groups:
                aggregate = figures.get(f"{what} · {group.group_key}")
                if aggregate is not None and group.figure.shown is not Shown.HIDDEN:
                    n = len(aggregate.raters)
                    low, high = printed_between(group.figure, edition.report.release.scale)
                    yield Limit(
                        row={
                            (found.people[key], str(item)): float(weight) / n
                            for (key, item), weight in aggregate.terms
                        },
                        low=low,
                        high=high,
                        is_band=group.figure.shown is Shown.ROUGH,
                    )


def reach(row: Row, before: Sequence[Limit]) -> tuple[float, float]:
    """The lowest and the highest that a mean can be beside what was printed before."""
    columns = sorted({term for one in (row, *(limit.row for limit in before)) for term in one})
    rows = [[limit.row.get(term, 0.0) for term in columns] for limit in before]
    bounds = [limit.high for limit in before] + [-limit.low for limit in before]
    aim = [row.get(term, 0.0) for term in columns]
    least, most = (
        linprog(
            [sign * weight for weight in aim],
            A_ub=[*rows, *([-weight for weight in one] for one in rows)] or None,
            b_ub=bounds or None,
            bounds=(1, 5),
        )
        for sign in (1, -1)
    )
    assert least.status == most.status == 0
    return float(least.fun), -float(most.fun)
