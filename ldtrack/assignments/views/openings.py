"""Reading openings, HR's list of them, and what becomes of one: answered, closed, open again."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments import pages, queries, service
from ldtrack.assignments.domain import DIMENSIONS, SCORE_WORDS, PostingState
from ldtrack.assignments.forms import AnswerForm, CloseForm
from ldtrack.assignments.views import assignments
from ldtrack.core.errors import Conflict, NotAllowed, RuleBroken
from ldtrack.ui.lists import page_number
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@assignments.get("/assignments/openings")
@guard(Action.WRITE_POSTING)
def postings() -> Any:
    """HR's list of openings, with the proposals and applications that wait."""
    page = pages.openings_page(
        request_session(),
        current_actor(),
        clock().today(),
        wanted=queries.wanted_from(request.args),
        page=page_number(),
    )
    return render_template("assignments/postings.html", page=page)


@assignments.get("/assignments/openings/<id:posting_id>")
@guard(Action.READ_POSTING)
def posting(posting_id: int) -> Any:
    """One opening."""
    page = pages.opening_page(request_session(), current_actor(), posting_id, clock().today())
    return render_template(
        "assignments/posting.html",
        page=page,
        posting=page.posting,
        dimensions=DIMENSIONS,
        score_words=SCORE_WORDS,
    )


@assignments.post("/assignments/openings/<id:posting_id>/propose")
@guard(Action.PROPOSE_POSTING)
@commits
def propose_draft(posting_id: int) -> Any:
    """Hand one's draft to HR as it is."""
    service.propose_opening(request_session(), current_actor(), posting_id, now=clock().now())
    tell("Your opening is handed on.")
    return redirect(url_for("assignments.posting", posting_id=posting_id), 303)


@assignments.post("/assignments/openings/<id:posting_id>/take-back")
@guard(Action.PROPOSE_POSTING)
@commits
def take_proposal_back(posting_id: int) -> Any:
    """Make a draft of one's proposal again."""
    service.take_proposal_back(request_session(), current_actor(), posting_id, now=clock().now())
    tell("It is a draft again, and you alone see it.")
    return redirect(url_for("assignments.posting", posting_id=posting_id), 303)


@assignments.post("/assignments/openings/<id:posting_id>/discard")
@guard(Action.PROPOSE_POSTING)
@commits
def discard_draft(posting_id: int) -> Any:
    """Throw a draft of one's own away."""
    service.discard_draft(request_session(), current_actor(), posting_id)
    tell("The draft is gone.")
    return redirect(url_for("assignments.my_outcomes"), 303)


@assignments.route("/assignments/openings/<id:posting_id>/answer", methods=["GET", "POST"])
@guard(Action.WRITE_POSTING)
@commits
def answer_proposal(posting_id: int) -> Any:
    """Publish a proposal or send it back, with a word."""
    session, actor = request_session(), current_actor()
    page = pages.opening_page(session, actor, posting_id, clock().today())
    if page.posting.state is not PostingState.PROPOSED:
        raise Conflict
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            command = form.command()
            service.answer_proposal(session, actor, posting_id, command, now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            said = "is published" if command.publish else "is sent back"
            tell(f"The opening {said}, and {page.owner} is told so.")
            return redirect(url_for("assignments.postings"), 303)
    shown = render_template("assignments/answer.html", page=page, posting=page.posting, form=form)
    return shown, 422 if form.is_submitted() else 200


@assignments.route("/assignments/openings/<id:posting_id>/close", methods=["GET", "POST"])
@guard(Action.CLOSE_POSTING)
@commits
def close_posting(posting_id: int) -> Any:
    """Take no more applications, with a reason that those who applied read."""
    session, actor = request_session(), current_actor()
    page = pages.opening_page(session, actor, posting_id, clock().today())
    if not page.may_decide:
        raise NotAllowed
    if page.posting.state is not PostingState.PUBLISHED:
        raise Conflict
    form = CloseForm()
    if not page.n_waiting:
        del form.waiting
    if form.validate_on_submit():
        try:
            n = service.close_opening(session, actor, posting_id, form.command(), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(
                f"The opening takes no more applications{', and who applied is told' if n else ''}."
            )
            return redirect(url_for("assignments.posting", posting_id=posting_id), 303)
    shown = render_template("assignments/close.html", page=page, posting=page.posting, form=form)
    return shown, 422 if form.is_submitted() else 200


@assignments.post("/assignments/openings/<id:posting_id>/reopen")
@guard(Action.WRITE_POSTING)
@commits
def reopen_posting(posting_id: int) -> Any:
    """Take applications again."""
    service.reopen_opening(request_session(), current_actor(), posting_id, now=clock().now())
    tell("The opening takes applications again.")
    return redirect(url_for("assignments.posting", posting_id=posting_id), 303)
