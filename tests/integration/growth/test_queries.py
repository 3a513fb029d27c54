"""Where a person stands, asked by different people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotVisible
from ldtrack.db.session import Database
from ldtrack.evidence.domain import SourceKind
from ldtrack.growth.domain import Level, NotYetAssessed, Verdict
from ldtrack.growth.queries import growth_in, growth_of
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.growth.evidence import attended, met, rated

ROLE = "Head of Operations"
TODAY = date(2026, 11, 20)


def test_competencies_of_the_role_come_first_and_in_the_order_of_the_framework(
    database: Database, acme: SmallOrganisation
) -> None:
    with database.reading(acme.id) as session:
        growth = growth_of(
            session,
            acme.actor["leader"],
            acme.person["leader"],
            job_profile=ROLE,
            as_of=TODAY,
        )
    assert [(found.competency.key, found.target) for found in growth.competencies] == [
        ("coaching-others", 3),
        ("strategic-thinking", 4),
        ("financial-acumen", 3),
    ]
    assert (growth.n_met, growth.n_assessed, growth.closest) == (0, 0, None)


def test_the_closest_is_the_likeliest_of_those_not_met(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        rated(session, acme, "coaching-others", 4.5, date(2026, 10, 1), now, source_id=1, noise=0.1)
        rated(session, acme, "strategic-thinking", 2.0, date(2026, 10, 1), now, source_id=2)
        rated(session, acme, "financial-acumen", 2.5, date(2026, 10, 1), now, source_id=3)
    with database.reading(acme.id) as session:
        growth = growth_of(
            session, acme.actor["hr"], acme.person["leader"], job_profile=ROLE, as_of=TODAY
        )
    assert (growth.n_met, growth.n_assessed) == (1, 3)
    assert growth.competencies[0].verdict is Verdict.MET
    assert growth.closest is growth.competencies[2]


def test_what_is_surely_below_its_target_comes_by_need_and_then_by_the_gap(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        for key, value in (
            ("coaching-others", 2.0),
            ("strategic-thinking", 1.5),
            ("financial-acumen", 4.5),
        ):
            rated(session, acme, key, value, date(2026, 10, 1), now, source_id=1, noise=0.05)
    with database.reading(acme.id) as session:
        growth = growth_of(
            session, acme.actor["hr"], acme.person["leader"], job_profile=ROLE, as_of=TODAY
        )
    wide, narrow = acme.competency["strategic-thinking"], acme.competency["coaching-others"]
    assert growth.below == (wide, narrow)
    needed = tuple(
        replace(one, is_critical=one.competency.id == narrow) for one in growth.competencies
    )
    assert replace(growth, competencies=needed).below == (narrow, wide)


def test_a_past_day_knows_only_what_was_observed_until_then(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        rated(session, acme, "coaching-others", 4.5, date(2026, 10, 1), clock.now(), source_id=1)
    with database.reading(acme.id) as session:
        then, now = (
            growth_of(
                session, acme.actor["hr"], acme.person["leader"], job_profile=ROLE, as_of=day
            ).competencies[0]
            for day in (date(2026, 9, 30), TODAY)
        )
    assert isinstance(then.standing, NotYetAssessed)
    assert isinstance(now.standing, Level)


@pytest.mark.parametrize("who", ["other_leader", "other_coach", "manager", "sponsor"])
def test_nobody_else_learns_that_there_is_anything(
    who: str, database: Database, acme: SmallOrganisation
) -> None:
    with database.reading(acme.id) as session, pytest.raises(NotVisible):
        growth_of(session, acme.actor[who], acme.person["leader"], job_profile=ROLE, as_of=TODAY)


@pytest.mark.parametrize(("who", "allowed"), [("sponsor", "agreed"), ("manager", "shared")])
def test_what_the_leader_allowed_opens_the_levels(
    who: str, allowed: str, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        met(session, acme, "coaching-others", 3, date(2026, 10, 1), clock.now(), source_id=1)
    with database.reading(acme.id) as session:
        growth = growth_of(
            session,
            acme.actor[who],
            acme.person["leader"],
            job_profile=ROLE,
            as_of=TODAY,
            agreed=allowed == "agreed",
            shared=allowed == "shared",
        )
    assert growth.n_assessed == 1


@pytest.mark.parametrize("n_pieces", [1, 3])
def test_statements_do_not_grow_with_the_evidence(
    n_pieces: int, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        for number in range(1, n_pieces + 1):
            rated(
                session,
                acme,
                list(acme.competency)[number - 1],
                3.0,
                date(2026, number, 1),
                now,
                source_id=number,
                by="coach",
            )
            attended(session, acme, "coaching-others", date(2026, 1, 1), now, source_id=number)
    leader = acme.actor["leader"]
    person_id = acme.person["leader"]
    with database.reading(acme.id) as session, counted(database.engine) as overview:
        growth_of(session, leader, person_id, job_profile=ROLE, as_of=TODAY)
    with database.reading(acme.id) as session, counted(database.engine) as one:
        competency_id = acme.competency["coaching-others"]
        growth_in(session, leader, person_id, competency_id, job_profile=ROLE, as_of=TODAY)
    assert (len(overview), len(one)) == (3, 3)


def test_one_competency_names_the_author_of_a_rating_but_nobody_behind_a_360(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        rated(session, acme, "coaching-others", 3.0, date(2026, 1, 1), now, source_id=1)
        rated(
            session,
            acme,
            "coaching-others",
            3.5,
            date(2026, 2, 1),
            now,
            source_id=2,
            kind=SourceKind.FEEDBACK_RELEASE,
        )
    with database.reading(acme.id) as session:
        growth = growth_in(
            session,
            acme.actor["hr"],
            acme.person["leader"],
            acme.competency["coaching-others"],
            job_profile=ROLE,
            as_of=TODAY,
        )
    assert [step.entry.author for step in growth.trajectory.steps] == ["Ines Marques", None]


def test_a_competency_of_another_organisation_is_not_there(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    with database.reading(acme.id) as session, pytest.raises(NotVisible):
        growth_in(
            session,
            acme.actor["leader"],
            acme.person["leader"],
            rival.competency["coaching-others"],
            job_profile=ROLE,
            as_of=TODAY,
        )
