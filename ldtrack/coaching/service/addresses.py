"""Where the mails of coaching lead."""

from __future__ import annotations

from ldtrack.core.ids import encode


def page_for(who_id: int, person_id: int) -> str:
    """The page on which one of the two, coach or leader, has the coaching of that leader."""
    return "/coaching" if who_id == person_id else f"/people/{encode(person_id)}/coaching"
