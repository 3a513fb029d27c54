"""The colours of charts: their names in the pages' style sheet and the values behind them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Tone:
    """A colour by its CSS property, for light and for dark surroundings."""

    token: str
    light: str
    dark: str

    def css(self) -> str:
        """The page's own colour, or ours where the page sets none."""
        return f"var({self.token}, light-dark({self.light}, {self.dark}))"


INK = Tone(token="--ink", light="#1b1f24", dark="#ecebe6")
QUIET = Tone(token="--quiet", light="#565f6a", dark="#a7afb7")
LINE = Tone(token="--line", light="#e3dfd6", dark="#2c3238")
PAPER = Tone(token="--paper", light="#fbfaf7", dark="#14171a")
ACCENT = Tone(token="--accent", light="#0b5d57", dark="#66cabd")
BAND = Tone(token="--band", light="rgba(11,93,87,0.15)", dark="rgba(102,202,189,0.2)")
TINT = Tone(token="--accent-tint", light="#8fb3af", dark="#3c736c")

TONES = (INK, QUIET, LINE, PAPER, ACCENT, BAND, TINT)
