"""What day and instant it is; the only place that asks the machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from ldtrack.core.zones import shown_in


class Clock(Protocol):
    """Tells the time; services are handed one."""

    def now(self) -> datetime:
        """The instant; in UTC unless the clock hangs in some place."""

    def today(self) -> date:
        """The day of that instant where the clock hangs."""


@dataclass(frozen=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().date()


@dataclass(frozen=True)
class LocalClock:
    """Another clock, hung up in a place: the same instants as they are shown there."""

    clock: Clock
    zone: ZoneInfo

    def now(self) -> datetime:
        return shown_in(self.zone, self.clock.now())

    def today(self) -> date:
        return self.now().date()


@dataclass
class SetClock:
    """A clock that stands where it was set, for tests and for made-up histories."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant

    def today(self) -> date:
        return self.instant.date()
