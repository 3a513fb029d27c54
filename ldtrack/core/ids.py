"""Random identifiers: what they are in the database and how they look in an address.

An id is drawn at random, so neither its size nor its order tells when a row was written or how
many there are; a table stored in key order therefore repeats no order of arrival.
"""

from __future__ import annotations

import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUE = {letter: value for value, letter in enumerate(_ALPHABET)}
_LENGTH = 12
BITS = 5 * _LENGTH


def new_id() -> int:
    """A random positive integer of at most 60 bits; two of a billion collide once in 10^9."""
    return secrets.randbits(BITS - 1) + 1


def encode(value: int) -> str:
    """Twelve letters of Crockford's base 32, as shown in addresses.

    >>> encode(1)
    '000000000001'
    """
    if not 0 < value < 1 << BITS:
        raise ValueError("not an id")
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(BITS - 5, -1, -5))


def decode(text: str) -> int:
    """The id behind an address part; anything else is a `ValueError`.

    >>> decode("000000000001")
    1
    """
    if len(text) != _LENGTH:
        raise ValueError("not an id")
    value = 0
    for letter in text:
        if letter not in _VALUE:
            raise ValueError("not an id")
        value = value << 5 | _VALUE[letter]
    if value == 0:
        raise ValueError("not an id")
    return value
