"""Looking back without an account: who is sent a link, and what it opens."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.assignments import queries, service
from ldtrack.assignments.domain import Asking, DebriefKind
from ldtrack.assignments.links import Links
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed, NotVisible
from ldtrack.db.session import Database
from ldtrack.evidence.models import Evidence
from ldtrack.outbox.models import Job, Message
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.assignments.makers import LOOKED_BACK, answers, placed

LINKS = Links(keys=("for the tests",), base_url="https://ldtrack.example")


def over(session: Session, acme: SmallOrganisation, now: datetime) -> int:
    """A placement that is over, whose sponsor has no account, and whose peer has none either."""
    placement_id = placed(session, acme, now, sponsor_id=acme.person["report_3"])
    service.name_peer(session, acme.actor["leader"], placement_id, acme.person["peer_1"], now=now)
    return placement_id


def asking(acme: SmallOrganisation, placement_id: int, who: str, now: datetime) -> Asking:
    until = now.date() + timedelta(days=30)
    return Asking(placement_id=placement_id, person_id=acme.person[who], until=until)


def test_a_link_says_whom_it_is_for_and_cannot_be_made_up() -> None:
    said = Asking(placement_id=5, person_id=7, until=date(2026, 12, 20))
    assert LINKS.read(LINKS.token(said)) == said
    assert LINKS.read("nonsense") is None
    assert Links(keys=("another",)).read(LINKS.token(said)) is None
    newer = Links(keys=("for the tests", "the newest"))
    assert newer.read(LINKS.token(said)) == said


def test_those_without_an_account_are_mailed_a_link_and_the_others_none(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        placement_id = over(session, acme, clock.now())
        jobs = session.execute(select(Job.kind, Job.thing_id)).all()
        assert [tuple(job) for job in jobs] == [(service.LINKS, placement_id)]
        assert service.mail_links(session, placement_id, LINKS, now=clock.now()) == 2
        mails = session.scalars(select(Message).where(Message.subject.like("Look back on%"))).all()
    assert {mail.to_name for mail in mails} == {"Ruth Amsel", "Petra Kline"}
    assert all("https://ldtrack.example/d/" in mail.body for mail in mails)


def test_whoever_has_looked_back_is_not_asked_again(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        placement_id = over(session, acme, now)
        one = queries.linked(session, asking(acme, placement_id, "peer_1", now), now)
        service.write_debrief(session, one.actor, placement_id, LOOKED_BACK, now=now)
        service.write_debrief(session, acme.actor["manager"], placement_id, LOOKED_BACK, now=now)
        assert service.mail_links(session, placement_id, LINKS, now=now) == 0


def test_three_look_back_two_of_them_by_link_and_the_level_moves(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        placement_id = over(session, acme, now)
        sponsor = queries.linked(session, asking(acme, placement_id, "report_3", now), now)
        peer = queries.linked(session, asking(acme, placement_id, "peer_1", now), now)
        assert (sponsor.answers, peer.answers) == (True, False)
        service.confirm_outcome(session, sponsor.actor, placement_id, answers(acme), now=now)
        for actor in (sponsor.actor, peer.actor):
            service.write_debrief(session, actor, placement_id, LOOKED_BACK, now=now)
        assert session.scalars(select(Evidence)).all() == []
        service.write_debrief(session, acme.actor["leader"], placement_id, LOOKED_BACK, now=now)
        row = session.scalars(select(Evidence)).one()
        held = queries.placement(session, acme.actor["leader"], placement_id).held
    assert held == frozenset(DebriefKind)
    assert (row.value, row.noise_variance) == (3.8, 0.6**2)
    assert row.recorded_by == acme.person["report_3"]


def test_a_peer_confirms_no_outcome(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        placement_id = over(session, acme, now)
        peer = queries.linked(session, asking(acme, placement_id, "peer_1", now), now)
        with pytest.raises((NotAllowed, NotVisible)):
            service.confirm_outcome(session, peer.actor, placement_id, answers(acme), now=now)


@pytest.mark.parametrize("who", ["leader", "coach", "hr", "peer_2", "report_1"])
def test_a_link_opens_nothing_for_who_has_no_other_part_in_it(
    who: str, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        placement_id = over(session, acme, now)
        with pytest.raises(NotVisible):
            queries.linked(session, asking(acme, placement_id, who, now), now)


def test_a_link_ends_on_its_day_and_with_the_part_that_somebody_has(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        placement_id = over(session, acme, now)
        said = asking(acme, placement_id, "peer_1", now)
        queries.linked(session, said, now + timedelta(days=30))
        with pytest.raises(NotVisible):
            queries.linked(session, said, now + timedelta(days=31))
        other = acme.person["peer_2"]
        service.name_peer(session, acme.actor["leader"], placement_id, other, now=now)
        with pytest.raises(NotVisible):
            queries.linked(session, said, now)
        with pytest.raises(NotVisible):
            queries.linked(session, None, now)


def test_the_leader_has_the_links_sent_again(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        placement_id = over(session, acme, now)
        session.execute(delete(Job))
        service.send_links_again(session, acme.actor["leader"], placement_id, now=now)
        with pytest.raises((NotAllowed, NotVisible)):
            service.send_links_again(session, acme.actor["manager"], placement_id, now=now)
        assert session.scalars(select(Job.thing_id)).all() == [placement_id]
