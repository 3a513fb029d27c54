"""Which addresses of record stores may be asked; looking them up is the client's affair."""

from __future__ import annotations

from urllib.parse import urlsplit


def address_problem(address: str, trusted: frozenset[str]) -> str | None:
    """Why an address cannot be asked, as a sentence; `None` if it can.

    A store is asked over TLS. Only a host that whoever runs the server has named may do without.

    >>> address_problem("http://lrs.example.org", frozenset())
    'A record store is asked over https only.'
    """
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  # a port that is no number is found out when it is asked for
    except ValueError:
        return "This is not an address."
    odd = any(ord(sign) <= 32 for sign in address)
    if odd or not parts.hostname or parts.username or parts.query or parts.fragment:
        return "Give an address such as https://lrs.example.org/xapi."
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in trusted):
        return None
    return "A record store is asked over https only."
