"""Reviews as they lie on the shelf: the leader's own, one shared with the sponsor, one not yet."""

from __future__ import annotations

from hashlib import sha256

from ldtrack.reviews import service
from ldtrack.reviews.domain.kinds import Audience
from ldtrack.reviews.domain.rows import AskForReview
from ldtrack.reviews.links import Links
from tests.infrastructure.furnish.corner import Corner

LINKS = Links(keys=("for the tests only",), base_url="https://ld.example.org")


def printed_page(mark: str) -> bytes:
    """What stands in for a printed file: its mark, and nothing that takes a second to lay out."""
    return f"%PDF-1.7 {mark}\n".encode()


def printed_reviews(corner: Corner, *, with_sponsor: bool) -> None:
    """Ask for them as HR, have the leader say yes to one, and call them printed."""
    session, leader, now = corner.session, corner.actor("leader"), corner.now
    _print(corner, _asked(corner, Audience.LEADER), "review-leader")
    if with_sponsor:
        shared = _asked(corner, Audience.SPONSOR)
        _print(corner, shared, "review-waiting")
        service.agree(session, leader, shared, corner.mark("review-note"), now=now)
        _print(corner, shared, "review-agreed", was_agreed=True)
        _print(corner, _asked(corner, Audience.SPONSOR), "review-waiting")


def _asked(corner: Corner, audience: Audience) -> int:
    wanted = AskForReview(person_id=corner.person("leader"), audience=audience)
    return service.ask_for_review(corner.session, corner.actor("hr"), wanted, now=corner.now)


def _print(corner: Corner, review_id: int, kind: str, *, was_agreed: bool = False) -> None:
    service.printed(
        corner.session,
        review_id,
        sha256(printed_page(corner.mark(kind))).hexdigest(),
        was_agreed=was_agreed,
        links=LINKS,
        now=corner.now,
    )
