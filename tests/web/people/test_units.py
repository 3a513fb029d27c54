"""The tree of units, for HR."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import RuleBroken
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.people.models import Person, Unit
from ldtrack.people.pages import units_page
from ldtrack.people.service.units import remove_unit, write_unit
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit


def _parents(database: Database, acme: SmallOrganisation) -> dict[str, str | None]:
    with database.reading(acme.id) as session:
        units = {unit.id: unit for unit in session.scalars(select(Unit))}
        return {
            unit.name: units[unit.parent_id].name if unit.parent_id else None
            for unit in units.values()
        }


def _id(database: Database, acme: SmallOrganisation, name: str) -> str:
    with database.reading(acme.id) as session:
        return encode(session.scalars(select(Unit.id).where(Unit.name == name)).one())


def test_hr_adds_units_inside_each_other_and_moves_one_with_all_that_is_in_it(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "15 people work in 1 unit." in hr.get("/units").text
    hr.submit("/units/new", {"name": "Group", "parent": ""})
    hr.submit("/units/new", {"name": "Sales", "parent": "group"})
    hr.submit(
        f"/units/{_id(database, acme, 'Operations')}/change", {"name": "Ops", "parent": "Sales"}
    )
    assert _parents(database, acme) == {"Group": None, "Sales": "Group", "Ops": "Sales"}
    inside = hr.get(f"/units?under={_id(database, acme, 'Group')}")
    assert "holds 1 unit and 0 people of its own" in inside.text
    assert "Group &gt; Sales &gt; Ops" in hr.get("/units?q=op").text


def test_people_of_a_unit_are_found_with_those_of_the_units_inside(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.submit("/units/new", {"name": "Group", "parent": ""})
    hr.submit(
        f"/units/{_id(database, acme, 'Operations')}/change",
        {"name": "Operations", "parent": "Group"},
    )
    found = hr.get(f"/people?unit={_id(database, acme, 'Group')}")
    assert "15 people match in Group." in found.text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": ""}, "Give the unit a name."),
        ({"name": "OPERATIONS"}, "There is a unit of this name already."),
        ({"name": "A > B"}, "Leave out the sign"),
        ({"name": "Sales", "parent": "Nowhere"}, "There is no unit “Nowhere”."),
    ],
)
def test_what_is_wrong_with_a_unit_is_said_beside_it(
    visit: Visit, database: Database, acme: SmallOrganisation, form: dict[str, str], sentence: str
) -> None:
    answer = visit(acme.actor["hr"]).post("/units/new", data=form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert _parents(database, acme) == {"Operations": None}


def test_units_never_lie_in_a_circle(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    for name, parent in (("Sales", "Operations"), ("Export", "Sales")):
        hr.submit("/units/new", {"name": name, "parent": parent})
    address = f"/units/{_id(database, acme, 'Operations')}/change"
    circle = hr.post(address, data={"name": "Operations", "parent": "Export"})
    assert circle.status_code == 422
    assert (
        "Then units would lie in a circle: Operations &gt; Sales &gt; Export &gt; Operations."
        in circle.text
    )
    itself = hr.post(address, data={"name": "Operations", "parent": "Operations"})
    assert "A unit cannot lie inside itself." in itself.text
    assert _parents(database, acme) == {
        "Operations": None,
        "Sales": "Operations",
        "Export": "Sales",
    }


def test_the_database_itself_takes_no_unit_inside_itself(
    database: Database, acme: SmallOrganisation
) -> None:
    itself = update(Unit).values(parent_id=Unit.id)
    with (
        database.session(writes=True, organisation_id=acme.id) as session,
        pytest.raises(IntegrityError, match="inside_another"),
    ):
        session.execute(itself)


def test_a_unit_that_is_removed_leaves_its_people_and_units_where_hr_says(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    for name, parent in (("Sales", "Operations"), ("Works", "")):
        hr.submit("/units/new", {"name": name, "parent": parent})
    address = f"/units/{_id(database, acme, 'Operations')}/remove"
    assert "15 people and 1 unit inside it stay" in hr.get(address).text
    inside = hr.post(address, data={"heir": "Sales"})
    assert "“Sales” goes with it: choose a unit outside." in inside.text
    assert "is removed" in hr.submit(address, {"heir": "Works"}).text
    assert _parents(database, acme) == {"Sales": "Works", "Works": None}
    with database.reading(acme.id) as session:
        in_works = session.scalars(select(Person.id).join(Unit, Unit.id == Person.unit_id))
        assert len(in_works.all()) == 15
    hr.submit(f"/units/{_id(database, acme, 'Works')}/remove", {"heir": ""})
    assert _parents(database, acme) == {"Sales": None}


def test_units_of_another_organisation_are_neither_parents_nor_heirs(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.reading(rival.id) as session:
        theirs = session.scalars(select(Unit.id)).one()

    def tried(session: Session, own: int) -> None:
        remove_unit(session, acme.actor["hr"], own, heir_id=theirs, now=clock.now())

    with database.writing(acme.id) as session:
        own = session.scalars(select(Unit.id)).one()
        for attempt in (
            lambda: tried(session, own),
            lambda: write_unit(
                session, acme.actor["hr"], name="X", parent_id=theirs, now=clock.now()
            ),
        ):
            with pytest.raises(Exception, match="nothing here"):
                attempt()
        with pytest.raises(RuleBroken, match="already"):
            write_unit(
                session, acme.actor["hr"], name="Operations", parent_id=None, now=clock.now()
            )


def test_statements_of_the_tree_do_not_grow_with_the_units(
    database: Database, acme: SmallOrganisation
) -> None:
    numbers = []
    for n in (1, 3):
        with database.writing(acme.id) as session:
            session.add_all(Unit(name=f"U{n}{i}") for i in range(n))
        with counted(database.engine) as statements, database.reading(acme.id) as session:
            units_page(session, acme.actor["hr"], search="", under=None)
        numbers.append(len(statements))
    assert numbers == [1, 1]
