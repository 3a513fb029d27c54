"""How ids look in addresses, and which addresses may follow a sign-in."""

from __future__ import annotations

from urllib.parse import urlsplit

from werkzeug.routing import BaseConverter, ValidationError

from ldtrack.core import ids


class IdConverter(BaseConverter):
    """`<id:person_id>`: twelve letters in the address, a whole number in the view."""

    regex = "[0-9a-hjkmnp-tv-z]{12}"

    def to_python(self, value: str) -> int:
        try:
            return ids.decode(value)
        except ValueError as error:
            raise ValidationError from error

    def to_url(self, value: int) -> str:
        return ids.encode(value)


def stays_here(address: str | None) -> str:
    """The address if it is a plain path of this site, else the front page."""
    if not address or not address.startswith("/") or address[1:2] in {"/", "\\"}:
        return "/"
    if any(ord(letter) < 32 or letter == "\\" for letter in address):
        return "/"
    parts = urlsplit(address)
    return "/" if parts.scheme or parts.netloc else address
