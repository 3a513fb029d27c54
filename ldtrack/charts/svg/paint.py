"""What each kind of mark looks like in print; on screen a style sheet paints the same names."""

from __future__ import annotations

from ldtrack.charts.palette import ACCENT, INK, LINE, QUIET, TINT

FAMILY = "Inter, Noto Sans Arabic, Noto Sans Hebrew, sans-serif"
_PAPER = "#ffffff"


def _stroke(colour: str, width: float, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'fill="none" stroke="{colour}" stroke-width="{width:g}"{dashed}'


def _outlined(fill: str, stroke: str, width: float) -> str:
    return f'fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"'


_ROUND = ' stroke-linecap="round" stroke-linejoin="round"'

PAINT = {
    "axis": _stroke(LINE.light, 1),
    "band": f'fill="{ACCENT.light}" fill-opacity="0.15"',
    "line": _stroke(ACCENT.light, 2) + _ROUND,
    "dot": _outlined(ACCENT.light, _PAPER, 2),
    "target": _stroke(INK.light, 1.5, "3 3"),
    "notch": f'fill="{INK.light}"',
    "mark": _stroke(QUIET.light, 1, "1 3"),
    "evidence": _outlined(_PAPER, QUIET.light, 1.5),
    "track": f'fill="{LINE.light}"',
    "link": _stroke(QUIET.light, 2),
    "own": _outlined(_PAPER, ACCENT.light, 1.5),
    "manager": _outlined(TINT.light, ACCENT.light, 1.5),
    "others": _outlined(ACCENT.light, ACCENT.light, 1.5),
    "done": f'fill="{QUIET.light}"',
    "shown": f'fill="{ACCENT.light}"',
    "said": f'fill="{QUIET.light}"',
    "name": f'fill="{INK.light}"',
    "strong": f'fill="{INK.light}" font-weight="600"',
}
