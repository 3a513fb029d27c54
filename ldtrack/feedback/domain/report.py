"""A release with the words it was shown under, as it is stored; figures come from the release.

Names and texts are kept with the figures, so that a framework edited later changes no report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ldtrack.feedback.domain.answers import Key
from ldtrack.feedback.domain.comparing import Turnout
from ldtrack.feedback.domain.document import CommentBlock, CompetencyResult, Release
from ldtrack.feedback.domain.elsewhere import OtherReport
from ldtrack.feedback.domain.insights import Insights, insights_of
from ldtrack.feedback.domain.people_figures import wordings_of
from ldtrack.feedback.domain.plain_json import plain, typed
from ldtrack.feedback.domain.release_json import from_dict, to_dict
from ldtrack.feedback.domain.verdict import verdict_of


@dataclass(frozen=True, kw_only=True)
class NamedCompetency:
    """A competency as the questionnaire named it."""

    id: int
    name: str
    definition: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything a page, a file or a document about one release may show."""

    cycle: str
    closed_on: date
    scale_words: tuple[str, ...]
    competencies: tuple[NamedCompetency, ...]
    items: dict[int, str]
    questions: dict[str, str]
    release: Release
    insights: Insights

    def name_of(self, result: CompetencyResult) -> str:
        """The competency's name."""
        return next(c.name for c in self.competencies if c.id == result.competency_id)

    @property
    def has_rough(self) -> bool:
        """Whether any figure of a group is only a band."""
        return verdict_of(self.release, figures=0, earlier=0).rough > 0

    def blocks_on(self, question: str) -> tuple[CommentBlock, ...]:
        """The comments on one question."""
        return tuple(block for block in self.release.comments if block.question_id == question)


def report_to_dict(report: Report) -> dict[str, Any]:
    """The report as JSON-ready values."""
    return {
        "cycle": report.cycle,
        "closed_on": report.closed_on.isoformat(),
        "scale_words": list(report.scale_words),
        "competencies": [
            {"id": c.id, "name": c.name, "definition": c.definition} for c in report.competencies
        ],
        "items": {str(item): text for item, text in report.items.items()},
        "questions": dict(report.questions),
        "release": to_dict(report.release),
        "insights": plain(report.insights),
    }


def report_from_dict(stored: Mapping[str, Any]) -> Report:
    """The report that `report_to_dict` wrote; of an older one only the lists are worked out."""
    release = from_dict(stored["release"])
    insights = stored.get("insights")
    return Report(
        cycle=stored["cycle"],
        closed_on=date.fromisoformat(stored["closed_on"]),
        scale_words=tuple(stored["scale_words"]),
        competencies=tuple(NamedCompetency(**c) for c in stored["competencies"]),
        items={int(item): text for item, text in stored["items"].items()},
        questions=dict(stored["questions"]),
        release=release,
        insights=insights_of(release) if insights is None else typed(Insights, insights),
    )


def other_report(k: int, stored: Mapping[str, Any], turnout: Turnout | None) -> OtherReport:
    """A stored report as one that another is put beside; read without what only adds to figures."""
    return OtherReport(
        k=k,
        release=from_dict(stored["release"]),
        wordings=wordings_of(
            {c["id"]: c["name"] for c in stored["competencies"]},
            {int(item): text for item, text in stored["items"].items()},
        ),
        turnout=turnout,
    )


def printed_levels(stored: Mapping[str, Any]) -> dict[Key, float]:
    """What a stored report prints of others as a number, by competency; read without the rest."""
    found: dict[Key, float] = {}
    for result in stored["release"]["competencies"]:
        value = result["others"] and result["others"]["figure"]["value"]
        if value is not None:
            found[result["competency_id"]] = value
    return found
