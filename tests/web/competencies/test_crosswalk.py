"""HR decides in the browser what became of each competency."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ldtrack.competencies import queries, service
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.next_edition import (
    decide_all,
    in_force,
    keys_of,
    second_edition,
    shorter_scale,
)
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit


@pytest.fixture
def draft(database: Database, acme: SmallOrganisation) -> int:
    """The second edition, of which nothing is decided."""
    with database.writing(acme.id) as session:
        return second_edition(session, acme)


@pytest.fixture
def at(acme: SmallOrganisation, draft: int) -> str:
    """Where its crosswalk is."""
    return f"/frameworks/{encode(draft)}/from/{encode(acme.framework_version_id)}"


def test_hr_decides_until_nothing_is_open(
    visit: Visit, database: Database, acme: SmallOrganisation, draft: int, at: str
) -> None:
    hr = visit(acme.actor["hr"])
    page = hr.get(f"/frameworks/{encode(draft)}").text
    assert f'href="{at}">crosswalk from 1</a>' in page
    page = hr.get(at).text
    assert (
        "0 of 5 competencies are decided on the way from edition <em>1</em> to <em>2</em>." in page
    )
    assert "Same? The identifier is the same; it was called “Strategic thinking”." in page
    page = hr.post(f"{at}/accept-same", follow_redirects=True).text
    assert "1 competency stays the same." in page
    page = hr.post(f"{at}/{encode(acme.competency['coaching-others'])}/accept").text
    with database.reading(acme.id) as session:
        new = keys_of(session, draft)
    thinking = encode(acme.competency["strategic-thinking"])
    parts = [encode(new["strategic-thinking"]), encode(new["choosing"])]
    page = hr.submit(f"{at}/{thinking}", {"fate": "with", "others": parts}).text
    assert "Split" in page
    acumen = encode(acme.competency["financial-acumen"])
    page = hr.submit(f"{at}/{acumen}", {"fate": "alone"}).text
    page = hr.post(f"{at}/{encode(new['digital-sense'])}/accept", follow_redirects=True).text
    assert "Everything is decided on the way from edition <em>1</em>" in page


def test_an_answer_and_ticks_that_disagree_are_asked_about(
    visit: Visit, database: Database, acme: SmallOrganisation, draft: int, at: str
) -> None:
    hr, one = visit(acme.actor["hr"]), f"{at}/{encode(acme.competency['financial-acumen'])}"
    with database.reading(acme.id) as session:
        other = encode(keys_of(session, draft)["choosing"])
    for typed, said in (
        ({"fate": "with"}, "Tick at least one competency."),
        ({"fate": "alone", "others": other}, "Untick these, or choose the other answer above."),
        ({"fate": ""}, "Say what became of it."),
    ):
        page = hr.submit(one, typed)
        assert page.status_code == 422
        assert said in page.text


def test_where_a_new_one_comes_from_is_said_on_its_own_page(
    visit: Visit, database: Database, acme: SmallOrganisation, draft: int, at: str
) -> None:
    hr = visit(acme.actor["hr"])
    with database.reading(acme.id) as session:
        new = keys_of(session, draft)
    one = f"{at}/{encode(new['digital-sense'])}"
    page = hr.get(one).text
    assert "Where does <em>Digital sense</em> in 2 come from?" in page
    page = hr.submit(one, {"fate": "with", "others": encode(acme.competency["financial-acumen"])})
    assert "1 of 4 competencies is decided" in page.text.replace("are decided", "is decided")


def test_scales_that_differ_are_to_be_read(
    visit: Visit, database: Database, acme: SmallOrganisation, draft: int, at: str
) -> None:
    with database.writing(acme.id) as session:
        shorter_scale(session, acme, draft)
    hr = visit(acme.actor["hr"])
    assert "The scales differ: 1 goes from 1 to 5, 2 from 1 to 3." in hr.get(at).text
    page = hr.submit(f"{at}/levels", {"lowest": "3", "highest": "2"})
    assert page.status_code == 422
    assert "The highest level must stay above the lowest." in page.text
    page = hr.submit(f"{at}/levels", {"lowest": "1", "highest": "3"}).text
    assert "1, Awareness reads as level 1, 5, Expert as level 3" in page


def test_what_is_in_force_can_only_be_read(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    later = clock.now() + timedelta(hours=1)
    with database.writing(acme.id) as session:
        new = in_force(session, acme, clock.today(), later)
    with database.reading(acme.id) as session:
        (walk,) = queries.crossings(session).all
    at = f"/frameworks/{encode(walk.after_id)}/from/{encode(walk.before_id)}"
    hr = visit(acme.actor["hr"])
    page = hr.get(at).text
    assert "Since 20 Nov 2026, <em>2</em> counts for people" in page
    assert "Change" not in page
    one = f"{at}/{encode(acme.competency['coaching-others'])}"
    answer = hr.post(one, data={"fate": "with", "others": encode(new["choosing"])})
    assert answer.status_code == 409


def test_nobody_but_hr_opens_it_and_the_wrong_way_round_is_nowhere(
    visit: Visit, acme: SmallOrganisation, draft: int, at: str
) -> None:
    for name in ("leader", "coach", "sponsor", "administrator"):
        assert visit(acme.actor[name]).get(at).status_code == 403
    before, after = encode(acme.framework_version_id), encode(draft)
    assert visit(acme.actor["hr"]).get(f"/frameworks/{before}/from/{after}").status_code == 404


def test_the_page_takes_no_more_statements_for_more_decisions(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    draft: int,
    at: str,
) -> None:
    hr = visit(acme.actor["hr"])
    hr.get(at)
    with counted(database.engine) as none:
        hr.get(at)
    with database.writing(acme.id) as session:
        decide_all(session, acme, draft, clock.now())
        service.publish_edition(
            session, acme.actor["hr"], draft, now=clock.now() + timedelta(hours=1)
        )
    with counted(database.engine) as several:
        hr.get(at)
    assert (len(several), len(none)) == (9, 10)
