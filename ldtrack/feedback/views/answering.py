"""The rater's questionnaire by signed link: welcome, one screen at a time, review, thanks.

No account, no audit, no time is kept; a link that leads nowhere is answered alike, whatever the
reason. The language is kept in the address.
"""

from __future__ import annotations

from typing import Any

from flask import jsonify, redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback import service
from ldtrack.feedback.domain.asked import QuestionnaireRow
from ldtrack.feedback.domain.languages import name_of
from ldtrack.feedback.domain.steps import Step, StepKind, steps_for
from ldtrack.feedback.domain.wording import Wording, written
from ldtrack.feedback.forms.answering import TracelessForm
from ldtrack.feedback.pages.answering import (
    AnsweringPage,
    answering_page,
    pointed_out,
    promised_to,
)
from ldtrack.feedback.queries.answering import FilledIn, OpenInvitation, own_link
from ldtrack.feedback.queries.questionnaires import questionnaire
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.doors import (
    behind_link,
    kept_language,
    left_to_answer,
    wanted_languages,
)
from ldtrack.feedback.views.screens import AnyForm, form_of, save
from ldtrack.feedback.views.surroundings import now, rater_key
from ldtrack.people.queries import organisation_name
from ldtrack.ui.request import commits, request_session


@feedback.get("/r/<word>")
@guard(Action.ANSWER)
@behind_link
def welcome(word: str, asked: OpenInvitation) -> Any:
    """Who is asking, why, and who will see what."""
    session, page = request_session(), _page(asked)
    return render_template(
        "feedback/answering/welcome.html",
        page=page,
        said=page.said,
        word=word,
        organisation=organisation_name(session, asked.organisation_id),
        promised=promised_to(session, asked, page.said),
        language_name=name_of,
    )


@feedback.route("/r/<word>/<int:number>", methods=["GET", "POST"])
@guard(Action.ANSWER)
@commits
@behind_link
def answer(word: str, asked: OpenInvitation, number: int) -> Any:
    """One screen; saved with every step forwards or back."""
    broken: RuleBroken | None = None
    if request.method == "POST":
        form, step = _asked_at(asked, number)
        sent = form_of(step, _bare(form), FilledIn(), may_choose=asked.may_choose)
        if sent.validate():
            try:
                save(asked, form, step, sent)
                return redirect(_next(word, asked, form, number), 303)
            except RuleBroken as error:
                broken = error
    return _screen(word, asked, number, broken)


@feedback.post("/r/<word>/<int:number>/keep")
@guard(Action.ANSWER)
@commits
@behind_link
def keep(word: str, asked: OpenInvitation, number: int) -> Any:
    """Save what is on the screen while it is being filled in, and say what words may tell.

    What arrives after the rater has gone on from that screen is late, and changes nothing.
    """
    form, step = _asked_at(asked, number)
    sent = form_of(step, _bare(form), FilledIn(), may_choose=asked.may_choose)
    try:
        if not sent.validate():
            return jsonify(kept=False), 422
        save(asked, form, step, sent, seen=request.args.get("turn", default=0, type=int))
    except RuleBroken:
        return jsonify(kept=False), 422
    if step.kind is not StepKind.WORDS:
        return jsonify(kept=True)
    told = pointed_out(request_session(), asked, sent.comments(form.questions))
    return jsonify(
        kept=True,
        told={f"q_{q.key}": ", ".join(told.get(q.key, ())) for q in form.questions},
    )


@feedback.route("/r/<word>/review", methods=["GET", "POST"])
@guard(Action.ANSWER)
@commits
@behind_link
def review(word: str, asked: OpenInvitation) -> Any:
    """Everything once more, then send."""
    broken: RuleBroken | None = None
    if TracelessForm().validate_on_submit():
        try:
            service.send(request_session(), asked, now=now())
            return redirect(url_for("feedback.thanks", word=word, lang=kept_language()), 303)
        except RuleBroken as error:
            broken = error
    page = _page(asked)
    form = TracelessForm(said=page.said)
    if broken is not None:
        form.refuse(None, page.said.say(broken.message))
    told = pointed_out(request_session(), asked, page.filled.comments)
    shown = render_template(
        "feedback/answering/review.html",
        page=page,
        said=page.said,
        word=word,
        form=form,
        comments=page.comments(told),
    )
    return shown, 422 if form.is_submitted() else 200


@feedback.get("/r/<word>/thanks")
@guard(Action.ANSWER)
@behind_link
def thanks(word: str, asked: OpenInvitation) -> Any:
    """What happens next; whoever is signed in sees whom else they are asked about."""
    page = _page(asked)
    return render_template(
        "feedback/answering/thanks.html",
        page=page,
        said=page.said,
        word=word,
        left=left_to_answer(asked),
    )


@feedback.get("/feedback/asked/<id:invitation_id>")
@guard(Action.READ_ASKED)
def answer_own(invitation_id: int) -> Any:
    """The way to one's own questionnaire for somebody who is signed in."""
    word = own_link(request_session(), current_actor(), invitation_id, rater_key=rater_key())
    return redirect(url_for("feedback.welcome", word=word), 303)


def _page(asked: OpenInvitation) -> AnsweringPage:
    return answering_page(request_session(), asked, wanted_languages())


def _asked_at(asked: OpenInvitation, number: int) -> tuple[QuestionnaireRow, Step]:
    form = questionnaire(request_session(), asked.cycle.questionnaire_id)
    steps = steps_for(form, asked.group_key)
    if not 1 <= number <= len(steps):
        raise NotVisible
    return form, steps[number - 1]


def _bare(form: QuestionnaireRow) -> Wording:
    """Enough to read what was sent: who only saves needs no names."""
    return written(form, ())


def _screen(word: str, asked: OpenInvitation, number: int, broken: RuleBroken | None) -> Any:
    page = _page(asked)
    if not 1 <= number <= len(page.steps):
        raise NotVisible
    line = page.line(number)
    form: AnyForm = form_of(
        line.step, page.wording, page.filled, may_choose=asked.may_choose, said=page.said
    )
    if request.method == "POST":
        form.validate()
    if broken is not None:
        most = page.wording.form.most_important
        form.refuse("competencies", page.said.say("Choose at most {most}.", most=most))
    shown = render_template(
        "feedback/answering/step.html",
        page=page,
        said=page.said,
        word=word,
        line=line,
        form=form,
    )
    return shown, 422 if request.method == "POST" else 200


def _next(word: str, asked: OpenInvitation, form: QuestionnaireRow, number: int) -> str:
    number += -1 if request.form.get("then") == "back" else 1
    lang = kept_language()
    if number < 1:
        return url_for("feedback.welcome", word=word, lang=lang)
    if number > len(steps_for(form, asked.group_key)):
        return url_for("feedback.review", word=word, lang=lang)
    return url_for("feedback.answer", word=word, number=number, lang=lang)
