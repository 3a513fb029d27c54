"""Frameworks as files by page: recognised, looked at, taken in, taken along."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from ldtrack.core.ids import encode
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit, Visitor
from tests.unit.exchange.packages import package, raw

HERE = "/bring-in/frameworks"
CASE = Path(__file__).parents[2] / "data" / "case"


def send(visitor: Visitor, content: bytes, name: str) -> str:
    """Send a file. Returns the address of its preview."""
    answer = visitor.post(
        HERE, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data"
    )
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_a_package_is_recognised_looked_at_and_comes_in_as_a_draft(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = send(hr, (CASE / "ecq_2006_cfpackage.json").read_bytes(), "ecq.json")
    page = hr.get(address)
    assert "a CASE package" in page.text
    assert "It comes in as a draft: 33 things are still missing" in page.text
    after = hr.post(address, follow_redirects=True)
    assert "The framework is here as a draft." in after.text
    again = hr.get(send(hr, (CASE / "ecq_2006_cfpackage.json").read_bytes(), "ecq.json"))
    assert "is here already; nothing would change." in again.text


def test_problems_are_named_by_item_and_nothing_can_be_stored(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    content = package()
    content["CFItems"][1]["fullStatement"] = ""
    content["CFAssociations"][2]["destinationNodeURI"]["identifier"] = "nobody"
    address = send(hr, raw(content), "broken.json")
    page = hr.get(address)
    assert "This framework cannot come in yet: 2 problems." in page.text
    assert "It says nothing: it has no fullStatement." in page.text
    assert "It stands under the item nobody, but there is no such item." in page.text
    assert hr.post(address).status_code == 422


@pytest.mark.parametrize("kind", ["case", "json"])
def test_an_edition_is_taken_along_and_a_changed_one_becomes_the_next_draft(
    visit: Visit, acme: SmallOrganisation, kind: str
) -> None:
    hr = visit(acme.actor["hr"])
    here = f"/frameworks/{encode(acme.framework_version_id)}"
    assert f"{here}/file/{kind}" in hr.get(here).text
    answer = hr.post(f"{here}/file/{kind}")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="small-1.')
    changed = answer.data.replace(b"Coaching others", b"Coaching").replace(b'"five"', b'"5"')
    address = send(hr, changed, "changed.json")
    page = hr.get(address)
    assert "would change in 1 competency." in page.text
    assert "It becomes the draft of the next edition, <em>1 (2)</em>." in page.text
    after = hr.post(address, follow_redirects=True)
    assert "The next edition is begun as a draft." in after.text
    rewritten = hr.get(send(hr, answer.data, "as-it-was.json"))
    assert "It replaces what the draft <em>1 (2)</em> says." in rewritten.text


def test_a_file_of_no_known_kind_is_refused(visit: Visit, acme: SmallOrganisation) -> None:
    hr = visit(acme.actor["hr"])
    answer = hr.post(f"/frameworks/{encode(acme.framework_version_id)}/file/docx")
    assert answer.status_code == 404
    page = hr.get(send(hr, json.dumps({"a": 1}).encode(), "a.json"))
    assert "This is not a framework file" in page.text
