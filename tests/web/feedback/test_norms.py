"""HR's page of norms, and bringing one in by page."""

from __future__ import annotations

import re
from io import BytesIO

import pytest

from ldtrack.core.ids import encode
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit

FILE = b"competency_id,mean,low,high\ncoaching-others,3.7,3.3,4.1\n"


def told(acme: SmallOrganisation) -> dict[str, str]:
    return {
        "framework": encode(acme.framework_version_id),
        "source": "A publisher",
        "population": "Managers",
        "n_leaders": "900",
        "as_of": "2026-01-30",
    }


def test_a_norm_is_looked_at_stored_listed_and_forgotten(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "There is no norm yet." in hr.get("/feedback/norms").text
    file = (BytesIO(FILE), "norm.csv")
    looked = hr.post("/bring-in/norms", data={**told(acme), "file": file})
    assert looked.status_code == 303
    assert "1 competency can be stored as it is." in hr.get(looked.location).text
    page = hr.post(looked.location, follow_redirects=True).text
    assert "Managers; 900 leaders, as of 30 Jan 2026." in page
    assert "3.3 to 4.1" in page
    drop = re.search(r"/feedback/norms/\w+/drop", page)
    assert drop is not None
    gone = hr.post(drop[0], follow_redirects=True).text
    assert "The set is gone." in gone
    assert "There is no norm yet." in gone


def test_what_has_to_be_printed_beside_it_is_asked_for(
    visit: Visit, acme: SmallOrganisation
) -> None:
    file = (BytesIO(FILE), "norm.csv")
    page = visit(acme.actor["hr"]).post("/bring-in/norms", data={"file": file})
    assert page.status_code == 422
    for sentence in (
        "Say where these figures come from.",
        "Say whom these figures are of.",
        "Say how many leaders it is of.",
        "Say from which day it is.",
    ):
        assert sentence in page.text


def test_an_own_norm_that_cannot_be_made_says_why(visit: Visit, acme: SmallOrganisation) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/feedback/norms/make/{encode(acme.framework_version_id)}"
    assert (
        "No competency has the reports of 30 leaders yet."
        in hr.post(address, follow_redirects=True).text
    )


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "administrator"])
def test_only_hr_sees_norms(visit: Visit, acme: SmallOrganisation, who: str) -> None:
    assert visit(acme.actor[who]).get("/feedback/norms").status_code in (403, 404)
