"""Who can sign in to the made-up organisations, one person for each role."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.access.domain import Role
from ldtrack.db.session import Database
from ldtrack.demo.acts.people import PASSWORD
from ldtrack.demo.loader import ORGANISATIONS
from ldtrack.demo.script import script_named
from ldtrack.people.queries import organisations, people_with_role


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """How to be somebody."""

    organisation: str
    role: Role
    name: str
    email: str
    password: str


def sign_ins(database: Database) -> list[SignIn]:
    """One for each role of each made-up organisation that is there: the first of that role."""
    with database.reading() as session:
        here = {name: key for key, name in organisations(session)}
    found: list[SignIn] = []
    for name in (script_named(file).name for file in ORGANISATIONS):
        if name not in here:
            continue
        with database.reading(here[name]) as session:
            for role in (Role.HR, Role.COACH, Role.LEADER, Role.SPONSOR, Role.ADMINISTRATOR):
                people = people_with_role(session, role)
                first = min(people, key=lambda person: person.external_id, default=None)
                if first is not None:
                    found.append(
                        SignIn(
                            organisation=name,
                            role=role,
                            name=first.name,
                            email=first.email,
                            password=PASSWORD,
                        )
                    )
    return found
