"""The closing review on pages: written by the two, found by a sponsor with whom it was agreed."""

from __future__ import annotations

from ldtrack.coaching.domain import SponsorSees
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.integration.coaching.signing import said, sent, sign


def test_both_look_back_and_the_sponsor_finds_it_in_the_portfolio(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    unsigned_id: int,
) -> None:
    leader, coach, sponsor = (visit(acme.actor[who]) for who in ("leader", "coach", "sponsor"))
    address = f"/coaching/engagements/{encode(unsigned_id)}/closing"
    assert address in leader.get("/coaching").text
    assert address in coach.get(f"/people/{encode(acme.person['leader'])}/coaching").text
    typed = {"aimed": "Ask more", "came": "The team decides", "remains": "The budget talks"}
    page = leader.submit(f"{address}/write", typed)
    assert "You have looked back; <em>Ines Marques has not</em>." in page.text
    coach.submit(f"{address}/write", typed | {"came": "She asks first"})
    assert "What <em>both</em> say of the coaching as a whole." in leader.get(address).text
    assert sponsor.get(address).status_code == 404
    with database.writing(acme.id) as session:
        command = said(acme, sees={SponsorSees.CLOSING})
        agreement_id = sent(session, acme, unsigned_id, command, now=clock.now())
        sign(session, acme, agreement_id, now=clock.now())
    assert address in sponsor.get("/portfolio").text
    read = sponsor.get(address).text
    assert "She asks first" in read
    assert "Write your part" not in read
    assert sponsor.get(f"{address}/write").status_code == 403
    assert "it was agreed" in leader.get(f"{address}/write").text


def test_what_is_left_empty_is_asked_for_where_it_is_missing(
    visit: Visit, acme: SmallOrganisation, engagement_id: int
) -> None:
    address = f"/coaching/engagements/{encode(engagement_id)}/closing/write"
    page = visit(acme.actor["coach"]).post(address, data={"came": "She asks first"})
    assert page.status_code == 422
    assert "Say what you aimed at." in page.text
    assert "She asks first" in page.text


def test_hr_reads_none_of_it(visit: Visit, acme: SmallOrganisation, engagement_id: int) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/coaching/engagements/{encode(engagement_id)}/closing"
    assert [hr.get(path).status_code for path in (address, f"{address}/write")] == [404, 404]
