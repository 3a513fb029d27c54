"""What became of what was promised, in five states, and drafts that come too late."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import (
    ActionRow,
    ActionState,
    LogSession,
    NewAction,
    SettleAction,
)
from ldtrack.coaching.domain.templates import Template
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation

HELD = date(2026, 11, 18)


@pytest.fixture
def action(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> ActionRow:
    """One action of the leader, promised in a session."""
    coach, leader_id = acme.actor["coach"], acme.person["leader"]
    command = LogSession(
        held_on=HELD,
        minutes=60,
        template=Template.GROW,
        follows="Course: Winter driving",
        new_actions=(NewAction(owner_id=leader_id, text="Ask two peers"),),
    )
    with database.writing(acme.id) as session:
        service.log_session(session, coach, engagement_id, command, now=clock.now())
        [row] = queries.actions_of(session, coach, leader_id)
    return row


@pytest.mark.parametrize(
    ("state", "word", "settled_on"),
    [
        (ActionState.OPEN, "", None),
        (ActionState.IN_PROGRESS, "One of two", None),
        (ActionState.DONE, "", date(2026, 11, 20)),
        (ActionState.CHANGED, "Asked the team instead", date(2026, 11, 20)),
        (ActionState.DROPPED, "The project is over", date(2026, 11, 20)),
    ],
)
def test_an_action_ends_in_one_of_five_states_with_a_word_on_it(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    action: ActionRow,
    state: ActionState,
    word: str,
    settled_on: date | None,
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        command = SettleAction(state=state, word=word)
        service.settle_action(session, leader, action.id, command, now=clock.now())
        [row] = queries.actions_of(session, acme.actor["coach"], acme.person["leader"])
        assert (row.state, row.word, row.settled_on) == (state, word, settled_on)
        ahead = queries.ahead_of(session, leader, acme.person["leader"])
        assert [one.text for one in ahead.actions] == ["Ask two peers"] * (settled_on is None)
        [load] = queries.caseload(session, acme.actor["coach"])
        assert load.n_open_actions == (settled_on is None)


def test_what_was_changed_or_dropped_says_why(
    database: Database, acme: SmallOrganisation, clock: SetClock, action: ActionRow
) -> None:
    with database.writing(acme.id) as session:
        for state in (ActionState.CHANGED, ActionState.DROPPED):
            with pytest.raises(RuleBroken) as refused:
                service.settle_action(
                    session,
                    acme.actor["leader"],
                    action.id,
                    SettleAction(state=state),
                    now=clock.now(),
                )
            assert refused.value.field == "word"


def test_only_its_owner_and_the_coach_say_what_became_of_it(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach = acme.actor["coach"]
    theirs = NewAction(owner_id=acme.person["coach"], text="Send the article")
    with database.writing(acme.id) as session:
        held = LogSession(held_on=HELD, minutes=60, new_actions=(theirs,))
        service.log_session(session, coach, engagement_id, held, now=clock.now())
        [row] = queries.actions_of(session, coach, acme.person["leader"])
        done = SettleAction(state=ActionState.DONE)
        with pytest.raises(NotAllowed):
            service.settle_action(session, acme.actor["leader"], row.id, done, now=clock.now())
        for role in ("hr", "manager", "sponsor", "administrator", "other_coach"):
            with pytest.raises(NotVisible):
                queries.action_to_settle(session, acme.actor[role], row.id)


def test_a_session_says_how_it_was_led_and_what_it_took_up_also_after_it_was_taken_back(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    action: ActionRow,
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        [row] = queries.sessions_of(session, acme.actor["leader"], acme.person["leader"])
        assert (row.template, row.follows) == (Template.GROW, "Course: Winter driving")
        service.take_back_session(session, coach, row.id, now=clock.now())
        draft = queries.draft_of(session, coach, engagement_id)
        assert draft is not None
        assert draft.lines["template"] == ["grow"]
        assert draft.lines["follows"] == ["Course: Winter driving"]


def test_a_draft_that_arrives_after_its_session_was_logged_does_not_come_back(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach, now = acme.actor["coach"], clock.now()
    typed = {"shared_note": ["Half a thought"]}
    with database.writing(acme.id) as session:
        service.keep_draft(session, coach, engagement_id, typed, now=now, seen=0)
        held = LogSession(held_on=HELD, minutes=60, shared_note="The whole thought")
        service.log_session(session, coach, engagement_id, held, now=now)
        with pytest.raises(Conflict):
            service.keep_draft(session, coach, engagement_id, typed, now=now, seen=0)
        assert queries.draft_of(session, coach, engagement_id) is None
        service.keep_draft(session, coach, engagement_id, typed, now=now, seen=1)
        assert queries.draft_of(session, coach, engagement_id) is not None
