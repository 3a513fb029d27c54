"""People, for HR: the directory, one person, adding and changing."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core import ids
from ldtrack.core.errors import RuleBroken
from ldtrack.core.order import order_from
from ldtrack.people import pages, queries
from ldtrack.people.domain import PersonRow
from ldtrack.people.forms import NewPersonForm, PersonForm
from ldtrack.people.service.changes import join_from
from ldtrack.people.service.write_person import write_person
from ldtrack.people.views import people
from ldtrack.ui.lists import page_number, searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@people.get("/people")
@guard(Action.WRITE_PERSON)
def directory() -> Any:
    """Everybody in the organisation, by name."""
    page = pages.directory_page(
        request_session(),
        current_actor(),
        today=clock().today(),
        search=searched(),
        page=page_number(),
        unit_id=asked_unit("unit"),
        gone=request.args.get("show") == "gone",
        order=order_from(request.args.get("sort", ""), queries.DIRECTORY_ORDERS, queries.BY_NAME),
    )
    return render_template("people/directory.html", page=page)


@people.get("/people/<id:person_id>/record")
@guard(Action.WRITE_PERSON)
def person(person_id: int) -> Any:
    """One person: who they report to, who stands by them, whether they can sign in."""
    page = pages.person_page(request_session(), current_actor(), person_id, clock().today())
    return render_template("people/person.html", page=page, person=page.person)


@people.route("/people/new", methods=["GET", "POST"])
@guard(Action.WRITE_PERSON)
@commits
def new_person() -> Any:
    """Add somebody."""
    return _write(NewPersonForm(), None)


@people.route("/people/<id:person_id>/change", methods=["GET", "POST"])
@guard(Action.WRITE_PERSON)
@commits
def change_person(person_id: int) -> Any:
    """Change what is kept of somebody."""
    session = request_session()
    before = queries.person(session, current_actor(), person_id)
    whole = queries.full_person(session, person_id, clock().today())
    form = PersonForm(
        data={
            "first_name": whole.first_name,
            "last_name": whole.last_name,
            "email": whole.email,
            "external_id": whole.external_id,
            "unit": whole.unit,
            "job_profile": whole.job_profile,
            "manager": whole.manager_external_id,
        }
    )
    return _write(form, before)


def asked_unit(name: str) -> int | None:
    """The unit that the address asks for; none if it asks for nonsense."""
    try:
        return ids.decode(request.args.get(name, ""))
    except ValueError:
        return None


def _write(form: PersonForm, before: PersonRow | None) -> Any:
    session = request_session()
    if form.validate_on_submit():
        try:
            person_id = write_person(
                session,
                current_actor(),
                form.command(_manager(form.manager.data)),
                now=clock().now(),
                person_id=before.id if before else None,
            )
            if isinstance(form, NewPersonForm) and (day := form.joins_on.data):
                join_from(session, current_actor(), person_id, day, now=clock().now())
        except RuleBroken as broken:
            field = {"manager_id": "manager", "on": "joins_on"}.get(broken.field, broken.field)
            form.refuse(field, broken.message)
        else:
            tell("The person is saved.")
            return redirect(url_for("people.person", person_id=person_id), 303)
    page = render_template(
        "people/write.html", form=form, person=before, units=queries.units(session)
    )
    return page, 422 if form.is_submitted() else 200


def _manager(typed: str) -> int | None:
    return queries.somebody_known_as(request_session(), typed, "manager") if typed else None
