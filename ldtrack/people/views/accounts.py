"""Accounts, for administrators: who can sign in and what that lets them do."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.people import pages, queries
from ldtrack.people.forms import AccountForm, RolesForm
from ldtrack.people.service import administer
from ldtrack.people.views import people
from ldtrack.ui.lists import page_number, searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@people.get("/accounts")
@guard(Action.WRITE_ACCOUNT)
def accounts() -> Any:
    """Everybody who can sign in."""
    page = pages.accounts_page(
        request_session(), current_actor(), search=searched(), page=page_number()
    )
    return render_template("people/accounts.html", page=page, here=current_actor().account_id)


@people.route("/accounts/new", methods=["GET", "POST"])
@guard(Action.WRITE_ACCOUNT)
@commits
def new_account() -> Any:
    """Give somebody a sign-in."""
    form = AccountForm()
    if form.validate_on_submit():
        try:
            _open(form)
        except RuleBroken as broken:
            form.refuse("who" if broken.field == "email" else broken.field, broken.message)
        else:
            tell("They can sign in now. Tell them the password in person, and to change it.")
            return redirect(url_for("people.accounts"), 303)
    return render_template("people/new_account.html", form=form), 422 if form.errors else 200


@people.route("/accounts/<id:account_id>", methods=["GET", "POST"])
@guard(Action.WRITE_ACCOUNT)
@commits
def account(account_id: int) -> Any:
    """Say what an account may do, disable or enable it."""
    session, actor = request_session(), current_actor()
    row = queries.account(session, actor, account_id)
    form = RolesForm(data={"roles": sorted(row.roles)})
    if form.validate_on_submit():
        try:
            administer.set_roles(
                session, actor, account_id, frozenset(form.roles.data), now=clock().now()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("What they may do is changed, from their next click on.")
            return redirect(url_for("people.accounts"), 303)
    page = render_template(
        "people/account.html", form=form, account=row, here=actor.account_id == account_id
    )
    return page, 422 if form.errors else 200


@people.post("/accounts/<id:account_id>/disable")
@guard(Action.WRITE_ACCOUNT)
@commits
def disable_account(account_id: int) -> Any:
    """Shut an account and end its sign-ins."""
    try:
        administer.disable(request_session(), current_actor(), account_id, now=clock().now())
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell(
            "The account is disabled; wherever it was signed in, that has ended.",
            undo_url=url_for("people.enable_account", account_id=account_id),
        )
    return redirect(url_for("people.accounts"), 303)


@people.post("/accounts/<id:account_id>/enable")
@guard(Action.WRITE_ACCOUNT)
@commits
def enable_account(account_id: int) -> Any:
    """Open an account again."""
    administer.enable(request_session(), current_actor(), account_id, now=clock().now())
    tell("The account is open again.")
    return redirect(url_for("people.accounts"), 303)


def _open(form: AccountForm) -> None:
    session = request_session()
    person_id = queries.known_as(session, form.who.data)
    if person_id is None:
        raise RuleBroken("who", "There is nobody with this mail address or external id.")
    administer.give_sign_in(
        session,
        current_actor(),
        person_id=person_id,
        password=form.password.data,
        roles=frozenset(form.roles.data),
        now=clock().now(),
    )
