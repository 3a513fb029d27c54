"""Charts as inline SVG: the first thing on a page, the only thing in print."""

from __future__ import annotations

from markupsafe import Markup

from ldtrack.charts.series import Chart, Dumbbell, LevelMeter, LineBand, ProfileBars, ProgressPair
from ldtrack.charts.svg.canvas import Canvas
from ldtrack.charts.svg.dumbbell import draw_dumbbell, dumbbell_frame
from ldtrack.charts.svg.line_band import LARGE_FROM, draw_line_band
from ldtrack.charts.svg.meter import draw_meter
from ldtrack.charts.svg.profile import draw_profile, profile_frame
from ldtrack.charts.svg.progress import HEIGHT as PROGRESS_HEIGHT
from ldtrack.charts.svg.progress import draw_progress

SMALL = (280, 124)
LARGE = (720, 320)
NARROW = (358, 300)
METER = (320, 58)


def to_svg(chart: Chart, *, width: int = 0, height: int = 0, for_print: bool = False) -> Markup:
    """The chart as an `<svg>` whose title is its reading.

    Sizes are user units of the view box; left out, they are those of a small multiple. A chart
    of rows and a pair of bars take the height they need, whatever `height` says. On screen the
    parts carry class names for the style sheet; `for_print` gives them colours of their own.
    """
    match chart:
        case LineBand():
            wide, high = width or SMALL[0], height or SMALL[1]
            font = 12 if wide >= LARGE_FROM[0] else 11
            canvas = Canvas(width=wide, height=high, for_print=for_print, font=font)
            draw_line_band(canvas, chart)
        case LevelMeter():
            wide, high = width or METER[0], height or METER[1]
            canvas = Canvas(width=wide, height=high, for_print=for_print, font=11)
            draw_meter(canvas, chart)
        case ProfileBars():
            wide = width or LARGE[0]
            canvas = Canvas(
                width=wide, height=profile_frame(chart, wide).height, for_print=for_print
            )
            draw_profile(canvas, chart)
        case Dumbbell():
            wide = width or LARGE[0]
            canvas = Canvas(
                width=wide, height=dumbbell_frame(chart, wide).height, for_print=for_print
            )
            draw_dumbbell(canvas, chart)
        case ProgressPair():
            canvas = Canvas(width=width or METER[0], height=PROGRESS_HEIGHT, for_print=for_print)
            draw_progress(canvas, chart)
    return canvas.drawing(chart.reading())
