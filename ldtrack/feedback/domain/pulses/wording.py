"""What pulses ask unless HR words it differently, and the words for each step of an answer."""

from __future__ import annotations

from ldtrack.feedback.domain.answers import Scale
from ldtrack.feedback.domain.pulses.rows import PulseKind

SCALE = Scale(lo=1, hi=5)
STEPS = ("Not at all", "Rather not", "Partly", "Mostly", "Completely")
CANNOT_SAY = "Cannot say"
MOST_CHARS = 4_000
"""The longest text."""

TRUST_STATEMENTS = (
    "I can say what I think here, even when others will not like it.",
    "When one of us makes a mistake, we talk about it openly.",
    "We keep the promises we make to each other.",
    "We share what we know before anybody has to ask.",
    "When we disagree, something better comes of it.",
    "I would ask the others for help with what I cannot do yet.",
)
TRUST_QUESTION = "What would make it easier to work together?"

PROCESS_STATEMENTS = {
    PulseKind.PROCESS_RATERS: (
        "I knew what my answers were for and who would read the results.",
        "I trust that nobody can tell which answers were mine.",
    ),
    PulseKind.PROCESS_LEADERS: (
        "I knew what the feedback was for and what would happen with it.",
        "It was easy to find the right people to ask.",
    ),
}
PROCESS_QUESTION = "What should be different next time?"
