"""One's own short feedback: reading it, thanking, hiding, sharing; what a leader shared."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.feedback import service
from ldtrack.feedback.pages.short import shared_page, short_page
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now, today
from ldtrack.ui.lists import page_number
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.get("/short-feedback")
@guard(Action.READ_SHORT)
def short() -> Any:
    """What one is asked for, received and gave."""
    page = short_page(request_session(), current_actor(), now(), page=page_number())
    return render_template("feedback/short/own.html", page=page)


@feedback.get("/people/<id:person_id>/short-feedback")
@guard(Action.READ_SHORT)
def short_shared(person_id: int) -> Any:
    """What a leader shared with the coach who reads."""
    page = shared_page(request_session(), current_actor(), person_id, page=page_number())
    return render_template("feedback/short/shared.html", page=page)


@feedback.post("/short-feedback/<id:short_feedback_id>/thank")
@guard(Action.KEEP_SHORT)
@commits
def thank_for_short(short_feedback_id: int) -> Any:
    """Say thank you."""
    service.thank(request_session(), current_actor(), short_feedback_id, now=now())
    tell("They see that you thank them.")
    return _back()


@feedback.post("/short-feedback/<id:short_feedback_id>/hide")
@guard(Action.KEEP_SHORT)
@commits
def hide_short(short_feedback_id: int) -> Any:
    """Put it out of sight."""
    service.hide_short(request_session(), current_actor(), short_feedback_id)
    undo = url_for("feedback.show_short_again", short_feedback_id=short_feedback_id)
    tell("It is hidden. Whoever gave it is not told.", undo_url=undo)
    return _back()


@feedback.post("/short-feedback/<id:short_feedback_id>/show-again")
@guard(Action.KEEP_SHORT)
@commits
def show_short_again(short_feedback_id: int) -> Any:
    """Take it up again."""
    service.show_short_again(request_session(), current_actor(), short_feedback_id)
    tell("It is back.")
    return _back()


@feedback.post("/short-feedback/<id:short_feedback_id>/share")
@guard(Action.KEEP_SHORT)
@commits
def share_short(short_feedback_id: int) -> Any:
    """Let one's coach read it."""
    service.share_short(request_session(), current_actor(), short_feedback_id, today=today())
    undo = url_for("feedback.stop_sharing_short", short_feedback_id=short_feedback_id)
    tell("Your coach can read it now.", undo_url=undo)
    return _back()


@feedback.post("/short-feedback/<id:short_feedback_id>/stop-sharing")
@guard(Action.KEEP_SHORT)
@commits
def stop_sharing_short(short_feedback_id: int) -> Any:
    """Take it back from the coach."""
    service.stop_sharing_short(request_session(), current_actor(), short_feedback_id)
    tell("Your coach finds it no longer.")
    return _back()


@feedback.post("/short-feedback/<id:short_feedback_id>/take-back")
@guard(Action.GIVE_SHORT)
@commits
def take_back_short(short_feedback_id: int) -> Any:
    """Take back what one has just given."""
    service.take_back_short(request_session(), current_actor(), short_feedback_id, now=now())
    tell("It is taken back, and nobody is told.")
    return _back()


@feedback.post("/short-feedback/requests/<id:short_feedback_request_id>/decline")
@guard(Action.GIVE_SHORT)
@commits
def decline_short(short_feedback_request_id: int) -> Any:
    """Say not this time."""
    service.decline_short(request_session(), current_actor(), short_feedback_request_id)
    tell("You said not this time; no reason is needed.")
    return _back()


@feedback.post("/short-feedback/requests/<id:short_feedback_request_id>/withdraw")
@guard(Action.ASK_FOR_SHORT)
@commits
def withdraw_request(short_feedback_request_id: int) -> Any:
    """Ask no longer."""
    service.withdraw_request(request_session(), current_actor(), short_feedback_request_id)
    tell("They are asked no longer.")
    return _back()


def _back() -> Any:
    return redirect(url_for("feedback.short"), 303)
