"""What charts with a row for each competency share: names, scale, legend and the room they take."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.charts.series import CompetencyRatings, Scale
from ldtrack.charts.svg.canvas import Canvas, box, line, polygon
from ldtrack.charts.svg.markers import LegendEntry, circle, diamond, draw_legend

WIDE_FROM = 520
"""Width from which names stand beside the rows rather than above them."""
_LEGEND = 30
_SCALE = 22


@dataclass(frozen=True, kw_only=True)
class RowFrame:
    """The plot of a chart of rows; `pitch` is the distance from one row to the next."""

    scale: Scale
    left: float
    right: float
    pitch: float
    n_rows: int
    wide: bool

    @property
    def height(self) -> float:
        return _LEGEND + self.pitch * self.n_rows + _SCALE

    def x(self, level: float) -> float:
        return self.left + self.scale.share(level) * (self.right - self.left)

    def top(self, row: int) -> float:
        return _LEGEND + self.pitch * row


def frame_for(scale: Scale, n_rows: int, width: float, row_height: float) -> RowFrame:
    wide = width >= WIDE_FROM
    return RowFrame(
        scale=scale,
        left=round(width * 0.32) if wide else 8,
        right=width - (36 if wide else 30),
        pitch=row_height + (16 if wide else 36),
        n_rows=n_rows,
        wide=wide,
    )


def draw_frame(canvas: Canvas, frame: RowFrame, legend: list[LegendEntry]) -> None:
    draw_legend(canvas, legend, frame.left, 12)
    bottom = frame.top(frame.n_rows)
    # Above a narrow row stands its name, which the grid leaves free.
    narrow = [(frame.top(n) + 24, frame.top(n + 1)) for n in range(frame.n_rows)]
    grid: list[str] = []
    for top, end in [(frame.top(0), bottom)] if frame.wide else narrow:
        grid += [line(frame.x(n), top, frame.x(n), end) for n in frame.scale.levels]
    canvas.path("axis", *grid)
    for level in frame.scale.levels:
        canvas.text(frame.x(level), bottom + 16, str(level), anchor="middle")


def draw_name(
    canvas: Canvas, frame: RowFrame, row: int, ratings: CompetencyRatings, note: str
) -> None:
    """The competency's name with a note: beside the row where there is room, else above it."""
    top = frame.top(row)
    if frame.wide:
        room = frame.left - 12
        names = canvas.wrapped(ratings.competency, room)
        lines = [*((name, "name") for name in names), *([(note, "said")] if note else [])]
        start = top + frame.pitch / 2 - (len(lines) - 1) * 7.5 + 4
        for n, (words, kind) in enumerate(lines):
            canvas.text(0, start + 15 * n, canvas.fitted(words, room), kind)
        return
    said = canvas.fitted(note, canvas.width * 0.55)
    room = canvas.width - canvas.width_of(said) - (12 if said else 0)
    canvas.text(0, top + 18, canvas.fitted(ratings.competency, room), "name")
    if said:
        canvas.text(canvas.width, top + 18, said, anchor="end")


def own_marker(x: float, y: float) -> str:
    return circle(x, y, 5)


def manager_marker(x: float, y: float) -> str:
    return diamond(x, y, 4.8)


def others_marker(x: float, y: float) -> str:
    return circle(x, y, 5.5)


def usual_marker(x: float, y: float) -> str:
    return box(x - 6, y - 5, 12, 10)


def notch(x: float, top: float, bottom: float) -> str:
    return box(x - 1, top, 2, bottom - top) + polygon(
        [(x - 4, top - 3), (x + 4, top - 3), (x, top + 3)]
    )
