"""What a file is for, which bounds how large it may be and how many one person may keep."""

from __future__ import annotations

from enum import StrEnum


class FileUse(StrEnum):
    """What somebody hands a file in for."""

    CERTIFICATE = "certificate"
    PROOF = "proof"
    """That an assignment delivered what was promised."""
    AGREEMENT = "agreement"
    """What was signed on paper."""

    @property
    def label(self) -> str:
        """The word people see."""
        return self.value.capitalize()

    @property
    def most_bytes(self) -> int:
        """How large one may be."""
        return _MOST_BYTES[self]

    @property
    def most_each(self) -> int:
        """How many one person may keep."""
        return _MOST_EACH[self]


_MOST_BYTES = {
    FileUse.CERTIFICATE: 10_000_000,
    FileUse.PROOF: 10_000_000,
    FileUse.AGREEMENT: 5_000_000,
}
_MOST_EACH = {FileUse.CERTIFICATE: 100, FileUse.PROOF: 200, FileUse.AGREEMENT: 20}
