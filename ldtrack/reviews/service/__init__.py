"""Asking for reviews, saying yes or no to them, printing and opening them."""

from ldtrack.reviews.service.answering import agree, refuse, withdraw
from ldtrack.reviews.service.asking import ask_for_review, print_again
from ldtrack.reviews.service.opening import note_opening, note_opening_by_link
from ldtrack.reviews.service.printing import not_printed, printed
from ldtrack.reviews.service.reports import (
    ask_for_report,
    report_not_printed,
    report_printed,
)

__all__ = [
    "agree",
    "ask_for_report",
    "ask_for_review",
    "not_printed",
    "note_opening",
    "note_opening_by_link",
    "print_again",
    "printed",
    "refuse",
    "report_not_printed",
    "report_printed",
    "withdraw",
]
