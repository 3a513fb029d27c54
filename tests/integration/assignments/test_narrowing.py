"""The catalogue of openings, narrowed by everything that it can be narrowed by."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.assignments import queries, service
from ldtrack.assignments.domain import Develops, PostingKind, Stretch
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.people.models import Person
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.assignments.makers import opening

_STEEP = Stretch(novelty=4, stakes=4, visibility=4, boundary_crossing=2, ambiguity=1)


@pytest.fixture
def openings(database: Database, acme: SmallOrganisation, clock: SetClock) -> dict[str, int]:
    """Four openings that differ in everything, and one that is over."""
    strategic, coaching = acme.competency["strategic-thinking"], acme.competency["coaching-others"]
    different: dict[str, dict[str, Any]] = {
        "Shift": {"develops": (Develops(competency_id=strategic, level=4),), "location": "Leeds"},
        "Depots": {
            "kind": PostingKind.ROTATION,
            "develops": (Develops(competency_id=coaching, level=3),),
            "share_of_time": 100,
            "description": "Two depots, 50%_ fewer handovers.",
            "stretch": _STEEP,
        },
        "Guild": {
            "kind": PostingKind.COMMUNITY,
            "share_of_time": 10,
            "is_remote": True,
            "stretch": Stretch(novelty=4),
            "owner_id": acme.person["other_coach"],
        },
        "Spring": {"starts_on": date(2027, 4, 1), "location": "York", "is_remote": True},
    }
    with database.writing(acme.id) as session:
        ids = {}
        for title, one in different.items():
            given = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 6, 30), **one}
            command = opening(acme, title=title, **given)
            ids[title] = service.post_opening(session, acme.actor["hr"], command, now=clock.now())
        service.post_opening(session, acme.actor["hr"], opening(acme), now=clock.now())
    return ids


def _found(session: Session, acme: SmallOrganisation, today: date, **asked: str) -> set[str]:
    wanted = queries.wanted_from({key.rstrip("_"): value for key, value in asked.items()})
    leader = acme.actor["leader"]
    ids = queries.asked_by_openings(session, leader, wanted, today)
    return {row.title for row in queries.postings_named(session, ids).values()}


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, {"Shift", "Depots", "Guild", "Spring"}),
        ({"q": "gui"}, {"Guild"}),
        ({"q": "50%_ fewer"}, {"Depots"}),
        ({"q": "50%1"}, set()),
        ({"kind": "rotation"}, {"Depots"}),
        ({"kind": "holiday"}, {"Shift", "Depots", "Guild", "Spring"}),
        ({"band": "steep stretch"}, {"Depots"}),
        ({"band": "clear stretch"}, {"Shift", "Spring"}),
        ({"band": "gentle stretch"}, set()),
        ({"band": "familiar ground"}, {"Guild"}),
        ({"share": "20"}, {"Guild"}),
        ({"share": "50"}, {"Shift", "Guild", "Spring"}),
        ({"from_": "2027-02-01"}, {"Spring"}),
        ({"until": "2027-06-29"}, set()),
        ({"until": "2027-06-30", "from_": "no day"}, {"Shift", "Depots", "Guild", "Spring"}),
        ({"where": "remote"}, {"Guild", "Spring"}),
        ({"where": "at-Leeds"}, {"Shift"}),
        ({"where": "Leeds"}, {"Shift", "Depots", "Guild", "Spring"}),
        ({"kind": "community", "where": "at-Leeds"}, set()),
    ],
)
def test_the_catalogue_holds_what_is_asked_for(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    openings: dict[str, int],
    asked: dict[str, str],
    titles: set[str],
) -> None:
    with database.reading(acme.id) as session:
        assert _found(session, acme, clock.today(), **asked) == titles


def test_by_competency_and_by_the_unit_of_whoever_owns_it(
    database: Database, acme: SmallOrganisation, clock: SetClock, openings: dict[str, int]
) -> None:
    today = clock.today()
    with database.reading(acme.id) as session:
        unit_id = session.scalar(select(Person.unit_id).where(Person.id == acme.person["manager"]))
        coaching = encode(acme.competency["coaching-others"])
        assert _found(session, acme, today, competency=coaching) == {"Depots", "Guild", "Spring"}
        assert unit_id is not None
        mine = _found(session, acme, today, unit=encode(unit_id))
        choices = queries.choices_among(session, today)
    assert {"Shift", "Depots", "Spring"} <= mine
    assert choices.places == ["Leeds", "York"]
    assert unit_id in {id_ for id_, _ in choices.units}
    assert choices.competency_ids == {
        acme.competency["strategic-thinking"],
        acme.competency["coaching-others"],
    }


def test_no_address_narrows_by_nonsense() -> None:
    nonsense = {
        "competency": "x",
        "band": "wild",
        "share": "7",
        "where": "elsewhere",
        "unit": "0",
        "state": "draft",
        "sort": "salary",
        "from": "2027-02-30",
    }
    assert queries.wanted_from(nonsense) == queries.Wanted()
    assert not queries.wanted_from(nonsense).is_narrowed
