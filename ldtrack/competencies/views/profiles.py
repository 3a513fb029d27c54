"""Saying what roles ask for."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies import pages, queries, service
from ldtrack.competencies.domain import CompetencyRow, FrameworkRow
from ldtrack.competencies.forms import ProfileForm
from ldtrack.competencies.views import competencies
from ldtrack.core.errors import RuleBroken
from ldtrack.people.queries import job_profiles
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@competencies.get("/frameworks/roles")
@guard(Action.READ_FRAMEWORK)
def role_profiles() -> Any:
    """Every role that somebody described."""
    page = pages.profiles_page(request_session())
    may_write = policy.could(current_actor(), Action.WRITE_FRAMEWORK)
    return render_template("competencies/profiles.html", page=page, may_write=may_write)


@competencies.route("/frameworks/<id:framework_version_id>/roles/new", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def new_profile(framework_version_id: int) -> Any:
    """Describe a role by the competencies of an edition."""
    session, actor = request_session(), current_actor()
    framework = queries.framework(session, framework_version_id)
    rows, form = _form(framework_version_id, request.args.get("role", ""), {}, frozenset())
    if form.validate_on_submit():
        try:
            command = form.command(framework_version_id, rows)
            service.add_profile(session, actor, command, now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field if broken.field == "name" else None, broken.message)
        else:
            tell(f"{form.name.data} is described. Whoever has this role sees what it asks for.")
            return redirect(url_for("competencies.role_profiles"), 303)
    return _page(form, framework, rows, None)


@competencies.route("/frameworks/roles/<id:role_profile_id>", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def change_profile(role_profile_id: int) -> Any:
    """Ask for other levels."""
    session, actor = request_session(), current_actor()
    profile = queries.role_profile(session, role_profile_id)
    framework = queries.framework(session, profile.framework_version_id)
    rows, form = _form(
        profile.framework_version_id, profile.name, profile.targets, profile.critical
    )
    if form.validate_on_submit():
        try:
            command = form.command(profile.framework_version_id, rows)
            service.change_profile(session, actor, role_profile_id, command, now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field if broken.field == "name" else None, broken.message)
        else:
            tell(f"What {form.name.data} asks for is changed.")
            return redirect(url_for("competencies.role_profiles"), 303)
    return _page(form, framework, rows, role_profile_id)


@competencies.post("/frameworks/roles/<id:role_profile_id>/remove")
@guard(Action.WRITE_FRAMEWORK)
@commits
def remove_profile(role_profile_id: int) -> Any:
    """Take a role profile away."""
    session = request_session()
    profile = queries.role_profile(session, role_profile_id)
    service.remove_profile(session, current_actor(), role_profile_id, now=clock().now())
    tell(f"{profile.name} asks for nothing any more.")
    return redirect(url_for("competencies.role_profiles"), 303)


def _form(
    framework_version_id: int, name: str, targets: dict[int, int], critical: frozenset[int]
) -> tuple[list[CompetencyRow], ProfileForm]:
    session = request_session()
    rows = queries.competencies(session, framework_version_id)
    chosen = [
        {
            "level": str(targets[row.id]) if row.id in targets else None,
            "critical": row.id in critical,
        }
        for row in rows
    ]
    form = ProfileForm(data={"name": name, "targets": chosen})
    while len(form.targets) < len(rows):
        form.targets.append_entry()
    while len(form.targets) > len(rows):
        form.targets.pop_entry()
    form.offer(rows, queries.scale(session, framework_version_id).levels)
    return rows, form


def _page(
    form: ProfileForm,
    framework: FrameworkRow,
    rows: list[CompetencyRow],
    role_profile_id: int | None,
) -> Any:
    page = render_template(
        "competencies/profile.html",
        form=form,
        framework=framework,
        lines=pages.by_domain(rows, list(form.targets)),
        roles=job_profiles(request_session()),
        role_profile_id=role_profile_id,
    )
    return page, 422 if form.is_submitted() else 200
