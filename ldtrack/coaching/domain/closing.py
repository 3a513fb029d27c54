"""What leader and coach say at the end of coaching, each for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ldtrack.coaching.domain.agreements import PartyKind
from ldtrack.coaching.domain.rows import EngagementRow


@dataclass(frozen=True, kw_only=True)
class WriteClosing:
    """What was aimed at, what came of it, and what is left to do."""

    aimed: str
    came: str
    remains: str = ""


@dataclass(frozen=True, kw_only=True)
class ClosingRow:
    """The same, as one of the two said it."""

    kind: PartyKind
    aimed: str
    came: str
    remains: str
    written_at: datetime


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What both said so far; `sponsor_reads` if that was agreed with a sponsor."""

    engagement: EngagementRow
    said: tuple[ClosingRow, ...]
    sponsor_reads: bool

    def by(self, kind: PartyKind) -> ClosingRow | None:
        """What one of the two said."""
        return next((row for row in self.said if row.kind is kind), None)
