"""Units, for HR: the tree, adding one, giving it another name or place, removing it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.people import pages, queries
from ldtrack.people.forms import RemoveUnitForm, UnitForm
from ldtrack.people.service import units as service
from ldtrack.people.views import people
from ldtrack.people.views.directory import asked_unit
from ldtrack.ui.lists import searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@people.get("/units")
@guard(Action.WRITE_PERSON)
def units() -> Any:
    """The tree, or what lies under one unit."""
    page = pages.units_page(
        request_session(), current_actor(), search=searched(), under=asked_unit("under")
    )
    return render_template("people/units.html", page=page)


@people.route("/units/new", methods=["GET", "POST"])
@guard(Action.WRITE_PERSON)
@commits
def new_unit() -> Any:
    """Add a unit, inside another one if the address names it."""
    tree = queries.unit_tree(request_session(), current_actor())
    under = asked_unit("under")
    above = tree.by_id.get(under) if under is not None else None
    form = UnitForm(data={"parent": above.name if above else ""})
    return _write(form, None)


@people.route("/units/<id:unit_id>/change", methods=["GET", "POST"])
@guard(Action.WRITE_PERSON)
@commits
def change_unit(unit_id: int) -> Any:
    """Give a unit another name or place."""
    page = pages.unit_page(request_session(), current_actor(), unit_id)
    form = UnitForm(
        data={"name": page.unit.name, "parent": page.parent.name if page.parent else ""}
    )
    return _write(form, page)


@people.route("/units/<id:unit_id>/remove", methods=["GET", "POST"])
@guard(Action.WRITE_PERSON)
@commits
def remove_unit(unit_id: int) -> Any:
    """Ask where its people and units go, then remove it."""
    session, actor = request_session(), current_actor()
    page = pages.unit_page(session, actor, unit_id)
    form = RemoveUnitForm(data={"heir": page.parent.name if page.parent else ""})
    if form.validate_on_submit():
        try:
            service.remove_unit(
                session,
                actor,
                unit_id,
                heir_id=_named(form.heir.data, "heir"),
                now=clock().now(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"The unit {page.unit.name} is removed.")
            return redirect(url_for("people.units"), 303)
    shown = render_template("people/remove_unit.html", form=form, page=page)
    return shown, 422 if form.is_submitted() else 200


def _write(form: UnitForm, page: pages.UnitPage | None) -> Any:
    session, actor = request_session(), current_actor()
    if form.validate_on_submit():
        try:
            service.write_unit(
                session,
                actor,
                name=form.name.data,
                parent_id=_named(form.parent.data, "parent"),
                now=clock().now(),
                unit_id=page.unit.id if page else None,
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The unit is saved.")
            return redirect(url_for("people.units"), 303)
    offered = page.offered if page else [name for _, name in queries.units(session)]
    shown = render_template(
        "people/write_unit.html",
        form=form,
        page=page,
        offered=offered[: pages.MOST_OFFERED],
    )
    return shown, 422 if form.is_submitted() else 200


def _named(typed: str, field: str) -> int | None:
    if not typed:
        return None
    return queries.unit_known_as(
        queries.unit_tree(request_session(), current_actor()), typed, field
    )
