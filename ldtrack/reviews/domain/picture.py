"""Chooses what goes on the one-page picture; what the evidence does not carry is left out.

A strength needs a level that is surely at its target, an area to grow one that surely is not, a
blind spot a gap larger than its noise. So the picture can be short, and that is an answer too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ldtrack.reviews.domain.document import (
    CompetencyPart,
    FeedbackLine,
    FeedbackPart,
    Limits,
    Met,
    OpenStep,
    Picture,
    Pointer,
    Standing,
    Sure,
)
from ldtrack.reviews.domain.say import count_of, day, level, levels

MOST = 3
"""Strengths, and areas to grow, that a page can hold apart."""
STEPS = 2
BLIND_SPOT = "blind spot"
HIDDEN_STRENGTH = "hidden strength"


def picture_of(
    competencies: Sequence[CompetencyPart],
    feedback: FeedbackPart | None,
    steps: Iterable[OpenStep],
    limits: Limits,
) -> Picture:
    """The picture, from the parts that are printed further on."""
    lines = feedback.lines if feedback else ()
    return Picture(
        strengths=tuple(map(_level_line, strengths(competencies, limits.strength)[:MOST])),
        to_grow=tuple(map(_level_line, areas_to_grow(competencies)[:MOST])),
        blind_spot=_gap_line(widest(lines, BLIND_SPOT)),
        hidden_strength=_gap_line(widest(lines, HIDDEN_STRENGTH)),
        change=_change_line(largest_change(competencies)),
        next_steps=tuple(map(_step_line, soonest(steps)[:STEPS])),
    )


def strengths(competencies: Iterable[CompetencyPart], strength: float) -> list[CompetencyPart]:
    """Those surely at their target, furthest above it first.

    Without a target the whole range has to lie at or above `strength`, in levels. Ties stand by
    name. Too little evidence is never a strength.
    """
    found = [
        (each.standing.level - (strength if each.target is None else each.target), each)
        for each in competencies
        if each.standing is not None and _is_strength(each, each.standing, strength)
    ]
    return [each for _, each in sorted(found, key=lambda pair: (-pair[0], pair[1].name))]


def areas_to_grow(competencies: Iterable[CompetencyPart]) -> list[CompetencyPart]:
    """Those surely below their target, the widest gap first; ties by name."""
    found = [
        (each.gap or 0.0, each)
        for each in competencies
        if each.standing is not None
        and each.standing.met is Met.NOT_YET
        and each.standing.sure is not Sure.TOO_LITTLE
    ]
    return [each for _, each in sorted(found, key=lambda pair: (-pair[0], pair[1].name))]


def widest(lines: Iterable[FeedbackLine], quadrant: str) -> FeedbackLine | None:
    """The line of the quadrant with the widest gap; the release named it only if it is sure."""
    found = [line for line in lines if line.quadrant == quadrant and line.gap is not None]
    return min(found, key=lambda line: (-abs(line.gap or 0.0), line.name), default=None)


def largest_change(competencies: Iterable[CompetencyPart]) -> CompetencyPart | None:
    """The competency that moved most, among those that moved by more than their noise."""
    found = [(abs(each.moved.now - each.moved.before), each) for each in competencies if each.moved]
    return min(found, key=lambda pair: (-pair[0], pair[1].name), default=(0.0, None))[1]


def soonest(steps: Iterable[OpenStep]) -> list[OpenStep]:
    """What is still to do: due first, then what has no day, in the order given."""
    return sorted(steps, key=lambda step: step.due_on or date.max)


def _is_strength(each: CompetencyPart, standing: Standing, strength: float) -> bool:
    if standing.sure is Sure.TOO_LITTLE:
        return False
    if each.target is None:
        return standing.low >= strength
    return standing.met is Met.MET


def _level_line(each: CompetencyPart) -> Pointer:
    standing = each.standing
    assert standing is not None  # only what has a level is ever chosen
    target = "" if each.target is None else f"; target {each.target}"
    pieces = count_of(standing.n_pieces, "piece")
    return Pointer(
        text=each.name,
        because=f"{levels(standing)}, {standing.sure.value}{target}; {pieces} of evidence",
        anchor=f"growth-{each.key}",
    )


def _gap_line(line: FeedbackLine | None) -> Pointer | None:
    if line is None or line.own is None or line.others is None:
        return None
    raters = f"{line.at_least} raters" if line.exact else f"{line.at_least} or more raters"
    return Pointer(
        text=line.name,
        because=f"self {line.own.text}, others {line.others.text} from {raters}",
        anchor="awareness",
    )


def _change_line(each: CompetencyPart | None) -> Pointer | None:
    if each is None or each.moved is None:
        return None
    way = "higher" if each.moved.up else "lower"
    return Pointer(
        text=f"{each.name}: new evidence is {way} than before",
        because=(
            f"{level(each.moved.before)} on {day(each.moved.since)}, {level(each.moved.now)} now; "
            "the two ranges do not overlap"
        ),
        anchor=f"growth-{each.key}",
    )


def _step_line(step: OpenStep) -> Pointer:
    due = f"by {day(step.due_on)}" if step.due_on else "no date set"
    return Pointer(
        text=step.text,
        because=", ".join(filter(None, (step.kind, step.competency, due))),
        anchor="plan",
    )
