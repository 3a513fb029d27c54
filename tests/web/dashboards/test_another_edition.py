"""HR sees whose levels an edition changes, puts it in force, and people read what was carried."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from ldtrack.assignments.domain import Develops
from ldtrack.assignments.service import post_opening
from ldtrack.audit.models import AuditEvent
from ldtrack.coaching.domain import OpenEngagement
from ldtrack.coaching.service import open_engagement
from ldtrack.competencies import queries, service
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.next_edition import decide_all, keys_of, second_edition, walk_to
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.integration.assignments.makers import opening
from tests.integration.courses.makers import a_course
from tests.integration.growth.evidence import rated

BEFORE = date(2026, 6, 1)
HOUR = timedelta(hours=1)


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def draft(database: Database, acme: SmallOrganisation, clock: SetClock) -> int:
    """The second edition, published and decided; the leader has two levels on the first."""
    with database.writing(acme.id) as session:
        for number, (key, value) in enumerate(
            {"coaching-others": 4.4, "strategic-thinking": 3.0}.items(), 1
        ):
            for on in (BEFORE, BEFORE + timedelta(days=60)):
                rated(
                    session,
                    acme,
                    key,
                    value,
                    on,
                    clock.now(),
                    source_id=number * 10 + on.month,
                    noise=0.05,
                )
        found = second_edition(session, acme)
        service.publish_edition(session, acme.actor["hr"], found, now=clock.now() + HOUR)
        decide_all(session, acme, found, clock.now())
        return found


@pytest.fixture
def at(acme: SmallOrganisation, draft: int) -> str:
    """Where its crosswalk is."""
    return f"/frameworks/{encode(draft)}/from/{encode(acme.framework_version_id)}"


def test_each_persons_levels_stand_beside_what_they_would_be(
    visit: Visit, acme: SmallOrganisation, at: str
) -> None:
    page = _words(visit(acme.actor["hr"]).get(f"{at}/people").text)
    assert "1 person has a level in edition 1 that would change." in page
    assert "1 stay, 1 are split, 1 are retired" in page
    assert "Amara Okafor" in page
    assert "Coaching others 4.4 (4.0 to 4.7) met Same 4.4 (3.6 to 5.0) met" in page
    assert (
        "Strategic thinking 3.0 (2.6 to 3.4) not yet Split "
        "Seeing ahead 3.0 (2.3 to 3.7) not yet Choosing 3.0 (2.3 to 3.7) not yet" in page
    )


def test_people_are_searched_by_name(visit: Visit, acme: SmallOrganisation, at: str) -> None:
    hr = visit(acme.actor["hr"])
    assert "1 person with a level in edition" in hr.get(f"{at}/people?q=oka").text
    page = hr.get(f"{at}/people?q=%25").text
    assert "Nobody matches." in page
    assert "1 person has a level in edition" in hr.get(f"{at}/people?page=9").text


def test_what_it_does_is_said_before_it_is_done(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, at: str
) -> None:
    hr = visit(acme.actor["hr"])
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now(), title="Lead by asking", levels={"coaching-others": 3})
    page = _words(hr.get(f"{at}/in-force").text)
    assert "Shall 2 count for people from today on?" in page
    assert "Head of Operations Choosing 4" in page
    assert "1 course Lead by asking ." in page
    page = hr.submit(f"{at}/in-force", {"with_profiles": "y"}).text
    assert "2</em> counts for people since 20 Nov 2026." in page
    assert "Complete them" not in page
    # What it asked for before stands on the list as well, and says so no longer.
    page = _words(hr.get("/frameworks/roles").text)
    assert "1 role says which levels it asks for" in page
    assert "Until 20 Nov 2026" in page
    with database.reading(acme.id) as session:
        noted = session.scalars(select(AuditEvent.reason)).all()
        asked = queries.role_profile_of(session, "Head of Operations")
    assert {"put in force: 1 → 2", "moved along from 1: Head of Operations"} <= set(noted)
    assert asked is not None
    assert sorted(asked.targets.values()) == [3, 4, 4]


def test_without_the_tick_a_role_asks_only_for_what_the_edition_says_until_it_is_completed(
    visit: Visit, database: Database, acme: SmallOrganisation, at: str
) -> None:
    hr = visit(acme.actor["hr"])
    page = hr.submit(f"{at}/in-force", {"with_profiles": ""}).text
    assert "These roles say less by 2 than they did by 1." in page
    page = hr.post(f"{at}/roles", follow_redirects=True).text
    assert "1 role asks by 2 now." in page
    with database.reading(acme.id) as session:
        asked = queries.role_profile_of(session, "Head of Operations")
    assert asked is not None
    assert sorted(asked.targets.values()) == [3, 4, 4]


def test_what_stands_in_the_way_is_named(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        found = second_edition(session, acme)
    hr = visit(acme.actor["hr"])
    at = f"/frameworks/{encode(found)}/from/{encode(acme.framework_version_id)}"
    assert "Decide first what becomes of every competency." in hr.get(f"{at}/in-force").text
    assert "3 are not decided" in _words(hr.get(f"{at}/people").text)
    with database.writing(acme.id) as session:
        decide_all(session, acme, found, clock.now())
    assert "Publish 2 first; a draft counts for nobody." in hr.get(f"{at}/in-force").text
    assert hr.post(f"{at}/in-force", data={"with_profiles": "y"}).status_code == 409


def test_a_leader_reads_what_was_carried_and_what_it_was_before(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, draft: int, at: str
) -> None:
    visit(acme.actor["hr"]).submit(f"{at}/in-force", {"with_profiles": "y"})
    clock.instant += timedelta(days=30)
    leader, whose = visit(acme.actor["leader"]), encode(acme.person["leader"])
    with database.reading(acme.id) as session:
        new = keys_of(session, draft)
    page = _words(leader.get("/growth").text)
    assert page.count("carried from edition 1") == 3
    page = leader.get(f"/people/{whose}/growth/{encode(new['choosing'])}").text
    words = _words(page)
    assert "Carried from edition 1" in words
    assert "In edition 1 it was a part of something larger." in words
    assert "Nothing was observed of it since 20 Nov 2026." in words
    old = f"/people/{whose}/growth/{encode(acme.competency['strategic-thinking'])}"
    assert f'href="{old}"' in page
    assert "This went on as Seeing ahead and Choosing" in _words(leader.get(old).text)
    then = leader.get("/growth?as_of=2026-11-19").text
    assert "carried" not in then
    assert "Strategic thinking" in then


def test_no_page_takes_more_than_twelve_statements(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, at: str
) -> None:
    hr = visit(acme.actor["hr"])
    hr.get(at)
    taken = []
    for n_people in (1, 3):
        with database.writing(acme.id) as session:
            for number, key in enumerate(["other_leader", "manager"][: n_people - 1], 90):
                rated(
                    session,
                    acme,
                    "coaching-others",
                    3.0,
                    BEFORE,
                    clock.now(),
                    source_id=number,
                    whom=key,
                )
        with counted(database.engine) as people:
            hr.get(f"{at}/people")
        with counted(database.engine) as act:
            hr.get(f"{at}/in-force")
        taken.append((len(people), len(act)))
    assert taken == [(11, 12), (11, 12)]


def test_pages_on_which_a_competency_is_chosen_offer_what_it_has_become(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, draft: int
) -> None:
    leader = acme.person["leader"]
    with database.writing(acme.id) as session:
        service.put_in_force(
            session,
            acme.actor["hr"],
            walk_to(session, acme, draft),
            today=clock.today(),
            now=clock.now(),
            with_profiles=False,
        )
        engagement_id = open_engagement(
            session,
            acme.actor["hr"],
            OpenEngagement(
                coach_id=acme.person["coach"],
                person_id=leader,
                starts_on=clock.today(),
                sessions_agreed=6,
            ),
            now=clock.now(),
        )
    coach, peer = visit(acme.actor["coach"]), visit(acme.actor["other_leader"])
    for page in (
        coach.get(f"/coaching/engagements/{encode(engagement_id)}/sessions/new"),
        coach.get(f"/people/{encode(leader)}/milestones/new"),
        peer.get(f"/short-feedback/give/{encode(leader)}"),
    ):
        words = _words(page.text)
        assert page.status_code == 200
        assert "Seeing ahead" in words
        assert "Strategic thinking" not in words


def _put_in_force(database: Database, acme: SmallOrganisation, clock: SetClock, draft: int) -> None:
    with database.writing(acme.id) as session:
        service.put_in_force(
            session,
            acme.actor["hr"],
            walk_to(session, acme, draft),
            today=clock.today(),
            now=clock.now(),
        )


def test_hr_reads_whose_levels_change_back_and_takes_the_edition_out_of_force(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, draft: int, at: str
) -> None:
    hr, leader = visit(acme.actor["hr"]), visit(acme.actor["leader"])
    before = leader.get("/growth").text
    _put_in_force(database, acme, clock, draft)
    with database.writing(acme.id) as session:
        second = replace(acme, competency=keys_of(session, draft))
        rated(session, second, "choosing", 5.0, clock.today(), clock.now(), source_id=80)
    assert leader.get("/growth").text != before
    page = _words(hr.get(f"{at}/people").text)
    assert "1 person has a level that would change back if 2 were taken out of force." in page
    assert "Coaching others 4.4 (3.6 to 5.0) met Same 4.4 (4.0 to 4.7) in 1, met" in page
    assert "Split Strategic thinking 3.0 (2.6 to 3.4) in 1, not yet Choosing" in page
    page = _words(hr.get(f"{at}/out-of-force").text)
    assert "Shall 1 count for people again, as if 2 never had?" in page
    assert "1 piece of evidence names 2, about 1 person. Nothing of it is lost" in page
    answer = hr.post(f"{at}/out-of-force", data={"reason": " "})
    assert answer.status_code == 422
    assert "Say why; it is kept with the act." in answer.text
    page = hr.submit(f"{at}/out-of-force", {"reason": "Too early."}).text
    assert "1 counts for people again." in page
    assert "is not in force in place of 1" in _words(hr.get(f"{at}/out-of-force").text)
    page = _words(leader.get("/growth").text)
    assert "carried" not in page
    assert "Strategic thinking" in page


def test_what_names_the_edition_meanwhile_is_listed_in_at_most_twelve_statements(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, draft: int, at: str
) -> None:
    hr = visit(acme.actor["hr"])
    _put_in_force(database, acme, clock, draft)
    hr.get(at)
    taken = []
    for number in range(3):
        with database.writing(acme.id) as session:
            second = replace(acme, competency=keys_of(session, draft))
            a_course(
                session,
                second,
                clock.now(),
                code=f"L-{number}",
                title=f"Learn {number}",
                levels={"choosing": 3},
            )
            wanted = (Develops(competency_id=second.competency["choosing"], level=3),)
            post_opening(
                session,
                acme.actor["hr"],
                opening(
                    acme,
                    title=f"Try {number}",
                    develops=wanted,
                    starts_on=clock.today() + timedelta(days=30),
                    ends_on=clock.today() + timedelta(days=90),
                ),
                now=clock.now(),
            )
            rated(session, second, "choosing", 3.0, BEFORE, clock.now(), source_id=90 + number)
        with counted(database.engine) as act:
            page = hr.get(f"{at}/out-of-force").text
        with counted(database.engine) as people:
            hr.get(f"{at}/people")
        taken.append((len(act), len(people)))
    assert "3 courses" in _words(page)
    assert "3 open postings" in _words(page)
    assert taken == [(12, 12)] * 3
