"""The signed link by which a sponsor without an account opens one review; whether it still holds
is asked of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from itsdangerous import BadData, URLSafeSerializer

from ldtrack.config.settings import Settings
from ldtrack.core import ids
from ldtrack.reviews.domain.rows import Sent

_SALT = "reviews.sent"


@dataclass(frozen=True, kw_only=True)
class Links:
    """Signs links and reads them; `keys` are the secrets in force, the newest last."""

    keys: Sequence[str]
    base_url: str = ""

    def address(self, sent: Sent) -> str:
        """The link as it is mailed."""
        return f"{self.base_url}/s/{self.token(sent)}"

    def token(self, sent: Sent) -> str:
        """What the link says, signed."""
        said = [ids.encode(sent.review_id), ids.encode(sent.sponsor_id), sent.until.isoformat()]
        return str(self._serializer().dumps(said))

    def read(self, token: str) -> Sent | None:
        """What a link says; None if nobody here signed it."""
        try:
            review_id, sponsor_id, until = self._serializer().loads(token)
            return Sent(
                review_id=ids.decode(review_id),
                sponsor_id=ids.decode(sponsor_id),
                until=date.fromisoformat(until),
            )
        except (BadData, ValueError, TypeError):
            return None

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(list(self.keys), salt=_SALT)


def links_for(settings: Settings) -> Links:
    """Links with the secrets and the address in force."""
    return Links(keys=(*settings.secret_key_fallbacks, settings.secret_key), base_url=settings.site)
