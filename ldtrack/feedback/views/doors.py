"""The way in by a signed link: who may pass, in which language, and what is said to who may not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, redirect, render_template, request, url_for

from ldtrack.access.domain import Actor
from ldtrack.core.errors import Conflict, NotVisible
from ldtrack.feedback.domain.languages import NAMES, preferred
from ldtrack.feedback.domain.nominating import InvitationState
from ldtrack.feedback.domain.phrases import LANGUAGES, Phrases, in_language
from ldtrack.feedback.domain.rows import AskedRow
from ldtrack.feedback.forms.answering import MOST_CHARS
from ldtrack.feedback.queries.answering import OpenInvitation, by_link
from ldtrack.feedback.queries.questionnaires import questionnaire
from ldtrack.feedback.queries.raters import asked_of
from ldtrack.feedback.queries.wording import read_in
from ldtrack.feedback.views.surroundings import now, rater_key, today
from ldtrack.ui.cleaning import clean_text
from ldtrack.ui.request import request_session

_MOST_LEFT = 3


def behind_link(view: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the view what the link's word was sent for, or say kindly that there is nothing."""
    return _behind(view, InvitationState.APPROVED)


def behind_declined_link(view: Callable[..., Any]) -> Callable[..., Any]:
    """The same for whoever said that they will not answer."""
    return _behind(view, InvitationState.DECLINED)


def _behind(view: Callable[..., Any], state: InvitationState) -> Callable[..., Any]:
    @wraps(view)
    def found(word: str, **rest: Any) -> Any:
        try:
            asked = _asked_by(word, state)
            if is_somebody_elses(asked.rater_person_id):
                return not_yours()
            return view(word, asked, **rest)
        except (NotVisible, Conflict):
            if state is InvitationState.APPROVED and _has_declined(word):
                return redirect(url_for("feedback.declined", word=word, lang=kept_language()), 303)
            return nothing_here()

    return found


def _asked_by(word: str, state: InvitationState) -> OpenInvitation:
    return by_link(request_session(), word, rater_key=rater_key(), now=now(), state=state)


def _has_declined(word: str) -> bool:
    """Whoever declined was told that the same link lets them think better of it."""
    if request.method != "GET":
        return False
    try:
        _asked_by(word, InvitationState.DECLINED)
    except NotVisible:
        return False
    return True


def not_yours() -> Any:
    """Says that the link is somebody else's, and nothing about what is behind it."""
    page = render_template("feedback/answering/not_yours.html", said=said_before_asking())
    return page, 404


def nothing_here() -> Any:
    """The same page whatever the reason; what was just typed is handed back, not stored."""
    typed = [
        clean_text(text[:MOST_CHARS])
        for name, text in request.form.items()
        if name.startswith("q_") and text.strip()
    ]
    page = render_template(
        "feedback/answering/nothing_here.html",
        said=said_before_asking(),
        sent=request.method == "POST",
        typed=typed,
    )
    return page, 404


def wanted_languages() -> list[str]:
    """What was chosen on the first page, then what the browser asks for."""
    asked_for = [language for language, _ in request.accept_languages]
    return [*filter(None, [kept_language()]), *asked_for]


def said_before_asking() -> Phrases:
    """The words for who is asked nothing: in the first wanted language that they are there in."""
    return in_language(preferred(LANGUAGES, wanted_languages()))


def said_for(asked: OpenInvitation) -> Phrases:
    """The words around what is asked, in the language in which that is read."""
    session = request_session()
    form = questionnaire(session, asked.cycle.questionnaire_id)
    return in_language(read_in(session, form, wanted_languages())[0].language)


def kept_language() -> str | None:
    """The language in the address, if there is one."""
    language = request.args.get("lang", "")
    return language if language in NAMES else None


def left_to_answer(asked: OpenInvitation) -> list[AskedRow]:
    """What else waits for the person who is signed in and has just answered."""
    actor: Actor | None = g.get("actor")
    if actor is None or actor.person_id is None:
        return []
    rows = asked_of(request_session(), actor, today(), rater_key=rater_key())
    waiting = [r for r in rows if not r.sent and r.invitation_id != asked.invitation_id]
    return waiting[:_MOST_LEFT]


def is_somebody_elses(asked_person_id: int | None) -> bool:
    """A link that was passed on must not open in the hands of, say, whom it is about."""
    actor: Actor | None = g.get("actor")
    if actor is None or actor.person_id is None:
        return False
    return actor.person_id != asked_person_id
