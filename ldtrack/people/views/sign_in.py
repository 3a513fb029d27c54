"""Signing in and out, and one's own account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import current_app, redirect, render_template, request, session, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.people import queries
from ldtrack.people.forms import ChangePasswordForm, SignInForm
from ldtrack.people.service import accounts
from ldtrack.people.service import sign_in as service
from ldtrack.people.views import people
from ldtrack.ui.addresses import stays_here
from ldtrack.ui.cookie import enter
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@people.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@guard(Action.OPEN_PAGE)
def sign_in() -> Any:
    """Ask for address and password; afterwards go where the person was going."""
    form = SignInForm(data={"next": request.args.get("next", "")})
    if form.validate_on_submit():
        database = request_session()
        command = form.command()
        try:
            token = service.sign_in(
                database,
                email=command.email,
                password=command.password,
                now=clock().now(),
                lasts=_lasts(),
                device=request.user_agent.string,
            )
        except RuleBroken as broken:
            # The failure itself is stored: the throttle counts it.
            database.commit()
            form.refuse(broken.field, broken.message)
        else:
            database.commit()
            enter(token)
            return redirect(stays_here(form.next.data), 303)
    return render_template("people/sign_in.html", form=form), 422 if form.errors else 200


@people.post("/sign-out")
@guard(Action.CHANGE_OWN_ACCOUNT)
@commits
def sign_out() -> Any:
    """End this sign-in."""
    service.sign_out(request_session(), token=session.get("_user_id", ""), now=clock().now())
    session.clear()
    return redirect(url_for("people.sign_in"), 303)


@people.route("/account", methods=["GET", "POST"])
@guard(Action.CHANGE_OWN_ACCOUNT)
@commits
def own_account() -> Any:
    """Change one's password; other browsers are signed out by it."""
    form = ChangePasswordForm()
    actor = current_actor()
    database = request_session()
    if form.validate_on_submit():
        account_id = actor.account_id or 0
        try:
            accounts.check_password(database, account_id=account_id, password=form.present.data)
            accounts.change_password(
                database, account_id=account_id, password=form.password.data, now=clock().now()
            )
        except RuleBroken as broken:
            form.refuse("present" if broken.field == "present" else "password", broken.message)
        else:
            enter(service.begin(database, account_id=account_id, now=clock().now(), lasts=_lasts()))
            tell("Your password is changed; other browsers are signed out.")
            return redirect(url_for("people.own_account"), 303)
    page = render_template(
        "people/own_account.html",
        form=form,
        sign_ins=queries.sign_ins(database, actor, clock().now()),
    )
    return page, 422 if form.errors else 200


def _lasts() -> timedelta:
    lasts: timedelta = current_app.config["PERMANENT_SESSION_LIFETIME"]
    return lasts
