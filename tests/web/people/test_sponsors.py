"""HR says who backs a leader, and that it is over."""

from __future__ import annotations

import pytest

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import people_of
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit


def _backed_by_petra(database: Database, acme: SmallOrganisation, clock: SetClock) -> set[int]:
    with database.reading(acme.id) as session:
        return people_of(session, acme.person["peer_1"], RelationshipKind.SPONSOR, clock.today())


def test_hr_names_a_sponsor_ends_it_and_takes_the_end_back(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, leader = visit(acme.actor["hr"]), acme.person["leader"]
    address = f"/people/{encode(leader)}/sponsors"
    one = f"{address}/{encode(acme.person['peer_1'])}"

    named = hr.submit(f"{address}/new", {"who": "petra.kline@example.org"})
    assert "is sponsored by" in named.text
    assert _backed_by_petra(database, acme, clock) == {leader}

    ended = hr.post(f"{one}/end", follow_redirects=True)
    assert f'action="{one}/name"' in ended.text
    assert _backed_by_petra(database, acme, clock) == set()

    assert hr.post(f"{one}/name").status_code == 303
    assert _backed_by_petra(database, acme, clock) == {leader}


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("", "Say who is to be the sponsor."),
        ("nobody@example.org", "There is nobody with this mail address or external id."),
        ("amara.okafor@example.org", "Nobody can be their own sponsor."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    visit: Visit, acme: SmallOrganisation, who: str, sentence: str
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/people/{encode(acme.person['leader'])}/sponsors/new"
    refused = hr.post(address, data={"who": who})
    assert refused.status_code == 422
    assert sentence in refused.text


def test_nobody_but_hr_names_sponsors(visit: Visit, acme: SmallOrganisation) -> None:
    address = f"/people/{encode(acme.person['leader'])}/sponsors/new"
    for role in ("leader", "coach", "sponsor", "administrator"):
        assert visit(acme.actor[role]).get(address).status_code in {403, 404}
