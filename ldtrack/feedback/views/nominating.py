"""The leader's page for saying whom to ask."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback import service
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.pages.nominating import own_page
from ldtrack.feedback.queries.nominating import own_choice
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.proposing import by_address, by_search
from ldtrack.feedback.views.surroundings import delivery, now, site, today
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.get("/feedback/nominations/<id:subject_id>")
@guard(Action.NOMINATE)
def nominate(subject_id: int) -> Any:
    """Who is proposed in each group, and what that means for the report."""
    page = own_page(request_session(), current_actor(), subject_id, today())
    return render_template("feedback/nominate.html", page=page, subject=page.subject)


@feedback.post("/feedback/nominations/<id:subject_id>/suggest")
@guard(Action.NOMINATE)
@commits
def suggest_raters(subject_id: int) -> Any:
    """Begin with whom the reporting lines suggest."""
    added = service.suggest(request_session(), current_actor(), subject_id, now=now())
    tell(f"{added} proposed from the reporting lines." if added else "Nobody new was found.")
    return _back(subject_id)


@feedback.route("/feedback/nominations/<id:subject_id>/people", methods=["GET", "POST"])
@guard(Action.NOMINATE)
@commits
def nominate_known(subject_id: int) -> Any:
    """Find colleagues and propose them."""
    page = own_page(request_session(), current_actor(), subject_id, today())
    return by_search(page, url_for("feedback.nominate", subject_id=subject_id))


@feedback.route("/feedback/nominations/<id:subject_id>/outside", methods=["GET", "POST"])
@guard(Action.NOMINATE)
@commits
def nominate_outside(subject_id: int) -> Any:
    """Propose somebody from outside by name and address."""
    page = own_page(request_session(), current_actor(), subject_id, today())
    return by_address(page, url_for("feedback.nominate", subject_id=subject_id))


@feedback.post("/feedback/nominations/<id:subject_id>/raters/<id:invitation_id>/withdraw")
@guard(Action.NOMINATE)
@commits
def withdraw_nomination(subject_id: int, invitation_id: int) -> Any:
    """Take somebody out again."""
    session, actor = request_session(), current_actor()
    found = own_choice(session, actor, subject_id)
    if invitation_id not in {rater.invitation_id for rater in found.raters}:
        raise NotVisible
    gone = service.withdraw(session, actor, invitation_id, now=now())
    undo = ""
    if gone.person_id is not None:
        undo = url_for(
            "feedback.nominate_again",
            subject_id=subject_id,
            person_id=gone.person_id,
            group_key=gone.group_key,
        )
    tell("They are taken out.", undo_url=undo)
    return _back(subject_id)


@feedback.post("/feedback/nominations/<id:subject_id>/again/<id:person_id>/<group_key>")
@guard(Action.NOMINATE)
@commits
def nominate_again(subject_id: int, person_id: int, group_key: str) -> Any:
    """Put back somebody who was just taken out."""
    session, actor = request_session(), current_actor()
    own_choice(session, actor, subject_id)
    command = AskRater(group_key=group_key, person_id=person_id)
    try:
        service.nominate(session, actor, subject_id, command, now=now(), delivery=delivery())
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell("They are back.")
    return _back(subject_id)


@feedback.post("/feedback/nominations/<id:subject_id>/hand-in")
@guard(Action.NOMINATE)
@commits
def hand_in_nominations(subject_id: int) -> Any:
    """Say that the proposals are complete."""
    try:
        led_to = service.hand_in(
            request_session(), current_actor(), subject_id, now=now(), base_url=site()
        )
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        waits = led_to is SubjectState.APPROVING
        tell("Your proposals are handed in." if waits else "Your raters are settled.")
    return _back(subject_id)


@feedback.post("/feedback/nominations/<id:subject_id>/take-back")
@guard(Action.NOMINATE)
@commits
def take_nominations_back(subject_id: int) -> Any:
    """Go on choosing."""
    service.take_back(request_session(), current_actor(), subject_id, now=now())
    tell("You can change your proposals again.")
    return _back(subject_id)


def _back(subject_id: int) -> Any:
    return redirect(url_for("feedback.nominate", subject_id=subject_id), 303)
