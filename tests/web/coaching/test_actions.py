"""What became of an action is said on a page of its own; learning shows what was made of it."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import LogSession, NewAction
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.courses.service import AddCourse, RecordCompletion, add_course, record_completions
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit

COURSE = "Course: Winter driving"


@pytest.fixture
def action_id(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> int:
    """One action of the leader, from a session that took up a course."""
    coach, leader_id = acme.actor["coach"], acme.person["leader"]
    command = LogSession(
        held_on=date(2026, 11, 18),
        minutes=60,
        follows=COURSE,
        new_actions=(NewAction(owner_id=leader_id, text="Ask two peers"),),
    )
    with database.writing(acme.id) as session:
        service.log_session(session, coach, engagement_id, command, now=clock.now())
        [row] = queries.actions_of(session, coach, leader_id)
    return row.id


def test_a_leader_says_what_became_of_an_action_and_both_read_it(
    visit: Visit, acme: SmallOrganisation, action_id: int
) -> None:
    leader, address = visit(acme.actor["leader"]), f"/coaching/actions/{encode(action_id)}"
    refused = leader.post(address, data={"state": "dropped"})
    assert refused.status_code == 422
    assert "Say in a few words what happened." in refused.text
    assert leader.post(address, data={"state": "lost"}).status_code == 422
    begun = leader.submit(address, {"state": "in_progress", "word": "One of two"})
    assert "in progress" in begun.text
    page = leader.submit(address, {"state": "changed", "word": "Asked the team instead"})
    assert "changed 20 Nov" in page.text
    coach = visit(acme.actor["coach"]).get(f"/people/{encode(acme.person['leader'])}/coaching")
    assert "Asked the team instead" in coach.text
    for role in ("hr", "manager", "sponsor", "administrator"):
        assert visit(acme.actor[role]).get(address).status_code in {403, 404}, role


def test_the_form_offers_what_was_learnt_and_questions_to_lean_on(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
) -> None:
    _complete(database, acme, clock, date(2026, 11, 9))
    form = visit(acme.actor["coach"]).get(
        f"/coaching/engagements/{encode(engagement_id)}/sessions/new"
    )
    assert f'<option value="{COURSE}">' in form.text
    assert "Reality: what is happening now" in form.text


@pytest.mark.parametrize(
    ("completed_on", "words"),
    [
        (date(2026, 11, 9), "an action in coaching after 9 days"),
        (date(2026, 11, 18), "an action in coaching the same day"),
        (date(2026, 11, 19), "no action in coaching yet"),
    ],
)
def test_a_leader_sees_which_learning_was_followed_by_an_action(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    action_id: int,
    completed_on: date,
    words: str,
) -> None:
    _complete(database, acme, clock, completed_on)
    page = visit(acme.actor["leader"]).get("/coaching").text
    assert "From learning to doing" in page
    assert words in page


def _complete(database: Database, acme: SmallOrganisation, clock: SetClock, on: date) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        course = AddCourse(title="Winter driving", code="WD-1")
        course_id = add_course(session, hr, course, now=clock.now())
        done = RecordCompletion(
            course_id=course_id, person_id=acme.person["leader"], completed_on=on
        )
        record_completions(session, hr, [done], now=clock.now())
