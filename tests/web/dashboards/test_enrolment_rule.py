"""The rule of a pathway in the browser: looked at first, kept, carried out, let go."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update

from ldtrack.core.ids import encode, new_id
from ldtrack.db.session import Database
from ldtrack.pathways import queries
from ldtrack.people.models import Person
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.web.pathways.conftest import Way, way

__all__ = ["way"]

LEADS = "Head of Operations"


def test_hr_looks_who_comes_keeps_the_rule_and_enrols_them(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "Nobody comes to" in hr.get(f"{way.at}/rule").text
    typed = {"job_profiles": [LEADS], "into_cohort": "Winter"}
    page = hr.post(f"{way.at}/rule/change", data=typed | {"then": "look"})
    assert page.status_code == 200
    assert "Nothing is kept yet: 2 people would come, 0 would match no longer" in page.text
    assert "Ben Li" in page.text
    assert "Amara Okafor" not in page.text
    with database.reading(acme.id) as session:
        plan = queries.pathway(session, acme.actor["hr"], way.made.version_id)
        assert queries.rule_of(session, acme.actor["hr"], plan.pathway_id) is None
    page = hr.submit(f"{way.at}/rule/change", typed)
    assert "The rule is kept. Nobody is enrolled yet" in page.text
    assert "2 people come to" in page.text
    page = hr.submit(f"{way.at}/rule", {"starts_on": "2026-12-01", "n": "2"})
    assert "2 people are enrolled." in page.text
    assert "changes nothing today" in page.text
    with database.reading(acme.id) as session:
        rows = queries.active_enrolments(session, acme.actor["hr"])
    assert sorted(row.cohort for row in rows) == ["Autumn", "Winter", "Winter"]


def test_those_who_no_longer_match_are_let_stay_one_by_one_and_ended_in_one_act(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.submit(f"{way.at}/rule/change", {"job_profiles": [LEADS]})
    hr.submit(f"{way.at}/rule", {"starts_on": "2026-11-20", "n": "2"})
    with database.writing(acme.id) as session:
        both = [acme.person["other_leader"], acme.person["manager"]]
        session.execute(update(Person).where(Person.id.in_(both)).values(job_profile="Specialist"))
    page = hr.get(f"{way.at}/rule").text
    assert "2 on it match no longer" in page
    with database.reading(acme.id) as session:
        rows = queries.enrolments_of(session, acme.actor["hr"], both)
    [ben] = [row.id for row in rows if row.person_id == acme.person["other_leader"]]
    page = hr.post(f"{way.at}/rule/keep/{encode(ben)}", data={}, follow_redirects=True).text
    assert "They stay, whatever the rule says." in page
    stale = hr.post(f"{way.at}/rule/end", data={"n": "2"})
    assert stale.status_code == 409
    page = hr.post(f"{way.at}/rule/end", data={"n": "1"}, follow_redirects=True).text
    assert "1 enrolment has ended." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Say at least one thing about whom it is for"),
        ({"competency_1": "coaching-others"}, "Choose the level."),
        (
            {
                "competency_1": "coaching-others",
                "level_1": "3",
                "competency_2": "coaching-others",
                "level_2": "4",
            },
            "This competency stands here twice.",
        ),
    ],
)
def test_a_rule_that_says_too_little_or_too_much_is_refused(
    visit: Visit, way: Way, acme: SmallOrganisation, typed: dict[str, str], sentence: str
) -> None:
    known = {key: encode(value) for key, value in acme.competency.items()}
    sent = {name: known.get(value, value) for name, value in typed.items()}
    answer = visit(acme.actor["hr"]).post(f"{way.at}/rule/change", data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_rule_is_switched_on_and_off_and_removed(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.submit(f"{way.at}/rule/change", {"job_profiles": [LEADS]})
    page = hr.post(f"{way.at}/rule/every-night/on", data={}, follow_redirects=True).text
    assert "Stop enrolling every night" in page
    page = hr.post(f"{way.at}/rule/every-night/off", data={}, follow_redirects=True).text
    assert "The rule waits for you now." in page
    page = hr.post(f"{way.at}/rule/remove", data={}, follow_redirects=True).text
    assert "Whoever it brought stays on the pathway." in page


@pytest.mark.parametrize("key", ["leader", "coach", "manager", "administrator"])
def test_nobody_else_sees_whom_a_pathway_is_for(
    visit: Visit, way: Way, acme: SmallOrganisation, key: str
) -> None:
    assert visit(acme.actor[key]).get(f"{way.at}/rule").status_code == 403


def test_the_page_asks_few_statements_with_three_people_and_with_hundreds(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    gap = {"competency_1": encode(acme.competency["coaching-others"]), "level_1": "3"}
    hr.submit(f"{way.at}/rule/change", {"job_profiles": [LEADS], "unassessed_too": "y", **gap})
    seen = []
    for n in (0, 300):
        with database.writing(acme.id) as session:
            if n:
                session.execute(insert(Person), [_somebody(acme.id, each) for each in range(n)])
        with counted(database.engine) as statements:
            assert f"{2 + n} people" in hr.get(f"{way.at}/rule").text
        seen.append(len(statements))
    assert seen[0] == seen[1] == 12


def _somebody(organisation_id: int, number: int) -> dict[str, object]:
    return {
        "id": new_id(),
        "organisation_id": organisation_id,
        "external_id": f"X{number}",
        "email": f"x{number}@example.org",
        "first_name": "X",
        "last_name": str(number),
        "job_profile": LEADS,
    }
