"""Pieces that every figure is made of: base layout, axes, and user text made harmless."""

from __future__ import annotations

from html import escape
from typing import Any

from ldtrack.charts.palette import ACCENT, INK, LINE, PAPER, QUIET
from ldtrack.charts.series import Scale

Part = dict[str, Any]
CLEAR = "rgba(0,0,0,0)"
FAMILY = "Inter, system-ui, sans-serif"


def plain(words: str) -> str:
    """User text as text: plotly.js would take tags in it for formatting."""
    return escape(words, quote=False)


def rounded(level: float) -> float:
    return round(level, 2)


def base_layout(**own: Any) -> Part:
    return {
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": FAMILY, "size": 12, "color": QUIET.light},
        "margin": {"l": 8, "r": 16, "t": 36, "b": 24},
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": PAPER.light,
            "bordercolor": ACCENT.light,
            "font": {"family": FAMILY, "size": 13, "color": INK.light},
        },
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
        },
        "modebar": {"bgcolor": CLEAR, "color": QUIET.light, "activecolor": ACCENT.light},
    } | own


def level_axis(scale: Scale, *, worded: bool) -> Part:
    """The whole scale, always: an axis cut to the data would make small moves look large."""
    room = (scale.high - scale.low) * 0.03
    ticks = list(scale.levels)
    return {
        "range": [scale.low - room, scale.high + room],
        "tickvals": ticks,
        "ticktext": [plain(f"{n} {scale.word(n)}".strip()) if worded else str(n) for n in ticks],
        "gridcolor": LINE.light,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }
