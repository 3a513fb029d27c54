"""Words for links that nobody else can make: ids and the day until which they hold, signed.

What a link opens, and whether it still may, is asked of the database by whoever reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from itsdangerous import BadData, URLSafeSerializer

from ldtrack.core import ids


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Signs and reads for one purpose; `keys` are the secrets in force, the newest last."""

    keys: Sequence[str]
    purpose: str

    def sign(self, *said: int, until: date) -> str:
        """The ids and the day as a word that fits into an address."""
        words = [*(ids.encode(each) for each in said), until.isoformat()]
        return str(self._serializer().dumps(words))

    def read(self, token: str, count: int) -> tuple[list[int], date] | None:
        """The `count` ids and the day; None if nobody here signed that for this purpose."""
        try:
            *said, until = self._serializer().loads(token)
            found = [ids.decode(each) for each in said], date.fromisoformat(until)
        except (BadData, ValueError, TypeError):
            return None
        return found if len(said) == count else None

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(list(self.keys), salt=self.purpose)
