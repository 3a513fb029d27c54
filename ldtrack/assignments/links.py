"""The signed link by which somebody without an account looks back on one placement; whether it
still holds is asked of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from itsdangerous import BadData, URLSafeSerializer

from ldtrack.assignments.domain import Asking
from ldtrack.config.settings import Settings
from ldtrack.core import ids

_SALT = "assignments.look-back"


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
        until = asking.until.isoformat()
        said = [ids.encode(asking.placement_id), ids.encode(asking.person_id), until]
        return str(self._serializer().dumps(said))

    def read(self, token: str) -> Asking | None:
        """What a link says; None if nobody here signed it."""
        try:
            placement_id, person_id, until = self._serializer().loads(token)
            return Asking(
                placement_id=ids.decode(placement_id),
                person_id=ids.decode(person_id),
                until=date.fromisoformat(until),
            )
        except (BadData, ValueError, TypeError):
            return None

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(list(self.keys), salt=_SALT)


def links_for(settings: Settings) -> Links:
    """Links with the secrets and the address in force."""
    return Links(keys=(*settings.secret_key_fallbacks, settings.secret_key), base_url=settings.site)
