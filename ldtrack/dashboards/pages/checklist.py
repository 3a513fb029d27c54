"""The way from an empty organisation to its first leaders on a pathway; it ticks itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Role
from ldtrack.competencies.domain import VersionState
from ldtrack.competencies.queries import frameworks
from ldtrack.courses.queries import any_course
from ldtrack.dashboards.pages.words import Target
from ldtrack.pathways.queries import any_published
from ldtrack.people.queries import n_people, people_with_role

ENOUGH_PEOPLE = 2
"""Whoever set the organisation up is one person; a second one was brought in."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """A step of the set-up."""

    text: str
    note: str
    target: Target
    done: bool


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """The steps in the order in which they make sense."""

    items: tuple[Item, ...]

    @property
    def n_done(self) -> int:
        """How many are ticked."""
        return sum(item.done for item in self.items)

    @property
    def following(self) -> Item | None:
        """The first that is not ticked."""
        return next((item for item in self.items if not item.done), None)


def checklist(
    session: Session,
    actor: Actor,
    *,
    has_engagement: bool,
    has_cycle: bool,
    is_anybody_on_the_way: bool,
) -> Checklist | None:
    """The steps while one of them is open; None once everything was done.

    Whoever has a pathway, coaching and a 360 cycle has the rest too.
    """
    has_pathway = is_anybody_on_the_way or any_published(session)
    if has_engagement and has_cycle and has_pathway:
        return None
    may_give = policy.could(actor, Action.WRITE_ACCOUNT)
    published = any(row.state is VersionState.PUBLISHED for row in frameworks(session))
    return Checklist(
        items=(
            Item(
                text="Choose a competency framework",
                note="Start from a published one, or bring your own.",
                target=Target(endpoint="competencies.frameworks"),
                done=published,
            ),
            Item(
                text="Bring in your people",
                note="One file with names, units and line managers is enough.",
                target=Target(endpoint="people.directory"),
                done=n_people(session) >= ENOUGH_PEOPLE,
            ),
            Item(
                text="Give coaches and leaders a sign-in",
                note=("" if may_give else "An administrator does this. ")
                + "Raters of a 360 need none.",
                target=Target(endpoint="people.accounts" if may_give else ""),
                done=all(people_with_role(session, role) for role in (Role.COACH, Role.LEADER)),
            ),
            Item(
                text="Add the courses you offer",
                note="Say which competencies each of them develops.",
                target=Target(endpoint="courses.catalogue"),
                done=any_course(session),
            ),
            Item(
                text="Publish a pathway",
                note="Stages and steps, and the levels to be shown on the way.",
                target=Target(endpoint="pathways.catalogue"),
                done=has_pathway,
            ),
            Item(
                text="Bring a coach and a leader together",
                note="With the number of sessions, and what the sponsor may see.",
                target=Target(endpoint="coaching.engagements"),
                done=has_engagement,
            ),
            Item(
                text="Open a first 360 cycle",
                note="Who is asked about whom, and until when.",
                target=Target(endpoint="feedback.cycles"),
                done=has_cycle,
            ),
        )
    )
