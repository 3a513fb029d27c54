"""Which chapters a review has and in what order; one with nothing to say is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ldtrack.reviews.domain.document import ReviewDocument


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One chapter: where it stands, what it is called and the template it is laid out by."""

    anchor: str
    title: str

    @property
    def template(self) -> str:
        """The file of its template."""
        return f"chapters/{self.anchor}.html"


Wanted = Callable[[ReviewDocument], bool]

_CHAPTERS: tuple[tuple[str, str, Wanted], ...] = (
    ("reading", "How to read this review", lambda review: True),
    ("receiving", "Receiving feedback", lambda review: review.feedback is not None),
    ("picture", "On one page", lambda review: review.picture.says_something),
    ("standing", "Levels and targets", lambda review: bool(review.competencies)),
    (
        "profile",
        "Competency profile",
        lambda review: bool(review.feedback and review.feedback.lines),
    ),
    ("groups", "By rater group", lambda review: bool(review.feedback and review.feedback.lines)),
    (
        "awareness",
        "Self and others",
        lambda review: bool(review.feedback and any(line.own for line in review.feedback.lines)),
    ),
    (
        "comments",
        "In their own words",
        lambda review: bool(review.feedback and review.feedback.comments),
    ),
    (
        "growth",
        "Growth over time",
        lambda review: any(each.standing for each in review.competencies),
    ),
    (
        "experiences",
        "Courses, coaching, assignments",
        lambda review: bool(
            review.pathway or review.courses or review.coaching or review.assignments
        ),
    ),
    ("plan", "Plan", lambda review: True),
    ("talks", "Conversations", lambda review: True),
    ("appendix", "Appendix", lambda review: True),
)


def chapters_of(review: ReviewDocument) -> tuple[Chapter, ...]:
    """The chapters of the leader's edition that have something to say."""
    return tuple(
        Chapter(anchor=anchor, title=title) for anchor, title, wanted in _CHAPTERS if wanted(review)
    )
