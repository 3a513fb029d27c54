"""What people are promised before they answer a pulse, made from its settings and nothing else."""

from __future__ import annotations

from ldtrack.feedback.domain.phrases import ENGLISH, Phrases
from ldtrack.feedback.domain.pulses.rows import PROCESS_KINDS, PulseKind, PulseRow

_TOGETHER = "Answers are shown only together, from at least {k} people, and only once: at the end."
_WRITTEN = (
    "What you write is shown word for word, in random order and without your name, if at least "
    "{k} people write something; otherwise nobody reads it."
)


def pulse_promise(pulse: PulseRow, said: Phrases = ENGLISH) -> tuple[str, ...]:
    """The sentences, the same for everybody who is asked."""
    return (
        f"{_readers(pulse, said)} {said.say('Nobody sees your own answers.')}",
        *((said.say(_TOGETHER, k=pulse.k),) if pulse.statements else ()),
        *((said.say(_WRITTEN, k=pulse.k),) if pulse.question else ()),
        _participation(pulse, said),
        said.say("Your answers are deleted as soon as the result is out."),
    )


def _readers(pulse: PulseRow, said: Phrases) -> str:
    if pulse.kind is PulseKind.FOLLOW_UP:
        return said.say(
            "What people write is read by {subject} and any coach they work with.",
            subject=pulse.subject,
        )
    if pulse.kind in PROCESS_KINDS:
        return said.say("The result is read by HR.")
    return said.say("The result is read by HR and by everybody who was asked.")


def _participation(pulse: PulseRow, said: Phrases) -> str:
    if pulse.kind is PulseKind.FOLLOW_UP:
        return said.say("Nobody is told whether you answered.")
    if pulse.shows_names:
        return said.say("HR sees who has answered.")
    return said.say("HR sees how many have answered, not who.")
