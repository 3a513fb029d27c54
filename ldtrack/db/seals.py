"""Text sealed with keys that lie apart from the database: who has only the one reads nothing."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ldtrack.core.errors import SealedShut

SEALED = "gAAAAAAAAAAA%"
"""How everything sealed begins, as SQL compares it: the version, and a time that is always zero."""
_SMALLEST = 4_096
"""Bytes; whatever is shorter is as long as this before it is sealed."""
_GROWS = 4
_END = b"\x80"


class Seal:
    """The keys in force: the first seals, every one of them opens.

    Each place has a key of its own, derived from those (HKDF with SHA-256) and from the words that
    say where the text belongs. So what is copied to another row opens there for nobody. Before it
    is sealed, text is filled up to 4 KiB, 16 KiB, 64 KiB and so on, and the token holds no time:
    neither how much was written nor when can be seen from outside.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = tuple(key for key in keys if key)

    def close(self, text: str, *place: object) -> str:
        """The text sealed for a place. Raises `SealedShut` when there is no key at all."""
        return self._keys_of(place).encrypt_at_time(_filled(text.encode()), 0).decode()

    def open(self, sealed: str, *place: object) -> str:
        """What was sealed for that place. Raises `SealedShut` without the key, or elsewhere."""
        try:
            return _emptied(self._keys_of(place).decrypt(sealed.encode())).decode()
        except InvalidToken as error:
            raise SealedShut from error

    def _keys_of(self, place: Sequence[object]) -> MultiFernet:
        if not self._keys:
            raise SealedShut
        words = "\0".join(map(str, place)).encode()
        return MultiFernet([Fernet(_derived(key, words)) for key in self._keys])


def _derived(key: str, words: bytes) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=words)
    return urlsafe_b64encode(derivation.derive(key.encode()))


def _filled(text: bytes) -> bytes:
    size = _SMALLEST
    while size <= len(text):
        size *= _GROWS
    return (text + _END).ljust(size, b"\0")


def _emptied(filled: bytes) -> bytes:
    return filled.rstrip(b"\0").removesuffix(_END)
