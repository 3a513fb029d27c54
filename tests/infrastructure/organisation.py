"""Two small organisations with everybody the tests need; the second is there to be kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind, Role
from ldtrack.access.service import relate
from ldtrack.competencies.domain import Level
from ldtrack.competencies.queries import competencies_by_key
from ldtrack.competencies.service import (
    ImportFramework,
    NewCompetency,
    NewIndicator,
    import_framework,
    set_role_profile,
)
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.people.service.accounts import open_account
from ldtrack.people.service.directory import AddPerson, add_person, found_organisation, report_to

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


def small_framework() -> ImportFramework:
    """Three competencies in two domains on a scale of five; two with indicators."""
    words = ("Awareness", "Basic", "Intermediate", "Advanced", "Expert")
    names = {
        "coaching-others": ("Coaching others", "people"),
        "strategic-thinking": ("Strategic thinking", "business"),
        "financial-acumen": ("Financial acumen", "business"),
    }
    return ImportFramework(
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
        domains=(("people", "People"), ("business", "Business")),
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


@pytest.fixture
def acme(database: Database, clock: SetClock) -> SmallOrganisation:
    """The organisation that the test is about."""
    with database.writing() as session:
        return found(session, "Acme", clock.now())


@pytest.fixture
def rival(database: Database, clock: SetClock) -> SmallOrganisation:
    """Another one in the same database, with people of the same names."""
    with database.writing() as session:
        return found(session, "Rival", clock.now(), domain="rival.example")
