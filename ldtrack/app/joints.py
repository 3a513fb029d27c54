"""What a page of one room shows of another room that is a stranger to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta

from flask import Flask, g, url_for
from sqlalchemy import CompoundSelect, Select, union_all

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments.queries import worked_on
from ldtrack.coaching.domain import OriginRow
from ldtrack.coaching.queries import goals_from, held_with
from ldtrack.courses.queries import completed_by
from ldtrack.courses.queries.certificates import certificates_with
from ldtrack.growth.queries import MilestoneOutlook, growth_of, milestones_ahead
from ldtrack.people.domain import PersonRow
from ldtrack.reflection.domain import MOST_ABOUT
from ldtrack.reflection.queries import shared_with, written_about
from ldtrack.ui.dates import day
from ldtrack.ui.request import clock, request_session

LATELY = timedelta(weeks=3)
MOST_LATELY = 4
MOST_BELOW = 3
LEARNT_LATELY = timedelta(days=180)
_SAID = {
    "session": "Coaching session of {day}",
    "course": "Course: {title}",
    "assignment": "Assignment: {title}",
}


def register(app: Flask) -> None:
    """Let a report know its goals, a journal what there was lately, and a record its files.

    And let whoever looks for a coach know where a leader is below what their role asks for.
    """
    app.extensions["ldtrack.below_target"] = below_target

    @app.context_processor
    def joints() -> dict[str, object]:
        if g.get("actor") is None:
            return {}
        return {
            "addresses_of_files": addresses_of_files,
            "goals_of": goals_of,
            "journals_shared_by": journals_shared_by,
            "learnt_by": learnt_by,
            "milestones_would": milestones_would,
            "looked_back_on": looked_back_on,
        }


def below_target(actor: Actor, leader: PersonRow) -> tuple[int, ...]:
    """The competencies in which a leader is surely below their role, for who may know levels.

    Those that the role cannot do without come first, then those with the widest gap.
    """
    facts = Facts(organisation_id=actor.organisation_id, person_id=leader.id)
    if not policy.permits(actor, Action.READ_TRAJECTORY, facts):
        return ()
    growth = growth_of(
        request_session(),
        actor,
        leader.id,
        job_profile=leader.job_profile,
        as_of=clock().today(),
    )
    return growth.below[:MOST_BELOW]


def addresses_of_files() -> dict[int, str]:
    """Where the reader finds each file of their own; a statement for each kind of thing."""
    asked = request_session()
    return {
        file_id: address(thing_id)
        for address, things in _FILES_OF
        for file_id, thing_id in asked.execute(things(g.actor.person_id or 0))
    }


def _certificate(thing_id: int) -> str:
    return url_for("courses.certificate_file", certificate_id=thing_id)


_FILES_OF: tuple[tuple[Callable[[int], str], Callable[[int], Select[int, int]]], ...] = (
    (_certificate, certificates_with),
)
"""Where a file can be had: through the thing it belongs to, in whichever room that is."""


def journals_shared_by(people: Collection[int]) -> Mapping[int, int]:
    """How many journal entries each of these people shares with the reader."""
    return shared_with(request_session(), g.actor, people)


def goals_of(person_id: int, release_id: int) -> Mapping[int, OriginRow] | None:
    """The goals made from a report, by statement; `None` for a reader who can set none."""
    actor: Actor = g.actor
    facts = Facts(
        organisation_id=actor.organisation_id, person_id=person_id, author_id=actor.person_id
    )
    if not policy.permits(actor, Action.WRITE_MILESTONE, facts):
        return None
    return goals_from(request_session(), actor, release_id)


def milestones_would(
    person_id: int, competency_ids: Collection[int], job_profile: str
) -> Mapping[int, MilestoneOutlook]:
    """What milestones on these competencies would do to the person's levels, by competency."""
    return milestones_ahead(
        request_session(),
        g.actor,
        person_id,
        set(competency_ids),
        job_profile=job_profile,
        today=clock().today(),
    )


def looked_back_on(but: str) -> list[str]:
    """What the reader could look back on in their journal, the latest first, in a line each.

    Sessions, courses and assignments of the last weeks that no entry names yet; not the one that
    is being written about. One statement.
    """
    person_id, today = g.actor.person_id or 0, clock().today()
    since = today - LATELY
    everything: CompoundSelect[str, date, str] = union_all(
        held_with(person_id, since),
        completed_by(person_id, since),
        worked_on(person_id, since),
        written_about(person_id, since),
    )
    done, lines = {but}, list[tuple[date, str]]()
    for what, on, title in request_session().execute(everything):
        if what == "entry":
            done.add(title)
        elif on <= today:
            lines.append((on, _SAID[what].format(title=title, day=day(on))[:MOST_ABOUT]))
    return [line for _, line in sorted(lines, reverse=True) if line not in done][:MOST_LATELY]


def learnt_by(person_id: int) -> list[tuple[str, date]]:
    """Courses and assignments that the person finished in the last months, the latest first.

    As lines, each with its day, for who may read their completions and placements. One statement.
    """
    actor: Actor = g.actor
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id)
    if not (
        policy.permits(actor, Action.READ_COMPLETION, facts)
        and policy.permits(actor, Action.READ_PLACEMENT, facts)
    ):
        return []
    today = clock().today()
    since = today - LEARNT_LATELY
    everything: CompoundSelect[str, date, str] = union_all(
        completed_by(person_id, since), worked_on(person_id, since)
    )
    found = sorted(
        (
            (on, _SAID[what].format(title=title)[:MOST_ABOUT])
            for what, on, title in request_session().execute(everything)
            if on <= today
        ),
        reverse=True,
    )
    return list({line: on for on, line in reversed(found)}.items())[::-1]
