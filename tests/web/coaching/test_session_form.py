"""The session form: what it stores, what it refuses, its draft and its undo."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ldtrack.coaching import queries
from ldtrack.coaching.domain import ActionRow, MilestoneRow, SessionRow, SetMilestone
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.evidence.domain import EvidenceForm
from ldtrack.evidence.queries import entries_for
from tests.infrastructure.milestones import agreed_milestone
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit

ARABIC_AND_EMOJI = "مرحبا بالعالم 👩🏽‍💻 שלום"


def _address(engagement_id: int) -> str:
    return f"/coaching/engagements/{encode(engagement_id)}/sessions/new"


def _typed(**more: Any) -> dict[str, Any]:
    return {"held_on": "2026-11-18", "minutes": "60", **more}


def _sessions(database: Database, acme: SmallOrganisation) -> list[SessionRow]:
    with database.reading(acme.id) as session:
        return queries.sessions_of(session, acme.actor["coach"], acme.person["leader"])


def _actions(database: Database, acme: SmallOrganisation) -> list[ActionRow]:
    with database.reading(acme.id) as session:
        return queries.actions_of(session, acme.actor["coach"], acme.person["leader"])


def _milestones(database: Database, acme: SmallOrganisation) -> list[MilestoneRow]:
    with database.reading(acme.id) as session:
        return queries.milestones_of(session, acme.actor["coach"], acme.person["leader"])


@pytest.fixture
def milestone_id(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> int:
    """A planned milestone of the leader."""
    command = SetMilestone(
        person_id=acme.person["leader"],
        competency_id=acme.competency["coaching-others"],
        title="Runs a review without giving the answers",
        level=3,
    )
    with database.writing(acme.id) as session:
        return agreed_milestone(
            session, acme.actor["coach"], acme.actor["leader"], command, now=clock.now()
        )


def test_a_session_is_logged_in_one_form_and_shown_to_coach_and_leader(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    engagement_id: int,
    milestone_id: int,
) -> None:
    coach = visit(acme.actor["coach"])
    page = coach.submit(
        _address(engagement_id),
        _typed(
            competencies=[encode(acme.competency["coaching-others"])],
            shared_note="Questions first.",
            private_note="Tired today.",
            milestones_met=[encode(milestone_id)],
            next_on="2026-12-04",
            **{
                "new_actions-0-text": "Ask two peers",
                "new_actions-0-owner": encode(acme.person["leader"]),
                "new_actions-0-due_on": "2026-12-01",
            },
        ),
    )
    assert "The session with Amara is logged." in page.text
    assert "Amara has had 1 of 8 sessions; the next is on <em>Fri 4 Dec</em>." in page.text
    assert ("Questions first." in page.text, "Tired today." in page.text) == (True, True)
    [action] = _actions(database, acme)
    assert (action.text, action.due_on) == ("Ask two peers", date(2026, 12, 1))
    own = visit(acme.actor["leader"]).get("/coaching")
    assert "You meet Ines Marques on <em>Fri 4 Dec</em>; 1 action of yours is open." in own.text
    assert ("Questions first." in own.text, "Tired today." in own.text) == (True, False)
    with database.reading(acme.id) as session:
        entries = entries_for(session, acme.actor["leader"], acme.person["leader"])
    [entry] = entries[acme.competency["coaching-others"]]
    assert (entry.form, entry.source_id) == (EvidenceForm.PASSED, milestone_id)


def test_the_form_begins_with_the_planned_day_and_the_last_length(
    visit: Visit, acme: SmallOrganisation, engagement_id: int, clock: SetClock
) -> None:
    coach = visit(acme.actor["coach"])
    first = coach.get(_address(engagement_id)).text
    assert 'value="2026-11-20"' in first
    assert '<option selected value="60">' in first
    coach.post(
        _address(engagement_id),
        data={"held_on": "2026-10-01", "minutes": "90", "next_on": "2026-11-12"},
    )
    then = coach.get(_address(engagement_id)).text
    assert 'value="2026-11-12"' in then
    assert '<option selected value="90">' in then
    assert "session 2 of 8" in then


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"held_on": "2026-11-21"}, "Log a session once it has been held."),
        ({"held_on": "2026-02-29"}, "There is no day 2026-02-29."),
        ({"held_on": "yesterday"}, "Please give a day as year-month-day"),
        ({"held_on": ""}, "Give the day of the session."),
        ({"minutes": "999999999999"}, "This choice is not on offer."),
        ({"minutes": ""}, "Say how long it was."),
        ({"next_on": "2026-11-18"}, "The next session comes after this one."),
        ({"next_on": "99999-01-01"}, "Please give a day as year-month-day"),
        ({"competencies": ["000000000001"]}, "This choice is not on offer."),
        ({"milestones_met": ["000000000001"]}, "This choice is not on offer."),
        ({"actions_done": ["nonsense"]}, "This choice is not on offer."),
        ({"shared_note": "x" * 20_001}, "Please shorten this to 20,000 characters"),
        ({"private_note": "x" * 1_000_000}, "Please shorten this to 20,000 characters"),
        ({"new_actions-0-text": "x" * 301}, "Please shorten this to 300 characters"),
        ({"new_actions-1-due_on": "2026-12-01"}, "Say what is to be done."),
        (
            {"new_actions-0-text": "Ask", "new_actions-0-due_on": "2026-11-01"},
            "An action cannot be due before the session.",
        ),
        (
            {"new_actions-0-text": "Ask", "new_actions-0-owner": "000000000001"},
            "This choice is not on offer.",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_is_kept(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    engagement_id: int,
    more: dict[str, Any],
    sentence: str,
) -> None:
    coach = visit(acme.actor["coach"])
    typed = _typed(shared_note="Kept as typed.") | more
    if "new_actions-0-text" in more:
        typed.setdefault("new_actions-0-owner", encode(acme.person["leader"]))
    page = coach.post(_address(engagement_id), data=typed)
    assert page.status_code == 422
    assert sentence in page.text
    assert "Nothing is stored yet" in page.text
    if "shared_note" not in more:
        assert "Kept as typed." in page.text
    assert _sessions(database, acme) == []


def test_a_milestone_is_met_or_missed_and_never_both(
    visit: Visit, database: Database, acme: SmallOrganisation, engagement_id: int, milestone_id: int
) -> None:
    both = {name: [encode(milestone_id)] for name in ("milestones_met", "milestones_missed")}
    page = visit(acme.actor["coach"]).post(_address(engagement_id), data=_typed(**both))
    assert page.status_code == 422
    assert "Mark a milestone as met or as missed, not both." in page.text
    assert [row.state.value for row in _milestones(database, acme)] == ["planned"]


def test_words_of_every_script_come_back_as_typed_without_what_is_no_text(
    visit: Visit, database: Database, acme: SmallOrganisation, engagement_id: int
) -> None:
    typed = _typed(shared_note=f"{ARABIC_AND_EMOJI}\x00\u202e", private_note="<b>&amp;</b>")
    page = visit(acme.actor["coach"]).submit(_address(engagement_id), typed)
    assert ARABIC_AND_EMOJI in page.text
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt;" in page.text
    assert [row.shared_note for row in _sessions(database, acme)] == [ARABIC_AND_EMOJI]


def test_a_form_sent_twice_stores_one_session(
    visit: Visit, database: Database, acme: SmallOrganisation, engagement_id: int
) -> None:
    coach = visit(acme.actor["coach"])
    typed = _typed(idempotency_key="a" * 32)
    answers = [coach.post(_address(engagement_id), data=typed) for _ in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [
        (303, f"/people/{encode(acme.person['leader'])}/coaching")
    ] * 2
    assert len(_sessions(database, acme)) == 1


def test_a_draft_goes_on_on_another_device_and_is_gone_once_the_session_is_logged(
    visit: Visit, acme: SmallOrganisation, engagement_id: int, milestone_id: int
) -> None:
    phone, desk = visit(acme.actor["coach"]), visit(acme.actor["coach"])
    kept = phone.post(
        f"/coaching/engagements/{encode(engagement_id)}/draft",
        data=_typed(
            minutes="45",
            private_note="Half a thought\x00",
            milestones_met=[encode(milestone_id)],
            csrf_token="never kept",
            **{"new_actions-2-text": "Third line", "unheard-of": "dropped"},
        ),
    )
    assert (kept.status_code, kept.data) == (204, b"")
    page = desk.get(_address(engagement_id)).text
    assert "Half a thought" in page
    assert "Third line" in page
    assert '<option selected value="45">' in page
    assert f'value="{encode(milestone_id)}" checked' in page
    assert ("never kept" in page, "dropped" in page) == (False, False)
    desk.post(_address(engagement_id), data=_typed())
    assert "Half a thought" not in phone.get(_address(engagement_id)).text


def test_a_draft_that_is_far_too_long_is_refused_and_the_one_before_stays(
    visit: Visit, acme: SmallOrganisation, engagement_id: int
) -> None:
    coach = visit(acme.actor["coach"])
    address = f"/coaching/engagements/{encode(engagement_id)}/draft"
    coach.post(address, data={"shared_note": "Short"})
    json = {"Accept": "application/json"}
    answer = coach.post(address, data={"shared_note": "x" * 1_000_000}, headers=json)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert "Short" in coach.get(_address(engagement_id)).text


def test_a_draft_can_be_thrown_away(
    visit: Visit, acme: SmallOrganisation, engagement_id: int
) -> None:
    coach = visit(acme.actor["coach"])
    draft = f"/coaching/engagements/{encode(engagement_id)}/draft"
    coach.post(draft, data={"shared_note": "Half a thought"})
    page = coach.post(f"{draft}/discard", follow_redirects=True)
    assert "The draft is gone." in page.text
    assert "Half a thought" not in page.text


def test_undo_takes_the_session_back_and_leaves_what_was_typed_in_the_form(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    engagement_id: int,
    milestone_id: int,
) -> None:
    coach = visit(acme.actor["coach"])
    logged = coach.submit(
        _address(engagement_id),
        _typed(private_note="Only mine.", milestones_met=[encode(milestone_id)]),
    )
    [held] = _sessions(database, acme)
    undo = f"/coaching/sessions/{encode(held.id)}/take-back"
    assert f'action="{undo}"' in logged.text
    assert coach.get(undo).status_code == 405
    page = coach.post(undo, follow_redirects=True)
    assert "Only mine." in page.text
    assert f'value="{encode(milestone_id)}" checked' in page.text
    assert _sessions(database, acme) == []
    assert [row.state.value for row in _milestones(database, acme)] == ["planned"]
    assert coach.post(undo).status_code == 404


def test_after_ten_minutes_there_is_nothing_to_undo_but_the_session_can_be_corrected(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    milestone_id: int,
) -> None:
    coach = visit(acme.actor["coach"])
    coach.post(_address(engagement_id), data=_typed(milestones_met=[encode(milestone_id)]))
    clock.instant += timedelta(minutes=11)
    [held] = _sessions(database, acme)
    leader = f"/people/{encode(acme.person['leader'])}/coaching"
    assert "Take it back" not in coach.get(leader).text
    refused = coach.post(f"/coaching/sessions/{encode(held.id)}/take-back")
    assert refused.status_code == 409
    correct = f"/coaching/sessions/{encode(held.id)}/correct"
    page = coach.submit(
        correct,
        _typed(held_on="2026-11-17", shared_note="Added.", milestones_back=[encode(milestone_id)]),
    )
    assert "The session is corrected." in page.text
    [held] = _sessions(database, acme)
    assert (held.held_on, held.shared_note) == (date(2026, 11, 17), "Added.")
    assert [row.state.value for row in _milestones(database, acme)] == ["planned"]
    refused = coach.post(correct, data=_typed(held_on="2026-12-24"))
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [("leader", 403), ("hr", 403), ("sponsor", 403), ("manager", 403), ("administrator", 403)],
)
def test_nobody_but_the_coach_reaches_the_form(
    visit: Visit, acme: SmallOrganisation, engagement_id: int, who: str, status: int
) -> None:
    visitor = visit(acme.actor[who])
    assert visitor.get(_address(engagement_id)).status_code == status
    assert visitor.post(_address(engagement_id), data=_typed()).status_code == status
    draft = f"/coaching/engagements/{encode(engagement_id)}/draft"
    assert visitor.post(draft, data={}).status_code == status


def test_another_coach_and_another_organisation_find_nothing(
    visit: Visit,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    engagement_id: int,
) -> None:
    for actor in (acme.actor["other_coach"], rival.actor["coach"]):
        visitor = visit(actor)
        answer = visitor.get(_address(engagement_id))
        # A coach of nobody is stopped before anything is looked up.
        assert answer.status_code == (404 if actor.coaches else 403)
    leader = f"/people/{encode(acme.person['leader'])}/coaching"
    assert visit(rival.actor["coach"]).get(leader).status_code == 404


def test_before_an_agreement_is_signed_the_form_asks_why_and_both_can_read_it(
    visit: Visit, acme: SmallOrganisation, unsigned_id: int
) -> None:
    coach = visit(acme.actor["coach"])
    address = _address(unsigned_id)
    assert "No agreement is signed yet." in coach.get(address).text
    page = coach.post(address, data=_typed())
    assert page.status_code == 422
    assert "Say why it was held before an agreement is signed." in page.text
    coach.post(address, data=_typed(unsigned_reason="The job began on Monday"))
    assert "No agreement is signed yet." not in coach.get(address).text
    read = visit(acme.actor["leader"]).get("/coaching").text
    assert "Held before an agreement was signed:" in read
    assert "The job began on Monday" in read
