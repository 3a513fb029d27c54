"""Two organisations with one of everything in them, so that whatever could leak is there to leak.

A text about somebody reads `MARK-<whose>-<what>`; the tests of policy say who may meet it where.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import relate
from ldtrack.coaching.domain import SponsorSees
from ldtrack.courses.service import AddCourse, add_course
from ldtrack.db.session import Database
from tests.infrastructure.database import TODAY
from tests.infrastructure.engines import quick_engine
from tests.infrastructure.furnish import (
    Corner,
    coaching_that_ended,
    furnish,
    next_edition,
    own_framework,
)
from tests.infrastructure.organisation import SINCE, SmallOrganisation, found
from tests.infrastructure.sealing import SEAL

AMARA, BEN, RIVAL = "amara", "ben", "rival"
"""Whose a text is: of the leader the tests are about, of another one, of another organisation."""
PLAIN_COURSE = "FIRST-AID"
"""The code of a course that is about nobody, to be sent in files."""


@dataclass(frozen=True, kw_only=True)
class FullHouse:
    """Both organisations, and who was asked in each open 360 cycle and each open pulse."""

    acme: SmallOrganisation
    rival: SmallOrganisation
    invitation: dict[str, dict[str, int]]
    pulse_invitation: dict[str, dict[str, int]]


def build(database: Database) -> FullHouse:
    """Fill an empty database. Amara's sponsor may see all that can be agreed on, Ben's nothing."""
    with database.writing() as session:
        acme = found(session, "Acme", TODAY)
        plain = AddCourse(code=PLAIN_COURSE, title="First aid", develops=())
        add_course(session, acme.actor["hr"], plain, now=TODAY)
        coaching_that_ended(_corner(session, acme, AMARA))
        own_framework(_corner(session, acme, AMARA))
        next_edition(_corner(session, acme, AMARA))
        asked = {AMARA: furnish(_corner(session, acme, AMARA), agreed=frozenset(SponsorSees))}
        asked[BEN] = furnish(_corner(session, _as_ben(session, acme), BEN), agreed=None)
    with database.writing() as session:
        rival = found(session, "Rival", TODAY, domain="rival.example")
        coaching_that_ended(_corner(session, rival, RIVAL))
        own_framework(_corner(session, rival, RIVAL))
        next_edition(_corner(session, rival, RIVAL))
        asked[RIVAL] = furnish(_corner(session, rival, RIVAL), agreed=frozenset(SponsorSees))
    return FullHouse(
        acme=acme,
        rival=rival,
        invitation={whose: one.cycle for whose, one in asked.items()},
        pulse_invitation={whose: one.pulse for whose, one in asked.items()},
    )


def _corner(session: Session, organisation: SmallOrganisation, word: str) -> Corner:
    return Corner(session=session, organisation=organisation, word=word, now=TODAY)


def _as_ben(session: Session, acme: SmallOrganisation) -> SmallOrganisation:
    """The same organisation with Ben as the leader; nobody but his coach has to do with him.

    He has the same sponsor as Amara, but there is no agreement. Whom he works for has no account.
    """
    person = {
        **acme.person,
        "leader": acme.person["other_leader"],
        "coach": acme.person["other_coach"],
        "manager": acme.person["report_1"],
        "sponsor": acme.person["report_2"],
    }
    for kind, holder in (
        (RelationshipKind.COACH, "other_coach"),
        (RelationshipKind.SPONSOR, "sponsor"),
    ):
        relate(
            session,
            kind=kind,
            holder_id=acme.person[holder],
            person_id=acme.person["other_leader"],
            starts_on=SINCE,
        )
    actor = {
        "hr": acme.actor["hr"],
        "leader": acme.actor["other_leader"],
        "coach": replace(
            acme.actor["other_coach"], coaches=frozenset({acme.person["other_leader"]})
        ),
    }
    return replace(acme, person=person, actor=actor)


@pytest.fixture(scope="session")
def full_house_template(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, FullHouse]:
    """A file with everything in it, to be copied."""
    path = tmp_path_factory.mktemp("full-house") / "full.db"
    shutil.copy(sqlite_template, path)
    engine = quick_engine(f"sqlite:///{path}")
    house = build(Database(engine, seal=SEAL))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path, house


@pytest.fixture
def full_house(full_house_template: tuple[Path, FullHouse]) -> FullHouse:
    """What is in the database of the test."""
    return full_house_template[1]


@pytest.fixture
def sqlite_database(
    full_house_template: tuple[Path, FullHouse], tmp_path: Path
) -> Iterator[Database]:
    """A copy of the full house in place of an empty database."""
    path = tmp_path / "ldtrack.db"
    shutil.copy(full_house_template[0], path)
    engine = quick_engine(f"sqlite:///{path}")
    yield Database(engine, seal=SEAL)
    engine.dispose()
