"""Pages of reviews: the list, one review with its progress, and what a sponsor was given."""

from ldtrack.reviews.pages.listed import ReviewsPage, SharedPage, reviews_page, shared_page
from ldtrack.reviews.pages.one import ProgressPart, ReviewPage, progress_of, review_page

__all__ = [
    "ProgressPart",
    "ReviewPage",
    "ReviewsPage",
    "SharedPage",
    "progress_of",
    "review_page",
    "reviews_page",
    "shared_page",
]
