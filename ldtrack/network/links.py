"""The signed link by which somebody without a sign-in takes their seat in a triad; whether it
still holds is asked of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ldtrack.config.settings import Settings
from ldtrack.core import ids
from ldtrack.core.signed import Signer

HOLDS_FOR = timedelta(days=120)
"""How long a link opens the triad; each mail brings a fresh one."""


@dataclass(frozen=True, kw_only=True)
class SeatSaid:
    """What a link says: whose seat, and until when."""

    member_id: int
    until: date


@dataclass(frozen=True, kw_only=True)
class SeatLinks:
    """Signs links and reads them; `keys` are the secrets in force, the newest last."""

    keys: Sequence[str]
    base_url: str = ""

    def address(self, member_id: int, today: date) -> str:
        """The link as it is mailed."""
        return f"{self.base_url}/with-you/{self.token(member_id, today + HOLDS_FOR)}"

    def page(self, triad_id: int) -> str:
        """The address for somebody who signs in."""
        return f"{self.base_url}/triads/{ids.encode(triad_id)}"

    def token(self, member_id: int, until: date) -> str:
        """What the link says, signed."""
        return self._signer.sign(member_id, until=until)

    def read(self, token: str) -> SeatSaid | None:
        """What a link says; None if nobody here signed it."""
        found = self._signer.read(token, 1)
        if found is None:
            return None
        (member_id,), until = found
        return SeatSaid(member_id=member_id, until=until)

    @property
    def _signer(self) -> Signer:
        return Signer(keys=self.keys, purpose="network.seat")


def seat_links(settings: Settings) -> SeatLinks:
    """Links with the secrets and the address in force."""
    return SeatLinks(
        keys=(*settings.secret_key_fallbacks, settings.secret_key), base_url=settings.site
    )
