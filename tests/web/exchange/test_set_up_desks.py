"""What roles ask for, courses and pathways by page: looked at first, stored as they were shown."""

from __future__ import annotations

import io

import pytest

from ldtrack.competencies.queries import role_profiles
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import Item, ItemKind
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.integration.pathways.makers import Made, a_pathway
from tests.web.exchange.test_other_desks import choose

ROLES = b"role,competency,level,critical\nBuyer; Planner,Coaching others,Advanced,yes\n"


def test_roles_are_looked_at_before_they_are_stored(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = choose(hr, "roles", ROLES)
    page = hr.get(address)
    assert "2 roles can be stored as they are." in page.text
    assert "Nobody here has the job “Buyer” or “Planner” yet." in page.text
    assert "Coaching others 4" in page.text
    done = hr.post(address, data={}, follow_redirects=True)
    assert "Stored: 2 added, 0 changed, 0 already here." in done.text
    with database.reading(acme.id) as session:
        names = [row.name for row in role_profiles(session)]
    assert names == ["Buyer", "Head of Operations", "Planner"]
    file = hr.get("/frameworks/roles.csv")
    page = hr.get(choose(hr, "roles", file.data))
    assert "3 roles can be stored as they are." in page.text
    assert page.text.count('<dd class="num">3</dd>') == 1


def test_a_bad_line_of_a_catalogue_is_left_out_only_if_one_says_so(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    raw = b"code,title,develops\nA,One,Coaching others (3)\nB,Two,Juggling (2)\n"
    address = choose(hr, "courses", raw)
    assert "1 line needs another look; 1 course could be stored." in hr.get(address).text
    refused = hr.post(address, data={})
    assert refused.status_code == 422
    assert "No published framework has a competency “Juggling”." in refused.text
    done = hr.post(address, data={"skip_bad": "yes"}, follow_redirects=True)
    assert "Stored: 1 added, 0 changed, 0 already here." in done.text
    taken = hr.get("/courses/catalogue.csv")
    assert (
        'Already the same</dt><dd class="num">1' in hr.get(choose(hr, "courses", taken.data)).text
    )


@pytest.fixture
def made(database: Database, acme: SmallOrganisation, clock: SetClock) -> Made:
    with database.writing(acme.id) as session:
        return a_pathway(session, acme, clock.now())


def test_a_pathway_goes_out_as_a_table_and_comes_in_changed_as_the_next_draft(
    visit: Visit, acme: SmallOrganisation, made: Made
) -> None:
    hr = visit(acme.actor["hr"])
    here = f"/pathways/{encode(made.version_id)}"
    assert f'href="{here}/table.csv"' in hr.get(here).text
    table = hr.get(f"{here}/table.csv").data
    same = hr.get(choose(hr, "pathways", table))
    assert "The pathway is here like that already." in same.text
    changed = table.replace(b"Coach a peer", b"Coach two peers")
    address = choose(hr, "pathways", changed)
    page = hr.get(address)
    assert "1 pathway can be stored as it is." in page.text
    assert "It comes in as the draft of the next version. Nobody is moved to it." in page.text
    done = hr.post(address, data={}, follow_redirects=True)
    assert "The pathway is here as a draft. Look it over, then publish it." in done.text
    assert "Coach two peers" in done.text
    again = hr.post(address, data={}, follow_redirects=True)
    assert "The pathway is here like that already. Nothing is changed." in again.text


def test_a_bad_table_of_a_pathway_is_not_stored_at_all(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    page = hr.get(choose(hr, "pathways", b"kind,title\npathway,Alone\nreading,A page\n"))
    assert "Nothing in this file can be stored." in page.text
    assert "Put the row of a stage above this one." in page.text
    assert "every step belongs to one." in page.text
    assert "Store 1 pathway" not in page.text


def test_a_pathway_whose_authors_lock_parts_of_it_is_not_written_over(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    about = {"title": "Came from afar", "purpose": "", "largest_share": 60}
    items = (
        Item(kind=ItemKind.PATHWAY, identifier="own", fields=about),
        Item(
            kind=ItemKind.STAGE,
            identifier="first",
            fields={"title": "First", "gates": []},
            locked=True,
        ),
    )
    with database.writing(acme.id) as session:
        service.bring_in(
            session,
            acme.actor["hr"],
            service.BringIn(
                identifier="own",
                edition=1,
                framework_version_id=acme.framework_version_id,
                came=items,
                items=items,
                competencies={},
                courses={},
                beside={},
            ),
            now=clock.now(),
        )
        assert [row.title for row in queries.catalogue(session, acme.actor["hr"])]
    hr = visit(acme.actor["hr"])
    raw = b"kind,title\npathway,Came from afar\nstage,First\n"
    assert (
        "Parts of the pathway of this title are locked" in hr.get(choose(hr, "pathways", raw)).text
    )


@pytest.mark.parametrize(
    ("kind", "lacking"),
    [
        ("roles", "has no competency “Developing others”"),
        ("courses", "has a competency “Developing others”"),
        ("pathways", "no one course with the code or title “LC-101”"),
    ],
)
def test_there_is_a_filled_example_of_which_only_what_it_names_is_unknown(
    visit: Visit, acme: SmallOrganisation, kind: str, lacking: str
) -> None:
    hr = visit(acme.actor["hr"])
    assert f"/bring-in/examples/{kind}.csv" in hr.get(f"/bring-in/{kind}").text
    example = hr.get(f"/bring-in/examples/{kind}.csv").data
    data = {"file": (io.BytesIO(example.replace(b"Vision", b"Strategic thinking")), "a.csv")}
    sent = hr.post(f"/bring-in/{kind}", data=data, content_type="multipart/form-data")
    page = hr.get(sent.location)
    assert lacking in page.text
    assert "is no kind of row" not in page.text
    assert "says no day" not in page.text


def test_a_competency_of_a_draft_is_split_on_its_page(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    begun = hr.submit(f"/frameworks/{encode(acme.framework_version_id)}/next", {"version": "2"})
    part = begun.text.partition("/split")[0].rpartition("/frameworks/competencies/")[2]
    address = f"/frameworks/competencies/{part}/split"
    refused = hr.submit(address, {"name_1": "Hearing", "name_2": "hearing"})
    assert refused.status_code == 422
    assert "There is a competency “hearing” in this edition already." in refused.text
    done = hr.submit(address, {"name_1": "Hearing", "name_2": "Asking", "name_4": "Telling"})
    assert "is split. Now reword the parts: they say the same so far." in done.text
    for name in ("Hearing", "Asking", "Telling"):
        assert name in done.text
    assert hr.get(address).status_code == 404
