"""Pages of short feedback: from choosing a colleague to thank you, and what is refused."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.integration.feedback.test_short import WORDS, asked, given

HOME = "/short-feedback"


def _address(page: str, part: str) -> str:
    """The first address in a page that ends like this."""
    found = re.search(rf'(?:href|action)="([^"]*{part})"', page)
    assert found is not None, part
    return found.group(1).replace("&amp;", "&")


def test_a_colleague_is_found_told_and_says_thank_you(
    visit: Visit, acme: SmallOrganisation
) -> None:
    manager, leader = visit(acme.actor["manager"]), visit(acme.actor["leader"])
    near = manager.get(f"{HOME}/give").text
    assert "Amara Okafor" in near
    whom = _address(manager.get(f"{HOME}/give?q=amara").text, encode(acme.person["leader"]))
    what = _address(manager.get(whom).text, encode(acme.competency["coaching-others"]))
    behaviour = re.search(
        r'value="([0-9a-z]+)"[^>]*><span>Shows coaching others at level 3', (manager.get(what).text)
    )
    assert behaviour is not None
    typed = {"behaviour": behaviour.group(1), "kind": "keep", "body": WORDS}
    after = manager.post(what, data=typed, follow_redirects=True).text
    assert "Amara can read it now. You have ten minutes to take it back." in after
    home = leader.get(HOME).text
    assert "The latest word for you is from <em>Maya Singh</em>." in home
    assert WORDS in home
    assert "Shows coaching others at level 3" in home
    leader.post(_address(home, "/thank"))
    assert "Thank you" in manager.get(HOME).text


def test_words_without_a_wish_are_refused_and_kept(visit: Visit, acme: SmallOrganisation) -> None:
    manager = visit(acme.actor["manager"])
    address = (
        f"{HOME}/give/{encode(acme.person['leader'])}"
        f"?competency={encode(acme.competency['coaching-others'])}"
    )
    page = manager.post(address, data={"body": WORDS, "behaviour": "whole"})
    assert page.status_code == 422
    assert "Say whether it should stay or change." in page.text
    assert WORDS in page.text
    forged = manager.post(address, data={"body": WORDS, "kind": "keep", "behaviour": encode(77)})
    assert forged.status_code == 422
    assert "This choice is not on offer." in forged.text


@pytest.mark.parametrize("who", ["peer_1", "manager"])
def test_there_is_no_page_for_oneself_or_for_somebody_who_cannot_sign_in(
    visit: Visit, acme: SmallOrganisation, who: str
) -> None:
    manager = visit(acme.actor["manager"])
    assert manager.get(f"{HOME}/give/{encode(acme.person[who])}").status_code == 404
    found = manager.get(f"{HOME}/give?q=petra").text
    assert "Nobody matches “petra”." in found


def test_a_search_shows_no_address(visit: Visit, acme: SmallOrganisation) -> None:
    page = visit(acme.actor["manager"]).get(f"{HOME}/give?q=o").text
    assert "Amara Okafor" in page
    assert "@example.org" not in page


def test_hiding_sharing_and_taking_back_are_each_one_click(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        short_id = given(session, acme, clock)
    leader, manager, coach = (visit(acme.actor[who]) for who in ("leader", "manager", "coach"))
    shared = f"/people/{encode(acme.person['leader'])}/short-feedback"
    act = f"{HOME}/{encode(short_id)}"
    assert WORDS not in coach.get(shared).text
    leader.post(f"{act}/share")
    assert WORDS in coach.get(shared).text
    leader.post(f"{act}/stop-sharing")
    assert WORDS not in coach.get(shared).text
    assert "1 hidden" in leader.post(f"{act}/hide", follow_redirects=True).text
    assert "1 hidden" not in manager.get(HOME).text
    assert "1 hidden" not in leader.post(f"{act}/show-again", follow_redirects=True).text
    assert coach.post(f"{act}/take-back").status_code == 404
    manager.post(f"{act}/take-back")
    assert WORDS not in leader.get(HOME).text + manager.get(HOME).text


def test_who_is_asked_finds_it_on_the_first_page_and_answers(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, manager = visit(acme.actor["leader"]), visit(acme.actor["manager"])
    whom = _address(leader.get(f"{HOME}/ask").text, encode(acme.person["manager"]))
    what = _address(leader.get(whom).text, encode(acme.competency["coaching-others"]))
    leader.submit(what, {"behaviour": "whole", "question": "In Tuesday’s review?"})
    assert "Short feedback for Amara Okafor" in manager.get("/growth").text
    answer = _address(manager.get(HOME).text, "/requests/[0-9a-z]+")
    assert "In Tuesday’s review?" in manager.get(answer).text
    empty = manager.post(answer, data={"kind": "try", "body": ""})
    assert (empty.status_code, "Say what you saw" in empty.text) == (422, True)
    manager.post(answer, data={"kind": "try", "body": WORDS})
    assert "Short feedback for Amara Okafor" not in manager.get("/growth").text
    assert WORDS in leader.get(HOME).text
    assert manager.get(answer).status_code == 404


def test_not_this_time_and_ask_no_longer(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        asked(session, acme, clock)
    manager, leader = visit(acme.actor["manager"]), visit(acme.actor["leader"])
    manager.post(_address(manager.get(HOME).text, "/decline"))
    page = leader.get(HOME).text
    assert "not this time" in page
    leader.post(_address(page, "/withdraw"))
    assert "not this time" not in leader.get(HOME).text
    assert visit(acme.actor["coach"]).get(f"{HOME}/ask").status_code == 403


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_takes_as_many_statements_with_one_word_as_with_three(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    n: int,
) -> None:
    with database.writing(acme.id) as session:
        for who in ("manager", "coach", "hr")[:n]:
            given(session, acme, clock, who)
    leader = visit(acme.actor["leader"])
    leader.get(HOME)
    with counted(database.engine) as statements:
        assert leader.get(HOME).status_code == 200
    assert len(statements) == 11
