"""HR describes coaches, sees who is full, and is led from Today to what is to be renewed."""

from __future__ import annotations

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit


def test_a_coach_is_described_and_named_with_what_is_known(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr, one = visit(acme.actor["hr"]), f"/coaching/coaches/{encode(acme.person['coach'])}"
    form = {
        "places": "3",
        "languages": "English, German",
        "body": "ICF",
        "level": "PCC",
        "expires_on": "2026-12-24",
    }
    page = hr.submit(one, form).text
    assert "0 of 3" in page
    assert "English, German" in page
    assert "until 24 Dec 2026" in page
    assert "1 accreditation of a coach ends within 60 days or ended" in hr.get("/today").text
    ending = hr.get("/coaching/coaches?show=ending").text
    assert "Ines Marques" in ending
    assert "Otto Lind" not in ending
    leader = encode(acme.person["peer_1"])
    choice = hr.get(f"/coaching/engagements/new?sought=1&leader={leader}").text
    assert "Ines Marques, Operations" in choice
    assert "Speaks English, German; 3 of 3 places free; works in the same unit." in choice
    with counted(database.engine) as statements:
        hr.get("/coaching/coaches")
    assert len(statements) <= 8, statements


def test_a_coach_without_a_free_place_is_not_offered_and_plainly_refused(
    visit: Visit, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = visit(acme.actor["hr"])
    hr.submit(f"/coaching/coaches/{encode(acme.person['coach'])}", {"places": "0"})
    address = f"/coaching/engagements/new?sought=1&leader={encode(acme.person['peer_1'])}"
    page = hr.get(address).text
    assert "No place free: Ines Marques (0 of 0)." in page
    form = {
        "coach_id": encode(acme.person["coach"]),
        "starts_on": clock.today().isoformat(),
        "sessions_agreed": "6",
    }
    assert hr.post(address, data=form).status_code == 422


def test_what_is_wrong_is_said_beside_the_field(visit: Visit, acme: SmallOrganisation) -> None:
    one = f"/coaching/coaches/{encode(acme.person['coach'])}"
    refused = visit(acme.actor["hr"]).post(one, data={"level": "PCC", "languages": "Polish"})
    assert refused.status_code == 422
    assert "Say who accredited them." in refused.text
    assert 'value="Polish"' in refused.text


def test_nobody_but_hr_sees_what_is_known_of_coaches(visit: Visit, acme: SmallOrganisation) -> None:
    one = f"/coaching/coaches/{encode(acme.person['coach'])}"
    for role in ("leader", "coach", "sponsor", "administrator"):
        for address in ("/coaching/coaches", one):
            assert visit(acme.actor[role]).get(address).status_code == 403, role
