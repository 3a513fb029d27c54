"""Charts as Plotly figures in plain dicts, for the browser to draw over the SVG when asked.

The plotly package is not needed for this and must not be imported here. Meters and progress bars
have no figure: there is nothing in them to explore.
"""

from __future__ import annotations

from typing import Any

from ldtrack.charts.figure.line_band import line_band_figure
from ldtrack.charts.figure.rows import dumbbell_figure, profile_figure
from ldtrack.charts.palette import TONES
from ldtrack.charts.series import Dumbbell, LineBand, ProfileBars

Explorable = LineBand | ProfileBars | Dumbbell
Figure = dict[str, Any]


def to_plotly(chart: Explorable) -> Figure:
    """`data`, `layout` and `config` for plotly.js, and `tones`.

    Colours are those of light surroundings, so that the figure is complete without a page.
    `tones` says what each of them is in CSS; the browser puts the page's own in their place.
    """
    match chart:
        case LineBand():
            traces, layout = line_band_figure(chart)
        case ProfileBars():
            traces, layout = profile_figure(chart)
        case Dumbbell():
            traces, layout = dumbbell_figure(chart)
    return {
        "data": traces,
        "layout": layout,
        "config": {
            "displaylogo": False,
            "responsive": True,
            "modeBarButtons": [["zoom2d", "pan2d", "resetScale2d", "toImage"]],
        },
        "tones": {tone.light: tone.css() for tone in TONES},
    }
