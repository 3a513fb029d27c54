"""Pages of reviews for the leader, HR and the coach, for sponsors, and behind mailed links."""

from flask import Blueprint

reviews = Blueprint("reviews", __name__)

from ldtrack.reviews.views import (  # noqa: E402  # registers their routes
    answering,
    asking,
    reading,
    reports,
    sent,
)

__all__ = ["answering", "asking", "reading", "reports", "reviews", "sent"]
