"""The way from an empty organisation to its first leaders on a pathway; it ticks itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.queries import attention
from ldtrack.competencies.queries import figures as competencies
from ldtrack.courses.queries import figures as courses
from ldtrack.dashboards.pages.words import Target
from ldtrack.pathways.queries import figures as pathways
from ldtrack.people.queries import figures as people

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
    """The steps in the order in which they make sense; somebody may have put them away."""

    items: tuple[Item, ...]
    is_put_away: bool = False

    @property
    def n_done(self) -> int:
        """How many are ticked."""
        return sum(item.done for item in self.items)

    @property
    def following(self) -> Item | None:
        """The first that is not ticked."""
        return next((item for item in self.items if not item.done), None)


def checklist(actor: Actor, counts: Mapping[str, int], *, has_cycle: bool) -> Checklist | None:
    """The steps while one of them is open; None once everything was done.

    Whoever has people on a pathway, coaching and a 360 cycle has what matters of the rest too.
    """
    has_engagement = counts[attention.RUNNING] > 0
    is_anybody_on_the_way = counts[pathways.ENROLLED] > 0
    if has_engagement and has_cycle and is_anybody_on_the_way:
        return None
    return Checklist(
        items=(
            *_beginnings(actor, counts),
            Item(
                text="Publish a pathway",
                note="Stages and steps, and the levels to be shown on the way.",
                target=Target(endpoint="pathways.catalogue"),
                done=counts[pathways.PUBLISHED] > 0,
            ),
            Item(
                text="Enrol the first people",
                note="From then on the pathway runs, and this page says who is late.",
                target=Target(endpoint="pathways.catalogue"),
                done=is_anybody_on_the_way,
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
        ),
        is_put_away=counts[people.PUT_AWAY] > 0,
    )


def _beginnings(actor: Actor, counts: Mapping[str, int]) -> tuple[Item, ...]:
    may_give = policy.could(actor, Action.WRITE_ACCOUNT)
    return (
        Item(
            text="Name the organisation",
            note="Its name stands on every page and report.",
            target=Target(endpoint=""),
            done=True,
        ),
        Item(
            text="Choose a competency framework",
            note="Start from a published one, or bring your own.",
            target=Target(endpoint="competencies.frameworks"),
            done=counts[competencies.PUBLISHED] > 0,
        ),
        Item(
            text="Say what roles ask for",
            note="Levels for each role, so that people see where they stand.",
            target=Target(endpoint="competencies.role_profiles"),
            done=counts[competencies.ROLE_PROFILES] > 0,
        ),
        Item(
            text="Bring in your people",
            note="One file with names, units and line managers is enough.",
            target=Target(endpoint="people.directory"),
            done=counts[people.PEOPLE] >= ENOUGH_PEOPLE,
        ),
        Item(
            text="Give coaches and leaders a sign-in",
            note=("" if may_give else "An administrator does this. ")
            + "Raters of a 360 need none.",
            target=Target(endpoint="people.accounts" if may_give else ""),
            done=counts[people.COACHES] > 0 and counts[people.LEADERS] > 0,
        ),
        Item(
            text="Add the courses you offer",
            note="Say which competencies each of them develops.",
            target=Target(endpoint="courses.catalogue"),
            done=counts[courses.ON_OFFER] > 0,
        ),
    )
