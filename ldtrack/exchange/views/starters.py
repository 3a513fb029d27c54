"""Questionnaires from the published frameworks that come along, each in one click."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible
from ldtrack.exchange.framework_import import import_shipped
from ldtrack.exchange.shipped import shipped
from ldtrack.exchange.views import exchange
from ldtrack.feedback.domain.questions import MOST_IN_STARTER, starter_statements
from ldtrack.feedback.service.questionnaires import start_from
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@exchange.get("/bring-in/starters")
@guard(Action.WRITE_QUESTIONNAIRE)
def choose_starter() -> Any:
    """The frameworks that are short enough to be asked about as a whole."""
    rows = [
        (one, starter_statements(one.n_competencies, one.n_indicators))
        for one in shipped()
        if one.n_competencies <= MOST_IN_STARTER
    ]
    return render_template("exchange/starters.html", rows=rows)


@exchange.post("/bring-in/starters/<key>")
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def start_from_published(key: str) -> Any:
    """Bring the framework in, if it is not here, and make its questionnaire."""
    session, actor, now = request_session(), current_actor(), clock().now()
    done = import_shipped(session, actor, key, now=now)
    if done.framework_version_id is None:
        raise NotVisible
    made = start_from(session, actor, done.framework_version_id, now=now)
    tell("The questionnaire is here. Now make its statements your own.")
    return redirect(url_for("feedback.questionnaire", questionnaire_id=made), 303)
