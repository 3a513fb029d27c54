"""The lists, one review, how far it is, and its file."""

from __future__ import annotations

from typing import Any

from flask import jsonify, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible
from ldtrack.reviews import pages, queries
from ldtrack.reviews.service import note_opening
from ldtrack.reviews.views import reviews
from ldtrack.reviews.views.files import pdf_response, printed_file
from ldtrack.ui.request import clock, database, request_session


@reviews.get("/reviews")
@guard(Action.READ_REVIEW)
def my_reviews() -> Any:
    """One's own."""
    person_id = current_actor().person_id
    if person_id is None:
        raise NotVisible
    page = pages.reviews_page(request_session(), current_actor(), person_id)
    return render_template("reviews/reviews.html", page=page)


@reviews.get("/people/<id:person_id>/reviews")
@guard(Action.READ_PERSON)
def of_person(person_id: int) -> Any:
    """Somebody's, for HR and the coach."""
    page = pages.reviews_page(request_session(), current_actor(), person_id)
    return render_template("reviews/reviews.html", page=page)


@reviews.get("/reviews/shared")
@guard(Action.READ_REVIEW)
def shared_with_me() -> Any:
    """What leaders share with their sponsor."""
    page = pages.shared_page(request_session(), current_actor())
    return render_template("reviews/shared.html", page=page)


@reviews.get("/reviews/<id:review_id>")
@guard(Action.READ_PERSON)
def review(review_id: int) -> Any:
    """One review: its progress, its file, who opened it."""
    page = pages.review_page(request_session(), current_actor(), review_id)
    return render_template("reviews/review.html", page=page, review=page.review)


@reviews.get("/reviews/<id:review_id>/progress")
@guard(Action.READ_PERSON)
def progress(review_id: int) -> Any:
    """How far the printing is, for the page that waits."""
    row = queries.review(request_session(), current_actor(), review_id)
    part = pages.progress_of(request_session(), row)
    answer = {
        "done": part.done,
        "total": part.total,
        "state": part.state,
        "sentence": part.sentence,
    }
    if row.is_printed or part.state == "failed":
        answer["next_url"] = url_for("reviews.review", review_id=review_id)
    return jsonify(answer)


@reviews.get("/reviews/<id:review_id>/review.pdf")
@guard(Action.READ_REVIEW)
def pdf(review_id: int) -> Any:
    """The file; a trace of the opening is left before it is handed out."""
    row = queries.review(request_session(), current_actor(), review_id)
    if not row.may_open:
        raise NotVisible
    content = printed_file(row.content_hash)
    note_opening(database(), current_actor(), row, now=clock().now())
    return pdf_response(content, row.file_name)
