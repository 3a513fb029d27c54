"""How numbers and dates are said on charts; sentences live with the chart that says them."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def level_words(level: float) -> str:
    """A level to one decimal: 3.56 is "3.6"."""
    return f"{level:.1f}"


def target_words(target: float) -> str:
    """A target as it was set: 4.0 is "4", 3.5 is "3.5"."""
    return f"{target:.2f}".rstrip("0").rstrip(".")


def month_words(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def short_month_words(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def day_words(day: date) -> str:
    return f"{day.day} {short_month_words(day)}"


def count_words(count: int, noun: str) -> str:
    """A count with its noun in the right number: 1 is "1 step", 4 is "4 steps"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
