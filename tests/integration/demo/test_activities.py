"""What the made-up leaders did, as the services tell it."""

from __future__ import annotations

from collections import Counter

from ldtrack.access.domain import Actor, Role
from ldtrack.assignments.domain import DebriefKind, PlacementState
from ldtrack.assignments.queries import placements_of
from ldtrack.coaching.domain import MilestoneState
from ldtrack.coaching.queries import actions_of, caseload, milestones_of, sessions_of, sponsor_sees
from ldtrack.feedback.queries import released_reports
from ldtrack.pathways.domain import NeedKind, VersionState
from ldtrack.pathways.queries import (
    calls_of,
    catalogue,
    closings,
    enrolment_of,
    interested_in,
    open_needs,
    pathway,
    progress_of,
)
from ldtrack.people.queries import people_with_role
from ldtrack.reflection.queries import entries
from tests.infrastructure.demo import DEMO_TODAY, Demo
from tests.integration.demo.reading import MERIDIAN, leaders, seen_by


def test_every_leader_has_two_reports_that_the_coach_passed_on(demo: Demo) -> None:
    found = []
    for leader in leaders(demo):
        with demo.database.reading(demo.console(MERIDIAN).organisation_id) as session:
            found.append(len(released_reports(session, seen_by(demo, leader), leader.id)))
    brought_in = 1
    assert found == [2 + brought_in] + [2] * 11


def test_coaching_has_notes_actions_kept_and_slipped_and_milestones_met_and_missed(
    demo: Demo,
) -> None:
    states: Counter[MilestoneState] = Counter()
    kept: Counter[bool] = Counter()
    n_sessions, notes = [], set[str]()
    for leader in leaders(demo):
        actor = seen_by(demo, leader)
        with demo.database.reading(actor.organisation_id) as session:
            states.update(row.state for row in milestones_of(session, actor, leader.id))
            own = actions_of(session, actor, leader.id)
            kept.update(row.settled_on is not None for row in own)
            held = sessions_of(session, actor, leader.id)
        n_sessions.append(len(held))
        notes.update(row.shared_note for row in held)
    assert all(states[state] >= 12 for state in (MilestoneState.MET, MilestoneState.PLANNED))
    assert states[MilestoneState.MISSED] >= 6
    assert kept[True] > kept[False] > 12
    assert 6 <= min(n_sessions) < max(n_sessions) <= 12
    assert len(notes) > 0.85 * sum(n_sessions)


def test_what_sponsors_see_differs_between_leaders(demo: Demo) -> None:
    with demo.database.reading(demo.console(MERIDIAN).organisation_id) as session:
        agreed = {sponsor_sees(session, leader.id) for leader in leaders(demo)}
    assert len(agreed) >= 5
    assert all(agreed)


def test_placements_are_over_debriefed_claimed_running_waiting_and_declined(demo: Demo) -> None:
    rows = []
    for leader in leaders(demo):
        with demo.database.reading(demo.console(MERIDIAN).organisation_id) as session:
            rows += placements_of(session, seen_by(demo, leader), leader.id, declined=True)
    assert Counter(row.state for row in rows) == {
        PlacementState.COMPLETED: 5,
        PlacementState.ENDED_EARLY: 1,
        PlacementState.ACTIVE: 1,
        PlacementState.PROPOSED: 1,
        PlacementState.OFFERED: 1,
        PlacementState.LISTED: 1,
        PlacementState.DECLINED: 1,
    }
    held = {row.title: row.held for row in rows if row.outcome is not None}
    assert held["Redesign the night-shift handover"] == frozenset(DebriefKind)
    assert DebriefKind.LEADER not in held["Acting depot manager, Harbour Street"]
    assert [row.outcome.is_proved for row in rows if row.outcome].count(False) == 1
    waiting = [row.title for row in rows if row.state.has_ended and row.outcome is None]
    assert waiting == ["Rotation through customer care"]


def test_pathways_are_under_way(demo: Demo) -> None:
    shares = []
    for leader in leaders(demo):
        actor = seen_by(demo, leader)
        with demo.database.reading(actor.organisation_id) as session:
            enrolment = enrolment_of(session, actor, leader.id)
            assert enrolment is not None
            shares.append(progress_of(session, actor, enrolment.id, DEMO_TODAY).done_share or 0)
    assert min(shares) > 0.2
    assert max(shares) > 0.7


def test_leaders_are_invited_onwards_one_needs_time_and_a_next_version_is_written(
    demo: Demo,
) -> None:
    hr = demo.console(MERIDIAN)
    with demo.database.reading(hr.organisation_id) as session:
        rows = catalogue(session, hr)
        called = {row.title: calls_of(session, hr, row.id) for row in rows}
        needs = open_needs(session, hr)
        (draft_id,) = (
            version.id
            for row in rows
            for version in row.versions
            if version.state is VersionState.DRAFT
        )
        draft = pathway(session, hr, draft_id)
        call = called["Senior leaders"][0].call
        interested = interested_in(session, hr, call.id)
    assert called["Emerging leaders"] == []
    assert (call.targeted, call.is_open(DEMO_TODAY), call.seats) == (True, True, 4)
    assert len(interested) == 2
    assert [row.kind for row in needs] == [NeedKind.TIME]
    choices = [group for stage in draft.stages for group in stage.groups]
    assert [(group.title, group.choose) for group in choices] == [("Look back in your own way", 1)]
    assert sum(step.group_id == choices[0].id for step in draft.steps) == 2


def test_a_pathway_was_tried_and_closed_with_what_was_learnt(demo: Demo) -> None:
    hr = demo.console(MERIDIAN)
    with demo.database.reading(hr.organisation_id) as session:
        [row], _ = closings(session, hr, search="shift")
    assert (row.title, row.n_active) == ("Lunch talks for new managers", 0)
    assert row.closed_on < DEMO_TODAY


def test_journals_are_private_but_for_what_was_shared(demo: Demo) -> None:
    shared: Counter[bool] = Counter()
    for leader in leaders(demo):
        with demo.database.reading(demo.console(MERIDIAN).organisation_id) as session:
            rows, _ = entries(session, seen_by(demo, leader), leader.id)
        shared.update(bool(row.reader_ids) for row in rows)
    assert shared[False] > shared[True] > 12


def test_every_coach_has_a_caseload(demo: Demo) -> None:
    console = demo.console(MERIDIAN)
    with demo.database.reading(console.organisation_id) as session:
        coaches = people_with_role(session, Role.COACH)
        rows = [
            len(
                caseload(
                    session,
                    Actor(
                        organisation_id=console.organisation_id,
                        account_id=1,
                        person_id=coach.id,
                        roles=frozenset({Role.COACH}),
                        coaches=frozenset(leader.id for leader in leaders(demo)),
                    ),
                )
            )
            for coach in coaches
        ]
    assert sorted(rows) == [2, 3, 3, 4]
