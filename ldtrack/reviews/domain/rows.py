"""Reviews as pages and other floors see them, and what can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ldtrack.reviews.domain.kinds import Audience, Paper, ReviewState


@dataclass(frozen=True, kw_only=True)
class AskForReview:
    """Have a review of the person made."""

    person_id: int
    audience: Audience
    paper: Paper = Paper.A4


@dataclass(frozen=True, kw_only=True)
class ReviewRow:
    """A review without what is in it; `may_open` says whether the actor may read that.

    A sponsor edition whose sponsor was erased has no `sponsor_id` any more.
    """

    id: int
    person_id: int
    person: str
    sponsor_id: int | None
    sponsor: str
    audience: Audience
    as_of: date
    state: ReviewState
    number: str
    content_hash: str
    requested_on: date
    agreed_on: date | None
    note: str
    may_open: bool

    @property
    def is_printed(self) -> bool:
        """Whether there is a file to open."""
        return self.content_hash != ""

    @property
    def waits_for_leader(self) -> bool:
        """Whether the leader has yet to say yes or no."""
        return self.sponsor_id is not None and self.state is ReviewState.READY

    @property
    def is_shared(self) -> bool:
        """Whether the sponsor may have it now."""
        return self.state is ReviewState.AGREED and self.is_printed

    @property
    def file_name(self) -> str:
        """What the file is called when it is kept."""
        return f"{self.number}.pdf"


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Somebody opened a review; `who` is a name with what they are to the leader."""

    review_id: int
    who: str
    opened_at: datetime


LONGEST_NOTE = 2_000
"""Characters that the leader can add to a sponsor edition."""

LINK_LASTS = timedelta(days=14)
"""For how long a mailed link opens a review."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a link says: one review, for one sponsor, until the end of a day."""

    review_id: int
    sponsor_id: int
    until: date


@dataclass(frozen=True, kw_only=True)
class SentReview:
    """A review behind a mailed link that still holds."""

    id: int
    organisation_id: int
    person_id: int
    person: str
    sponsor: str
    number: str
    as_of: date
    content_hash: str
    until: date
