"""Writing SVG: escaping, short numbers, and classes on screen or plain attributes in print."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from unicodedata import category

from markupsafe import Markup

from ldtrack.charts.svg.paint import FAMILY, PAINT

Point = tuple[float, float]
_UNWRITABLE = frozenset({"Cc", "Cs", "Cn"})
"""Control characters, halves of surrogate pairs, and what is no character at all."""
FONT_SIZE = 12
_MEAN_LETTER = 0.56
"""Width of a letter of Inter as a share of its size, averaged over English text."""


class Canvas:
    """Collects the parts of one drawing; `for_print` carries the paint in each of them."""

    def __init__(self, *, width: float, height: float, for_print: bool, font: int = FONT_SIZE):
        self.width = width
        self.height = height
        self.font = font
        self.for_print = for_print
        self._parts: list[str] = []

    def path(self, kind: str, *drawn: str) -> None:
        """One element for everything of one kind; nothing where there is nothing to draw."""
        if joined := "".join(drawn):
            self._parts.append(f'<path {self._paint(kind)} d="{joined}"/>')

    def text(self, x: float, y: float, words: str, kind: str = "said", anchor: str = "") -> None:
        held = f' text-anchor="{anchor}"' if anchor else ""
        place = f'x="{short(x)}" y="{short(y)}"'
        self._parts.append(f"<text {self._paint(kind)} {place}{held}>{clean(words)}</text>")

    def drawing(self, reading: str) -> Markup:
        size = f'viewBox="0 0 {short(self.width)} {short(self.height)}"'
        if self.for_print:
            size += f' width="{short(self.width)}" height="{short(self.height)}"'
            frame = f'xmlns="http://www.w3.org/2000/svg" font-family="{FAMILY}"'
        else:
            frame = 'class="chart"'
        title = f"<title>{clean(reading)}</title>"
        head = f'<svg {frame} role="img" {size} font-size="{self.font}">'
        return Markup(head + title + "".join(self._parts) + "</svg>")

    def width_of(self, words: str) -> float:
        return len(words) * self.font * _MEAN_LETTER

    def fitted(self, words: str, room: float) -> str:
        """The words, or as much of them as fits, with an ellipsis."""
        if self.width_of(words) <= room:
            return words
        kept = int(room / (self.font * _MEAN_LETTER)) - 1
        return words[: max(kept, 1)].rstrip() + "…"

    def wrapped(self, words: str, room: float) -> list[str]:
        """The words on at most two lines."""
        first: list[str] = []
        rest = words.split()
        while rest and self.width_of(" ".join([*first, rest[0]])) <= room:
            first.append(rest.pop(0))
        if not first or not rest:
            return [self.fitted(words, room)]
        return [" ".join(first), self.fitted(" ".join(rest), room)]

    def _paint(self, kind: str) -> str:
        return PAINT[kind] if self.for_print else f'class="{kind}"'


def clean(words: str) -> str:
    """Escaped, and without the characters that XML forbids even when escaped."""
    return escape("".join(each for each in words if category(each) not in _UNWRITABLE))


def short(number: float) -> str:
    """A coordinate to a tenth, without an empty decimal."""
    return f"{number:.1f}".removesuffix(".0")


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    return polyline([(x1, y1), (x2, y2)])


def polyline(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points)


def polygon(points: Sequence[Point]) -> str:
    return polyline(points) + "z"


def box(x: float, y: float, width: float, height: float, corner: float = 0) -> str:
    """A rectangle; `corner` rounds its right end, or both ends with half the height."""
    if width <= 0:
        return ""
    if not corner:
        return f"M{short(x)} {short(y)}h{short(width)}v{short(height)}h{short(-width)}z"
    r = min(corner, width / 2, height / 2)
    across, down, turn = width - 2 * r, height - 2 * r, f"a{short(r)} {short(r)} 0 0 1"
    r_ = short(r)
    return (
        f"M{short(x + r)} {short(y)}h{short(across)}{turn} {r_} {r_}v{short(down)}{turn} -{r_} {r_}"
        f"h{short(-across)}{turn} -{r_} -{r_}v{short(-down)}{turn} {r_} -{r_}z"
    )
