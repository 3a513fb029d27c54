"""Agreements: writing a version, reading it, signing it or not, and withdrawing it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import pages, service
from ldtrack.coaching.domain import SponsorSees
from ldtrack.coaching.domain.agreements import AgreementState, Pattern
from ldtrack.coaching.forms import RefusalForm, SignatureForm, VersionForm, WithdrawalForm
from ldtrack.coaching.pages.agreements import AgreementPage, WritingPage
from ldtrack.coaching.views import coaching
from ldtrack.core.errors import Conflict, NotAllowed, RuleBroken
from ldtrack.ui.fields import Option
from ldtrack.ui.forms import Form
from ldtrack.ui.messages import tell
from ldtrack.ui.request import base_url, clock, commits, request_session


@coaching.route("/coaching/engagements/<id:engagement_id>/agreement/new", methods=["GET", "POST"])
@guard(Action.WRITE_AGREEMENT)
@commits
def write_agreement(engagement_id: int) -> Any:
    """Write the next version, from a pattern or from what was agreed before."""
    pattern = _pattern()
    page = pages.writing_page(
        request_session(), current_actor(), engagement_id, pattern, clock().today()
    )
    form = VersionForm(data=page.begins_with)
    form.offer(*_offered(page))
    if form.validate_on_submit():
        try:
            agreement_id = service.write_agreement(
                request_session(),
                current_actor(),
                engagement_id,
                form.command(),
                now=clock().now(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The draft is kept. Nobody is asked to sign it yet.")
            return redirect(_page(agreement_id), 303)
    shown = render_template(
        "coaching/write_agreement.html",
        page=page,
        form=form,
        meanings={word.value: word.meaning for word in SponsorSees},
        patterns=tuple(Pattern),
        pattern=pattern,
        back_url=_back(page),
    )
    return shown, 422 if form.is_submitted() else 200


@coaching.get("/coaching/agreements/<id:agreement_id>")
@guard(Action.READ_AGREEMENT)
def agreement_version(agreement_id: int) -> Any:
    """One version: what it says, and who signed it."""
    page = pages.agreement_page(request_session(), current_actor(), agreement_id)
    return render_template("coaching/agreement_version.html", page=page, form=SignatureForm())


@coaching.post("/coaching/agreements/<id:agreement_id>/send")
@guard(Action.WRITE_AGREEMENT)
@commits
def send_agreement(agreement_id: int) -> Any:
    """Ask everybody whom it concerns to sign."""
    try:
        service.send_agreement(
            request_session(),
            current_actor(),
            agreement_id,
            now=clock().now(),
            base_url=base_url(),
        )
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell("Everybody who signs it is asked to. From now on its words stay as they are.")
    return redirect(_page(agreement_id), 303)


@coaching.post("/coaching/agreements/<id:agreement_id>/discard")
@guard(Action.WRITE_AGREEMENT)
@commits
def discard_agreement(agreement_id: int) -> Any:
    """Throw a draft away."""
    engagement_id = service.discard_agreement(request_session(), current_actor(), agreement_id)
    tell("The draft is gone.", kind="note")
    return redirect(url_for("coaching.write_agreement", engagement_id=engagement_id), 303)


@coaching.post("/coaching/agreements/<id:agreement_id>/sign")
@guard(Action.SIGN_AGREEMENT)
@commits
def sign_agreement(agreement_id: int) -> Any:
    """Put one's name under it."""
    page = pages.agreement_page(request_session(), current_actor(), agreement_id)
    form = SignatureForm()
    if not form.validate_on_submit():
        _require_signing(page)
        shown = render_template("coaching/agreement_version.html", page=page, form=form)
        return shown, 422
    in_force = service.sign_agreement(
        request_session(),
        current_actor(),
        agreement_id,
        form.name.data,
        now=clock().now(),
        base_url=base_url(),
    )
    tell("Signed. It is in force." if in_force else "Signed. It waits for the others now.")
    return redirect(_page(agreement_id), 303)


@coaching.route("/coaching/agreements/<id:agreement_id>/refuse", methods=["GET", "POST"])
@guard(Action.SIGN_AGREEMENT)
@commits
def refuse_agreement(agreement_id: int) -> Any:
    """Say that one does not sign it, and what should be different."""
    page = pages.agreement_page(request_session(), current_actor(), agreement_id)
    _require_signing(page)
    form = RefusalForm()
    if form.validate_on_submit():
        service.refuse_agreement(
            request_session(),
            current_actor(),
            agreement_id,
            form.word.data,
            now=clock().now(),
            base_url=base_url(),
        )
        tell("It is not signed. Everybody who was asked is told, and can read why.", kind="note")
        return redirect(_page(agreement_id), 303)
    return _ending(page, form, "Do not sign")


@coaching.route("/coaching/agreements/<id:agreement_id>/withdraw", methods=["GET", "POST"])
@guard(Action.READ_AGREEMENT)
@commits
def withdraw_agreement(agreement_id: int) -> Any:
    """Take back what is being signed; the leader may end what is in force."""
    page = pages.agreement_page(request_session(), current_actor(), agreement_id)
    is_signing = page.version.state is AgreementState.SIGNING
    if not (page.may_write and is_signing) and not page.may_leave:
        raise NotAllowed("You may not withdraw this agreement as it stands.")
    form = WithdrawalForm()
    if form.validate_on_submit():
        service.withdraw_agreement(
            request_session(),
            current_actor(),
            agreement_id,
            form.word.data,
            now=clock().now(),
            base_url=base_url(),
        )
        tell("It is withdrawn. Everybody who was asked to sign it is told.", kind="note")
        return redirect(_page(agreement_id), 303)
    return _ending(page, form, "Withdraw it")


def _require_signing(page: AgreementPage) -> None:
    if page.own is None:
        raise NotAllowed("You are not asked to sign this agreement.")
    if page.version.state is not AgreementState.SIGNING or not page.version.runs:
        raise Conflict("This version is not to be signed any more.")


def _ending(page: AgreementPage, form: Form, label: str) -> Any:
    shown = render_template("coaching/end_agreement.html", page=page, form=form, label=label)
    return shown, 422 if form.is_submitted() else 200


def _offered(page: WritingPage) -> tuple[list[Option], list[Option]]:
    focus = [Option(id=one.id, label=one.name) for one in page.offered.focus]
    others = [Option(id=one.id, label=one.name, group=one.domain) for one in page.offered.others]
    levels = [
        Option(id=str(level.value), label=f"{level.value} – {level.label}") for level in page.levels
    ]
    return [*focus, *others], levels


def _pattern() -> Pattern | None:
    asked = request.args.get("pattern", "")
    return Pattern(asked) if asked in set(Pattern) else None


def _back(page: WritingPage) -> str:
    """Where the coaching stands for whoever writes."""
    one = page.engagement
    if page.is_own:
        return url_for("coaching.my_coaching")
    if one.coach_id == current_actor().person_id:
        return url_for("coaching.leader", person_id=one.person_id)
    return url_for("coaching.engagement", engagement_id=one.id)


def _page(agreement_id: int) -> str:
    return url_for("coaching.agreement_version", agreement_id=agreement_id)
