"""Why something is not shown, as named values with a sentence for people; nothing decides here."""

from __future__ import annotations

from enum import StrEnum

from ldtrack.feedback.domain.phrases import ENGLISH, Phrases


class Reason(StrEnum):
    """A reason for hiding. "Too few" never says how few."""

    NOBODY_ANSWERED = "nobody-answered"
    TOO_FEW_RATERS = "too-few-raters"
    TOO_FEW_ANSWERS = "too-few-answers"
    WOULD_REVEAL = "would-reveal"
    BESIDE_LOW = "beside-low"
    BETWEEN_CYCLES = "between-cycles"
    NOT_OBSERVED = "not-observed"
    NOTHING_VISIBLE = "nothing-visible"

    def sentence(self, k: int, said: Phrases = ENGLISH) -> str:
        """The sentence for people under a floor of `k` raters.

        >>> Reason.TOO_FEW_RATERS.sentence(3)
        'Fewer than 3 people answered, so these answers are left out everywhere in this report.'
        """
        return said.say(_SENTENCES[self], k=k)


_SENTENCES = {
    Reason.NOBODY_ANSWERED: "Nobody in this group answered.",
    Reason.TOO_FEW_RATERS: (
        "Fewer than {k} people answered, so these answers are left out everywhere in this report."
    ),
    Reason.TOO_FEW_ANSWERS: "Fewer than {k} people could answer this, so it is not shown.",
    Reason.WOULD_REVEAL: (
        "Not shown: next to the other figures it would tell what a few people answered."
    ),
    Reason.BESIDE_LOW: "Not shown: it would tell exactly how low another answer of this group is.",
    Reason.BETWEEN_CYCLES: (
        "No exact figure: beside the report of another cycle it would tell what the few people "
        "answered who came, went or left something out in between."
    ),
    Reason.NOT_OBSERVED: "Not able to observe, or left blank.",
    Reason.NOTHING_VISIBLE: "No answers of others can be shown here.",
}
