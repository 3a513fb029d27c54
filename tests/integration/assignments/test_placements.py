"""Posting, applying, placing and ending."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ldtrack.assignments import queries, service
from ldtrack.assignments.domain import Develops, PlacementState
from ldtrack.assignments.models import Placement
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.outbox.models import Job, Message
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.assignments.makers import STARTS, answers, opening, placed

AHEAD = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 6, 30)}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": " "}),
        ("promised_outcome", {"promised_outcome": ""}),
        ("measure", {"measure": ""}),
        ("ends_on", {"ends_on": STARTS - timedelta(days=1)}),
        ("share_of_time", {"share_of_time": 0}),
        ("share_of_time", {"share_of_time": 101}),
        ("owner_id", {"owner_id": 5}),
        ("sponsor_id", {"sponsor_id": 5}),
        ("develops", {"develops": ()}),
        ("develops", {"develops": (Develops(competency_id=5, level=3),)}),
    ],
)
def test_an_opening_needs_an_owner_a_sponsor_a_promise_a_measure_and_a_competency(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    field: str,
    changes: dict[str, object],
) -> None:
    with database.writing(acme.id) as session, pytest.raises(RuleBroken) as broken:
        service.post_opening(session, acme.actor["hr"], opening(acme, **changes), now=clock.now())
    assert broken.value.field == field


@pytest.mark.parametrize("level", [0, 6])
def test_an_opening_asks_for_a_level_on_the_scale(
    database: Database, acme: SmallOrganisation, clock: SetClock, level: int
) -> None:
    off = (Develops(competency_id=acme.competency["coaching-others"], level=level),)
    with database.writing(acme.id) as session, pytest.raises(RuleBroken, match="from 1 to 5"):
        service.post_opening(
            session, acme.actor["hr"], opening(acme, develops=off), now=clock.now()
        )


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "manager", "administrator"])
def test_only_hr_posts_openings(
    database: Database, acme: SmallOrganisation, clock: SetClock, who: str
) -> None:
    with database.writing(acme.id) as session, pytest.raises(NotAllowed):
        service.post_opening(session, acme.actor[who], opening(acme), now=clock.now())


def test_an_owner_of_another_organisation_is_nobody_here(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    theirs = opening(acme, owner_id=rival.person["manager"])
    with database.writing(acme.id) as session, pytest.raises(RuleBroken):
        service.post_opening(session, acme.actor["hr"], theirs, now=clock.now())


def test_a_competency_that_was_rated_stays_on_the_opening(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    other = (Develops(competency_id=acme.competency["coaching-others"], level=3),)
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        service.confirm_outcome(
            session, acme.actor["manager"], placement_id, answers(acme), now=clock.now()
        )
        posting_id = queries.placement(session, acme.actor["hr"], placement_id).posting.id
        with pytest.raises(RuleBroken, match="rated on"):
            service.change_opening(
                session,
                acme.actor["hr"],
                posting_id,
                opening(acme, develops=other),
                now=clock.now(),
            )


def test_an_application_becomes_a_placement_by_an_offer_a_yes_and_a_start(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, leader, now = acme.actor["hr"], acme.actor["leader"], clock.now()
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(session, hr, opening(acme, **AHEAD), now=now)
        placement_id = service.apply(session, leader, posting_id, motive="I want to.", now=now)
        with pytest.raises(RuleBroken):
            service.apply(session, leader, posting_id, now=now)
        assert [row.id for row in queries.waiting_for_hr(session, hr, now.date())] == [placement_id]
        unsupported = service.Offer(without_support="There is no line manager.")
        service.offer(session, hr, placement_id, unsupported, now=now)
        service.accept(session, leader, placement_id, now=now)
        service.start(session, acme.actor["manager"], placement_id, now=now)
        row = queries.placement(session, leader, placement_id)
        subjects = session.scalars(select(Message.subject).order_by(Message.id)).all()
        assert queries.waiting_for_hr(session, hr, now.date()) == []
    assert (row.state, row.starts_on, row.ends_on) == (
        PlacementState.ACTIVE,
        now.date(),
        AHEAD["ends_on"],
    )
    assert sorted(subjects) == sorted(
        [
            *2 * ["Amara Okafor applies for Turn the night shift around"],
            "A place is offered to you: Turn the night shift around",
            *2 * ["Amara Okafor accepts: Turn the night shift around"],
            "You are placed: Turn the night shift around",
        ]
    )


def test_a_declined_application_has_a_reason_and_can_be_made_again(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, leader, now = acme.actor["hr"], acme.actor["leader"], clock.now()
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(session, hr, opening(acme, **AHEAD), now=now)
        first = service.apply(session, leader, posting_id, now=now)
        with pytest.raises(RuleBroken):
            service.decline(session, hr, first, reason=" ", now=now)
        service.decline(session, hr, first, reason="We need somebody on site.", now=now)
        with pytest.raises(Conflict):
            service.accept(session, leader, first, now=now)
        assert queries.placements_of(session, leader, acme.person["leader"]) == []
        second = service.apply(session, leader, posting_id, now=now)
        rows = queries.placements_of(session, leader, acme.person["leader"], declined=True)
    assert {row.id: row.state for row in rows} == {
        first: PlacementState.DECLINED,
        second: PlacementState.PROPOSED,
    }


def test_an_application_that_is_taken_back_leaves_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, now = acme.actor["leader"], clock.now()
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(
            session, acme.actor["hr"], opening(acme, **AHEAD), now=now
        )
        placement_id = service.apply(session, leader, posting_id, now=now)
        with pytest.raises(NotVisible):
            service.take_back(session, acme.actor["other_leader"], placement_id, now=now)
        with pytest.raises(NotAllowed):
            service.take_back(session, acme.actor["coach"], placement_id, now=now)
        service.take_back(session, leader, placement_id, now=now)
        assert session.scalars(select(Placement.id)).all() == []


def test_a_closed_or_past_opening_takes_no_applications(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, leader, now = acme.actor["hr"], acme.actor["leader"], clock.now()
    with database.writing(acme.id) as session:
        past = service.post_opening(session, hr, opening(acme), now=now)
        closed = service.post_opening(session, hr, opening(acme, **AHEAD), now=now)
        service.close_opening(session, hr, closed, service.CloseOpening(reason="Filled."), now=now)
        assert queries.open_postings(session, leader, clock.today()) == []
        for posting_id in (past, closed):
            with pytest.raises(RuleBroken, match="no more applications"):
                service.apply(session, leader, posting_id, now=now)
        service.reopen_opening(session, hr, closed, now=now)
        assert [row.id for row in queries.open_postings(session, leader, clock.today())] == [closed]


@pytest.mark.parametrize("who", ["manager", "sponsor"])
def test_who_confirms_the_outcome_is_not_placed(
    database: Database, acme: SmallOrganisation, clock: SetClock, who: str
) -> None:
    with database.writing(acme.id) as session, pytest.raises(RuleBroken, match="confirms"):
        placed(session, acme, clock.now(), who=who)


def test_who_is_placed_does_not_become_the_owner(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        posting_id = queries.placement(session, acme.actor["hr"], placement_id).posting.id
        with pytest.raises(RuleBroken) as broken:
            service.change_opening(
                session,
                acme.actor["hr"],
                posting_id,
                opening(acme, owner_id=acme.person["leader"]),
                now=clock.now(),
            )
    assert broken.value.field == "owner_id"


def test_the_database_itself_refuses_two_open_placements_of_one_person(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        first = session.get_one(Placement, placement_id)
        again = Placement(
            posting_id=first.posting_id,
            person_id=first.person_id,
            state=PlacementState.PROPOSED,
            starts_on=STARTS,
        )
    with database.session(writes=True, organisation_id=acme.id) as session:
        session.add(again)
        with pytest.raises(IntegrityError):
            session.flush()


def test_ending_asks_the_leader_the_owner_the_sponsor_and_by_link_the_peer_to_look_back(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, now, ends_on=date(2027, 1, 29))
        service.name_peer(
            session, acme.actor["leader"], placement_id, acme.person["peer_1"], now=now
        )
        early = service.EndPlacement(ended_on=date(2026, 11, 13), early=True)
        with pytest.raises(RuleBroken, match="why"):
            service.end_placement(session, acme.actor["hr"], placement_id, early, now=now)
        service.end_placement(
            session,
            acme.actor["hr"],
            placement_id,
            service.EndPlacement(
                ended_on=date(2026, 11, 13), early=True, reason="The line was sold."
            ),
            now=now,
        )
        row = queries.placement(session, acme.actor["leader"], placement_id)
        asked = set(session.scalars(select(Message.to_name)))
        linked = session.scalars(select(Job.thing_id).where(Job.kind == service.LINKS)).all()
    assert (row.state, row.ends_on) == (PlacementState.ENDED_EARLY, date(2026, 11, 13))
    assert asked == {"Amara Okafor", "Maya Singh", "Sofia Berg"}
    assert linked == [placement_id]


def test_a_placement_does_not_end_in_the_future_or_before_it_began(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now(), ends_on=date(2027, 1, 29))
        for day in (date(2026, 11, 21), STARTS - timedelta(days=1)):
            with pytest.raises(RuleBroken) as broken:
                service.end_placement(
                    session,
                    acme.actor["hr"],
                    placement_id,
                    service.EndPlacement(ended_on=day),
                    now=clock.now(),
                )
            assert broken.value.field == "ended_on"


@pytest.mark.parametrize("placements", [1, 3])
def test_a_persons_placements_take_three_statements_however_many_there_are(
    database: Database, acme: SmallOrganisation, clock: SetClock, placements: int
) -> None:
    with database.writing(acme.id) as session:
        for number in range(placements):
            placement_id = placed(session, acme, clock.now(), title=f"Number {number}")
            service.confirm_outcome(
                session, acme.actor["manager"], placement_id, answers(acme), now=clock.now()
            )
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        rows = queries.placements_of(session, acme.actor["leader"], acme.person["leader"])
    assert len(rows) == placements
    assert len(statements) == 3


def test_openings_are_listed_by_the_competencies_they_develop(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    strategic, financial = (
        acme.competency[key] for key in ("strategic-thinking", "financial-acumen")
    )
    with database.writing(acme.id) as session:
        hr = acme.actor["hr"]
        past = service.post_opening(session, hr, opening(acme, title="Past"), now=clock.now())
        ahead = service.post_opening(
            session, hr, opening(acme, title="Ahead", **AHEAD), now=clock.now()
        )
        both = queries.postings_for(session, [strategic, financial])
        still = queries.postings_for(session, [strategic], today=clock.today())
    assert {key: [row.id for row in rows] for key, rows in both.items()} == {
        strategic: [ahead, past]
    }
    assert [row.id for row in still[strategic]] == [ahead]
