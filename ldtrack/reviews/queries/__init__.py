"""Reviews as an actor may see them, and what the printing job needs."""

from ldtrack.reviews.queries.openings import openings_of
from ldtrack.reviews.queries.reports import PrintedRow, printed_report, report_of_print
from ldtrack.reviews.queries.reviews import (
    Order,
    earlier_reviews,
    order,
    parts_of,
    review,
    reviews_of,
    shared_with,
)
from ldtrack.reviews.queries.sent import sent_review

__all__ = [
    "Order",
    "PrintedRow",
    "earlier_reviews",
    "openings_of",
    "order",
    "parts_of",
    "printed_report",
    "report_of_print",
    "review",
    "reviews_of",
    "sent_review",
    "shared_with",
]
