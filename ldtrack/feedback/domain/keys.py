"""Secrets derived from secrets: ids of responses and words of links; where they lie is not here.

Both need the installation's secret and the cycle's. The first is kept outside the database, the
second is gone when the cycle has closed, and without either nothing can be derived.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from ldtrack.core.ids import BITS

KEY_BYTES = 32


def response_id(rater_key: str, cycle_key: bytes, invitation_id: int) -> int:
    """The id of the invitation's response: 60 bits that look random.

    >>> 0 < response_id("secret", b"of the cycle", 7) < 2**60
    True
    """
    digest = _derived(rater_key, b"response", cycle_key, invitation_id)
    return (int.from_bytes(digest[:8], "big") >> (64 - BITS)) or 1


def link_word(rater_key: str, cycle_key: bytes, invitation_id: int) -> str:
    """The word in the rater's link. It is not stored, so a reminder derives it again.

    >>> len(link_word("secret", b"of the cycle", 7))
    43
    """
    digest = _derived(rater_key, b"link", cycle_key, invitation_id)
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def rater_mark(rater_key: str, organisation_id: int, address: str) -> str:
    """What tells that the same person answered two surveys, to holders of the secret alone.

    >>> rater_mark("secret", 1, "ann@example.org") == rater_mark("secret", 1, "ann@example.org")
    True
    """
    digest = _derived(rater_key, b"mark", address.encode(), organisation_id)
    return digest[:16].hex()


def word_hash(word: str) -> str:
    """What is stored of a link's word."""
    return sha256(word.encode()).hexdigest()


def _derived(rater_key: str, purpose: bytes, cycle_key: bytes, invitation_id: int) -> bytes:
    # The purpose comes first and ends with a zero byte, so that one never begins like another.
    text = purpose + b"\0" + cycle_key + invitation_id.to_bytes(8, "big")
    return hmac.new(rater_key.encode(), text, sha256).digest()
