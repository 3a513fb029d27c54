"""Turning one subject's answers into the one report; where answers come from is elsewhere."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from ldtrack.feedback.domain.between_cycles import Neighbours
from ldtrack.feedback.domain.changes import Since, changes
from ldtrack.feedback.domain.comments import Comment
from ldtrack.feedback.domain.comparing import CountedCell, Turnout, comparisons
from ldtrack.feedback.domain.document import Release
from ldtrack.feedback.domain.elsewhere import OtherReport, neighbours
from ldtrack.feedback.domain.history import ViewerHistory, counted_cells, history_of
from ldtrack.feedback.domain.insights import insights_of
from ldtrack.feedback.domain.norms import Norm
from ldtrack.feedback.domain.people_figures import Answered, wordings_of
from ldtrack.feedback.domain.release import PreparedRelease, prepare_release
from ldtrack.feedback.domain.report import NamedCompetency, Report
from ldtrack.feedback.domain.results import ReleaseChoices
from ldtrack.feedback.domain.scores import Weighting
from ldtrack.feedback.domain.verdict import Verdict, verdict_of


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a cycle asked, with the names it asked under."""

    cycle: str
    closed_on: date
    k: int
    groups: tuple[RaterGroup, ...]
    form: QuestionnaireRow
    competencies: Mapping[int, CompetencyRow]
    weighting: Weighting = Weighting.GROUP


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What was sent about one subject. `coach_only` are (question, text) for a summary alone.

    `invited` counts who was asked by group, somebody who was replaced only if they answered;
    `ever_asked` counts everybody. `answered` holds, by group, who answered, None where nobody
    knows. None of them says who gave which answers.
    """

    raters: Sequence[RaterAnswers]
    comments: Sequence[Comment] = ()
    coach_only: Sequence[tuple[str, str]] = ()
    invited: Mapping[str, int] | None = None
    ever_asked: Mapping[str, int] | None = None
    answered: Answered | None = None


@dataclass(frozen=True, kw_only=True)
class EarlierReport:
    """The leader's report of the cycle before. Without a `turnout` nobody knows who answered."""

    cycle: str
    closed_on: date
    k: int
    release: Release
    turnout: Turnout | None


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What a report is set beside: the cycle before, a norm, and what was shown of this cycle.

    `elsewhere` are all reports of other cycles, whatever else is done with them.
    """

    earlier: EarlierReport | None = None
    elsewhere: tuple[OtherReport, ...] = ()
    norm: Norm | None = None
    shown: ViewerHistory = field(default_factory=ViewerHistory)


@dataclass(frozen=True, kw_only=True)
class MadeReport:
    """A report, what its audit said, and comments that are only for the coach to sum up.

    `history` and `counted` are for later releases and are shown to nobody.
    """

    report: Report
    verdict: Verdict
    for_coach: list[dict[str, Any]]
    history: ViewerHistory
    counted: tuple[CountedCell, ...]


def make_report(asked: Asked, sent: Sent, beside: Beside | None = None) -> MadeReport:
    """Compute, audit, and set beside what is comparable. Raises `RuleBroken` if it must not be.

    The order of comments is drawn afresh by the system's own generator.
    """
    beside = beside or Beside()
    form = form_of(asked)
    others = _neighbours(asked, sent, beside, form)
    prepared = prepare_release(
        form,
        sent.raters,
        asked.k,
        beside.shown.figures,
        comments=sent.comments,
        order=_shuffled,
        invited=sent.invited,
        ever_asked=sent.ever_asked,
        choices=ReleaseChoices(weighting=asked.weighting),
        neighbours=others,
    )
    counted = counted_cells(form, prepared.shown, prepared.cells)
    since = _since(
        asked, beside.earlier, prepared, Turnout(cells=counted, answered=sent.answered or {})
    )
    questions = {question.key: question.text for question in asked.form.questions}
    held = [(str(c.question_id), c.text, True) for c in prepared.held]
    held += [(question, text, False) for question, text in sent.coach_only]
    return MadeReport(
        report=Report(
            cycle=asked.cycle,
            closed_on=asked.closed_on,
            scale_words=asked.form.words,
            competencies=tuple(_named(asked, id_) for id_ in asked.form.competency_ids),
            items={item.id: item.text for item in asked.form.items},
            questions=questions,
            release=prepared.release,
            insights=insights_of(prepared.release, since, beside.norm),
        ),
        verdict=verdict_of(
            prepared.release,
            figures=len(prepared.shown),
            earlier=len(beside.shown.figures),
            elsewhere=len(others.figures) if others else 0,
        ),
        for_coach=[
            {"question": questions[key], "text": text, "may_be_passed_on": passed_on}
            for key, text, passed_on in sorted(held)
        ],
        history=beside.shown.and_then(history_of(prepared.shown, prepared.cells)),
        counted=counted,
    )


def form_of(asked: Asked) -> Questionnaire:
    """The questionnaire as the arithmetic takes it."""
    return Questionnaire(
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


def _neighbours(asked: Asked, sent: Sent, beside: Beside, form: Questionnaire) -> Neighbours | None:
    """What reports of other cycles show, if anything of it can be subtracted."""
    names = {id_: asked.competencies[id_].name for id_ in asked.form.competency_ids}
    wordings = wordings_of(names, {item.id: item.text for item in asked.form.items})
    found = neighbours(beside.elsewhere, sent.answered, wordings, asked.k, form.scale)
    return found if found.figures else None


def _since(
    asked: Asked, earlier: EarlierReport | None, prepared: PreparedRelease, now: Turnout
) -> Since | None:
    if earlier is None:
        return None
    ids = asked.form.competency_ids
    allowed = comparisons(earlier.turnout, now, ids, max(asked.k, earlier.k))
    found = changes(earlier.release, prepared.release, allowed)
    if not found:
        return None
    return Since(cycle=earlier.cycle, closed_on=earlier.closed_on, changes=found)


def _named(asked: Asked, competency_id: int) -> NamedCompetency:
    row = asked.competencies[competency_id]
    return NamedCompetency(id=row.id, name=row.name, definition=row.definition)


def _shuffled(n: int) -> Sequence[int]:
    return secrets.SystemRandom().sample(range(n), n)
