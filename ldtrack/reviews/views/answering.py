"""The leader's yes, no, and change of mind."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.reviews import pages, service
from ldtrack.reviews.forms import AgreeForm
from ldtrack.reviews.views import reviews
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@reviews.route("/reviews/<id:review_id>/agree", methods=["GET", "POST"])
@guard(Action.AGREE_TO_REVIEW)
@commits
def agree(review_id: int) -> Any:
    """Say yes, with a word to the sponsor."""
    page = pages.review_page(request_session(), current_actor(), review_id)
    if not page.waits_for_answer:
        raise Conflict
    form = AgreeForm()
    if form.validate_on_submit():
        try:
            service.agree(
                request_session(),
                current_actor(),
                review_id,
                form.note.data or "",
                now=clock().now(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"{page.review.sponsor} gets it as soon as your yes is printed on it.")
            return redirect(url_for("reviews.review", review_id=review_id), 303)
    shown = render_template("reviews/agree.html", form=form, page=page, review=page.review)
    return shown, 422 if form.is_submitted() else 200


@reviews.post("/reviews/<id:review_id>/refuse")
@guard(Action.AGREE_TO_REVIEW)
@commits
def refuse(review_id: int) -> Any:
    """Say no."""
    service.refuse(request_session(), current_actor(), review_id, now=clock().now())
    tell("It stays with you. Your sponsor reads only that nothing is shared at the moment.")
    return redirect(url_for("reviews.review", review_id=review_id), 303)


@reviews.post("/reviews/<id:review_id>/withdraw")
@guard(Action.AGREE_TO_REVIEW)
@commits
def withdraw(review_id: int) -> Any:
    """Take the yes back."""
    service.withdraw(request_session(), current_actor(), review_id, now=clock().now())
    tell("Your sponsor can no longer open it here or by the link.")
    return redirect(url_for("reviews.review", review_id=review_id), 303)
