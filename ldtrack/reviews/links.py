"""The signed link by which a sponsor without an account opens one review; whether it still holds
is asked of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ldtrack.config.settings import Settings
from ldtrack.core.signed import Signer
from ldtrack.reviews.domain.rows import Sent


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
        return self._signer.sign(sent.review_id, sent.sponsor_id, until=sent.until)

    def read(self, token: str) -> Sent | None:
        """What a link says; None if nobody here signed it."""
        found = self._signer.read(token, 2)
        if found is None:
            return None
        (review_id, sponsor_id), until = found
        return Sent(review_id=review_id, sponsor_id=sponsor_id, until=until)

    @property
    def _signer(self) -> Signer:
        return Signer(keys=self.keys, purpose="reviews.sent")


def links_for(settings: Settings) -> Links:
    """Links with the secrets and the address in force."""
    return Links(keys=(*settings.secret_key_fallbacks, settings.secret_key), base_url=settings.site)
