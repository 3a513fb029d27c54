"""Up to three goals, and questions for the talks that follow; both from what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ldtrack.reviews.domain.document import (
    CompetencyPart,
    Goal,
    OpenStep,
    Picture,
    Questions,
)
from ldtrack.reviews.domain.picture import areas_to_grow, soonest
from ldtrack.reviews.domain.say import level

GOALS = 3
MILESTONE = "milestone"


def goals_of(competencies: Sequence[CompetencyPart], steps: Iterable[OpenStep]) -> tuple[Goal, ...]:
    """Always three: open milestones first, then areas to grow, then other steps, then blank ones.

    More than three goals at once are kept by nobody; a blank one is for the leader's own.
    """
    waiting = soonest(steps)
    milestones = [step for step in waiting if step.kind == MILESTONE]
    covered = {step.competency for step in milestones}
    found = [_from_step(step) for step in milestones]
    found += [_from_gap(each) for each in areas_to_grow(competencies) if each.name not in covered]
    found += [_from_step(step) for step in waiting if step.kind != MILESTONE]
    blank = Goal(title="", why="", by=None)
    return tuple((found + [blank] * GOALS)[:GOALS])


def _from_step(step: OpenStep) -> Goal:
    why = f"{step.kind.capitalize()}: {step.competency}" if step.competency else step.kind
    return Goal(title=step.text, why=why, by=step.due_on)


def _from_gap(each: CompetencyPart) -> Goal:
    gap = level(each.gap or 0.0)
    return Goal(
        title=f"{each.name}: from {level((each.target or 0) - (each.gap or 0.0))} to {each.target}",
        why=f"{gap} levels below the target of the role",
        by=None,
    )


def questions_of(picture: Picture) -> tuple[Questions, ...]:
    """What to ask coach, manager and sponsor; each question only where there is a reason for it."""
    grow = picture.to_grow[0].text if picture.to_grow else ""
    strong = picture.strengths[0].text if picture.strengths else ""
    blind = picture.blind_spot.text if picture.blind_spot else ""
    coach = (
        "What in this review did I expect, and what surprises me?",
        f"When do others see {blind} differently from me, and what do they see?" if blind else "",
        f"What have I tried with {grow} so far, and what got in the way?" if grow else "",
        "Which one habit would change most here, and how would I notice?",
    )
    manager = (
        f"Where in the coming months can I practise {grow} with real work?" if grow else "",
        f"Where could {strong} be of more use to the team?" if strong else "",
        "What will you look for, and when do we look at it together?",
        "What can wait, so that this gets the time it needs?",
    )
    sponsor = (
        "Which piece of work would stretch me next, and who decides on it?",
        "Whom should I meet whom I would not meet by myself?",
        "What would you have to see to back me for a larger role?",
    )
    asked = (("your coach", coach), ("your manager", manager), ("your sponsor", sponsor))
    return tuple(
        Questions(partner=partner, asked=tuple(filter(None, wanted))) for partner, wanted in asked
    )
