"""A 360 report as a document of its own: the stored release, and nothing that was added later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ldtrack.core.ids import encode
from ldtrack.feedback.domain.figures import Figure
from ldtrack.feedback.domain.report import Report
from ldtrack.feedback.domain.told import Told, told
from ldtrack.reviews.domain.document import FeedbackPart
from ldtrack.reviews.domain.from_report import feedback_part
from ldtrack.reviews.domain.say import long_day


@dataclass(frozen=True, kw_only=True)
class LookedBack:
    """What self says of an earlier time, and of now; empty where self says nothing of now."""

    text: str
    then: str
    now: str


@dataclass(frozen=True, kw_only=True)
class ReportPaper:
    """Everything that is printed of a report; `usual_of` says whose usual figures stand in it.

    `looking_back` has a competency and what was asked about it, where self looked back.
    """

    organisation: str
    person: str
    number: str
    closed_on: date
    released_on: date | None
    since: str
    usual_of: str
    told: Told
    has_rough: bool
    feedback: FeedbackPart
    looking_back: tuple[tuple[LookedBack, tuple[LookedBack, ...]], ...]

    @property
    def title(self) -> str:
        """What the document is called."""
        return f"360 feedback · {self.person}"


def report_paper(
    report: Report,
    *,
    organisation: str,
    person: str,
    release_id: int,
    edition: int,
    released_on: date | None,
    held_back: str = "",
) -> ReportPaper:
    """The document of a stored report. Its number leads back to the release and its edition.

    `held_back` is what is said of comments that were held back.
    """
    norm, since = report.insights.norm, report.insights.since
    usual_of = ""
    if norm is not None:
        usual_of = f"{norm.source}, {norm.population}, {norm.n_leaders} leaders"
        usual_of += f", as of {long_day(norm.as_of)}"
    return ReportPaper(
        organisation=organisation,
        person=person,
        number=f"FR-{encode(release_id)}-{edition}",
        closed_on=report.closed_on,
        released_on=released_on,
        since=since.cycle if since else "",
        usual_of=usual_of,
        told=told(report),
        has_rough=report.has_rough,
        feedback=feedback_part(report, released_on or report.closed_on, {}, held_back),
        looking_back=tuple(_looking_back(report)),
    )


def _looking_back(report: Report) -> Iterator[tuple[LookedBack, tuple[LookedBack, ...]]]:
    for result in report.release.competencies:
        asked = result.items if len(result.items) > 1 else ()
        items = tuple(
            _looked_back(report.items[int(item.item_id)], item.then_figure, item.self_figure)
            for item in asked
            if item.then_figure is not None
        )
        if result.then_figure is not None or items:
            whole = _looked_back(report.name_of(result), result.then_figure, result.self_figure)
            yield whole, items


def _looked_back(text: str, then: Figure | None, now: Figure | None) -> LookedBack:
    return LookedBack(text=text, then=then.text if then else "", now=now.text if now else "")
