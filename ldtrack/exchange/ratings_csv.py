"""The long CSV file of past 360 ratings: one row an answer, gathered by cycle and subject."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.reading import RowReader
from ldtrack.exchange.table import Table, missing, read_table

REQUIRED = (
    "cycle",
    "leader_id",
    "rater_id",
    "rater_group",
    "item_id",
    "competency_id",
    "score",
)
COLUMNS = (*REQUIRED, "comment")
HIGHEST = 10
_NOT_OBSERVED = frozenset({"n/a", "na", "n.a.", "-", "–", "not observed"})
_GROUPS = {
    "self": "self",
    "manager": "manager",
    "boss": "manager",
    "peer": "peer",
    "peers": "peer",
    "direct_report": "direct_report",
    "direct_reports": "direct_report",
    "report": "direct_report",
    "stakeholder": "stakeholder",
    "stakeholders": "stakeholder",
    "other": "stakeholder",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PastAnswer:
    """One rater's answer to one item; no score means that they could not observe it."""

    line: int
    cycle: str
    subject: str
    rater: str
    group: str
    item: str
    competency: str
    score: int | None
    comment: str


@dataclass(frozen=True, kw_only=True)
class SubjectRatings:
    """All answers of one past cycle about one subject, named by their external id."""

    cycle: str
    subject: str
    answers: tuple[PastAnswer, ...]

    @property
    def raters(self) -> dict[str, int]:
        """How many raters there are, by group."""
        people = {(answer.group, answer.rater) for answer in self.answers}
        groups = sorted(group for group, _ in people)
        return {group: groups.count(group) for group in groups}

    @property
    def items(self) -> dict[str, str]:
        """The competency of each item."""
        return {answer.item: answer.competency for answer in self.answers}


def parse_ratings(
    raw: bytes, *, limits: Limits = BROWSER
) -> tuple[list[SubjectRatings], list[Problem]]:
    """Past ratings by cycle and subject, and what is wrong with rows.

    An answer “N/A”, or none at all, is never a zero: the rater could not observe it.
    """
    try:
        table = read_table(raw, limits=limits)
    except Unreadable as error:
        return [], [error.problem]
    problems = table.problems + missing(table, REQUIRED)
    if any(problem.line <= table.header_line for problem in problems):
        return [], problems
    answers: list[PastAnswer] = []
    for row in table.rows:
        reader = RowReader(table, row)
        answer = _answer(reader)
        problems += reader.problems
        if not reader.problems:
            answers.append(answer)
    good, more = _agreeing(table, answers)
    return _gathered(good), sorted(problems + more, key=lambda problem: problem.line)


def _answer(reader: RowReader) -> PastAnswer:
    def name(column: str, what: str) -> str:
        return reader.words(column, most=100, required=f"There is no {what}.")

    group = reader.raw("rater_group").casefold().replace(" ", "_").replace("-", "_")
    if group not in _GROUPS:
        reader.complain(
            "rater_group",
            f"“{group[:80]}” is not self, manager, peer, direct_report or stakeholder.",
        )
    return PastAnswer(
        line=reader.row.line,
        cycle=name("cycle", "cycle"),
        subject=name("leader_id", "leader"),
        rater=name("rater_id", "rater"),
        group=_GROUPS.get(group, ""),
        item=name("item_id", "item"),
        competency=name("competency_id", "competency"),
        score=_score(reader),
        comment=reader.text("comment"),
    )


def _score(reader: RowReader) -> int | None:
    score = reader.number("score", nothing=_NOT_OBSERVED)
    if score is None:
        return None
    if score != int(score) or not 1 <= score <= HIGHEST:
        reader.complain("score", f"Give a whole number from 1 to {HIGHEST}, or N/A.")
    return int(score)


def _agreeing(table: Table, answers: list[PastAnswer]) -> tuple[list[PastAnswer], list[Problem]]:
    """Answers that contradict no earlier one, and a problem for each that does."""
    lines: dict[tuple[str, ...], int] = {}
    groups: dict[tuple[str, ...], str] = {}
    competencies: dict[tuple[str, ...], str] = {}
    good: list[PastAnswer] = []
    problems: list[Problem] = []
    for answer in answers:
        about = (answer.cycle, answer.subject)
        line = lines.setdefault((*about, answer.rater, answer.item), answer.line)
        group = groups.setdefault((*about, answer.rater), answer.group)
        competency = competencies.setdefault((answer.cycle, answer.item), answer.competency)
        column, reason = "", ""
        if line != answer.line:
            column, reason = "item_id", f"This rater answered it on line {line} already."
        elif group != answer.group:
            column, reason = "rater_group", f"This rater is in the group {group} further up."
        elif competency != answer.competency:
            column, reason = "competency_id", f"This item is about {competency} further up."
        if reason:
            problems.append(Problem(line=answer.line, column=table.title(column), reason=reason))
        else:
            good.append(answer)
    return good, problems


def _gathered(answers: list[PastAnswer]) -> list[SubjectRatings]:
    found: dict[tuple[str, str], list[PastAnswer]] = {}
    for answer in answers:
        found.setdefault((answer.cycle, answer.subject), []).append(answer)
    return [
        SubjectRatings(cycle=cycle, subject=subject, answers=tuple(rows))
        for (cycle, subject), rows in found.items()
    ]
