"""When two wordings ask the same: by their letters and digits, whatever stands between them."""

from __future__ import annotations


def worded_alike(text: str) -> str:
    """The letters and digits of a text: a full stop more makes no other statement.

    >>> worded_alike("We share  what we know.") == worded_alike("we share what we know")
    True
    """
    return "".join(letter for letter in text.casefold() if letter.isalnum())
