"""The first page of an empty installation: the organisation, its first account, a beginning.

Whoever opens it first would own the installation, so it asks for a code that only those who can
read the instance folder know; the start script prints a link that holds it.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import guard
from ldtrack.app.setup.form import FILE, SetupForm
from ldtrack.app.setup.service import begin_installation
from ldtrack.config.secret import secret_in
from ldtrack.config.settings import Settings
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.queries import any_organisation
from ldtrack.people.service import sign_in
from ldtrack.ui.cookie import enter
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

CODE = "setup_code"

setup = Blueprint("setup", __name__)


@setup.route("/setup", methods=["GET", "POST"], endpoint="start")
@guard(Action.OPEN_PAGE)
@commits
def start() -> Any:
    """Name the organisation, make the first administrator, choose a beginning."""
    session = request_session()
    if any_organisation(session):
        raise NotVisible
    form = SetupForm(data={"code": request.args.get("code", "")})
    if form.validate_on_submit():
        try:
            _check_code(form.code.data)
            account_id = begin_installation(session, form.command(), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            lasts: timedelta = current_app.config["PERMANENT_SESSION_LIFETIME"]
            enter(sign_in.begin(session, account_id=account_id, now=clock().now(), lasts=lasts))
            if form.framework.data == FILE:
                tell("Your organisation is set up. Now choose the file of your framework.")
                return redirect(url_for("exchange.choose_frameworks"), 303)
            tell("Your organisation is set up. This list leads you to the first pathway.")
            return redirect(url_for("dashboards.front"), 303)
    return render_template("setup/start.html", form=form), 422 if form.errors else 200


def _check_code(typed: str) -> None:
    settings: Settings = current_app.extensions["ldtrack.settings"]
    if not hmac.compare_digest(typed.strip().encode(), secret_in(settings.instance, CODE).encode()):
        raise RuleBroken("code", "That is not the setup code of this installation.")
