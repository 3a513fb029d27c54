"""Whose levels another edition changes, letting it count for people, and taking that back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies import service
from ldtrack.dashboards.forms import ComingForm, GoingOutForm
from ldtrack.dashboards.pages.coming_into_force import coming_page
from ldtrack.dashboards.pages.edition_change import edition_change_page
from ldtrack.dashboards.pages.going_out_of_force import going_out_page
from ldtrack.dashboards.views import dashboards
from ldtrack.ui.lists import page_number, searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_AT = "/frameworks/<id:framework_version_id>/from/<id:other_id>"


@dashboards.get(f"{_AT}/people")
@guard(Action.WRITE_FRAMEWORK)
def edition_change(framework_version_id: int, other_id: int) -> Any:
    """Whose levels would change, or change back, and how."""
    page = edition_change_page(
        request_session(),
        current_actor(),
        other_id,
        framework_version_id,
        search=searched(),
        page=page_number(),
        today=clock().today(),
    )
    return render_template("dashboards/edition_change.html", page=page)


@dashboards.route(f"{_AT}/in-force", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def coming_into_force(framework_version_id: int, other_id: int) -> Any:
    """What putting the edition in force does, the act itself, and what still names the old one."""
    session, actor, now = request_session(), current_actor(), clock().now()
    page = coming_page(session, actor, other_id, framework_version_id, clock().today())
    form = ComingForm(data={"with_profiles": True})
    if form.validate_on_submit():
        service.put_in_force(
            session,
            actor,
            page.walk,
            today=clock().today(),
            now=now,
            with_profiles=form.with_profiles.data,
        )
        tell(f"{page.after.version} counts for people from today on.")
        return redirect(_back(framework_version_id, other_id), 303)
    return render_template("dashboards/coming_into_force.html", form=form, page=page)


@dashboards.route(f"{_AT}/out-of-force", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def going_out_of_force(framework_version_id: int, other_id: int) -> Any:
    """What taking the edition out of force does, and the act itself."""
    session, actor = request_session(), current_actor()
    page = going_out_page(session, actor, other_id, framework_version_id, clock().today())
    form = GoingOutForm()
    if page.walk is not None and form.validate_on_submit():
        service.take_out_of_force(
            session, actor, page.walk, reason=form.reason.data, now=clock().now()
        )
        tell(f"{page.before.version} counts for people again.")
        at = url_for(
            "competencies.crosswalk",
            framework_version_id=framework_version_id,
            other_id=other_id,
        )
        return redirect(at, 303)
    answer = render_template("dashboards/going_out_of_force.html", form=form, page=page)
    return answer, 422 if form.errors else 200


@dashboards.post(f"{_AT}/roles")
@guard(Action.WRITE_FRAMEWORK)
@commits
def move_profiles(framework_version_id: int, other_id: int) -> Any:
    """Say in the later edition what roles ask for by the earlier one."""
    session, actor, now = request_session(), current_actor(), clock().now()
    page = coming_page(session, actor, other_id, framework_version_id, clock().today())
    n = service.move_profiles(session, actor, page.walk, now=now)
    tell(f"{n} {'role asks' if n == 1 else 'roles ask'} by {page.after.version} now.")
    return redirect(_back(framework_version_id, other_id), 303)


def _back(framework_version_id: int, other_id: int) -> str:
    return url_for(
        "dashboards.coming_into_force",
        framework_version_id=framework_version_id,
        other_id=other_id,
    )
