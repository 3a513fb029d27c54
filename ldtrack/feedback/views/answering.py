"""The rater's questionnaire by signed link: welcome, one competency at a time, words, review.

No account, no audit, no time is kept; a link that leads nowhere is answered alike, whatever the
reason.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import jsonify, redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.feedback import service
from ldtrack.feedback.forms.answering import (
    CommentsForm,
    ScoresForm,
    TracelessForm,
    comments_form,
    scores_form,
)
from ldtrack.feedback.pages.answering import (
    AnsweringPage,
    StepLine,
    answering_page,
    promised_to,
)
from ldtrack.feedback.queries.answering import by_link, own_link
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now, rater_key, today
from ldtrack.people.queries import people_named
from ldtrack.ui.request import commits, request_session


def behind_link(view: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the view the questionnaire behind the link's word, or say kindly that there is none."""

    @wraps(view)
    def found(word: str, **rest: Any) -> Any:
        session = request_session()
        try:
            asked = by_link(session, word, rater_key=rater_key(), today=today())
            return view(word, answering_page(session, asked), **rest)
        except (NotVisible, Conflict):
            return render_template("feedback/answering/nothing_here.html"), 404

    return found


@feedback.get("/r/<word>")
@guard(Action.ANSWER)
@behind_link
def welcome(word: str, page: AnsweringPage) -> Any:
    """Who is asking, why, and who will see what."""
    promised = promised_to(request_session(), page.asked)
    return render_template(
        "feedback/answering/welcome.html", page=page, word=word, promised=promised
    )


@feedback.route("/r/<word>/<int:number>", methods=["GET", "POST"])
@guard(Action.ANSWER)
@commits
@behind_link
def answer(word: str, page: AnsweringPage, number: int) -> Any:
    """One competency, or the open questions; saved with every step forwards or back."""
    step = _step(page, number)
    form = _form(page, step)
    if form.validate_on_submit():
        _save(page, step, form)
        return redirect(_next(word, page, step), 303)
    shown = render_template(
        "feedback/answering/step.html", page=page, word=word, step=step, form=form
    )
    return shown, 422 if form.is_submitted() else 200


@feedback.post("/r/<word>/<int:number>/keep")
@guard(Action.ANSWER)
@commits
@behind_link
def keep(word: str, page: AnsweringPage, number: int) -> Any:
    """Save what is on the screen while it is being filled in."""
    step = _step(page, number)
    form = _form(page, step)
    if not form.validate():
        return jsonify(kept=False), 422
    _save(page, step, form)
    return jsonify(kept=True)


@feedback.route("/r/<word>/review", methods=["GET", "POST"])
@guard(Action.ANSWER)
@commits
@behind_link
def review(word: str, page: AnsweringPage) -> Any:
    """Everything once more, then send."""
    form = TracelessForm()
    if form.validate_on_submit():
        try:
            service.send(request_session(), page.asked, now=now())
        except RuleBroken as broken:
            form.refuse(None, broken.message)
        else:
            return redirect(url_for("feedback.thanks", word=word), 303)
    shown = render_template(
        "feedback/answering/review.html",
        page=page,
        word=word,
        form=form,
        comments=page.comments(_own_names(page)),
    )
    return shown, 422 if form.is_submitted() else 200


@feedback.get("/r/<word>/thanks")
@guard(Action.ANSWER)
@behind_link
def thanks(word: str, page: AnsweringPage) -> Any:
    """What happens next."""
    return render_template("feedback/answering/thanks.html", page=page, word=word)


@feedback.get("/feedback/asked/<id:invitation_id>")
@guard(Action.READ_ASKED)
def answer_own(invitation_id: int) -> Any:
    """The way to one's own questionnaire for somebody who is signed in."""
    word = own_link(request_session(), current_actor(), invitation_id, rater_key=rater_key())
    return redirect(url_for("feedback.welcome", word=word), 303)


def _step(page: AnsweringPage, number: int) -> StepLine:
    for step in page.steps:
        if step.number == number:
            return step
    raise NotVisible


def _form(page: AnsweringPage, step: StepLine) -> ScoresForm | CommentsForm:
    if step.items:
        return scores_form(page.form, step.items, page.filled.scores)
    return comments_form(page.form.questions, page.filled.comments, has_coach=page.asked.has_coach)


def _save(page: AnsweringPage, step: StepLine, form: ScoresForm | CommentsForm) -> None:
    session = request_session()
    if isinstance(form, ScoresForm):
        service.save_scores(
            session,
            page.asked,
            page.form,
            form.scores(step.items),
            items=[item.id for item in step.items],
            now=now(),
        )
    else:
        comments = form.comments(page.form.questions)
        service.save_comments(session, page.asked, page.form, comments, now=now())


def _next(word: str, page: AnsweringPage, step: StepLine) -> str:
    number = step.number + (-1 if request.form.get("then") == "back" else 1)
    if number < 1:
        return url_for("feedback.welcome", word=word)
    if number > len(page.steps):
        return url_for("feedback.review", word=word)
    return url_for("feedback.answer", word=word, number=number)


def _own_names(page: AnsweringPage) -> tuple[str, ...]:
    person_id = page.asked.rater_person_id
    person = people_named(request_session(), [person_id]).get(person_id) if person_id else None
    return (page.asked.rater, person.job_profile if person else "")
