"""One dated observation of one person on one competency, as the ledger hands it out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime

from ldtrack.core.errors import RuleBroken
from ldtrack.evidence.domain.kinds import EvidenceForm, SourceKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A line of the ledger that holds: superseded lines are never handed out.

    `value` and `level` are in levels of the scale, `noise_variance` in squared levels. `author`
    is None when who said it may not be known. A graded entry needs a value and a noise, a pass
    or fail a level and a noise; the other forms carry none of the three. Anything else is
    `RuleBroken`. Whether a value lies on its scale is asked of `Scale.check`.
    """

    entry_id: int
    person_id: int
    competency_id: int
    source_kind: SourceKind
    source_id: int
    form: EvidenceForm
    observed_on: date
    recorded_at: datetime | None
    title: str
    author: str | None
    value: float | None = None
    level: float | None = None
    noise_variance: float | None = None

    def __post_init__(self) -> None:
        graded = self.form is EvidenceForm.GRADED
        _require("value", self.value, wanted=graded)
        _require("level", self.level, wanted=self.form.is_threshold)
        _require("noise_variance", self.noise_variance, wanted=self.form.moves_level)
        if self.noise_variance is not None and self.noise_variance <= 0:
            raise RuleBroken("noise_variance", "The noise must be more than nothing.")


def refuse_future(observed_on: date, today: date) -> None:
    """Raises `RuleBroken` if the observation is dated after today."""
    if observed_on > today:
        raise RuleBroken("observed_on", "Give a date that is not in the future.")


_NAMES = {"value": "value", "level": "level", "noise_variance": "noise"}


def _require(field: str, number: float | None, *, wanted: bool) -> None:
    if number is None:
        if wanted:
            raise RuleBroken(field, f"This kind of evidence needs a {_NAMES[field]}.")
        return
    if not wanted:
        raise RuleBroken(field, f"This kind of evidence carries no {_NAMES[field]}.")
    if not math.isfinite(number):
        raise RuleBroken(field, f"The {_NAMES[field]} must be an ordinary number.")
