"""Certificates: handing one in, looking at one, accepting it or sending it back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.audit.service import seen
from ldtrack.core.errors import NotAllowed, RuleBroken
from ldtrack.courses import queries, service
from ldtrack.courses.domain import CertificateState
from ldtrack.courses.forms import Decision, HandInForm, review_form
from ldtrack.courses.queries.certificates import certificate, certificates_waiting
from ldtrack.courses.views import courses
from ldtrack.files.queries import content_of, files_named
from ldtrack.people.queries import people_named
from ldtrack.ui.downloads import attachment
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import base_url, clock, commits, database, request_session


@courses.route("/courses/certificates/new", methods=["GET", "POST"])
@guard(Action.HAND_IN_CERTIFICATE)
@commits
def hand_in() -> Any:
    """Hand in a certificate of one's own."""
    session, actor = request_session(), current_actor()
    if actor.person_id is None:
        raise NotAllowed("This sign-in belongs to nobody who could hand something in.")
    form = HandInForm()
    form.offer(_options())
    if form.validate_on_submit():
        try:
            service.hand_in(session, actor, form.command(), now=clock().now(), base_url=base_url())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("It is handed in. You get a mail when somebody has looked at it.")
            return redirect(url_for("courses.mine"), 303)
    page = render_template("courses/hand_in.html", form=form)
    return page, 422 if form.is_submitted() else 200


@courses.post("/courses/certificates/<id:certificate_id>/take-back")
@guard(Action.HAND_IN_CERTIFICATE)
@commits
def take_back_certificate(certificate_id: int) -> Any:
    """Take one's own back, with its file."""
    service.take_back_certificate(request_session(), current_actor(), certificate_id)
    tell("It is taken back, and its file is deleted.")
    return redirect(url_for("courses.mine"), 303)


@courses.get("/courses/certificates")
@guard(Action.REVIEW_CERTIFICATE)
def certificates() -> Any:
    """What waits for one's review."""
    rows = certificates_waiting(request_session(), current_actor())
    names = people_named(request_session(), [row.person_id for row in rows])
    return render_template("courses/certificates.html", rows=rows, names=names)


@courses.route("/courses/certificates/<id:certificate_id>", methods=["GET", "POST"])
@guard(Action.REVIEW_CERTIFICATE)
@commits
def review_certificate(certificate_id: int) -> Any:
    """Look at one, and accept it or send it back."""
    session, actor = request_session(), current_actor()
    row = certificate(session, actor, certificate_id)
    form = review_form(row)
    form.offer(_options())
    if form.validate_on_submit():
        try:
            _decide(form, certificate_id)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            is_good = form.decision.data is Decision.ACCEPT
            tell("The completion is recorded." if is_good else "It is sent back.")
            return redirect(url_for("courses.certificates"), 303)
    page = render_template(
        "courses/review_certificate.html",
        form=form,
        row=row,
        name=people_named(session, [row.person_id])[row.person_id].name,
        file=files_named(session, [row.file_id])[row.file_id],
        may_decide=row.state is CertificateState.WAITING and row.person_id != actor.person_id,
    )
    return page, 422 if form.is_submitted() else 200


@courses.get("/courses/certificates/<id:certificate_id>/file")
@guard(Action.READ_CERTIFICATE)
def certificate_file(certificate_id: int) -> Any:
    """The file; who else opens it leaves a trace."""
    session, actor = request_session(), current_actor()
    row = certificate(session, actor, certificate_id)
    file = files_named(session, [row.file_id])[row.file_id]
    if row.person_id != actor.person_id:
        seen(
            database(),
            organisation_id=actor.organisation_id,
            account_id=actor.account_id,
            action=Action.READ_CERTIFICATE.value,
            thing="certificate",
            person_id=row.person_id,
            happened_at=clock().now(),
        )
    content = content_of(session, file.id)
    return attachment(content, media_type=file.kind.media_type, name=file.name)


def _options() -> list[Option]:
    return [
        Option(id=row.id, label=f"{row.title} ({row.code})")
        for row in queries.courses_on_offer(request_session())
    ]


def _decide(form: Any, certificate_id: int) -> None:
    session, actor, now = request_session(), current_actor(), clock().now()
    if form.decision.data is Decision.ACCEPT:
        service.accept_certificate(
            session, actor, certificate_id, form.command(), now=now, base_url=base_url()
        )
    else:
        service.return_certificate(
            session, actor, certificate_id, form.answer.data, now=now, base_url=base_url()
        )
