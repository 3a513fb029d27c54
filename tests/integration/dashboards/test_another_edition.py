"""What HR is told of another edition, read on both engines, as much for three people as for one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ldtrack.competencies import service
from ldtrack.core.clock import SetClock
from ldtrack.dashboards.pages.coming_into_force import coming_page
from ldtrack.dashboards.pages.edition_change import edition_change_page
from ldtrack.db.session import Database
from tests.infrastructure.next_edition import decide_all, second_edition
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.courses.makers import a_course
from tests.integration.growth.evidence import rated

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("names", [["Amara Okafor"], ["Ben Li", "Amara Okafor", "Maya Singh"]])
def test_the_preview_names_people_in_order_and_asks_no_more_for_more(
    names: list[str], database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, later = acme.actor["hr"], clock.now() + timedelta(hours=1)
    n_people = len(names)
    who = ["leader", "other_leader", "manager"][:n_people]
    with database.writing(acme.id) as session:
        for number, key in enumerate(who, 1):
            rated(session, acme, "coaching-others", 3.0, TODAY, later, source_id=number, whom=key)
        a_course(session, acme, later)
        draft = second_edition(session, acme)
        service.publish_edition(session, hr, draft, now=later)
        decide_all(session, acme, draft, later)
    both = (acme.framework_version_id, draft)
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        page = edition_change_page(session, hr, *both, search="", page=1, today=TODAY)
    assert len(statements) == 8
    assert [person.name for person in page.people] == names
    assert (page.total, page.pages, page.n_open) == (n_people, 1, 0)
    with database.reading(acme.id) as session:
        found = edition_change_page(session, hr, *both, search="amara o", page=1, today=TODAY)
        beyond = edition_change_page(session, hr, *both, search="", page=7, today=TODAY)
        act = coming_page(session, hr, *both, TODAY)
    assert [person.name for person in found.people] == ["Amara Okafor"]
    assert (beyond.people, beyond.total) == ((), n_people)
    assert [(kind.what, kind.count) for kind in act.still] == [("course", 1)]
    assert [(role.name, role.added) for role in act.roles] == [
        ("Head of Operations", (("Choosing", 4),))
    ]
