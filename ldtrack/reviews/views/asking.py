"""Asking for a review, and once more for one that failed."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.reviews import pages, service
from ldtrack.reviews.domain.kinds import Audience, Paper
from ldtrack.reviews.forms import AskForm
from ldtrack.reviews.views import reviews
from ldtrack.ui.request import clock, commits, request_session


@reviews.route("/people/<id:person_id>/reviews/new", methods=["GET", "POST"])
@guard(Action.MAKE_REVIEW)
@commits
def ask(person_id: int) -> Any:
    """Have a review made of oneself or, as HR, of somebody."""
    page = pages.reviews_page(request_session(), current_actor(), person_id)
    if not page.may_make:
        raise NotVisible
    form = AskForm(data={"audience": Audience.LEADER, "paper": Paper.A4})
    if form.validate_on_submit():
        try:
            review_id = service.ask_for_review(
                request_session(), current_actor(), form.command(person_id), now=clock().now()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return redirect(url_for("reviews.review", review_id=review_id), 303)
    shown = render_template("reviews/ask.html", form=form, page=page)
    return shown, 422 if form.is_submitted() else 200


@reviews.post("/reviews/<id:review_id>/print")
@guard(Action.MAKE_REVIEW)
@commits
def print_again(review_id: int) -> Any:
    """Try once more."""
    service.print_again(request_session(), current_actor(), review_id, now=clock().now())
    return redirect(url_for("reviews.review", review_id=review_id), 303)
