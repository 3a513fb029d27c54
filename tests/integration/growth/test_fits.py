"""How openings fit a leader, and who may know it of whom."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from ldtrack.assignments import service
from ldtrack.assignments.domain import PostingRow
from ldtrack.assignments.queries import posting
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotVisible
from ldtrack.db.session import Database
from ldtrack.growth.domain import Fit, Level, Taken, TooLittleKnown, usefulness
from ldtrack.growth.queries import fits_at, fits_of, growth_in
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.assignments.makers import opening, placed
from tests.integration.growth.evidence import rated

TODAY = date(2026, 11, 20)


def posted(session: Session, acme: SmallOrganisation, now: datetime) -> PostingRow:
    """An opening that asks for strategic thinking at 4 and coaching others at 3."""
    hr = acme.actor["hr"]
    command = opening(acme, starts_on=date(2027, 1, 4), ends_on=date(2027, 6, 30))
    return posting(session, hr, service.post_opening(session, hr, command, now=now))


def test_the_fit_is_the_mean_usefulness_of_the_gaps_that_are_known(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        row = posted(session, acme, now)
        rated(session, acme, "strategic-thinking", 3.4, date(2026, 10, 1), now, source_id=1)
        leader = acme.actor["leader"]
        found = fits_of(session, leader, acme.person["leader"], {row.id: row.develops}, TODAY)
        level = growth_in(
            session,
            leader,
            acme.person["leader"],
            acme.competency["strategic-thinking"],
            job_profile="",
            as_of=TODAY,
        ).standing
    fit = found.fits[row.id]
    assert isinstance(fit, Fit)
    assert isinstance(level, Level)
    assert fit.score == usefulness(4 - level.mean, level.sd)
    assert (fit.mostly_from, fit.unknown) == (("Strategic thinking",), ("Coaching others",))
    assert found.taken == Taken(last_on=None, n_lately=0)


def test_what_somebody_had_before_stands_beside_the_fit(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        row = posted(session, acme, now)
        placed(session, acme, now)
        placed(session, acme, now, starts_on=date(2022, 1, 3), ends_on=date(2022, 6, 30))
        found = fits_of(
            session, acme.actor["hr"], acme.person["leader"], {row.id: row.develops}, TODAY
        )
    assert found.taken == Taken(last_on=date(2026, 5, 4), n_lately=1)
    assert isinstance(found.fits[row.id], TooLittleKnown)


@pytest.mark.parametrize("who", ["manager", "sponsor", "other_leader", "other_coach"])
def test_nobody_else_asks_how_openings_fit_a_leader(
    who: str, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        row = posted(session, acme, clock.now())
        with pytest.raises(NotVisible):
            fits_of(session, acme.actor[who], acme.person["leader"], {row.id: row.develops}, TODAY)


def test_who_answers_for_it_learns_how_it_fits_those_who_applied(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        row = posted(session, acme, now)
        for number, (whom, level) in enumerate((("leader", 4.9), ("other_leader", 3.4))):
            rated(
                session, acme, "strategic-thinking", level, TODAY, now, source_id=number, whom=whom
            )
        both = [acme.person["leader"], acme.person["other_leader"]]
        found = {
            who: [one.person_id for one in fits_at(session, acme.actor[who], row, both, TODAY)]
            for who in ("manager", "sponsor", "hr", "peer_1", "coach")
            if who in acme.actor
        }
    best_first = both[::-1]
    assert found["manager"] == found["sponsor"] == found["hr"] == best_first
    assert found.get("coach") == [acme.person["leader"]]


def test_it_asks_as_little_for_three_as_for_one(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        rows = [posted(session, acme, now) for _ in range(3)]
        people = [acme.person[key] for key in ("leader", "other_leader", "peer_1")]
        rated(session, acme, "strategic-thinking", 3.4, TODAY, now, source_id=1)
    with database.reading(acme.id) as session:
        for n in (1, 3):
            openings = {row.id: row.develops for row in rows[:n]}
            with counted(database.engine) as asked:
                fits_of(session, acme.actor["hr"], people[0], openings, TODAY)
            assert len(asked) == 4
            with counted(database.engine) as asked:
                fits_at(session, acme.actor["hr"], rows[0], people[:n], TODAY)
            assert len(asked) == 4
