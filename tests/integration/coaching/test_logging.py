"""A logged session, what it moves, the evidence it leaves, and how it is put right or undone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import (
    CorrectSession,
    LogSession,
    MilestoneState,
    NewAction,
    OwnNote,
    SetMilestone,
)
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.evidence.domain import MILESTONE_NOISE, Entry, EvidenceForm, SourceKind
from ldtrack.evidence.queries import entries_for
from tests.infrastructure.milestones import agreed_milestone
from tests.infrastructure.organisation import SmallOrganisation

HELD = date(2026, 11, 18)
COMPETENCY = "coaching-others"


def _milestone(
    session: Session, acme: SmallOrganisation, clock: SetClock, title: str = "Runs a review"
) -> int:
    return agreed_milestone(
        session,
        acme.actor["coach"],
        acme.actor["leader"],
        SetMilestone(
            person_id=acme.person["leader"],
            competency_id=acme.competency[COMPETENCY],
            title=title,
            level=3,
            due_on=date(2026, 12, 1),
        ),
        now=clock.now(),
    )


def _evidence(session: Session, acme: SmallOrganisation) -> list[Entry]:
    entries = entries_for(session, acme.actor["leader"], acme.person["leader"])
    return entries.get(acme.competency[COMPETENCY], [])


def _states(session: Session, acme: SmallOrganisation) -> dict[str, MilestoneState]:
    rows = queries.milestones_of(session, acme.actor["leader"], acme.person["leader"])
    return {row.title: row.state for row in rows}


def test_a_milestone_met_in_a_session_leaves_one_piece_of_evidence(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        met = _milestone(session, acme, clock)
        missed = _milestone(session, acme, clock, "Asks two peers")
        command = LogSession(
            held_on=HELD, minutes=60, milestones_met=(met,), milestones_missed=(missed,)
        )
        service.log_session(session, coach, engagement_id, command, now=clock.now())
    with database.reading(acme.id) as session:
        entries = {entry.source_id: entry for entry in _evidence(session, acme)}
        rows = {row.id: row for row in queries.milestones_of(session, coach, _leader(acme))}
    assert {key: entry.form for key, entry in entries.items()} == {
        met: EvidenceForm.PASSED,
        missed: EvidenceForm.FAILED,
    }
    entry = entries[met]
    assert (entry.source_kind, entry.level, entry.noise_variance, entry.observed_on) == (
        SourceKind.MILESTONE,
        3.0,
        MILESTONE_NOISE,
        HELD,
    )
    assert (rows[met].met_on, rows[missed].met_on) == (HELD, None)


def _leader(acme: SmallOrganisation) -> int:
    return acme.person["leader"]


def test_everything_that_was_typed_is_there_for_coach_and_leader(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    command = LogSession(
        held_on=HELD,
        minutes=75,
        competency_ids=(acme.competency[COMPETENCY],),
        shared_note="Questions first.",
        private_note="Tired today.",
        new_actions=(
            NewAction(
                owner_id=acme.person["leader"], text="Ask two peers", due_on=date(2026, 11, 30)
            ),
        ),
        next_on=date(2026, 12, 4),
    )
    leader, coach = acme.actor["leader"], acme.actor["coach"]
    with database.writing(acme.id) as session:
        held = service.log_session(session, coach, engagement_id, command, now=clock.now())
    with database.reading(acme.id) as session:
        seen = [queries.sessions_of(session, actor, _leader(acme)) for actor in (leader, coach)]
        actions = queries.actions_of(session, leader, _leader(acme))
        notes = [queries.private_notes(session, actor, [held]) for actor in (leader, coach)]
    assert seen[0] == seen[1]
    [row] = seen[0]
    assert (row.held_on, row.minutes, row.next_on) == (HELD, 75, date(2026, 12, 4))
    assert (row.shared_note, row.competency_ids) == ("Questions first.", command.competency_ids)
    assert [(a.owner, a.text, a.due_on) for a in actions] == [
        ("Amara Okafor", "Ask two peers", date(2026, 11, 30))
    ]
    assert notes == [{}, {held: OwnNote(body="Tired today.", turn=1)}]


def test_an_action_ticked_in_a_session_is_done_on_its_day(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach = acme.actor["coach"]
    action = NewAction(owner_id=acme.person["coach"], text="Send the article")
    with database.writing(acme.id) as session:
        first = LogSession(held_on=date(2026, 10, 1), minutes=60, new_actions=(action,))
        service.log_session(session, coach, engagement_id, first, now=clock.now())
        [promised] = queries.actions_of(session, coach, _leader(acme))
        second = LogSession(held_on=HELD, minutes=60, actions_done=(promised.id,))
        service.log_session(session, coach, engagement_id, second, now=clock.now())
        with pytest.raises(RuleBroken, match="settled already"):
            service.log_session(session, coach, engagement_id, second, now=clock.now())
    with database.reading(acme.id) as session:
        [done] = queries.actions_of(session, coach, _leader(acme))
    assert (done.promised_on, done.settled_on) == (date(2026, 10, 1), HELD)


def test_a_corrected_day_goes_into_the_ledger_and_a_milestone_taken_back_out_of_it(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        kept, back = (_milestone(session, acme, clock, title) for title in ("Kept", "Back"))
        command = LogSession(held_on=HELD, minutes=60, milestones_met=(kept, back))
        held = service.log_session(session, coach, engagement_id, command, now=clock.now())
        service.correct_session(
            session,
            coach,
            held,
            CorrectSession(held_on=date(2026, 11, 17), minutes=45, milestones_back=(back,)),
            now=clock.now() + timedelta(days=1),
        )
    with database.reading(acme.id) as session:
        entries = {entry.source_id: entry for entry in _evidence(session, acme)}
        assert _states(session, acme) == {
            "Kept": MilestoneState.MET,
            "Back": MilestoneState.PLANNED,
        }
    assert (entries[kept].form, entries[kept].observed_on) == (
        EvidenceForm.PASSED,
        date(2026, 11, 17),
    )
    assert entries[back].form is EvidenceForm.WITHDRAWN


def test_a_session_taken_back_within_ten_minutes_leaves_everything_as_it_was_and_a_draft(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        milestone = _milestone(session, acme, clock)
        before = LogSession(
            held_on=date(2026, 10, 1),
            minutes=60,
            new_actions=(NewAction(owner_id=acme.person["coach"], text="Send it"),),
        )
        service.log_session(session, coach, engagement_id, before, now=clock.now())
        [action] = queries.actions_of(session, coach, _leader(acme))
        command = LogSession(
            held_on=HELD,
            minutes=60,
            private_note="Only mine.",
            milestones_met=(milestone,),
            actions_done=(action.id,),
            new_actions=(NewAction(owner_id=acme.person["leader"], text="New"),),
        )
        held = service.log_session(session, coach, engagement_id, command, now=clock.now())
        just_in_time = clock.now() + timedelta(minutes=10)
        service.take_back_session(session, coach, held, now=just_in_time)
    with database.reading(acme.id) as session:
        assert len(queries.sessions_of(session, coach, _leader(acme))) == 1
        assert queries.actions_of(session, coach, _leader(acme)) == [action]
        assert _states(session, acme) == {"Runs a review": MilestoneState.PLANNED}
        assert [entry.form for entry in _evidence(session, acme)] == [EvidenceForm.WITHDRAWN]
        draft = queries.draft_of(session, coach, engagement_id)
    assert draft is not None
    assert draft.lines["private_note"] == ["Only mine."]
    assert draft.lines["new_actions-0-text"] == ["New"]


def test_after_ten_minutes_a_session_cannot_be_taken_back(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        command = LogSession(held_on=HELD, minutes=60)
        held = service.log_session(session, coach, engagement_id, command, now=clock.now())
        late = clock.now() + timedelta(minutes=10, seconds=1)
        with pytest.raises(Conflict):
            service.take_back_session(session, coach, held, now=late)


def test_a_draft_is_its_authors_alone_and_gone_once_the_session_is_logged(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach = acme.actor["coach"]
    typed = {"private_note": ["Half a thought"]}
    with database.writing(acme.id) as session:
        service.keep_draft(session, coach, engagement_id, {"minutes": ["30"]}, now=clock.now())
        service.keep_draft(session, coach, engagement_id, typed, now=clock.now())
        kept = {
            name: queries.draft_of(session, actor, engagement_id)
            for name, actor in acme.actor.items()
        }
        assert [name for name, draft in kept.items() if draft] == ["coach"]
        assert kept["coach"] is not None
        assert kept["coach"].lines == typed
        command = LogSession(held_on=HELD, minutes=60)
        service.log_session(session, coach, engagement_id, command, now=clock.now())
        assert queries.draft_of(session, coach, engagement_id) is None


def test_only_the_coach_of_the_engagement_logs_and_strangers_do_not_learn_of_it(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
) -> None:
    refusals = dict.fromkeys(acme.actor, NotVisible) | {"leader": NotAllowed}
    del refusals["coach"]
    command = LogSession(held_on=HELD, minutes=60)
    with database.writing(acme.id) as session:
        for name, refusal in refusals.items():
            with pytest.raises(refusal):
                service.log_session(
                    session, acme.actor[name], engagement_id, command, now=clock.now()
                )
    with database.writing(rival.id) as session, pytest.raises(NotVisible):
        service.log_session(session, rival.actor["coach"], engagement_id, command, now=clock.now())


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (LogSession(held_on=date(2026, 11, 21), minutes=60), "held_on"),
        (LogSession(held_on=date(2026, 8, 31), minutes=60), "held_on"),
        (LogSession(held_on=HELD, minutes=4), "minutes"),
        (LogSession(held_on=HELD, minutes=481), "minutes"),
        (LogSession(held_on=HELD, minutes=60, next_on=HELD), "next_on"),
        (LogSession(held_on=HELD, minutes=60, milestones_met=(12345,)), "milestones_met"),
        (LogSession(held_on=HELD, minutes=60, milestones_missed=(12345,)), "milestones_missed"),
        (LogSession(held_on=HELD, minutes=60, actions_done=(12345,)), "actions_done"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    command: LogSession,
    field: str,
) -> None:
    with database.writing(acme.id) as session, pytest.raises(RuleBroken) as refused:
        service.log_session(session, acme.actor["coach"], engagement_id, command, now=clock.now())
    assert refused.value.field == field


def test_who_may_know_the_level_but_not_the_coaching_reads_no_milestones_title(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    with database.writing(acme.id) as session:
        met = _milestone(session, acme, clock)
        command = LogSession(held_on=HELD, minutes=60, milestones_met=(met,))
        service.log_session(session, acme.actor["coach"], engagement_id, command, now=clock.now())
        titles = {
            who: [
                entry.title
                for entries in entries_for(
                    session, acme.actor[who], _leader(acme), agreed=True, shared=True
                ).values()
                for entry in entries
            ]
            for who in ("leader", "coach", "hr", "manager", "sponsor")
        }
    assert titles == {
        "leader": ["Runs a review"],
        "coach": ["Runs a review"],
        "hr": ["Coaching milestone"],
        "manager": ["Coaching milestone"],
        "sponsor": ["Coaching milestone"],
    }
