"""The signed link by which somebody without an account looks back on one placement; whether it
still holds is asked of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ldtrack.assignments.domain import Asking
from ldtrack.config.settings import Settings
from ldtrack.core.signed import Signer


@dataclass(frozen=True, kw_only=True)
class Links:
    """Signs links and reads them; `keys` are the secrets in force, the newest last."""

    keys: Sequence[str]
    base_url: str = ""

    def address(self, asking: Asking) -> str:
        """The link as it is mailed."""
        return f"{self.base_url}/d/{self.token(asking)}"

    def token(self, asking: Asking) -> str:
        """What the link says, signed."""
        return self._signer.sign(asking.placement_id, asking.person_id, until=asking.until)

    def read(self, token: str) -> Asking | None:
        """What a link says; None if nobody here signed it."""
        found = self._signer.read(token, 2)
        if found is None:
            return None
        (placement_id, person_id), until = found
        return Asking(placement_id=placement_id, person_id=person_id, until=until)

    @property
    def _signer(self) -> Signer:
        return Signer(keys=self.keys, purpose="assignments.look-back")


def links_for(settings: Settings) -> Links:
    """Links with the secrets and the address in force."""
    return Links(keys=(*settings.secret_key_fallbacks, settings.secret_key), base_url=settings.site)
