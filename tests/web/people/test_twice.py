"""HR sees who may be there twice, looks at both records and makes them one."""

from __future__ import annotations

from sqlalchemy import select, update

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.people.models import Person
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit


def _of_one_name(database: Database, acme: SmallOrganisation) -> tuple[str, str]:
    """Petra and Paul under one name. Returns their ids as addresses have them."""
    with database.writing(acme.id) as session:
        session.execute(
            update(Person)
            .where(Person.id.in_((acme.person["peer_1"], acme.person["peer_2"])))
            .values(first_name="Petra", last_name="Kline")
        )
    return encode(acme.person["peer_1"]), encode(acme.person["peer_2"])


def test_records_of_one_name_are_proposed_with_the_reasons_until_they_are_told_apart(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "Nobody seems to be there twice." in hr.get("/people/twice").text
    petra, other = sorted(_of_one_name(database, acme))
    page = hr.get("/people/twice").text
    assert "1 pair of records may be of one person" in page
    assert "Same name · Same unit · Same job profile" in page
    told = hr.post(f"/people/{petra}/apart/{other}", follow_redirects=True).text
    assert "Nobody seems to be there twice." in told
    undo = f"/people/{petra}/apart/{other}/undo"
    assert f'action="{undo}"' in told
    assert "1 pair of records" in hr.post(undo, follow_redirects=True).text


def test_two_records_become_one_and_the_old_address_leads_to_it(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, (goes, stays) = visit(acme.actor["hr"]), _of_one_name(database, acme)
    chosen = hr.submit(f"/people/{stays}/join", {"who": "E1009"}, follow=False)
    address = f"/people/{stays}/join/{goes}"
    assert (chosen.status_code, chosen.location) == (303, address)
    assert "Make <em>E1009</em> one with E1010?" in hr.get(address).text

    refused = hr.post(address, data={"reason": "Same staff card", "typed": "E1010"})
    assert refused.status_code == 422
    assert "That is not it: type E1009." in refused.text
    assert 'value="Same staff card"' in refused.text

    done = hr.submit(address, {"reason": "Same staff card", "typed": "E1009"})
    assert "The two records are one now." in done.text
    assert "Known before as" in done.text
    old = hr.get(f"/people/{goes}/record?from=somewhere")
    assert (old.status_code, old.location) == (301, f"/people/{stays}/record?from=somewhere")
    with database.reading(acme.id) as session:
        assert session.scalars(select(Person.id).where(Person.external_id == "E1009")).all() == []


def test_whoever_may_not_see_somebody_is_not_led_to_them(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr, (goes, stays) = visit(acme.actor["hr"]), _of_one_name(database, acme)
    done = {"reason": "Same staff card", "typed": "E1009"}
    assert hr.post(f"/people/{stays}/join/{goes}", data=done).status_code == 303
    assert visit(acme.actor["other_leader"]).get(f"/people/{goes}/growth").status_code == 404


def test_what_stops_it_is_said_and_there_is_nothing_to_confirm(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    mine, other = encode(acme.person["hr"]), encode(acme.person["peer_1"])
    page = hr.get(f"/people/{mine}/join/{other}").text
    assert "One of the two records is your own: somebody else has to do this." in page
    assert 'name="typed"' not in page
    itself = hr.post(f"/people/{mine}/join", data={"who": "E1001"})
    assert itself.status_code == 422
    assert "That is this record. Name the other one." in itself.text


def test_nobody_but_hr_makes_records_one(visit: Visit, acme: SmallOrganisation) -> None:
    one, other = encode(acme.person["peer_1"]), encode(acme.person["peer_2"])
    for role in ("leader", "coach", "sponsor", "administrator"):
        for address in ("/people/twice", f"/people/{one}/join", f"/people/{one}/join/{other}"):
            assert visit(acme.actor[role]).get(address).status_code in (403, 404), role


def test_both_pages_ask_the_database_no_more_than_other_pages_do(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr, (goes, stays) = visit(acme.actor["hr"]), _of_one_name(database, acme)
    for address, taken in (("/people/twice", 7), (f"/people/{stays}/join/{goes}", 12)):
        with counted(database.engine) as statements:
            assert hr.get(address).status_code == 200
        assert len(statements) == taken, (address, statements)
