"""The form of a completion that is recorded by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ldtrack.ui.fields import DayField, EnumField, LineField, NumberField
from ldtrack.ui.forms import Form


class Assessed(StrEnum):
    """How a course ended for somebody."""

    TOOK_PART = "took_part"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class TypedCompletion:
    """A completion with the person as they were named."""

    who: str
    completed_on: date
    passed: bool | None
    score: float | None
    score_max: float | None


class CompletionForm(Form):
    """Somebody completed the course."""

    who = LineField(
        "Who",
        max_chars=320,
        required="Say who completed the course.",
        hint="Their mail address or external id.",
    )
    completed_on = DayField("Completed on", required="Say on which day.")
    assessed = EnumField(
        "How it ended",
        Assessed,
        words={
            Assessed.TOOK_PART: "Took part; nothing was assessed, or only with a score",
            Assessed.PASSED: "Passed",
            Assessed.FAILED: "Did not pass",
        },
        radios=True,
        default=Assessed.TOOK_PART,
        required="Say how it ended.",
    )
    score = NumberField("Score", lowest=0, highest=1_000_000)
    score_max = NumberField("Out of", lowest=0, highest=1_000_000)

    def command(self) -> TypedCompletion:
        """What was typed."""
        passed = {Assessed.PASSED: True, Assessed.FAILED: False}.get(self.assessed.data)
        score, score_max = self.score.data, self.score_max.data
        return TypedCompletion(
            who=self.who.data,
            completed_on=self.completed_on.data,
            passed=passed,
            score=None if score is None else float(score),
            score_max=None if score_max is None else float(score_max),
        )
