"""The review as a document: everything that is printed, as frozen values and nothing else.

What a page of it looks like is decided by the templates; they are given this and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.reviews.domain.document.cover import (
    Cover,
    EarlierReview,
    Limits,
    RaterCount,
    ScaleLevel,
    ScaleWords,
)
from ldtrack.reviews.domain.document.experiences import (
    AssignmentPart,
    ClaimPart,
    CoachingPart,
    CoursePart,
    DebriefPart,
    MilestonePart,
    PathwayPart,
    Reached,
    StagePart,
)
from ldtrack.reviews.domain.document.feedback import (
    Cell,
    CommentBlock,
    FeedbackGroup,
    FeedbackItem,
    FeedbackLine,
    FeedbackPart,
    LeftOut,
)
from ldtrack.reviews.domain.document.growth import (
    CompetencyPart,
    LevelOn,
    MarkOn,
    Met,
    Moved,
    Origin,
    Piece,
    Standing,
    Sure,
)
from ldtrack.reviews.domain.document.plan import Goal, OpenStep, Picture, Pointer, Questions
from ldtrack.reviews.domain.kinds import Audience, Paper, Part


@dataclass(frozen=True, kw_only=True)
class ReviewDocument:
    """One review. A part that is None or empty has nothing to say and gets no page."""

    audience: Audience
    number: str
    as_of: date
    paper: Paper
    parts: tuple[Part, ...]
    """What it may hold, in the order of the agreement's words."""
    agreement_on: date | None
    """The day of the three-way agreement behind a sponsor edition."""
    cover: Cover
    scale: ScaleWords
    limits: Limits
    picture: Picture
    competencies: tuple[CompetencyPart, ...]
    feedback: FeedbackPart | None
    pathway: PathwayPart | None
    courses: tuple[CoursePart, ...]
    coaching: CoachingPart | None
    assignments: tuple[AssignmentPart, ...]
    goals: tuple[Goal, ...]
    questions: tuple[Questions, ...]
    earlier: tuple[EarlierReview, ...]

    @property
    def says_something(self) -> bool:
        """Whether there is anything to print besides the frame."""
        experiences = self.pathway or self.courses or self.coaching or self.assignments
        return bool(self.competencies or self.feedback or experiences)


__all__ = [
    "AssignmentPart",
    "Cell",
    "ClaimPart",
    "CoachingPart",
    "CommentBlock",
    "CompetencyPart",
    "CoursePart",
    "Cover",
    "DebriefPart",
    "EarlierReview",
    "FeedbackGroup",
    "FeedbackItem",
    "FeedbackLine",
    "FeedbackPart",
    "Goal",
    "LeftOut",
    "LevelOn",
    "Limits",
    "MarkOn",
    "Met",
    "MilestonePart",
    "Moved",
    "OpenStep",
    "Origin",
    "PathwayPart",
    "Picture",
    "Piece",
    "Pointer",
    "Questions",
    "RaterCount",
    "Reached",
    "ReviewDocument",
    "ScaleLevel",
    "ScaleWords",
    "StagePart",
    "Standing",
    "Sure",
]
