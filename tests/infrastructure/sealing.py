"""The key with which the tests seal private notes."""

from __future__ import annotations

from ldtrack.db.seals import Seal

NOTES_KEY = "for the private notes of the tests only"
SEAL = Seal((NOTES_KEY,))
