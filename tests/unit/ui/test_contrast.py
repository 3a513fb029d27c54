from __future__ import annotations

import re

import pytest

from tests.unit.ui.conftest import PROJECT

TOKENS = (PROJECT / "static/css/tokens.css").read_text(encoding="utf-8")
PAIR = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS)}

WORDS = ["ink", "quiet", "accent", "met", "close", "late", "private"]
GROUNDS = ["paper", "raised", "sunk"]
TINTED = [
    ("ink", "accent-soft"),
    ("accent", "accent-soft"),
    ("close", "close-soft"),
    ("late", "late-soft"),
    ("late-deep", "late-soft"),
    ("private", "private-soft"),
    ("met", "met-soft"),
    ("quiet", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("on-accent", "late"),
    ("on-accent", "late-deep"),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it: white 1, black 0."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_right() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx((1 + 0.05) / (0 + 0.05))


@pytest.mark.parametrize("look", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), [(w, g) for w in WORDS for g in GROUNDS] + TINTED)
def test_words_can_be_read_on_their_ground(words: str, ground: str, look: int) -> None:
    assert contrast(COLOURS[words][look], COLOURS[ground][look]) >= 4.5


@pytest.mark.parametrize("look", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_an_input_can_be_seen(ground: str, look: int) -> None:
    assert contrast(COLOURS["edge"][look], COLOURS[ground][look]) >= 3
