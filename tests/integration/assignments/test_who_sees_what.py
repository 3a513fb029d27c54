"""Who finds a placement, its outcome and what was written about it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments import queries, service
from ldtrack.assignments.domain import DebriefKind
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.assignments.makers import LOOKED_BACK, answers, placed


@pytest.fixture
def confirmed(database: Database, acme: SmallOrganisation, clock: SetClock) -> int:
    """A placement that a stranger to the leader owns, confirmed, with the leader's debrief."""
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now(), sponsor_id=acme.person["other_coach"])
        service.confirm_outcome(
            session, acme.actor["manager"], placement_id, answers(acme), now=clock.now()
        )
        service.write_debrief(
            session, acme.actor["leader"], placement_id, LOOKED_BACK, now=clock.now()
        )
    return placement_id


def _finds(session: Session, actor: Actor, person_id: int) -> bool:
    return bool(queries.placements_of(session, actor, person_id))


def test_a_placement_is_found_by_the_leader_the_coach_hr_and_those_who_answer_for_it(
    database: Database, acme: SmallOrganisation, confirmed: int
) -> None:
    with database.reading(acme.id) as session:
        finders = {
            key
            for key, actor in acme.actor.items()
            if _finds(session, actor, acme.person["leader"])
        }
        agreed = queries.placements_of(
            session, acme.actor["sponsor"], acme.person["leader"], agreed=True
        )
    assert finders == {"leader", "coach", "hr", "manager", "other_coach"}
    assert [row.id for row in agreed] == [confirmed]


def test_a_line_manager_who_does_not_answer_for_it_finds_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        placed(session, acme, clock.now(), owner_id=acme.person["other_coach"])
        assert not _finds(session, acme.actor["manager"], acme.person["leader"])


def test_what_was_written_in_looking_back_is_hidden_from_hr(
    database: Database, acme: SmallOrganisation, confirmed: int
) -> None:
    with database.reading(acme.id) as session:
        readers = {
            key
            for key, actor in acme.actor.items()
            if queries.debriefs_of(session, actor, confirmed)
        }
        marks = queries.placement(session, acme.actor["hr"], confirmed).held
    assert readers == {"leader", "coach", "manager", "other_coach"}
    assert marks == {DebriefKind.LEADER}


def test_a_peer_is_asked_and_sees_their_own_task_but_not_the_placement(
    database: Database, acme: SmallOrganisation, clock: SetClock, confirmed: int
) -> None:
    peer, today = acme.actor["other_leader"], clock.today()
    with database.writing(acme.id) as session:
        assert not queries.has_something_to_answer(session, peer)
        with pytest.raises(NotVisible):
            queries.debrief_task(session, peer, confirmed, today)
        service.name_peer(
            session,
            acme.actor["leader"],
            confirmed,
            acme.person["other_leader"],
            now=clock.now(),
        )
        assert queries.has_something_to_answer(session, peer)
        assert [task.kind for task in queries.debriefs_due(session, peer, today)] == [
            DebriefKind.PEER
        ]
        assert not _finds(session, peer, acme.person["leader"])
        service.write_debrief(session, peer, confirmed, LOOKED_BACK, now=clock.now())
        assert queries.debriefs_due(session, peer, today) == []
        written = queries.debriefs_of(session, peer, confirmed)
        assert [row.author_id for row in written] == [acme.person["other_leader"]]
        with pytest.raises(RuleBroken, match="already"):
            service.name_peer(
                session,
                acme.actor["leader"],
                confirmed,
                acme.person["peer_1"],
                now=clock.now(),
            )


@pytest.mark.parametrize("who", ["leader", "manager", "other_coach"])
def test_a_peer_is_somebody_who_does_not_look_back_already(
    database: Database, acme: SmallOrganisation, clock: SetClock, confirmed: int, who: str
) -> None:
    with database.writing(acme.id) as session, pytest.raises(RuleBroken):
        service.name_peer(
            session, acme.actor["leader"], confirmed, acme.person[who], now=clock.now()
        )


def test_what_is_due_from_whom(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    today = clock.today()
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        due = {
            key: [task.kind for task in queries.debriefs_due(session, actor, today)]
            for key, actor in acme.actor.items()
        }
        confirm = {
            key
            for key, actor in acme.actor.items()
            if queries.outcomes_to_confirm(session, actor, today)
        }
        assert {key: kinds for key, kinds in due.items() if kinds} == {
            "leader": [DebriefKind.LEADER],
            "manager": [DebriefKind.SPONSOR],
            "sponsor": [DebriefKind.SPONSOR],
        }
        assert confirm == {"manager", "sponsor"}
        service.write_debrief(
            session, acme.actor["manager"], placement_id, LOOKED_BACK, now=clock.now()
        )
        assert queries.debriefs_due(session, acme.actor["sponsor"], today) == []


def test_an_ended_coaching_relation_ends_the_view(
    database: Database, acme: SmallOrganisation, confirmed: int
) -> None:
    former = replace(acme.actor["coach"], coaches=frozenset[int]())
    with database.reading(acme.id) as session, pytest.raises(NotVisible):
        queries.placement(session, former, confirmed)


def test_another_organisation_finds_nothing(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    clock: SetClock,
    confirmed: int,
) -> None:
    with database.writing(rival.id) as session:
        for actor in rival.actor.values():
            with pytest.raises(NotVisible):
                queries.placement(session, actor, confirmed)
            with pytest.raises(NotVisible):
                service.confirm_outcome(session, actor, confirmed, answers(acme), now=clock.now())
