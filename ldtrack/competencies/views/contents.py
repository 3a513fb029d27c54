"""Writing the domains and competencies of a draft."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies import queries, service
from ldtrack.competencies.domain import CompetencyRow, DomainRow, FrameworkRow
from ldtrack.competencies.forms import CompetencyForm, DomainForm, SplitForm
from ldtrack.competencies.views import competencies
from ldtrack.competencies.views.editions import back_to, draft_of
from ldtrack.core.errors import RuleBroken
from ldtrack.core.ids import decode, encode
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@competencies.route("/frameworks/<id:framework_version_id>/domains/new", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def new_domain(framework_version_id: int) -> Any:
    """Add a domain."""
    row, form = draft_of(framework_version_id), DomainForm()
    if form.validate_on_submit():
        try:
            domain_id = service.add_domain(
                request_session(), current_actor(), framework_version_id, form.command()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return back_to(framework_version_id, f"domain-{encode(domain_id)}")
    page = render_template("competencies/domain.html", form=form, framework=row, domain=None)
    return page, 422 if form.is_submitted() else 200


@competencies.route("/frameworks/domains/<id:domain_id>", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def change_domain(domain_id: int) -> Any:
    """Rename a domain."""
    row, domain = _domain(domain_id)
    form = DomainForm(data={"name": domain.name})
    if form.validate_on_submit():
        try:
            service.change_domain(request_session(), current_actor(), domain_id, form.command())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return back_to(row.framework_version_id, f"domain-{encode(domain_id)}")
    page = render_template("competencies/domain.html", form=form, framework=row, domain=domain)
    return page, 422 if form.is_submitted() else 200


@competencies.post("/frameworks/domains/<id:domain_id>/move/<any(up, down):way>")
@guard(Action.WRITE_FRAMEWORK)
@commits
def move_domain(domain_id: int, way: str) -> Any:
    """Let a domain change places with its neighbour."""
    row, _ = _domain(domain_id)
    service.move_domain(request_session(), current_actor(), domain_id, up=way == "up")
    return back_to(row.framework_version_id, f"domain-{encode(domain_id)}")


@competencies.post("/frameworks/domains/<id:domain_id>/remove")
@guard(Action.WRITE_FRAMEWORK)
@commits
def remove_domain(domain_id: int) -> Any:
    """Take a domain out of a draft."""
    row, domain = _domain(domain_id)
    service.remove_domain(request_session(), current_actor(), domain_id)
    tell(f"“{domain.name}” is removed.")
    return back_to(row.framework_version_id)


@competencies.route(
    "/frameworks/<id:framework_version_id>/competencies/new", methods=["GET", "POST"]
)
@guard(Action.WRITE_FRAMEWORK)
@commits
def new_competency(framework_version_id: int) -> Any:
    """Add a competency."""
    row = draft_of(framework_version_id)
    form = CompetencyForm(data={"domain_id": _asked_domain()})
    form.domain_id.options = _domains(framework_version_id)
    if form.validate_on_submit():
        try:
            competency_id = service.add_competency(
                request_session(), current_actor(), form.command()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return back_to(framework_version_id, f"competency-{encode(competency_id)}")
    page = render_template("competencies/write.html", form=form, framework=row, competency=None)
    return page, 422 if form.is_submitted() else 200


@competencies.route("/frameworks/competencies/<id:competency_id>/words", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def change_competency(competency_id: int) -> Any:
    """Reword a competency of a draft."""
    row, competency = competency_in_draft(competency_id)
    form = CompetencyForm(
        data={
            "name": competency.name,
            "definition": competency.definition,
            "domain_id": competency.domain_id,
            "code": competency.code,
        }
    )
    form.domain_id.options = _domains(row.framework_version_id)
    if form.validate_on_submit():
        try:
            service.change_competency(
                request_session(), current_actor(), competency_id, form.command()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return back_to(row.framework_version_id, f"competency-{encode(competency_id)}")
    page = render_template(
        "competencies/write.html", form=form, framework=row, competency=competency
    )
    return page, 422 if form.is_submitted() else 200


@competencies.route("/frameworks/competencies/<id:competency_id>/split", methods=["GET", "POST"])
@guard(Action.WRITE_FRAMEWORK)
@commits
def split_competency(competency_id: int) -> Any:
    """Put several competencies in the place of one."""
    row, competency = competency_in_draft(competency_id)
    form = SplitForm()
    if form.validate_on_submit():
        try:
            parts = service.split_competency(
                request_session(), current_actor(), competency_id, form.names
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"“{competency.name}” is split. Now reword the parts: they say the same so far.")
            return back_to(row.framework_version_id, f"competency-{encode(parts[0])}")
    page = render_template("competencies/split.html", form=form, competency=competency)
    return page, 422 if form.is_submitted() else 200


@competencies.post("/frameworks/competencies/<id:competency_id>/move/<any(up, down):way>")
@guard(Action.WRITE_FRAMEWORK)
@commits
def move_competency(competency_id: int, way: str) -> Any:
    """Let a competency change places with its neighbour."""
    row, _ = competency_in_draft(competency_id)
    service.move_competency(request_session(), current_actor(), competency_id, up=way == "up")
    return back_to(row.framework_version_id, f"competency-{encode(competency_id)}")


@competencies.post("/frameworks/competencies/<id:competency_id>/remove")
@guard(Action.WRITE_FRAMEWORK)
@commits
def remove_competency(competency_id: int) -> Any:
    """Take a competency out of a draft."""
    row, competency = competency_in_draft(competency_id)
    service.remove_competency(request_session(), current_actor(), competency_id)
    tell(f"“{competency.name}” is removed.")
    return back_to(row.framework_version_id)


def competency_in_draft(competency_id: int) -> tuple[FrameworkRow, CompetencyRow]:
    """A competency that may still be changed, and its draft."""
    competency = queries.visible_competency(request_session(), current_actor(), competency_id)
    return draft_of(competency.framework_version_id), competency


def _domain(domain_id: int) -> tuple[FrameworkRow, DomainRow]:
    session = request_session()
    row = draft_of(queries.edition_of_domain(session, domain_id))
    found = queries.domains(session, row.framework_version_id)
    return row, next(domain for domain in found if domain.id == domain_id)


def _asked_domain() -> int | None:
    try:
        return decode(request.args.get("domain", ""))
    except ValueError:
        return None


def _domains(framework_version_id: int) -> list[Option]:
    found = queries.domains(request_session(), framework_version_id)
    return [Option(id=domain.id, label=domain.name) for domain in found]
