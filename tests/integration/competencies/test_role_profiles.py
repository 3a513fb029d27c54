"""What a role asks for is found by the words of a job profile."""

from __future__ import annotations

from ldtrack.competencies.queries import role_profile_of
from ldtrack.competencies.service import set_role_profile
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted


def test_a_profile_comes_with_its_targets_in_one_statement(
    database: Database, rival: SmallOrganisation, acme: SmallOrganisation
) -> None:
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        found = role_profile_of(session, "Head of Operations")
    assert found is not None
    assert (found.id, found.framework_version_id) == (
        acme.role_profile_id,
        acme.framework_version_id,
    )
    assert found.targets == {
        acme.competency["coaching-others"]: 3,
        acme.competency["strategic-thinking"]: 4,
        acme.competency["financial-acumen"]: 3,
    }
    assert len(statements) == 1


def test_a_role_that_nobody_described_asks_for_nothing(
    database: Database, acme: SmallOrganisation
) -> None:
    with database.reading(acme.id) as session:
        assert role_profile_of(session, "Astronaut") is None


def test_a_profile_without_targets_is_still_a_profile(
    database: Database, acme: SmallOrganisation
) -> None:
    with database.writing(acme.id) as session:
        made = set_role_profile(
            session,
            framework_version_id=acme.framework_version_id,
            name="Astronaut",
            targets={},
        )
    with database.reading(acme.id) as session:
        found = role_profile_of(session, "Astronaut")
    assert found is not None
    assert (found.id, found.targets) == (made, {})
