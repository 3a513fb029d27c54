"""A rater says by their link that they will not answer, or that they will after all."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import guard
from ldtrack.feedback import service
from ldtrack.feedback.forms.answering import TracelessForm
from ldtrack.feedback.forms.nominating import DeclineForm
from ldtrack.feedback.queries.answering import OpenInvitation
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.doors import (
    behind_declined_link,
    behind_link,
    kept_language,
    said_for,
)
from ldtrack.feedback.views.surroundings import now, site
from ldtrack.ui.request import commits, request_session


@feedback.route("/r/<word>/decline", methods=["GET", "POST"])
@guard(Action.ANSWER)
@commits
@behind_link
def decline(word: str, asked: OpenInvitation) -> Any:
    """Say who will learn what, then take the answers back."""
    said = said_for(asked)
    form = DeclineForm(said=said)
    if form.validate_on_submit():
        service.decline(
            request_session(), asked, form.reason.data or "", now=now(), base_url=site()
        )
        return redirect(url_for("feedback.declined", word=word, lang=kept_language()), 303)
    shown = render_template(
        "feedback/answering/decline.html",
        form=form,
        asked=asked,
        word=word,
        said=said,
        lang=kept_language(),
    )
    return shown, 422 if form.is_submitted() else 200


@feedback.route("/r/<word>/declined", methods=["GET", "POST"])
@guard(Action.ANSWER)
@commits
@behind_declined_link
def declined(word: str, asked: OpenInvitation) -> Any:
    """It can be taken back until the close."""
    said = said_for(asked)
    form = TracelessForm(said=said)
    if form.validate_on_submit():
        service.think_better(request_session(), asked, now=now())
        return redirect(url_for("feedback.welcome", word=word, lang=kept_language()), 303)
    return render_template(
        "feedback/answering/declined.html", form=form, asked=asked, word=word, said=said
    )
