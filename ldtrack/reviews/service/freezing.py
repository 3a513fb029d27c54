"""Everything that a review will say, read at one moment through the doors of the other rooms.

What a sponsor edition may not hold is not read in the first place.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.self_others import GapRule
from ldtrack.growth.queries import SETTINGS
from ldtrack.people.queries import rater_floor
from ldtrack.reviews.domain.document import FeedbackPart, Limits, Picture, ReviewDocument
from ldtrack.reviews.domain.kinds import Part
from ldtrack.reviews.domain.picture import picture_of
from ldtrack.reviews.domain.plan import goals_of, questions_of
from ldtrack.reviews.domain.rows import AskForReview
from ldtrack.reviews.queries.reviews import earlier_reviews
from ldtrack.reviews.service.around import cover_of
from ldtrack.reviews.service.assigned import assignments
from ldtrack.reviews.service.doing import agreement, coaching, courses, pathway
from ldtrack.reviews.service.standing import feedback, measured, year_before
from ldtrack.reviews.service.steps import open_steps
from ldtrack.reviews.service.wanted import Wanted, wanted_of

_NO_PICTURE = Picture(
    strengths=(), to_grow=(), blind_spot=None, hidden_strength=None, change=None, next_steps=()
)


def freeze(
    session: Session, organisation_id: int, command: AskForReview, number: str, today: date
) -> ReviewDocument:
    """The document as of today. Raises `RuleBroken` if there is nothing that it could say."""
    wanted = wanted_of(session, organisation_id, command, today)
    own = wanted.is_own
    earlier = earlier_reviews(session, command.person_id, command.audience)
    levels = measured(session, wanted, _since([each.as_of for each in earlier], today))
    heard = feedback(session, wanted, levels)
    limits = _limits(session, wanted, heard)
    steps = open_steps(session, wanted) if own else []
    picture = picture_of(levels.parts, heard, steps, limits) if own else _NO_PICTURE
    agreed = None if own else agreement(session, wanted)
    document = ReviewDocument(
        audience=command.audience,
        number=number,
        as_of=today,
        paper=command.paper,
        parts=tuple(part for part in Part if wanted.has(part)),
        agreement_on=agreed.agreed_on if agreed else None,
        cover=cover_of(session, wanted, levels, heard),
        scale=levels.scale,
        limits=limits,
        picture=picture,
        competencies=levels.parts,
        feedback=heard,
        pathway=pathway(session, wanted, levels),
        courses=courses(session, wanted, levels),
        coaching=coaching(session, wanted),
        assignments=assignments(session, wanted),
        goals=goals_of(levels.parts, steps) if own else (),
        questions=questions_of(picture) if own else (),
        earlier=earlier if own else (),
    )
    if not document.says_something:
        raise RuleBroken(
            "audience",
            "There is nothing to say yet: no role profile, no evidence and nothing under way.",
        )
    return document


def _since(earlier: list[date], today: date) -> date:
    """The day to compare with: that of the last review before today, else a year ago."""
    return next((day for day in earlier if day < today), year_before(today))


def _limits(session: Session, wanted: Wanted, heard: FeedbackPart | None) -> Limits:
    organisation_id = wanted.reader.organisation_id
    return Limits(
        rater_floor=heard.rater_floor if heard else rater_floor(session, organisation_id),
        band_share=SETTINGS.review_band_share,
        met_chance=SETTINGS.met_chance,
        gap=GapRule().gap,
        strength=GapRule().strength,
    )
