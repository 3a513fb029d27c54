"""What a sponsor without a sign-in sees: a page without navigation, and the file."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import guard
from ldtrack.core.errors import NotVisible
from ldtrack.reviews.domain.rows import SentReview
from ldtrack.reviews.links import links_for
from ldtrack.reviews.queries import sent_review
from ldtrack.reviews.service import note_opening_by_link
from ldtrack.reviews.views import reviews
from ldtrack.reviews.views.files import pdf_response, printed_file, settings
from ldtrack.ui.request import clock, database, request_session


@reviews.get("/s/<token>")
@guard(Action.OPEN_SENT_REVIEW)
def sent(token: str) -> Any:
    """Says whose report it is; opening it is one more click, so that no mail filter does it."""
    return render_template(
        "reviews/sent.html", review=_behind(token), pdf_url=url_for("reviews.sent_pdf", token=token)
    )


@reviews.get("/s/<token>/report.pdf")
@guard(Action.OPEN_SENT_REVIEW)
def sent_pdf(token: str) -> Any:
    """The file; a trace of the opening is left before it is handed out."""
    review = _behind(token)
    content = printed_file(review.content_hash)
    note_opening_by_link(database(), review, now=clock().now())
    return pdf_response(content, f"{review.number}.pdf")


def _behind(token: str) -> SentReview:
    said = links_for(settings()).read(token)
    if said is None:
        raise NotVisible
    return sent_review(request_session(), said, clock().now())
