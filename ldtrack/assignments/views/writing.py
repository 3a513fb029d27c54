"""Writing an opening: HR publishes it, anybody else proposes it; both can keep a draft first."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments import queries, service
from ldtrack.assignments.domain import Develops, PostingRow, PostingState, TemplateRow
from ldtrack.assignments.forms import PostingForm, form_from, posting_form
from ldtrack.assignments.views import assignments
from ldtrack.competencies.queries import competencies_on_offer
from ldtrack.core import ids
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.queries import known_as, people_named
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_FIELDS = {"owner_id": "owner", "sponsor_id": "sponsor", "develops": None}


@assignments.route("/assignments/openings/new", methods=["GET", "POST"])
@guard(Action.WRITE_POSTING)
@commits
def new_posting() -> Any:
    """Post an opening, as HR."""
    return _begin()


@assignments.route("/assignments/openings/propose", methods=["GET", "POST"])
@guard(Action.PROPOSE_POSTING)
@commits
def propose() -> Any:
    """Propose an opening that one answers for."""
    if policy.could(current_actor(), Action.WRITE_POSTING):
        chosen = request.args.get("template") or None
        return redirect(url_for("assignments.new_posting", template=chosen), 303)
    return _begin()


@assignments.route("/assignments/openings/<id:posting_id>/draft", methods=["GET", "POST"])
@guard(Action.PROPOSE_POSTING)
@commits
def change_draft(posting_id: int) -> Any:
    """Change a draft of one's own, or hand it on."""
    session, actor = request_session(), current_actor()
    before = queries.posting(session, actor, posting_id)
    if before.author_id != actor.person_id or before.state is not PostingState.DRAFT:
        raise NotVisible
    form = _filled(before)
    if form.validate_on_submit():
        try:
            service.change_draft(session, actor, posting_id, _command(form))
            return _handed_on(posting_id)
        except RuleBroken as broken:
            form.refuse(_FIELDS.get(broken.field, broken.field), broken.message)
    return _shown(form, before=before)


@assignments.route("/assignments/openings/<id:posting_id>/change", methods=["GET", "POST"])
@guard(Action.WRITE_POSTING)
@commits
def change_posting(posting_id: int) -> Any:
    """Change a proposal or a published opening."""
    session, actor = request_session(), current_actor()
    before = queries.posting(session, actor, posting_id)
    if before.state is PostingState.DRAFT:
        raise NotVisible
    form = _filled(before)
    if form.validate_on_submit():
        try:
            service.change_opening(session, actor, posting_id, _command(form), now=clock().now())
        except RuleBroken as broken:
            form.refuse(_FIELDS.get(broken.field, broken.field), broken.message)
        else:
            tell("The opening is changed.")
            return redirect(url_for("assignments.posting", posting_id=posting_id), 303)
    return _shown(form, before=before)


def _begin() -> Any:
    session, actor = request_session(), current_actor()
    template = _template()
    form = _offering(form_from(template), template.develops if template else ())
    if form.validate_on_submit():
        try:
            return _handed_on(service.draft_opening(session, actor, _command(form)))
        except RuleBroken as broken:
            form.refuse(_FIELDS.get(broken.field, broken.field), broken.message)
    return _shown(form, template=template, n_templates=queries.n_templates(session))


def _handed_on(posting_id: int) -> Any:
    """Propose or publish the draft, unless it was asked to stay one."""
    at = url_for("assignments.posting", posting_id=posting_id)
    if request.form.get("then") == "draft":
        tell("Your draft is kept. You alone see it.")
        return redirect(at, 303)
    service.propose_opening(request_session(), current_actor(), posting_id, now=clock().now())
    by_hr = policy.could(current_actor(), Action.WRITE_POSTING)
    tell("The opening is posted." if by_hr else "Your opening is proposed. HR reads it next.")
    return redirect(at, 303)


def _shown(
    form: PostingForm,
    *,
    before: PostingRow | None = None,
    template: TemplateRow | None = None,
    n_templates: int = 0,
) -> Any:
    page = render_template(
        "assignments/write.html",
        form=form,
        posting=before,
        template=template,
        n_templates=n_templates,
        by_hr=policy.could(current_actor(), Action.WRITE_POSTING),
    )
    return page, 422 if form.is_submitted() else 200


def _filled(before: PostingRow) -> PostingForm:
    named = people_named(request_session(), before.answerable)
    sponsor = named[before.sponsor_id].email if before.sponsor_id else ""
    form = posting_form(before, owner=named[before.owner_id].email, sponsor=sponsor)
    return _offering(form, before.develops)


def _offering(form: PostingForm, kept: tuple[Develops, ...]) -> PostingForm:
    """Offer the competencies there are; whoever proposes is not asked who answers for it."""
    on_offer = competencies_on_offer(request_session(), {one.competency_id for one in kept})
    form.offer([Option(id=row.id, label=row.name, group=group) for row, group in on_offer])
    if not policy.could(current_actor(), Action.WRITE_POSTING):
        del form.owner
    return form


def _template() -> TemplateRow | None:
    """The template that the address names."""
    try:
        template_id = ids.decode(request.args.get("template", ""))
    except ValueError:
        return None
    return queries.template(request_session(), template_id)


def _command(form: PostingForm) -> service.PostOpening:
    owner_id = current_actor().person_id or 0
    if "owner" in form:
        owner_id = _person(form, "owner")
    return form.command(owner_id=owner_id, sponsor_id=_person(form, "sponsor"))


def _person(form: PostingForm, field: str) -> int:
    person_id = known_as(request_session(), form[field].data)
    if person_id is None:
        raise RuleBroken(field, "There is nobody with this mail address or staff id.")
    return person_id
