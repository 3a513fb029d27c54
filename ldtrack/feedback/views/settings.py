"""HR says how a cycle is held, in which groups, and what can become stricter while it runs."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.domain import Role
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback import service
from ldtrack.feedback.forms.groups import GroupsForm, UsualForm, lines_of
from ldtrack.feedback.forms.settings import (
    ModeratorForm,
    settings_form,
    stricter_form,
)
from ldtrack.feedback.queries import cycle as read_cycle
from ldtrack.feedback.queries.groups import usual_groups
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now, site
from ldtrack.people.queries import people_with_role, rater_budget, rater_floor
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session

_FIELDS = {"reminder_days": "reminders", "moderator_id": "moderator"}


@feedback.route("/feedback/settings", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def usual() -> Any:
    """What holds for every new cycle: the floor, the budget of raters, the groups."""
    session, actor = request_session(), current_actor()
    groups = usual_groups(session)
    form = UsualForm(
        data={
            "floor": rater_floor(session, actor.organisation_id),
            "budget": rater_budget(session, actor.organisation_id),
            "groups": lines_of(groups),
        }
    )
    if form.validate_on_submit():
        try:
            service.set_usual(
                session,
                actor,
                form.chosen(groups),
                floor=form.floor.data,
                budget=form.budget.data,
                now=now(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field if broken.field != "groups" else None, broken.message)
        else:
            tell("This holds for every cycle from now on; those that run stay as they are.")
            return redirect(url_for("feedback.cycles"), 303)
    page = render_template("feedback/usual.html", form=form)
    return page, 422 if form.is_submitted() else 200


@feedback.route("/feedback/cycles/<id:cycle_id>/settings", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def settings(cycle_id: int) -> Any:
    """How a draft will be held."""
    session, actor = request_session(), current_actor()
    row = read_cycle(session, actor, cycle_id)
    form = settings_form(row)
    form.moderator.options = _moderators()
    if form.validate_on_submit():
        try:
            service.change_settings(session, actor, cycle_id, form.settings(), now=now())
        except RuleBroken as broken:
            form.refuse(_FIELDS.get(broken.field, broken.field), broken.message)
        else:
            tell("The settings are changed.")
            return _back(cycle_id)
    page = render_template("feedback/settings.html", form=form, cycle=row)
    return page, 422 if form.is_submitted() else 200


@feedback.route("/feedback/cycles/<id:cycle_id>/groups", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def groups(cycle_id: int) -> Any:
    """Which rater groups a draft asks."""
    session, actor = request_session(), current_actor()
    row = read_cycle(session, actor, cycle_id)
    form = GroupsForm(data={"groups": lines_of(row.groups)})
    if form.validate_on_submit():
        try:
            service.set_groups(session, actor, cycle_id, form.chosen(row.groups), now=now())
        except RuleBroken as broken:
            form.refuse(None, broken.message)
        else:
            tell("The rater groups are changed.")
            return _back(cycle_id)
    page = render_template("feedback/groups.html", form=form, cycle=row)
    return page, 422 if form.is_submitted() else 200


@feedback.route("/feedback/cycles/<id:cycle_id>/stricter", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def stricter(cycle_id: int) -> Any:
    """Promise raters more, while a cycle runs."""
    session, actor = request_session(), current_actor()
    row = read_cycle(session, actor, cycle_id)
    form = stricter_form(row)
    if form.validate_on_submit():
        try:
            service.tighten(session, actor, cycle_id, form.change(), now=now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("From now on this cycle promises raters more.")
            return _back(cycle_id)
    page = render_template("feedback/stricter.html", form=form, cycle=row)
    return page, 422 if form.is_submitted() else 200


@feedback.route("/feedback/cycles/<id:cycle_id>/moderator", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def moderator(cycle_id: int) -> Any:
    """Let somebody else read comments first, or nobody."""
    session, actor = request_session(), current_actor()
    row = read_cycle(session, actor, cycle_id)
    form = ModeratorForm(data={"moderator": row.moderator_id})
    form.moderator.options = _moderators()
    if form.validate_on_submit():
        person_id = form.moderator.data
        service.name_moderator(session, actor, cycle_id, person_id, now=now(), base_url=site())
        tell("Reports go on without that." if person_id is None else "They read comments first.")
        return _back(cycle_id)
    page = render_template("feedback/moderator.html", form=form, cycle=row)
    return page, 422 if form.is_submitted() else 200


def _moderators() -> list[Option]:
    """HR staff and coaches, each once, by name."""
    session = request_session()
    found = {
        person.id: Option(id=person.id, label=person.name, note=person.job_profile)
        for role in (Role.COACH, Role.HR)
        for person in people_with_role(session, role)
    }
    return sorted(found.values(), key=lambda option: option.label)


def _back(cycle_id: int) -> Any:
    return redirect(url_for("feedback.cycle", cycle_id=cycle_id), 303)
