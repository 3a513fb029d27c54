"""Which job is done by which function."""

from __future__ import annotations

from collections.abc import Mapping

from ldtrack.jobs import feedback, reviews
from ldtrack.jobs.work import Run

KINDS: Mapping[str, Run] = {
    "feedback.close": feedback.close,
    "feedback.release": feedback.release,
    "feedback.forget": feedback.forget,
    "reviews.render": reviews.render,
}
