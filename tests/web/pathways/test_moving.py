"""Moving people to the published version in the browser, and undoing it."""

from __future__ import annotations

import re

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import StepKind, WriteStep
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.web.pathways.conftest import Way


def published(database: Database, way: Way, acme: SmallOrganisation) -> None:
    """Version 2 asks for one thing more, by a day that is past for the leader."""
    with database.writing(acme.id) as session:
        new = WriteStep(kind=StepKind.REFLECTION, title="Look ahead", due_days=10)
        service.add_step(session, acme.actor["hr"], way.draft.stages[0].id, new)
        service.publish(session, acme.actor["hr"], way.draft.version_id)


def version_of_the_leader(database: Database, way: Way, acme: SmallOrganisation) -> int:
    with database.reading(acme.id) as session:
        return queries.enrolment(session, acme.actor["hr"], way.enrolment_id).version_id


def test_hr_sees_what_it_would_mean_moves_somebody_and_takes_it_back(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    published(database, way, acme)
    hr = visit(acme.actor["hr"])
    assert f"{way.draft_at}/move" in hr.get(way.draft_at).text
    with counted(database.engine) as statements:
        page = hr.get(f"{way.draft_at}/move").text
    assert len(statements) == 9
    assert "1 person is on an earlier version" in page
    assert "1 new step, 1 step overdue at once" in page
    page = hr.submit(f"{way.draft_at}/move", {"people": encode(way.enrolment_id)}).text
    assert "1 person goes on with this version." in page
    assert version_of_the_leader(database, way, acme) == way.draft.version_id
    undo = re.search(r"/pathways/\w+/move/undo/\w+", page)
    assert undo is not None
    page = hr.post(undo[0], data={}, follow_redirects=True).text
    assert "1 person is back on the version they came from." in page
    assert version_of_the_leader(database, way, acme) == way.made.version_id


def test_everybody_moves_in_one_act_if_nobody_came_or_left_meanwhile(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    published(database, way, acme)
    hr = visit(acme.actor["hr"])
    address = f"{way.draft_at}/move/everybody"
    assert hr.post(address, data={"n": "2"}).status_code == 409
    assert hr.post(address, data={"n": "1"}).status_code == 303
    assert version_of_the_leader(database, way, acme) == way.draft.version_id
    assert "Nobody is left to move." in hr.get(f"{way.draft_at}/move").text


def test_somebody_has_to_be_chosen(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    published(database, way, acme)
    answer = visit(acme.actor["hr"]).post(f"{way.draft_at}/move", data={})
    assert answer.status_code == 422
    assert "Choose at least one person." in answer.text


def test_people_move_to_no_draft_and_nobody_but_hr_moves_them(
    visit: Visit, way: Way, acme: SmallOrganisation, clock: SetClock
) -> None:
    assert visit(acme.actor["hr"]).get(f"{way.draft_at}/move").status_code == 409
    assert visit(acme.actor["coach"]).get(f"{way.draft_at}/move").status_code == 403
