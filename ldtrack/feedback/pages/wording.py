"""What the screens of a questionnaire are called."""

from __future__ import annotations

from ldtrack.feedback.domain.steps import Step, StepKind
from ldtrack.feedback.domain.wording import Wording

_TITLES = {
    StepKind.DERAILERS: "Habits that can get in the way",
    StepKind.IMPORTANCE: "What matters most",
    StepKind.WORDS: "In your own words",
}


def step_title(step: Step, wording: Wording) -> str:
    """What the screen is called."""
    if step.competency_id is None:
        return _TITLES[step.kind]
    name = next(row.name for row in wording.competencies if row.id == step.competency_id)
    return f"Looking back: {name}" if step.kind is StepKind.THEN else name
