"""Turning one subject's answers into the one report; where answers come from is elsewhere."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ldtrack.competencies.domain import CompetencyRow
from ldtrack.feedback.domain.answers import (
    CompetencyItems,
    Questionnaire,
    RaterAnswers,
    RaterGroup,
    Scale,
)
from ldtrack.feedback.domain.asked import QuestionnaireRow
from ldtrack.feedback.domain.comments import Comment
from ldtrack.feedback.domain.release import prepare_release
from ldtrack.feedback.domain.report import NamedCompetency, Report


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a cycle asked, with the names it asked under."""

    cycle: str
    closed_on: date
    k: int
    groups: tuple[RaterGroup, ...]
    form: QuestionnaireRow
    competencies: Mapping[int, CompetencyRow]


@dataclass(frozen=True, kw_only=True)
class MadeReport:
    """A report, what its audit said, and comments that are only for the coach to sum up."""

    report: Report
    verdict: dict[str, Any]
    for_coach: list[dict[str, str]]


def make_report(
    asked: Asked,
    raters: Iterable[RaterAnswers],
    comments: Sequence[Comment],
    coach_only: Iterable[tuple[str, str]],
    invited: Mapping[str, int] | None,
) -> MadeReport:
    """Compute and audit; `coach_only` are (question, text). Raises `RuleBroken` if it must not be.

    The order of comments is drawn afresh by the system's own generator.
    """
    form = Questionnaire(
        groups=asked.groups,
        competencies=tuple(
            CompetencyItems(
                competency_id=id_,
                item_ids=tuple(item.id for item in asked.form.items_of(id_)),
                weights=tuple(item.weight for item in asked.form.items_of(id_)),
            )
            for id_ in asked.form.competency_ids
        ),
        scale=Scale(lo=asked.form.lo, hi=asked.form.hi),
        derailers=tuple(item.id for item in asked.form.derailers),
    )
    prepared = prepare_release(
        form, raters, asked.k, comments=comments, order=_shuffled, invited=invited
    )
    questions = {question.key: question.text for question in asked.form.questions}
    held = [(str(c.question_id), c.text) for c in prepared.held] + list(coach_only)
    return MadeReport(
        report=Report(
            cycle=asked.cycle,
            closed_on=asked.closed_on,
            scale_words=asked.form.words,
            competencies=tuple(_named(asked, id_) for id_ in asked.form.competency_ids),
            items={item.id: item.text for item in asked.form.items},
            questions=questions,
            release=prepared.release,
        ),
        verdict={"passed": True, "k": asked.k, "figures": len(prepared.shown)},
        for_coach=[{"question": questions[key], "text": text} for key, text in sorted(held)],
    )


def _named(asked: Asked, competency_id: int) -> NamedCompetency:
    row = asked.competencies[competency_id]
    return NamedCompetency(id=row.id, name=row.name, definition=row.definition)


def _shuffled(n: int) -> Sequence[int]:
    return secrets.SystemRandom().sample(range(n), n)
