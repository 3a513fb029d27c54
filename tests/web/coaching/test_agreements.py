"""Agreements on pages: written by one, signed by three, read by those whom they concern."""

from __future__ import annotations

from typing import Any

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit, Visitor
from tests.integration.coaching.signing import said, sent, sign


def _typed(acme: SmallOrganisation) -> dict[str, object]:
    return {
        "purpose": "I want to ask before I tell",
        "goals-0-competency": encode(acme.competency["coaching-others"]),
        "goals-0-level": "4",
        "goals-0-words": "Runs a review by asking",
        "sessions_agreed": "6",
        "sponsor_sees": ["milestones", "session_counts"],
    }


def _sign(browser: Visitor, page: str, name: str) -> Any:
    typed = {"name": name, "read": "y"}
    return browser.post(f"{page}/sign", data=typed, follow_redirects=True)


def _sent(database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int) -> str:
    with database.writing(acme.id) as session:
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=clock.now())
    return f"/coaching/agreements/{encode(agreement_id)}"


def test_a_leader_writes_it_and_three_sign_it(
    visit: Visit, acme: SmallOrganisation, unsigned_id: int
) -> None:
    leader, coach, sponsor = (visit(acme.actor[who]) for who in ("leader", "coach", "sponsor"))
    address = f"/coaching/engagements/{encode(unsigned_id)}/agreement/new"
    assert "Write the agreement" in leader.get("/coaching").text
    begun = leader.get(f"{address}?pattern=open").text
    assert "What do <em>you and your coach</em> agree with the sponsor?" in begun
    draft = leader.submit(address, _typed(acme))
    assert "A draft that <em>nobody has been asked to sign</em> yet." in draft.text
    page = draft.request.path
    assert sponsor.get(page).status_code == 404
    leader.post(f"{page}/send")
    shown = sponsor.get("/portfolio").text
    assert "You sponsor Amara Okafor; <em>1 agreement waits</em> for your signature." in shown
    assert "waits for <strong>your</strong> signature" in leader.get("/coaching").text
    assert "Sign the agreement on your coaching" in leader.get("/growth").text
    asked = sponsor.get(page).text
    assert "I want to ask before I tell" in asked
    assert 'Coaching others <span class="quiet">to level 4, Advanced</span>' in asked
    for who, browser in (("Amara Okafor", leader), ("Ines Marques", coach)):
        signed = _sign(browser, page, who)
        assert "Signed. It waits for the others now." in signed.text
    assert "2 of 3 have signed; it waits for <em>Sofia Berg</em>." in leader.get(page).text
    in_force = _sign(sponsor, page, "S. Berg")
    assert "In force since <em>20 Nov 2026</em>, signed by all." in in_force.text
    assert "as S. Berg" in in_force.text
    assert "Agreed to be shown: milestones, number of sessions." in sponsor.get("/portfolio").text
    assert "Signed by all, 20 Nov 2026" in leader.get("/coaching").text
    hr = visit(acme.actor["hr"])
    assert "signed 20 Nov 2026" in hr.get("/coaching/engagements").text


@pytest.mark.parametrize(
    ("who", "back"),
    [
        ("leader", "/coaching"),
        ("coach", "/people/{leader}/coaching"),
        ("hr", "/coaching/engagements/{engagement}"),
    ],
)
def test_whoever_would_rather_write_it_later_gets_back_to_the_coaching(
    visit: Visit, acme: SmallOrganisation, unsigned_id: int, who: str, back: str
) -> None:
    reader = visit(acme.actor[who])
    address = back.format(leader=encode(acme.person["leader"]), engagement=encode(unsigned_id))
    page = reader.get(f"/coaching/engagements/{encode(unsigned_id)}/agreement/new").text
    assert page.count(f'href="{address}"') >= 2
    assert reader.get(address).status_code == 200


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"purpose": ""}, "Say what the coaching is for, in the leader’s own words."),
        ({"goals-0-level": ""}, "Choose the level that it aims at."),
        ({"goals-0-competency": ""}, "Choose the competency that it is about."),
        ({"goals-0-level": "99"}, "This choice is not on offer."),
        ({"sessions_agreed": "0"}, "Please give a number from 1 to 100."),
        ({"sponsor_sees": "salary"}, "This choice is not on offer."),
    ],
)
def test_what_cannot_be_agreed_is_refused_where_it_was_typed(
    visit: Visit,
    acme: SmallOrganisation,
    unsigned_id: int,
    more: dict[str, str],
    sentence: str,
) -> None:
    address = f"/coaching/engagements/{encode(unsigned_id)}/agreement/new"
    page = visit(acme.actor["coach"]).post(address, data=_typed(acme) | more)
    assert page.status_code == 422
    assert sentence in page.text
    assert "Runs a review by asking" in page.text


def test_two_goals_on_one_competency_are_refused(
    visit: Visit, acme: SmallOrganisation, unsigned_id: int
) -> None:
    address = f"/coaching/engagements/{encode(unsigned_id)}/agreement/new"
    typed = _typed(acme)
    twice = {
        "goals-1-competency": typed["goals-0-competency"],
        "goals-1-level": "5",
    }
    page = visit(acme.actor["coach"]).post(address, data=typed | twice)
    assert page.status_code == 422
    assert "Name a competency once." in page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "", "read": "y"}, "Type your name to sign."),
        ({"name": "Amara Okafor"}, "Tick that you have read it and agree."),
    ],
)
def test_a_signature_needs_a_name_and_a_yes(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    unsigned_id: int,
    typed: dict[str, str],
    sentence: str,
) -> None:
    page = _sent(database, acme, clock, unsigned_id)
    leader = visit(acme.actor["leader"])
    answer = leader.post(f"{page}/sign", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "0 of 3 have signed" in visit(acme.actor["hr"]).get(page).text


def test_refusing_asks_why_and_tells_everybody(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    unsigned_id: int,
) -> None:
    page = _sent(database, acme, clock, unsigned_id)
    sponsor, coach = visit(acme.actor["sponsor"]), visit(acme.actor["coach"])
    assert sponsor.post(f"{page}/refuse", data={"word": ""}).status_code == 422
    said_no = sponsor.submit(f"{page}/refuse", {"word": "I want to see levels"})
    assert "This version was <em>refused</em>." in said_no.text
    assert 'Sofia Berg: <span dir="auto">I want to see levels</span>' in coach.get(page).text
    assert coach.post(f"{page}/sign", data={"name": "I", "read": "y"}).status_code == 409
    assert coach.get(f"{page}/refuse").status_code == 409
    assert "Write a new version" in coach.get(page).text


def test_a_leader_ends_what_is_in_force(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    unsigned_id: int,
) -> None:
    with database.writing(acme.id) as session:
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=clock.now())
        sign(session, acme, agreement_id, now=clock.now())
    page = f"/coaching/agreements/{encode(agreement_id)}"
    assert visit(acme.actor["coach"]).get(f"{page}/withdraw").status_code == 403
    leader = visit(acme.actor["leader"])
    assert "a sponsor sees nothing of this coaching" in leader.get(f"{page}/withdraw").text
    leader.submit(f"{page}/withdraw", {"word": "Later, perhaps"})
    shown = visit(acme.actor["sponsor"]).get("/portfolio").text
    assert "Nothing was agreed to be shown to you yet." in shown


def test_hr_records_on_paper_only_while_nothing_is_signed(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    unsigned_id: int,
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/coaching/engagements/{encode(unsigned_id)}"
    assert "Record one signed on paper" in hr.get(address).text
    with database.writing(acme.id) as session:
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=clock.now())
        sign(session, acme, agreement_id, now=clock.now())
    shown = hr.get(address).text
    assert "Record one signed on paper" not in shown
    assert "Version 1" in shown
    paper = hr.post(f"{address}/agreement", data={"agreed_on": "2026-11-19"})
    assert paper.status_code == 409


def test_nobody_else_finds_it(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    clock: SetClock,
    unsigned_id: int,
) -> None:
    page = _sent(database, acme, clock, unsigned_id)
    for actor in (
        acme.actor["manager"],
        acme.actor["other_coach"],
        acme.actor["other_leader"],
        acme.actor["administrator"],
        rival.actor["hr"],
    ):
        assert visit(actor).get(page).status_code in (403, 404)
