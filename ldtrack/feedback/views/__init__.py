"""Pages of 360 feedback: HR's cycles, the rater's questionnaire, the report and its debrief."""

from typing import Any

from flask import Blueprint

from ldtrack.charts.figure import to_plotly
from ldtrack.charts.svg import LARGE, NARROW, to_svg

feedback = Blueprint("feedback", __name__)


@feedback.context_processor
def drawing() -> dict[str, Any]:
    """What the report's chart is drawn with."""
    return {"to_svg": to_svg, "to_plotly": to_plotly, "large": LARGE, "narrow": NARROW}


from ldtrack.feedback.views import (  # noqa: E402  # registers their routes
    agreeing,
    answering,
    cohorts,
    cycles,
    debrief,
    declining,
    heard,
    insults,
    mending,
    moderation,
    nominating,
    norms,
    one_subject,
    own,
    pulses,
    questionnaire_languages,
    questionnaire_parts,
    questionnaires,
    raters,
    reports,
    running,
    settings,
    short,
    short_own,
)

__all__ = [
    "agreeing",
    "answering",
    "cohorts",
    "cycles",
    "debrief",
    "declining",
    "feedback",
    "heard",
    "insults",
    "mending",
    "moderation",
    "nominating",
    "norms",
    "one_subject",
    "own",
    "pulses",
    "questionnaire_languages",
    "questionnaire_parts",
    "questionnaires",
    "raters",
    "reports",
    "running",
    "settings",
    "short",
    "short_own",
]
