"""Notes for oneself, taking a shared one back, and one's own coaching as a file."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import pages, queries, service
from ldtrack.coaching.forms import OwnNoteForm
from ldtrack.coaching.views import coaching
from ldtrack.core.errors import RuleBroken
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@coaching.get("/coaching/private-notes")
@guard(Action.READ_PRIVATE_NOTE)
def private_notes() -> Any:
    """Everything that its reader, and nobody else, ever noted privately."""
    notes = queries.own_private_notes(request_session(), current_actor())
    return render_template("coaching/private_notes.html", notes=notes)


@coaching.route("/coaching/sessions/<id:session_id>/own-note", methods=["GET", "POST"])
@guard(Action.WRITE_PRIVATE_NOTE)
@commits
def own_note(session_id: int) -> Any:
    """Note something of a session that nobody else reads."""
    held = queries.session_held(request_session(), current_actor(), session_id)
    note = queries.own_note(request_session(), current_actor(), held.id)
    form = OwnNoteForm(data={"body": note.body})
    if form.validate_on_submit():
        try:
            person_id = service.write_own_note(
                request_session(), current_actor(), held.id, form.body.data
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("Your note is kept. Nobody else can read it.")
            return redirect(_back(person_id), 303)
    shown = render_template(
        "coaching/own_note.html", held=held, note=note, form=form, back_url=_back(held.person_id)
    )
    return shown, 422 if form.is_submitted() else 200


@coaching.post("/coaching/sessions/<id:session_id>/own-note/keep")
@guard(Action.WRITE_PRIVATE_NOTE)
@commits
def keep_own_note(session_id: int) -> Any:
    """Keep it as it is typed; the page asks for this by itself."""
    form = OwnNoteForm()
    service.write_own_note(
        request_session(),
        current_actor(),
        session_id,
        form.body.data,
        seen=request.args.get("turn", default=0, type=int),
    )
    return "", 204


@coaching.post("/coaching/sessions/<id:session_id>/unshare")
@guard(Action.LOG_SESSION)
@commits
def unshare_note(session_id: int) -> Any:
    """Take the shared note back; from now on only its author reads it."""
    person_id = service.unshare_note(request_session(), current_actor(), session_id)
    tell("The note is among your private ones now. Nobody else can read it any more.")
    return redirect(_back(person_id), 303)


@coaching.post("/coaching/file")
@guard(Action.READ_PRIVATE_NOTE)
@commits
def own_file() -> Any:
    """What the reader has of coaching, as a file for themselves."""
    record = pages.own_record(request_session(), current_actor(), now=clock().now())
    service.note_own_file(request_session(), current_actor(), now=clock().now())
    answer = Response(
        json.dumps(record, ensure_ascii=False, indent=2) + "\n", content_type="application/json"
    )
    name = f"my-coaching-{clock().today().isoformat()}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _back(person_id: int) -> str:
    if person_id == current_actor().person_id:
        return url_for("coaching.my_coaching")
    return url_for("coaching.leader", person_id=person_id)
