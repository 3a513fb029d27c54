"""Ways through a coaching session: each offers prompts, and none of them has to be answered."""

from __future__ import annotations

from enum import StrEnum


class Template(StrEnum):
    """How a session was led."""

    OPEN = "open"
    GROW = "grow"
    """After Whitmore: goal, reality, options, will."""
    DEBRIEF = "debrief"
    """The talk about a 360 report."""
    REVIEW = "review"
    """A look back on the coaching itself."""

    @property
    def label(self) -> str:
        """The words people see."""
        return _LABELS[self]

    @property
    def prompts(self) -> tuple[str, ...]:
        """Questions to lean on, in order."""
        return _PROMPTS[self]


_LABELS = {
    Template.OPEN: "Open",
    Template.GROW: "GROW",
    Template.DEBRIEF: "360 debrief",
    Template.REVIEW: "Review",
}
_PROMPTS: dict[Template, tuple[str, ...]] = {
    Template.OPEN: (),
    Template.GROW: (
        "Goal: what would you like to have at the end of today?",
        "Reality: what is happening now, and what have you tried?",
        "Options: what could you do, and what else?",
        "Will: what will you do, by when, and how will we both know?",
    ),
    Template.DEBRIEF: (
        "What did you expect, and what surprised you?",
        "Where do others see what you see, and where do they not?",
        "Which one thing would make the greatest difference to them?",
        "What will you tell those who answered, and when?",
    ),
    Template.REVIEW: (
        "What is different from when we began?",
        "Which milestones moved, and which no longer matter?",
        "What helped in our talks, and what should change?",
        "What will you go on with by yourself?",
    ),
}
