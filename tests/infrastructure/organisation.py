"""Two small organisations with everybody the tests need; the second is there to be kept apart."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, Table, insert, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind, Role
from ldtrack.access.service import relate
from ldtrack.app.tables import metadata
from ldtrack.competencies.domain import (
    Level,
    NewCompetency,
    NewDomain,
    NewIndicator,
    WholeEdition,
)
from ldtrack.competencies.queries import competencies_by_key
from ldtrack.competencies.service import (
    import_framework,
    set_role_profile,
)
from ldtrack.db.session import Database
from ldtrack.people.service.accounts import open_account
from ldtrack.people.service.directory import AddPerson, add_person, found_organisation, report_to
from tests.infrastructure.database import TODAY
from tests.infrastructure.engines import quick_engine
from tests.infrastructure.sealing import SEAL

PASSWORD = "a long walk by the sea"
SINCE = date(2025, 1, 6)
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

_PEOPLE = {
    "hr": ("Hana", "Rossi", frozenset({Role.HR})),
    "coach": ("Ines", "Marques", frozenset({Role.COACH})),
    "other_coach": ("Otto", "Lind", frozenset({Role.COACH})),
    "leader": ("Amara", "Okafor", frozenset({Role.LEADER})),
    "other_leader": ("Ben", "Li", frozenset({Role.LEADER})),
    "manager": ("Maya", "Singh", frozenset({Role.LEADER})),
    "sponsor": ("Sofia", "Berg", frozenset({Role.SPONSOR})),
    "administrator": ("Ada", "Novak", frozenset({Role.ADMINISTRATOR})),
    "peer_1": ("Petra", "Kline", frozenset[Role]()),
    "peer_2": ("Paul", "Ode", frozenset[Role]()),
    "peer_3": ("Pia", "Wolf", frozenset[Role]()),
    "peer_4": ("Per", "Holm", frozenset[Role]()),
    "report_1": ("Rosa", "Diaz", frozenset[Role]()),
    "report_2": ("Ravi", "Nair", frozenset[Role]()),
    "report_3": ("Ruth", "Amsel", frozenset[Role]()),
}


@dataclass(frozen=True, kw_only=True)
class SmallOrganisation:
    """Ids of everything in it, and an actor for everybody with an account."""

    id: int
    person: dict[str, int]
    actor: dict[str, Actor]
    framework_version_id: int
    competency: dict[str, int]
    role_profile_id: int


def small_framework() -> WholeEdition:
    """Three competencies in two domains on a scale of five; two with indicators."""
    words = ("Awareness", "Basic", "Intermediate", "Advanced", "Expert")
    names = {
        "coaching-others": ("Coaching others", "people"),
        "strategic-thinking": ("Strategic thinking", "business"),
        "financial-acumen": ("Financial acumen", "business"),
    }
    return WholeEdition(
        key="small",
        title="A small framework",
        version="1",
        publisher="Nobody in particular",
        language="en",
        licence="CC0-1.0",
        attribution="Written for the tests",
        sources=({"what": "made up", "where": "here", "how": "by hand"},),
        notes="",
        scale_key="five",
        levels=tuple(
            Level(value=value, label=word, meaning=f"{word} in the main.")
            for value, word in enumerate(words, start=1)
        ),
        domains=(
            NewDomain(key="people", name="People"),
            NewDomain(key="business", name="Business"),
        ),
        competencies=tuple(
            NewCompetency(
                key=key,
                name=name,
                domain=domain,
                definition=f"What {name.lower()} means here.",
                definition_origin="own words",
                indicators=tuple(
                    NewIndicator(
                        level=level,
                        effective=f"Shows {name.lower()} at level {level}",
                        ineffective=f"Lacks {name.lower()} at level {level}",
                    )
                    for level in range(1, 6)
                ),
            )
            for key, (name, domain) in names.items()
        ),
    )


def found(
    session: Session, name: str, now: datetime, *, domain: str = "example.org"
) -> SmallOrganisation:
    """Found an organisation with one leader who has a coach, a manager and a sponsor."""
    organisation_id = found_organisation(session, name=name, created_at=now)
    person: dict[str, int] = {}
    account: dict[str, int] = {}
    for number, (key, (first, last, roles)) in enumerate(_PEOPLE.items(), start=1001):
        email = f"{first}.{last}@{domain}".lower()
        leads = "Head of Operations" if Role.LEADER in roles else "Specialist"
        person[key] = add_person(
            session,
            AddPerson(
                external_id=f"E{number}",
                email=email,
                first_name=first,
                last_name=last,
                unit="Operations",
                job_profile=leads,
            ),
        )
        if roles:
            account[key] = open_account(
                session,
                email=email,
                password=PASSWORD,
                roles=roles,
                person_id=person[key],
                hasher=QUICK,
            )
    for kind, holder in (
        (RelationshipKind.COACH, "coach"),
        (RelationshipKind.SPONSOR, "sponsor"),
    ):
        relate(
            session,
            kind=kind,
            holder_id=person[holder],
            person_id=person["leader"],
            starts_on=SINCE,
        )
    report_to(session, person_id=person["leader"], manager_id=person["manager"], starts_on=SINCE)
    imported = import_framework(session, small_framework(), now=now)
    competency = competencies_by_key(session, imported.framework_version_id)
    role_profile_id = set_role_profile(
        session,
        framework_version_id=imported.framework_version_id,
        name="Head of Operations",
        targets={
            competency["coaching-others"]: 3,
            competency["strategic-thinking"]: 4,
            competency["financial-acumen"]: 3,
        },
    )
    return SmallOrganisation(
        id=organisation_id,
        person=person,
        actor={key: _actor(organisation_id, person, account[key], key) for key in account},
        framework_version_id=imported.framework_version_id,
        competency=competency,
        role_profile_id=role_profile_id,
    )


def _actor(organisation_id: int, person: dict[str, int], account_id: int, key: str) -> Actor:
    first, last, roles = _PEOPLE[key]
    leader = frozenset({person["leader"]})
    nobody: frozenset[int] = frozenset()
    return Actor(
        organisation_id=organisation_id,
        account_id=account_id,
        person_id=person[key],
        name=f"{first} {last}",
        roles=roles,
        coaches=leader if key == "coach" else nobody,
        manages=leader if key == "manager" else nobody,
        sponsors=leader if key == "sponsor" else nobody,
    )


Rows = list[tuple[Table, list[dict[str, Any]]]]


@pytest.fixture(scope="session")
def kept_organisations(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[SmallOrganisation, Rows]]:
    """Both organisations and their rows, founded once; a test stores the rows as they are."""
    kept = {}
    for name, domain in (("Acme", "example.org"), ("Rival", "rival.example")):
        path = tmp_path_factory.mktemp("organisation") / "one.db"
        shutil.copy(sqlite_template, path)
        engine = quick_engine(f"sqlite:///{path}")
        with Database(engine, seal=SEAL).writing() as session:
            organisation = found(session, name, TODAY, domain=domain)
        kept[name] = organisation, _rows(engine)
        engine.dispose()
    return kept


def _rows(engine: Engine) -> Rows:
    with engine.connect() as connection:
        found = [
            (table, [dict(row) for row in connection.execute(select(table)).mappings()])
            for table in metadata().sorted_tables
        ]
    return [(table, rows) for table, rows in found if rows]


def _stored(database: Database, kept: tuple[SmallOrganisation, Rows]) -> SmallOrganisation:
    organisation, rows = kept
    with database.engine.begin() as connection:
        for table, some in rows:
            connection.execute(insert(table), some)
    return organisation


@pytest.fixture
def acme(
    database: Database, kept_organisations: dict[str, tuple[SmallOrganisation, Rows]]
) -> SmallOrganisation:
    """The organisation that the test is about."""
    return _stored(database, kept_organisations["Acme"])


@pytest.fixture
def rival(
    database: Database, kept_organisations: dict[str, tuple[SmallOrganisation, Rows]]
) -> SmallOrganisation:
    """Another one in the same database, with people of the same names."""
    return _stored(database, kept_organisations["Rival"])
