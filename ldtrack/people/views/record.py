"""One's own record: who opened what is about oneself, and the files one handed in."""

from __future__ import annotations

from flask import render_template

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.files.queries import files_of
from ldtrack.people.queries.record import openings_about_me
from ldtrack.people.views import people
from ldtrack.ui.request import request_session


@people.get("/account/record")
@guard(Action.READ_OWN_RECORD)
def own_record() -> str:
    """List both, newest first."""
    session, actor = request_session(), current_actor()
    return render_template(
        "people/own_record.html",
        openings=openings_about_me(session, actor),
        files=files_of(session, actor.person_id or 0),
    )
