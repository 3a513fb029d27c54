"""What is known of coaches: places that are kept to, and accreditation that ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import OpenEngagement
from ldtrack.coaching.domain.coaches import CoachRow, Standing, WriteCoach
from ldtrack.coaching.queries import attention
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed, RuleBroken
from ldtrack.dashboards.queries import figures
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation


def _describe(session: Session, acme: SmallOrganisation, clock: SetClock, **known: object) -> None:
    command = WriteCoach(**known)  # type: ignore[arg-type]  # the tests name its fields
    coach = acme.person["coach"]
    service.describe_coach(session, acme.actor["hr"], coach, command, now=clock.now())


def _open(session: Session, acme: SmallOrganisation, clock: SetClock, leader: str) -> int:
    command = OpenEngagement(
        coach_id=acme.person["coach"],
        person_id=acme.person[leader],
        starts_on=clock.today(),
        sessions_agreed=6,
    )
    return service.open_engagement(session, acme.actor["hr"], command, now=clock.now())


def _coach(session: Session, acme: SmallOrganisation, clock: SetClock) -> CoachRow:
    rows = queries.coaches(session, acme.actor["hr"], clock.today())
    return next(row for row in rows if row.person_id == acme.person["coach"])


def test_a_coach_takes_as_many_leaders_as_they_have_places_and_another_when_one_ends(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _describe(session, acme, clock, places=2)
        first = _open(session, acme, clock, "peer_1")
        assert not _coach(session, acme, clock).is_full
        _open(session, acme, clock, "peer_2")
        row = _coach(session, acme, clock)
        assert (row.is_full, row.places_words) == (True, "2 of 2")
        with pytest.raises(RuleBroken) as refused:
            _open(session, acme, clock, "peer_3")
        assert refused.value.field == "coach_id"
        assert refused.value.message.startswith("Ines Marques has 2 of 2 places taken.")
        service.end_engagement(session, acme.actor["hr"], first, now=clock.now())
        _open(session, acme, clock, "peer_3")


def test_without_a_number_of_places_there_is_no_limit(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _describe(session, acme, clock, languages="German")
        for leader in ("peer_1", "peer_2", "peer_3"):
            _open(session, acme, clock, leader)
        row = _coach(session, acme, clock)
        assert (row.n_running, row.is_full, row.places_words) == (3, False, "3, no limit")


@pytest.mark.parametrize(
    ("days", "standing", "told"),
    [
        (61, Standing.HOLDS, 0),
        (60, Standing.ENDS_SOON, 1),
        (0, Standing.ENDS_SOON, 1),
        (-1, Standing.ENDED, 1),
    ],
)
def test_hr_is_told_of_an_accreditation_sixty_days_before_its_last_day_and_afterwards(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    days: int,
    standing: Standing,
    told: int,
) -> None:
    last = clock.today() + timedelta(days=days)
    with database.writing(acme.id) as session:
        _describe(session, acme, clock, body="ICF", level="PCC", expires_on=last)
        assert _coach(session, acme, clock).standing is standing
        counts = figures(session, acme.actor["hr"], clock.today())
        assert counts[attention.ACCREDITATIONS] == told


@pytest.mark.parametrize(
    ("known", "field"),
    [({"places": 101}, "places"), ({"places": -1}, "places"), ({"level": "PCC"}, "body")],
)
def test_what_cannot_be_is_refused_at_its_field(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    known: dict[str, object],
    field: str,
) -> None:
    with database.writing(acme.id) as session, pytest.raises(RuleBroken) as refused:
        _describe(session, acme, clock, **known)
    assert refused.value.field == field


def test_nobody_but_hr_describes_coaches(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    for who in ("coach", "leader", "administrator"):
        with database.writing(acme.id) as session, pytest.raises(NotAllowed):
            service.describe_coach(
                session, acme.actor[who], acme.person["coach"], WriteCoach(), now=clock.now()
            )
