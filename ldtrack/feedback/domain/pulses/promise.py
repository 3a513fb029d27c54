"""What people are promised before they answer a pulse, made from its settings and nothing else."""

from __future__ import annotations

from ldtrack.feedback.domain.pulses.rows import PROCESS_KINDS, PulseKind, PulseRow


def pulse_promise(pulse: PulseRow) -> tuple[str, ...]:
    """The sentences, the same for everybody who is asked."""
    return (
        f"{_readers(pulse)} Nobody sees your own answers.",
        *_floor(pulse),
        *_words(pulse),
        _participation(pulse),
        "Your answers are deleted as soon as the result is out.",
    )


def _readers(pulse: PulseRow) -> str:
    if pulse.kind is PulseKind.FOLLOW_UP:
        return f"What people write is read by {pulse.subject} and any coach they work with."
    if pulse.kind in PROCESS_KINDS:
        return "The result is read by HR."
    return "The result is read by HR and by everybody who was asked."


def _floor(pulse: PulseRow) -> tuple[str, ...]:
    if not pulse.statements:
        return ()
    from_how_many = f"from at least {pulse.k} people"
    return (f"Answers are shown only together, {from_how_many}, and only once: at the end.",)


def _words(pulse: PulseRow) -> tuple[str, ...]:
    if not pulse.question:
        return ()
    how = "word for word, in random order and without your name"
    floor = f"if at least {pulse.k} people write something; otherwise nobody reads it"
    return (f"What you write is shown {how}, {floor}.",)


def _participation(pulse: PulseRow) -> str:
    if pulse.kind is PulseKind.FOLLOW_UP:
        return "Nobody is told whether you answered."
    if pulse.shows_names:
        return "HR sees who has answered."
    return "HR sees how many have answered, not who."
