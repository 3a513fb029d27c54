"""Recording completions by hand, and who sees them."""

from __future__ import annotations

from typing import Any

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.courses import queries
from ldtrack.courses.domain import CompletionRow
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.integration.courses.makers import a_course


@pytest.fixture
def course_id(database: Database, acme: SmallOrganisation, clock: SetClock) -> int:
    """A course on offer."""
    with database.writing(acme.id) as session:
        return a_course(session, acme, clock.now())


def typed(**change: Any) -> dict[str, Any]:
    return {
        "who": "E1004",
        "completed_on": "2026-01-15",
        "assessed": "passed",
    } | change


def completions(database: Database, acme: SmallOrganisation) -> list[CompletionRow]:
    with database.reading(acme.id) as session:
        return queries.completions_of(session, acme.actor["hr"], acme.person["leader"])


@pytest.mark.parametrize("who", ["E1004", "Amara.Okafor@example.org"])
def test_hr_records_a_completion_by_external_id_or_address(
    visit: Visit, database: Database, acme: SmallOrganisation, course_id: int, who: str
) -> None:
    hr = visit(acme.actor["hr"])
    page = hr.submit(f"/courses/{encode(course_id)}/completions/new", typed(who=who))
    assert "Amara Okafor" in page.text
    assert "15 Jan 2026" in page.text
    assert [row.result for row in completions(database, acme)] == ["Passed"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"who": "E9999"}, "There is nobody with this mail address or external id."),
        ({"who": ""}, "Say who completed the course."),
        ({"completed_on": "2026-02-30"}, "There is no day 2026-02-30."),
        ({"completed_on": "2026-11-21"}, "Give a day that is not in the future."),
        ({"score": "5"}, "Say how many points there were to get."),
        ({"score": "11", "score_max": "10"}, "Give a score from 0 to 10."),
        ({"assessed": "brilliant"}, "This choice is not on offer."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    course_id: int,
    change: dict[str, str],
    sentence: str,
) -> None:
    answer = visit(acme.actor["hr"]).post(
        f"/courses/{encode(course_id)}/completions/new", data=typed(**change)
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert completions(database, acme) == []


def test_a_completion_can_be_taken_back(
    visit: Visit, database: Database, acme: SmallOrganisation, course_id: int
) -> None:
    hr = visit(acme.actor["hr"])
    here = f"/courses/{encode(course_id)}"
    hr.submit(f"{here}/completions/new", typed())
    completion_id = completions(database, acme)[0].id
    page = hr.post(f"{here}/completions/{encode(completion_id)}/withdraw", follow_redirects=True)
    assert "Nobody has completed it yet." in page.text
    assert completions(database, acme) == []


def test_the_same_form_sent_twice_stores_one_completion(
    visit: Visit, database: Database, acme: SmallOrganisation, course_id: int
) -> None:
    hr = visit(acme.actor["hr"])
    for key in ("0" * 32, "0" * 32, "1" * 32):
        hr.post(f"/courses/{encode(course_id)}/completions/new", data=typed(idempotency_key=key))
    assert len(completions(database, acme)) == 1


def test_readers_see_the_completions_that_concern_them(
    visit: Visit, acme: SmallOrganisation, course_id: int
) -> None:
    visit(acme.actor["hr"]).submit(f"/courses/{encode(course_id)}/completions/new", typed())
    seen = {
        who: "Amara Okafor" in page.text.split("<main")[1]
        for who, actor in acme.actor.items()
        for page in [visit(actor).get(f"/courses/{encode(course_id)}")]
    }
    assert {who for who, sees in seen.items() if sees} == {"hr", "leader", "coach", "manager"}
