"""What the screens of a questionnaire are called."""

from __future__ import annotations

from ldtrack.feedback.domain.phrases import ENGLISH, Phrases
from ldtrack.feedback.domain.steps import Step, StepKind
from ldtrack.feedback.domain.wording import Wording

_TITLES = {
    StepKind.DERAILERS: "Habits that can get in the way",
    StepKind.IMPORTANCE: "What matters most",
    StepKind.WORDS: "In your own words",
}


def step_title(step: Step, wording: Wording, said: Phrases = ENGLISH) -> str:
    """What the screen is called."""
    if step.competency_id is None:
        return said.say(_TITLES[step.kind])
    name = next(row.name for row in wording.competencies if row.id == step.competency_id)
    return said.say("Looking back: {name}", name=name) if step.kind is StepKind.THEN else name
