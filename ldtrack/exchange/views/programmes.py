"""A programme goes out as a file, and comes in elsewhere as drafts."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies.queries import role_names
from ldtrack.core.errors import RuleBroken
from ldtrack.exchange.forms import CopyForm, LocksForm, ProgrammeUploadForm, TakeForm, YesForm
from ldtrack.exchange.programme.bringing_in import bring_in_file
from ldtrack.exchange.programme.export import export_programme
from ldtrack.exchange.programme.looking import look_at
from ldtrack.exchange.programme.words import said_lines
from ldtrack.exchange.views import exchange
from ldtrack.exchange.views.downloads import file_of
from ldtrack.exchange.views.kept import find, keep, uploads
from ldtrack.feedback.queries.questionnaires import titles_on
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import ItemKind, Plan, Side
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_KIND = "programmes"
_TAKE = "take-"


@exchange.route("/pathways/<id:version_id>/hand-on", methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def hand_on(version_id: int) -> Any:
    """Say what is locked, and take the programme as a file."""
    session, actor = request_session(), current_actor()
    plan = queries.pathway(session, actor, version_id)
    kept = queries.carried(session, actor, plan.pathway_id)
    form = _locks_form(plan, kept)
    if form.validate_on_submit():
        kinds = _kinds(plan)
        locked = {(kinds[thing], thing) for thing in form.locked.data}
        service.set_locks(session, actor, version_id, locked, now=clock().now())
        tell("Kept. The next file says so.")
        return redirect(url_for("exchange.hand_on", version_id=version_id), 303)
    return _page(plan, kept, form, _take_form(plan)), 422 if form.is_submitted() else 200


@exchange.post("/pathways/<id:version_id>/hand-on/file")
@guard(Action.WRITE_PATHWAY)
@commits
def programme_file(version_id: int) -> Any:
    """The programme as a file."""
    session, actor = request_session(), current_actor()
    plan = queries.pathway(session, actor, version_id)
    take = _take_form(plan)
    if not take.validate():
        kept = queries.carried(session, actor, plan.pathway_id)
        return _page(plan, kept, _locks_form(plan, kept, sent=False), take), 422
    content, name = export_programme(
        session,
        actor,
        version_id,
        questionnaires=take.questionnaires.data,
        roles=take.roles.data,
        now=clock().now(),
    )
    return file_of(content, name, content_type="application/json")


@exchange.post("/pathways/<id:version_id>/hand-on/copy")
@guard(Action.WRITE_PATHWAY)
@commits
def copy_pathway(version_id: int) -> Any:
    """Make a pathway of one's own of a version."""
    session, actor = request_session(), current_actor()
    form = CopyForm()
    if form.validate():
        try:
            draft_id = service.copy_pathway(
                session, actor, version_id, form.title.data, now=clock().now()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("This copy is yours: nothing in it is locked.")
            return redirect(url_for("pathways.version", version_id=draft_id), 303)
    plan = queries.pathway(session, actor, version_id)
    return render_template("exchange/copy_pathway.html", plan=plan, form=form), 422


@exchange.route("/bring-in/programmes", methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def choose_programmes() -> Any:
    """Send a programme's file."""
    form = ProgrammeUploadForm()
    if form.validate_on_submit():
        token = keep(form.file.data, kind=_KIND)
        return redirect(url_for("exchange.look_programmes", token=token), 303)
    page = render_template("exchange/choose_programmes.html", form=form)
    return page, 422 if form.errors else 200


@exchange.route("/bring-in/programmes/<token>", methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def look_programmes(token: str) -> Any:
    """Look at what would come in; sent, it comes in as drafts."""
    session, actor, form = request_session(), current_actor(), YesForm()
    raw = uploads().raw(find(token, _KIND))
    decided = _decided()
    if form.validate_on_submit():
        try:
            done = bring_in_file(session, actor, raw, decided=decided, now=clock().now())
        except RuleBroken as broken:
            session.rollback()
            form.refuse(None, broken.message)
        else:
            tell("The programme is here as a draft. Look it over, then publish it.")
            return redirect(url_for("pathways.version", version_id=done.version_id), 303)
    looked = look_at(session, actor, raw, decided=decided)
    page = render_template(
        "exchange/look_programme.html", form=form, looked=looked, lines=said_lines(looked)
    )
    return page, 422 if form.is_submitted() else 200


def _page(plan: Plan, kept: queries.Carried, form: LocksForm, take: TakeForm) -> str:
    return render_template(
        "exchange/hand_on.html",
        plan=plan,
        form=form,
        take=take,
        origin=kept.origin,
        copy=CopyForm(formdata=None, data={"title": f"{plan.title}, our own"[:200]}),
    )


def _locks_form(plan: Plan, kept: queries.Carried, *, sent: bool = True) -> LocksForm:
    data = {"locked": [thing for _, thing in kept.locked]}
    form = LocksForm(data=data) if sent else LocksForm(formdata=None, data=data)
    form.locked.options = _things(plan)
    return form


def _decided() -> dict[str, Side]:
    """What was said to hold, by line; other words than the two count as nothing said."""
    sides = {side.value: side for side in Side}
    return {
        name.removeprefix(_TAKE): sides[typed]
        for name, typed in request.form.items()
        if name.startswith(_TAKE) and typed in sides
    }


def _kinds(plan: Plan) -> dict[int, ItemKind]:
    return {
        plan.pathway_id: ItemKind.PATHWAY,
        **{stage.lineage: ItemKind.STAGE for stage in plan.stages},
        **{group.lineage: ItemKind.CHOICE for stage in plan.stages for group in stage.groups},
        **{step.lineage: ItemKind.STEP for step in plan.steps},
    }


def _things(plan: Plan) -> list[Option]:
    found = [Option(id=plan.pathway_id, label="Name and purpose")]
    for stage in plan.stages:
        found.append(Option(id=stage.lineage, label=f"Stage: {stage.title}"))
        found += [Option(id=one.lineage, label=f"Choice: {one.title}") for one in stage.groups]
        found += [Option(id=one.lineage, label=one.title) for one in stage.steps]
    return found


def _take_form(plan: Plan) -> TakeForm:
    session, actor = request_session(), current_actor()
    form = TakeForm()
    form.questionnaires.options = [
        Option(id=id_, label=title)
        for id_, _, title in titles_on(session, actor, plan.framework_version_id)
    ]
    form.roles.options = [
        Option(id=id_, label=name)
        for name, id_ in role_names(session, plan.framework_version_id).items()
    ]
    return form
