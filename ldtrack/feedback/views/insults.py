"""HR keeps the words that bring a comment to a moderator's eyes."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback import service
from ldtrack.feedback.forms.insults import insults_form
from ldtrack.feedback.queries.insults import insult_lines
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.route("/feedback/settings/words", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def insults() -> Any:
    """A box of lines for each language."""
    session = request_session()
    form = insults_form(insult_lines(session))
    if form.validate_on_submit():
        try:
            service.set_insults(session, current_actor(), form.written(), now=now())
        except RuleBroken as broken:
            form.refuse(f"words_{broken.field}", broken.message)
        else:
            tell("Comments with these words are flagged from now on.")
            return redirect(url_for("feedback.usual"), 303)
    page = render_template("feedback/insults.html", form=form)
    return page, 422 if form.is_submitted() else 200
