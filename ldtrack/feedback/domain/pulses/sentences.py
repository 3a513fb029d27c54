"""What a result says in a sentence, and its figures in words, in the reader’s language."""

from __future__ import annotations

from collections.abc import Sequence

from ldtrack.feedback.domain.figures import LOW_BAND, Figure, Shown
from ldtrack.feedback.domain.phrases import ENGLISH, Phrases
from ldtrack.feedback.domain.pulses.result import PulseResult, StatementLine
from ldtrack.feedback.domain.pulses.rows import PulseRow
from ldtrack.feedback.domain.pulses.wording import SCALE
from ldtrack.feedback.domain.reasons import Reason


def told(pulse: PulseRow, result: PulseResult, said: Phrases) -> str:
    """The result's sentence; in English it is the one that is stored with it."""
    return too_few(pulse, said) if result.count is None else reading(pulse, result.lines, said)


def reading(pulse: PulseRow, lines: Sequence[StatementLine], said: Phrases = ENGLISH) -> str:
    """Which statements most and least agreed to, or why no figure stands there; '' for neither."""
    numbers = [line for line in lines if line.figure.value is not None]
    if not pulse.statements:
        return ""
    if all(line.figure.reason is Reason.WOULD_REVEAL for line in lines):
        return said.say(
            "Almost the same people answered an earlier pulse, so single figures would tell what "
            "the few who joined or left answered."
        )
    if len(numbers) < 2 or len({line.figure.value for line in numbers}) == 1:
        return ""
    highest = max(numbers, key=lambda line: line.figure.value or 0)
    lowest = min(numbers, key=lambda line: line.figure.value or 0)
    return said.say(
        "Most agreed: “{highest}” Least agreed: “{lowest}”",
        highest=said.say(highest.text),
        lowest=said.say(lowest.text),
    )


def too_few(pulse: PulseRow, said: Phrases = ENGLISH) -> str:
    """That fewer than the floor took part."""
    if not pulse.statements:
        return said.say("Fewer than {k} people wrote, so nothing is shown to anybody.", k=pulse.k)
    return said.say("Fewer than {k} people answered, so nothing is shown to anybody.", k=pulse.k)


def in_words(figure: Figure, k: int, said: Phrases) -> str:
    """The figure as it is printed; a number looks alike in every language.

    >>> in_words(Figure(shown=Shown.LOW, text="low (1.5 or below)"), 3, ENGLISH)
    'low (1.5 or below)'
    """
    if figure.shown is Shown.LOW:
        return said.say("low ({most} or below)", most=f"{SCALE.lo + LOW_BAND:.1f}")
    return figure.text if figure.reason is None else figure.reason.sentence(k, said)
