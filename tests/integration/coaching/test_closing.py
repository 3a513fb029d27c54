"""Closing reviews: the two write them, and a sponsor reads them only if that was signed."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from ldtrack.coaching import pages, queries, service
from ldtrack.coaching.domain import SponsorSees
from ldtrack.coaching.domain.agreements import PartyKind
from ldtrack.coaching.domain.closing import WriteClosing
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotVisible
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.coaching.signing import said, sent, sign, without

CLOSING = WriteClosing(aimed="Ask more", came="The team decides", remains="The budget talks")


def _readers(session: Session, acme: SmallOrganisation, engagement_id: int) -> set[str]:
    found = set()
    for who in ("leader", "coach", "hr", "manager", "sponsor", "other_coach", "administrator"):
        try:
            queries.closing_of(session, acme.actor[who], engagement_id)
        except NotVisible:
            continue
        found.add(who)
    return found


def test_a_sponsor_reads_it_only_once_that_was_signed(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now, sponsor = clock.now(), acme.actor["sponsor"]
    with database.writing(acme.id) as session:
        service.write_closing(session, acme.actor["leader"], unsigned_id, CLOSING, now=now)
        readers = [_readers(session, acme, unsigned_id)]
        command = said(acme, sees={SponsorSees.CLOSING})
        agreement_id = sent(session, acme, unsigned_id, command, now=now)
        sign(session, acme, agreement_id, ["leader", "coach"], now=now)
        readers.append(_readers(session, acme, unsigned_id))
        sign(session, acme, agreement_id, ["sponsor"], now=now)
        readers.append(_readers(session, acme, unsigned_id))
        rows = queries.sponsored(session, [acme.person["leader"]], sponsor_id=sponsor.person_id)
        assert rows[acme.person["leader"]].closing_of == unsigned_id
        closing = queries.closing_of(session, sponsor, unsigned_id)
        assert [(row.kind, row.came) for row in closing.said] == [
            (PartyKind.LEADER, "The team decides")
        ]
    assert readers == [{"leader", "coach"}, {"leader", "coach"}, {"leader", "coach", "sponsor"}]


@pytest.mark.parametrize("who", ["hr", "manager", "sponsor", "other_coach", "other_leader"])
def test_nobody_but_the_two_writes_it(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int, who: str
) -> None:
    with database.writing(acme.id) as session, pytest.raises(NotVisible):
        service.write_closing(session, acme.actor[who], engagement_id, CLOSING, now=clock.now())


def test_each_writes_their_own_part_and_may_write_it_anew(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    now, anew = clock.now(), WriteClosing(aimed="Ask more", came="More than I hoped")
    with database.writing(acme.id) as session:
        for who, words in (("leader", CLOSING), ("coach", CLOSING), ("leader", anew)):
            service.write_closing(session, acme.actor[who], engagement_id, words, now=now)
        closing = queries.closing_of(session, acme.actor["coach"], engagement_id)
        own = pages.own_record(session, acme.actor["leader"], now=now)
        coachs = pages.own_record(session, acme.actor["coach"], now=now)
    assert [(row.kind, row.came) for row in closing.said] == [
        (PartyKind.LEADER, "More than I hoped"),
        (PartyKind.COACH, "The team decides"),
    ]
    assert [row["said_by"] for row in own["closing_reviews"]] == ["leader", "coach"]
    assert coachs["closing_reviews"] == []


def test_after_the_end_the_leader_still_writes_theirs_and_the_coach_reads_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        service.end_engagement(session, acme.actor["hr"], engagement_id, now=now)
        service.write_closing(session, acme.actor["leader"], engagement_id, CLOSING, now=now)
        gone = without(acme.actor["coach"], acme.person["leader"])
        with pytest.raises(NotVisible):
            queries.closing_of(session, gone, engagement_id)
        with pytest.raises(NotVisible):
            service.write_closing(session, gone, engagement_id, CLOSING, now=now)
