"""Answering a pulse by signed link: one page, then a thank-you.

No account, no audit, no time is kept; a link that leads nowhere is answered alike, whatever the
reason. The language is kept in the address.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.feedback.domain.flags import telling_words
from ldtrack.feedback.domain.languages import name_of
from ldtrack.feedback.domain.phrases import LANGUAGES
from ldtrack.feedback.domain.pulses.letters import why_asked
from ldtrack.feedback.domain.pulses.promise import pulse_promise
from ldtrack.feedback.forms.pulses import pulse_answer_form
from ldtrack.feedback.queries import pulses as queries
from ldtrack.feedback.queries.pulses import OpenPulse
from ldtrack.feedback.service import pulses as service
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.doors import (
    is_somebody_elses,
    kept_language,
    not_yours,
    nothing_here,
    said_before_asking,
)
from ldtrack.feedback.views.surroundings import now, rater_key
from ldtrack.people.queries import people_named
from ldtrack.ui.request import commits, request_session


def behind_link(view: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the view the pulse behind the link's word, or say kindly that there is none."""

    @wraps(view)
    def found(token: str) -> Any:
        session = request_session()
        try:
            asked = queries.by_token(session, token, rater_key=rater_key(), now=now())
            if is_somebody_elses(asked.person_id):
                return not_yours()
            return view(token, asked)
        except (NotVisible, Conflict):
            return nothing_here()

    return found


@feedback.route("/p/<token>", methods=["GET", "POST"])
@guard(Action.ANSWER)
@commits
@behind_link
def answer_pulse(token: str, asked: OpenPulse) -> Any:
    """Who is asking and why, what is promised, and the questions; sent in one go."""
    session = request_session()
    before, said = queries.given(session, asked), said_before_asking()
    form = pulse_answer_form(asked.pulse, before, said)
    telling: tuple[str, ...] = ()
    if form.validate_on_submit():
        given = form.given(asked.pulse)
        telling = telling_words(given.words, _own_names(asked))
        if form.was_pointed_out() or not telling:
            try:
                service.answer_pulse(session, asked, given, now=now())
            except RuleBroken as broken:
                form.refuse(broken.field, said.say(broken.message))
            else:
                onward = url_for("feedback.thanks_for_pulse", token=token, lang=kept_language())
                return redirect(onward, 303)
    page = render_template(
        "feedback/pulses/answer.html",
        form=form,
        asked=asked,
        pulse=asked.pulse,
        sent=before is not None,
        why=why_asked(asked.pulse, said),
        promised=pulse_promise(asked.pulse, said),
        telling=telling,
        said=said,
        token=token,
        languages=LANGUAGES,
        language_name=name_of,
    )
    return page, 422 if form.is_submitted() else 200


@feedback.get("/p/<token>/thanks")
@guard(Action.ANSWER)
@behind_link
def thanks_for_pulse(token: str, asked: OpenPulse) -> Any:
    """What happens next."""
    return render_template(
        "feedback/pulses/thanks.html",
        asked=asked,
        pulse=asked.pulse,
        token=token,
        said=said_before_asking(),
        lang=kept_language(),
    )


@feedback.get("/feedback/pulses/asked/<id:pulse_invitation_id>")
@guard(Action.READ_ASKED)
def answer_own_pulse(pulse_invitation_id: int) -> Any:
    """The way to one's own questions for somebody who is signed in."""
    token = queries.own_token(
        request_session(), current_actor(), pulse_invitation_id, rater_key=rater_key()
    )
    return redirect(url_for("feedback.answer_pulse", token=token), 303)


def _own_names(asked: OpenPulse) -> tuple[str, ...]:
    ids = [asked.person_id] if asked.person_id else []
    profiles = [person.job_profile for person in people_named(request_session(), ids).values()]
    return (asked.name, *profiles)
