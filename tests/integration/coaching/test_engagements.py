"""Beginning and ending of coaching, who loses what, and what HR and sponsors may count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import people_of
from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import (
    Agree,
    LogSession,
    MilestoneState,
    NewAction,
    OpenEngagement,
    SessionCounts,
    SetMilestone,
    SponsorSees,
)
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from tests.infrastructure.milestones import agreed_milestone
from tests.infrastructure.organisation import SmallOrganisation

HELD = date(2026, 11, 18)


def _coaches(session: Session, coach: Actor, today: date) -> Actor:
    """The coach as they come in on a day: with the relationships then in force."""
    people = people_of(session, coach.person_id or 0, RelationshipKind.COACH, today)
    return replace(coach, coaches=frozenset(people))


def _open(acme: SmallOrganisation, coach: str, leader: str, starts_on: date) -> OpenEngagement:
    return OpenEngagement(
        coach_id=acme.person[coach],
        person_id=acme.person[leader],
        starts_on=starts_on,
        sessions_agreed=6,
    )


def test_bringing_two_together_lets_the_coach_see_the_leader_from_its_start(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    command = _open(acme, "other_coach", "other_leader", date(2026, 12, 1))
    with database.writing(acme.id) as session:
        service.open_engagement(session, acme.actor["hr"], command, now=clock.now())
        before, after = (
            _coaches(session, acme.actor["other_coach"], day).coaches
            for day in (date(2026, 11, 30), date(2026, 12, 1))
        )
    assert (before, after) == (frozenset(), frozenset({acme.person["other_leader"]}))


@pytest.mark.parametrize("starts_on", [date(2026, 9, 1), date(2026, 11, 20), date(2026, 12, 1)])
def test_ending_takes_the_access_away_at_once_and_for_good(
    database: Database, acme: SmallOrganisation, clock: SetClock, starts_on: date
) -> None:
    command = _open(acme, "other_coach", "other_leader", starts_on)
    with database.writing(acme.id) as session:
        hr = acme.actor["hr"]
        engagement_id = service.open_engagement(session, hr, command, now=clock.now())
        service.end_engagement(session, hr, engagement_id, now=clock.now())
        later = [clock.today() + timedelta(days=days) for days in (0, 30, 300)]
        seen = [_coaches(session, acme.actor["other_coach"], day).coaches for day in later]
    assert seen == [frozenset()] * 3


def test_two_who_parted_can_be_brought_together_again_on_the_same_day(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    command = _open(acme, "other_coach", "other_leader", date(2026, 9, 1))
    with database.writing(acme.id) as session:
        hr = acme.actor["hr"]
        first = service.open_engagement(session, hr, command, now=clock.now())
        with pytest.raises(RuleBroken, match="together already"):
            service.open_engagement(session, hr, command, now=clock.now())
        service.end_engagement(session, hr, first, now=clock.now())
        service.open_engagement(session, hr, command, now=clock.now())
        coach = _coaches(session, acme.actor["other_coach"], clock.today())
    assert coach.coaches == {acme.person["other_leader"]}


def test_after_the_end_the_coach_keeps_their_own_private_notes_and_nothing_else(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    leader_id = acme.person["leader"]
    command = LogSession(
        held_on=HELD,
        minutes=60,
        shared_note="Ours",
        private_note="Mine",
        new_actions=(NewAction(owner_id=leader_id, text="Ask"),),
    )
    with database.writing(acme.id) as session:
        coach = acme.actor["coach"]
        held = service.log_session(session, coach, engagement_id, command, now=clock.now())
        service.keep_draft(
            session, coach, engagement_id, {"private_note": ["Begun"]}, now=clock.now()
        )
        service.end_engagement(session, acme.actor["hr"], engagement_id, now=clock.now())
        coach = _coaches(session, coach, clock.today())
        assert queries.engagement_for(session, coach, leader_id) is None
        assert queries.sessions_of(session, coach, leader_id) == []
        assert queries.actions_of(session, coach, leader_id) == []
        assert queries.milestones_of(session, coach, leader_id) == []
        assert queries.caseload(session, coach) == []
        for refused in (queries.session_held, queries.engagement):
            with pytest.raises(NotVisible):
                refused(session, coach, held if refused is queries.session_held else engagement_id)
        with pytest.raises(NotVisible):
            queries.session_counts(session, coach, leader_id)
        with pytest.raises(NotVisible):
            service.log_session(session, coach, engagement_id, command, now=clock.now())
        with pytest.raises(NotVisible):
            service.take_back_session(session, coach, held, now=clock.now())
        notes = queries.own_private_notes(session, coach)
        others = [
            queries.own_private_notes(session, actor)
            for name, actor in acme.actor.items()
            if name != "coach"
        ]
        kept = queries.sessions_of(session, acme.actor["leader"], leader_id)
    assert [(row.held_on, row.note.body) for row in notes] == [(None, "Begun"), (HELD, "Mine")]
    assert others == [[]] * len(others)
    assert [row.shared_note for row in kept] == ["Ours"]


def test_the_next_coach_reads_neither_notes_nor_actions_nor_milestones_of_the_one_before(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    leader_id = acme.person["leader"]
    with database.writing(acme.id) as session:
        coach, hr = acme.actor["coach"], acme.actor["hr"]
        milestone = SetMilestone(
            person_id=leader_id,
            competency_id=acme.competency["coaching-others"],
            title="Runs a review",
            level=3,
        )
        agreed_milestone(session, coach, acme.actor["leader"], milestone, now=clock.now())
        command = LogSession(
            held_on=HELD,
            minutes=60,
            shared_note="Ours",
            private_note="Mine",
            new_actions=(NewAction(owner_id=leader_id, text="Ask"),),
        )
        held = service.log_session(session, coach, engagement_id, command, now=clock.now())
        service.end_engagement(session, hr, engagement_id, now=clock.now())
        following = _open(acme, "other_coach", "leader", clock.today())
        service.open_engagement(session, hr, following, now=clock.now())
        coach = _coaches(session, acme.actor["other_coach"], clock.today())
        assert coach.coaches == {leader_id}
        assert queries.sessions_of(session, coach, leader_id) == []
        assert queries.private_notes(session, coach, [held]) == {}
        assert queries.actions_of(session, coach, leader_id) == []
        assert queries.milestones_of(session, coach, leader_id) == []


def test_a_running_engagement_whose_relation_lives_on_takes_no_more_sessions_once_ended(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    with database.writing(acme.id) as session:
        service.end_engagement(session, acme.actor["hr"], engagement_id, now=clock.now())
        command = LogSession(held_on=HELD, minutes=60)
        with pytest.raises(Conflict):
            service.log_session(
                session, acme.actor["coach"], engagement_id, command, now=clock.now()
            )


@pytest.mark.parametrize("who", ["coach", "leader", "manager", "sponsor", "administrator"])
def test_only_hr_brings_together_agrees_and_ends(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int, who: str
) -> None:
    actor = acme.actor[who]
    agreed = Agree(agreed_on=HELD, purpose="", sponsor_sees=frozenset())
    with database.writing(acme.id) as session:
        with pytest.raises(NotAllowed):
            service.open_engagement(
                session, actor, _open(acme, "coach", "manager", HELD), now=clock.now()
            )
        with pytest.raises(NotAllowed):
            service.agree(session, actor, engagement_id, agreed, now=clock.now())
        with pytest.raises(NotAllowed):
            service.end_engagement(session, actor, engagement_id, now=clock.now())


def test_people_and_engagements_of_another_organisation_are_not_there(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
) -> None:
    hr = rival.actor["hr"]
    with database.writing(rival.id) as session:
        with pytest.raises(NotVisible):
            queries.engagement(session, hr, engagement_id)
        with pytest.raises(NotVisible):
            service.end_engagement(session, hr, engagement_id, now=clock.now())
        with pytest.raises(NotVisible):
            service.open_engagement(
                session, hr, _open(acme, "coach", "leader", HELD), now=clock.now()
            )


def _agree(
    session: Session,
    acme: SmallOrganisation,
    engagement_id: int,
    now: datetime,
    *words: SponsorSees,
) -> None:
    command = Agree(agreed_on=HELD, purpose="Growth", sponsor_sees=frozenset(words))
    service.agree(session, acme.actor["hr"], engagement_id, command, now=now)


def test_the_latest_agreement_of_the_latest_engagement_counts(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    leader_id = acme.person["leader"]
    with database.writing(acme.id) as session:
        hr = acme.actor["hr"]
        seen = [queries.sponsor_sees(session, leader_id)]
        _agree(session, acme, engagement_id, clock.now(), SponsorSees.LEVELS)
        seen.append(queries.sponsor_sees(session, leader_id))
        later = clock.now() + timedelta(minutes=1)
        _agree(session, acme, engagement_id, later, SponsorSees.MILESTONES)
        seen.append(queries.sponsor_sees(session, leader_id))
        service.end_engagement(session, hr, engagement_id, now=clock.now())
        seen.append(queries.sponsor_sees(session, leader_id))
        following = _open(acme, "other_coach", "leader", clock.today())
        service.open_engagement(session, hr, following, now=clock.now())
        seen.append(queries.sponsor_sees(session, leader_id))
    assert seen == [set(), {"levels"}, {"milestones"}, {"milestones"}, set()]


def test_a_sponsor_counts_sessions_and_reads_milestones_only_as_agreed(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    leader_id, sponsor = acme.person["leader"], acme.actor["sponsor"]
    with database.writing(acme.id) as session:
        milestone = SetMilestone(
            person_id=leader_id,
            competency_id=acme.competency["coaching-others"],
            title="Runs a review",
            level=3,
        )
        agreed_milestone(
            session, acme.actor["coach"], acme.actor["leader"], milestone, now=clock.now()
        )
        assert queries.milestones_of(session, sponsor, leader_id) == []
        with pytest.raises(NotVisible):
            queries.session_counts(session, sponsor, leader_id)
        both = (SponsorSees.MILESTONES, SponsorSees.SESSION_COUNTS)
        _agree(session, acme, engagement_id, clock.now(), *both)
        titles = [row.title for row in queries.milestones_of(session, sponsor, leader_id)]
        counts = queries.session_counts(session, sponsor, leader_id)
    assert titles == ["Runs a review"]
    assert counts is not None
    assert (counts.n_held, counts.n_agreed) == (0, 8)


def test_hr_counts_and_reads_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    leader_id, hr, coach = acme.person["leader"], acme.actor["hr"], acme.actor["coach"]
    with database.writing(acme.id) as session:
        for held_on, minutes in ((date(2026, 10, 1), 60), (HELD, 45)):
            command = LogSession(held_on=held_on, minutes=minutes, shared_note="Ours")
            service.log_session(session, coach, engagement_id, command, now=clock.now())
        counts = queries.session_counts(session, hr, leader_id)
        [row] = queries.engagements(session, hr)
        assert queries.sessions_of(session, hr, leader_id) == []
        assert queries.milestones_of(session, hr, leader_id) == []
        assert queries.actions_of(session, hr, leader_id) == []
        assert queries.milestone_counts(session, engagement_id) == dict.fromkeys(MilestoneState, 0)
    assert counts == SessionCounts(
        n_held=2,
        n_agreed=8,
        minutes=60 + 45,
        held_on=(date(2026, 10, 1), HELD),
        next_on=None,
    )
    assert (row.n_held, row.last_on, row.agreed_on) == (2, HELD, date(2026, 8, 31))
