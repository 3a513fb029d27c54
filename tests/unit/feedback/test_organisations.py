"""Whole organisations attacked by a reader who has everything that was ever shown.

A hundred of them in every run; LDTRACK_ATTACKS=1000 attacks more.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import numpy
import pytest

from ldtrack.feedback.domain.answers import Questionnaire
from ldtrack.feedback.domain.audit import Aggregate
from ldtrack.feedback.domain.cell_answers import ROUGHLY
from ldtrack.feedback.domain.document import GroupFigure
from ldtrack.feedback.domain.figures import Shown
from ldtrack.feedback.domain.history import history_from_dict, history_to_dict
from ldtrack.feedback.domain.profile import CohortProfile, for_reader
from ldtrack.feedback.domain.reasons import Reason
from ldtrack.feedback.domain.report import report_from_dict, report_to_dict
from ldtrack.feedback.domain.rereleases import Comparison
from ldtrack.feedback.pages.cohort import cohort_page, rows_of_cohort
from ldtrack.feedback.pages.report import ReportPage, order_to_talk, report_page, surprises
from ldtrack.feedback.pages.report_file import json_of, rows_of_file
from ldtrack.feedback.queries import ShownReport
from ldtrack.feedback.queries.summaries import Cohort
from ldtrack.feedback.service.releasing import MadeReport
from ldtrack.reviews.domain.from_report import feedback_part, for_sponsor
from ldtrack.reviews.domain.report_paper import report_paper
from ldtrack.reviews.paper import html_of_report
from tests.unit.feedback.attacker import Row, Seen, Unknown, exposed, seen_in
from tests.unit.feedback.organisations import Organisation, Round, organisation
from tests.unit.feedback.stored_reports import shown_of
from tests.unit.feedback.worlds import World

BROKE_ONCE = (219, 533, 825)
"""A second edition beside another cycle; a manager who was among those who answered a statement;
a change between levels of different groups."""
SEEDS = sorted({*range(int(os.environ.get("LDTRACK_ATTACKS", "100"))), *BROKE_ONCE})
RENDERED = SEEDS if len(SEEDS) > 200 else SEEDS[:40]
"""Laying every report out four times takes longer than attacking it."""


@cache
def drawn(seed: int) -> Organisation:
    return organisation(seed)


def rounds(org: Organisation) -> Iterator[Round]:
    for first, second in org.leaders:
        yield from (first, second)


def as_world(org: Organisation, found: Round) -> World:
    return World(seed=org.seed, questionnaire=org.form, raters=found.raters, k=org.asked.k)


def anonymous(found: Round) -> set[int]:
    """The raters whose answers must not come out."""
    managers = [r for r in found.raters if r.group_key == "manager"]
    return {
        r.rater_key
        for r in found.raters
        if r.group_key != "self" and not (r.group_key == "manager" and len(managers) == 1)
    }


def test_everything_ever_shown_of_a_cycle_lets_out_fewer_than_k_raters_never() -> None:
    """All editions together, page and file alike: the stored release is all that they print."""
    second_editions = 0
    for seed in SEEDS:
        org = drawn(seed)
        for found in rounds(org):
            second_editions += len(found.editions) > 1
            rows: list[Row] = []
            for made in found.editions:
                rows += [seen.row for seen in figures_seen(org, found, made)]
            assert exposed(rows, anonymous(found), org.asked.k) == [], seed
    assert second_editions > len(SEEDS)


def test_both_cycles_together_let_out_fewer_than_k_raters_never() -> None:
    """By readers who take it that whoever answered twice answered the same, and know who did.

    Who left out single answers is known to nobody, so these readers solve for people: once for each
    statement and competency by itself, once as if a competency's figures spoke of the same.
    """
    came_and_went = rough = 0
    for seed in SEEDS:
        org = drawn(seed)
        for first, second in org.leaders:
            known = told_in(first) | told_in(second)
            hidden = people_in(first) | people_in(second)
            came_and_went += people_in(first) != people_in(second)
            rough += len(rough_in(second.editions[0]))
            for solve_for in (each_by_itself, all_of_a_competency):
                rows = [
                    {(person, asked): 1.0 for person in people if (person, asked) not in known}
                    for found in (first, second)
                    for made in found.editions
                    for people, asked in solve_for(org.form, found, made)
                ]
                assert exposed(rows, hidden, org.asked.k) == [], seed
    assert came_and_went > 3 * len(SEEDS)
    assert rough > len(SEEDS)


def test_where_nobody_left_anything_out_even_the_weight_of_each_answer_lets_nobody_out() -> None:
    """The reader of a single report, who knows every answer's weight, given both reports."""
    solved = 0
    for seed in SEEDS:
        org = drawn(seed)
        for pair in org.leaders:
            if all(a.score is not None for found in pair for r in found.raters for a in r.answers):
                solved += 1
                known = told_in(pair[0]) | told_in(pair[1])
                rows = [
                    {(found.people[r], item): w for (r, item), w in seen.row.items()}
                    for found in pair
                    for seen in figures_seen(org, found, found.editions[0])
                    if not seen.path.startswith("comments") and not seen.path.endswith(ROUGHLY)
                ]
                rows = [{term: w for term, w in row.items() if term not in known} for row in rows]
                hidden = people_in(pair[0]) | people_in(pair[1])
                assert exposed(rows, hidden, org.asked.k) == [], seed
    assert solved > len(SEEDS)


def each_by_itself(
    form: Questionnaire, found: Round, made: MadeReport
) -> Iterator[tuple[set[int], str]]:
    """Who is in each figure that is printed as a number, and what was asked."""
    alone = {
        str(c.competency_id): str(c.item_ids[0]) for c in form.competencies if len(c.item_ids) == 1
    }
    for figure in numbers_in(made):
        asked = figure.label.split(" · ")[0]
        yield {found.people[rater] for rater in figure.raters}, alone.get(asked, asked)


def all_of_a_competency(
    form: Questionnaire, found: Round, made: MadeReport
) -> Iterator[tuple[set[int], str]]:
    """Everybody who answered in the groups of each figure, and the competency."""
    of = {str(item): str(c.competency_id) for c in form.competencies for item in c.item_ids}
    names = {group.name: group.key for group in form.groups}
    groups = {
        group.key: {names[name] for name in group.group_names}
        for group in made.report.release.groups
    }
    for figure in numbers_in(made):
        asked, _, cell = figure.label.partition(" · ")
        keys = groups.get(cell)
        people = {
            found.people[rater.rater_key]
            for rater in found.raters
            if (rater.group_key in keys if keys else rater.rater_key in figure.raters)
        }
        yield people, of.get(asked, asked)


def numbers_in(made: MadeReport) -> Iterator[Aggregate]:
    """The figures that are printed as numbers, or low; comments are of one cycle only."""
    for figure in made.history.figures:
        if not figure.label.startswith("comments") and not figure.label.endswith(ROUGHLY):
            yield figure


def rough_in(made: MadeReport) -> set[tuple[str, str]]:
    """The competencies and groups that are printed as a band at most."""
    return {
        (str(result.competency_id), group.group_key)
        for result in made.report.release.competencies
        for group in result.groups
        if group.figure.reason is Reason.BETWEEN_CYCLES
    }


def people_in(found: Round) -> set[int]:
    return {found.people[rater] for rater in anonymous(found)}


def told_in(found: Round) -> set[Unknown]:
    """What a single manager is printed to have answered, in whichever edition."""
    told: set[Unknown] = set()
    managers = [r for r in found.raters if r.group_key == "manager"]
    for made in found.editions if len(managers) == 1 else ():
        person = found.people[managers[0].rater_key]
        release = made.report.release
        items = [*(i for result in release.competencies for i in result.items), *release.derailers]
        asked = [(str(item.item_id), item.groups) for item in items]
        asked += [(str(result.competency_id), result.groups) for result in release.competencies]
        told |= {
            (person, name)
            for name, groups in asked
            for group in groups
            if group.group_key == "manager" and group.figure.shown is not Shown.HIDDEN
        }
        if any(r.importance and r.importance.by_manager is not None for r in release.competencies):
            told.add((person, "importance:"))
    return told


def figures_seen(org: Organisation, found: Round, made: MadeReport) -> list[Seen]:
    """The figures over the answers that the stored history says are behind them.

    The second edition may be of fewer answers than the first. So the reader takes the weights
    from the history, and what is printed from the document; both must name the same figures.
    """
    history = history_from_dict(json.loads(json.dumps(history_to_dict(made.history))))
    document = report_to_dict(made.report)["release"]
    printed = {
        (str(part["competency_id" if "competency_id" in part else "item_id"]), group["group_key"])
        for result in document["competencies"]
        for part in (result, *result["items"])
        for group in part["groups"]
        if group["figure"]["shown"] not in ("hidden", "rough")
    }
    labels = {tuple(figure.label.split(" · ")) for figure in history.figures}
    exempt = {group["key"] for group in document["groups"] if group["exempt"]}
    assert {pair for pair in printed if pair[1] not in exempt} <= labels
    rough = {(*pair, "roughly") for pair in rough_in(made) if pair[1] not in exempt}
    assert rough <= labels
    return [
        Seen(
            path=figure.label,
            row={(rater, str(item)): float(w) for (rater, item), w in figure.terms},
            value=None,
        )
        for figure in history.figures
    ]


def test_the_history_names_the_same_answers_as_the_attacker_works_out() -> None:
    """Otherwise an attack along the history would prove nothing."""
    compared = 0
    for seed in SEEDS[:40]:
        org = drawn(seed)
        for found in rounds(org):
            made = found.editions[0]
            own = {
                seen.path: {key: w for key, w in seen.row.items() if key[0] in anonymous(found)}
                for seen in seen_in(report_to_dict(made.report)["release"], as_world(org, found))
            }
            told = {
                " ".join(figure.label.removesuffix(ROUGHLY).split(" · ")): {
                    (rater, str(item)) for (rater, item), _ in figure.terms
                }
                for figure in made.history.figures
            }
            for path, row in own.items():
                if row:
                    compared += 1
                    assert set(row) == told[path], (seed, path)
    assert compared > 100


def test_a_change_is_a_number_only_where_none_or_enough_came_and_went() -> None:
    numbers = 0
    for seed in SEEDS:
        org = drawn(seed)
        for first, second in org.leaders:
            before, after = first.editions[-1], second.editions[0]
            since = after.report.insights.since
            for change in since.changes if since else ():
                if change.comparison is Comparison.CHANGE:
                    numbers += 1
                    old, new = (
                        behind(found, made, str(change.competency_id))
                        for found, made in ((first, before), (second, after))
                    )
                    assert old.keys() == new.keys()
                    for key in new:
                        for moved in (new[key] - old[key], old[key] - new[key]):
                            assert len(moved) == 0 or len(moved) >= org.asked.k, seed
                else:
                    assert (change.difference, change.word) == (None, None)
    assert numbers > len(SEEDS)


def behind(found: Round, made: MadeReport, competency: str) -> dict[frozenset[str], set[int]]:
    """Who is in each cell's printed figure on the competency, as people, by the cell's groups."""
    names = {cell.key: frozenset(cell.group_names) for cell in made.report.release.groups}
    raters = {figure.label: figure.raters for figure in made.history.figures}
    return {
        names[group.group_key]: {
            found.people[rater] for rater in raters[f"{competency} · {group.group_key}"]
        }
        for part in made.report.release.competencies
        if str(part.competency_id) == competency
        for group in part.groups
        if group.figure.shown is not Shown.HIDDEN and f"{competency} · {group.group_key}" in raters
    }


@pytest.mark.parametrize("share_known", [0.0, 0.3, 0.6])
def test_no_profile_lets_out_fewer_than_five_leaders_whoever_reads_it(share_known: float) -> None:
    shown = 0
    for seed in SEEDS:
        org = drawn(seed)
        chance = Random(seed)
        people = range(len(org.leaders))
        known = {person for person in people if chance.random() < share_known}
        profile = for_reader(org.profile, known)
        shown += len(profile.cells)
        rows = cells_seen(profile)
        assert exposed(rows, set(people) - known, profile.floor) == [], seed
    assert shown > 0


def cells_seen(profile: CohortProfile) -> list[Row]:
    return [
        {
            (person, f"{cell.competency_id} {cell.measure}"): 1 / len(cell.people)
            for person in cell.people
        }
        for cell in profile.cells
    ]


def test_every_renderer_prints_the_same_figures_and_hides_the_same_cells() -> None:
    hidden = shown = 0
    for seed in RENDERED:
        org = drawn(seed)
        for found in rounds(org):
            for made in found.editions:
                stored = report_from_dict(json.loads(json.dumps(report_to_dict(made.report))))
                assert stored == made.report
                walked = list(walk(made, shown_of(made.report)))
                for figure, page, file, program, paper in walked:
                    is_hidden = figure.figure.shown is Shown.HIDDEN
                    hidden += is_hidden
                    shown += not is_hidden
                    assert page == ("–" if is_hidden else figure.figure.text), seed
                    assert file == figure.figure.text, seed
                    assert program == figure.figure.value, seed
                    assert paper == (figure.figure.text, figure.figure.value), seed
    assert min(hidden, shown) > 10 * len(RENDERED)


def walk(
    made: MadeReport, shown: ShownReport
) -> Iterator[tuple[GroupFigure, str, str, float | None, tuple[str, float | None]]]:
    """Every figure of a group: as stored, on the page, in the file, for programs, on paper."""
    page: ReportPage = report_page(shown)
    columns = [group.key for group in page.columns]
    rows = iter(rows_of_file(shown))
    file = {
        (row[1], row[2], row[3]): row[4] for row in rows if row[0] in ("Competency", "Statement")
    }
    program = json.loads(json.dumps(json_of(shown)))["release"]
    paper = feedback_part(made.report, made.report.closed_on, {})
    names = {group.key: group.name for group in page.columns}
    places = {key: n for n, key in enumerate(g.key for g in page.columns if g.key != "self")}
    for n, result in enumerate(made.report.release.competencies):
        section, name = page.sections[n], made.report.name_of(result)
        parts: list[tuple[str, Any, Any, Any, Any]] = [
            ("", result.groups, section.lines[0], program["competencies"][n], paper.lines[n])
        ]
        for i, item in enumerate(result.items):
            line = section.lines[i + 1] if len(section.lines) > 1 else None
            text = made.report.items[int(item.item_id)]
            stored = program["competencies"][n]["items"][i]
            parts.append((text, item.groups, line, stored, paper.lines[n].items[i]))
        for text, figures, line, stored, printed in parts:
            for g, figure in enumerate(figures):
                cell = printed.cells[places[figure.group_key]]
                yield (
                    figure,
                    line.cells[columns.index(figure.group_key)].text
                    if line is not None
                    else ("–" if figure.figure.shown is Shown.HIDDEN else figure.figure.text),
                    file[name, text, names[figure.group_key]],
                    stored["groups"][g]["figure"]["value"],
                    (cell.text, cell.value),
                )


def test_no_paper_page_or_file_holds_a_key_an_address_or_more_than_was_stored() -> None:
    for seed in SEEDS[:10]:
        org = drawn(seed)
        for found in rounds(org):
            made = found.editions[-1]
            paper = html_of_report(
                report_paper(
                    made.report,
                    organisation="Acme",
                    person="Amara Okafor",
                    release_id=7,
                    edition=1,
                    released_on=made.report.closed_on,
                )
            )
            file = "\n".join(",".join(row) for row in rows_of_file(shown_of(made.report)))
            for text in (paper, file, json.dumps(json_of(shown_of(made.report)))):
                assert "@example.org" not in text
                for rater in found.raters:
                    if rater.rater_key > 500:
                        assert str(rater.rater_key) not in text


def test_what_is_kept_back_between_cycles_is_on_no_paper_no_page_and_in_no_file() -> None:
    """Everything that is laid out of a report, also for the coach's debrief and for a sponsor.

    What stands in the row of such a figure is compared word for word.
    """
    looked_at = 0
    for seed in RENDERED:
        org = drawn(seed)
        for _, second in org.leaders:
            made = second.editions[0]
            if not rough_in(made):
                continue
            looked_at += 1
            shown = shown_of(made.report)
            part = feedback_part(made.report, made.report.closed_on, {})
            paper = html_of_report(
                report_paper(
                    made.report,
                    organisation="Acme",
                    person="Amara Okafor",
                    release_id=7,
                    edition=1,
                    released_on=made.report.closed_on,
                )
            )
            for line, sponsored, result in zip(
                part.lines, for_sponsor(part).lines, made.report.release.competencies, strict=True
            ):
                kept_back = [g for g in result.groups if g.figure.reason is Reason.BETWEEN_CYCLES]
                for group in kept_back:
                    cell = line.cells[_place(made, group.group_key)]
                    assert (cell.text, cell.value) == (group.figure.text, None)
                    assert cell.agreement == ""
                others = result.others
                if others is not None and others.figure.shown is Shown.ROUGH:
                    assert sponsored.others is not None
                    assert (sponsored.others.text, sponsored.others.value) == (
                        others.figure.text,
                        None,
                    )
                    assert (others.low, others.high, others.se) == (None, None, None)
                    assert (line.low, line.high, line.gap) == (None, None, None)
                    assert others.figure.text in paper
            sections = order_to_talk(report_page(shown)) + surprises(report_page(shown))
            for section in sections:
                asked = next(
                    r for r in made.report.release.competencies if r.competency_id == section.id
                )
                if asked.others is not None and asked.others.figure.shown is Shown.ROUGH:
                    assert f"Others {asked.others.figure.text}, from" in section.reading
    assert looked_at > len(RENDERED)


def _place(made: MadeReport, key: str) -> int:
    columns = [group.key for group in made.report.release.groups if group.key != "self"]
    return columns.index(key)


def test_the_profile_s_page_and_file_print_its_cells_and_no_other() -> None:
    for seed in SEEDS:
        org = drawn(seed)
        cohort = Cohort(
            cycle_id=1,
            cycle="The cycle",
            closed_on=org.asked.closed_on,
            k=org.asked.k,
            profile=org.profile,
            n_known=0,
            reliability=(),
            audits=(),
        )
        rows = list(rows_of_cohort(cohort))[1:]
        assert len(rows) == len(org.profile.cells)
        others = sorted(f"{c.mean:.1f}" for c in org.profile.cells if c.measure == "others")
        page = cohort_page(cohort)
        assert sorted(text for line in page.lines for text, _ in line.cells if text) == others


def test_the_attacks_look_at_something() -> None:
    """Numbers of what organisations show, so that hiding everything would not pass."""
    figures = [len(m.history.figures) for s in SEEDS for r in rounds(drawn(s)) for m in r.editions]
    assert numpy.mean(figures) > 5
    assert sum(found.refused for s in SEEDS for found in rounds(drawn(s))) > len(SEEDS) // 2
    assert sum(bool(drawn(s).profile.cells) for s in SEEDS) > len(SEEDS) // 2
