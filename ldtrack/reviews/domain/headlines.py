"""The sentence at the head of each chapter, made from what the chapter shows."""

from __future__ import annotations

from collections import Counter

from ldtrack.core.words import listed
from ldtrack.reviews.domain.document import Met, ReviewDocument
from ldtrack.reviews.domain.picture import BLIND_SPOT, HIDDEN_STRENGTH
from ldtrack.reviews.domain.say import count_of, day, number_word


def standing(review: ReviewDocument) -> str:
    """How many targets of the role are met.

    A competency without a target is not counted.
    """
    aimed = [each for each in review.competencies if each.target is not None]
    met = sum(bool(each.standing and each.standing.met is Met.MET) for each in aimed)
    if not aimed:
        return "Levels, without a target to compare them with"
    if not any(each.standing for each in aimed):
        return "Nothing has been assessed yet"
    many = "competency" if len(aimed) == 1 else "competencies"
    return f"At target in {number_word(met)} of {number_word(len(aimed))} {many}"


_LONGEST = 40
"""Letters of a name that a headline can take."""


def picture(review: ReviewDocument) -> str:
    """What stands out and what has most to gain, if the evidence carries either."""
    strong, grow = (
        _short(pointers[0].text) if pointers else ""
        for pointers in (review.picture.strengths, review.picture.to_grow)
    )
    if strong and grow:
        return f"{strong} stands out; {grow} has most to gain"
    if strong:
        return f"{strong} stands out"
    return f"{grow} has most to gain" if grow else "What can be said so far"


def groups(review: ReviewDocument) -> str:
    """Which groups speak, and that some are left out."""
    assert review.feedback is not None  # the chapter exists only then
    names = listed([group.name.lower() for group in review.feedback.groups])
    said = f"What {names} said" if names else "No group can be shown by itself"
    n = len(review.feedback.left_out)
    return (
        f"{said}; {number_word(n)} {'group is' if n == 1 else 'groups are'} left out" if n else said
    )


def awareness(review: ReviewDocument) -> str:
    """Blind spots and hidden strengths, counted; only those that are surely there."""
    assert review.feedback is not None  # the chapter exists only then
    found = Counter(line.quadrant for line in review.feedback.lines)
    said = [
        f"{number_word(found[word])} {word if found[word] == 1 else word + 's'}"
        for word in (BLIND_SPOT, HIDDEN_STRENGTH)
        if found[word]
    ]
    if not said:
        return "No clear difference between self and others"
    return f"{listed(said).capitalize()}"


def comments(review: ReviewDocument) -> str:
    """How many comments there are."""
    assert review.feedback is not None  # the chapter exists only then
    n = review.feedback.n_comments
    return (
        f"{number_word(n).capitalize()} {'comment' if n == 1 else 'comments'}, as they were written"
    )


def growth(review: ReviewDocument) -> str:
    """How many levels moved by more than their noise, and since when."""
    moved = [each.moved for each in review.competencies if each.moved]
    if not moved:
        return "No level moved by more than its noise"
    many = "competency" if len(moved) == 1 else "competencies"
    return f"{number_word(len(moved)).capitalize()} {many} moved since {day(moved[0].since)}"


def experiences(review: ReviewDocument) -> str:
    """What was done, counted."""
    coaching = review.coaching.held if review.coaching else None
    counts = (
        (len(review.courses), "course"),
        (coaching or 0, "coaching session"),
        (len(review.assignments), "assignment"),
    )
    said = [count_of(n, noun).replace(str(n), number_word(n), 1) for n, noun in counts if n]
    return listed(said).capitalize() if said else "The way so far"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
