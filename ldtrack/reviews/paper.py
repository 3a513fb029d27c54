"""From a frozen document to the HTML of its pages; how that becomes a PDF is not known here.

The templates get the document and drawings made from it, and can reach nothing else: no request,
no database, no address. Every text of a person is escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from ldtrack.charts.series import Chart
from ldtrack.charts.series.words import month_words
from ldtrack.charts.svg import to_svg
from ldtrack.config.settings import PROJECT
from ldtrack.core.words import listed
from ldtrack.reviews.domain import headlines, say, series
from ldtrack.reviews.domain.chapters import chapters_of
from ldtrack.reviews.domain.document import ReviewDocument
from ldtrack.reviews.domain.example import EXAMPLE
from ldtrack.reviews.domain.hidden import reasons_apart, reasons_of, reasons_of_items
from ldtrack.reviews.domain.kinds import Part
from ldtrack.reviews.domain.report_paper import ReportPaper

HOME = PROJECT if (PROJECT / "templates").is_dir() else PROJECT / "ldtrack"
"""The folder that holds `templates/` and `static/`: beside the package, else inside it."""
WIDTH = 620
"""Width of a drawing that spans the page, in CSS pixels."""


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What the leader said to a sponsor edition: nothing yet, or yes on a day with a word added."""

    agreed_on: date | None = None
    note: str = ""


def html_of(review: ReviewDocument, consent: Consent | None = None) -> str:
    """The whole document."""
    template = _environment().get_template(f"{review.audience.value}.html")
    return template.render(
        review=review,
        consent=consent or Consent(),
        chapters=chapters_of(review),
        headlines=headlines,
        example=EXAMPLE,
        all_parts=tuple(Part),
    )


def html_of_report(paper: ReportPaper) -> str:
    """The whole of a 360 report."""
    # The table of questions is the review's own, which looks for them under this name.
    return _environment().get_template("report.html").render(paper=paper, review=paper)


def breakable(value: object) -> object:
    """Words of a length that nobody writes get places to break at, unseen.

    Laying out a line takes as long as the rest of its word; without this, one word of some
    thousand letters would keep the printer busy for minutes.
    """
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return _ENDLESS.sub(rf"\g<0>{_BREAK_HERE}", value)
    return value


_ENDLESS = re.compile(r"\S{60}(?=\S{40})")
_BREAK_HERE = "\u200b"


def drawn(chart: Chart, width: int = WIDTH, height: int = 0) -> Markup:
    """A drawing in its own colours, whose title tells what it shows."""
    return to_svg(chart, width=width, height=height, for_print=True)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(HOME / "templates" / "reviews" / "document"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=breakable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=say.day,
        long_day=say.long_day,
        month=month_words,
        level=say.level,
        levels=say.levels,
        percent=say.percent,
        word=say.number_word,
        count_of=say.count_of,
    )
    environment.globals.update(
        drawn=drawn,
        meter_of=series.meter_of,
        line_of=series.line_of,
        profiles_of=series.profiles_of,
        awareness_of=series.awareness_of,
        reasons_apart=reasons_apart,
        reasons_of=reasons_of,
        reasons_of_items=reasons_of_items,
        listed=listed,
    )
    return environment
