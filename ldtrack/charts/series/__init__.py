"""What a chart shows: frozen definitions with their reading in words and their data table.

How it is drawn lives in the renderers; nothing here knows a colour or a pixel.
"""

from ldtrack.charts.series.line_band import EvidenceDot, LevelPoint, LineBand, Mark, Source
from ldtrack.charts.series.meter import LevelMeter
from ldtrack.charts.series.progress import Portion, ProgressPair
from ldtrack.charts.series.ratings import CompetencyRatings, Dumbbell, Mean, ProfileBars
from ldtrack.charts.series.scale import Absent, Estimate, Scale

Chart = LineBand | LevelMeter | ProfileBars | Dumbbell | ProgressPair

__all__ = [
    "Absent",
    "Chart",
    "CompetencyRatings",
    "Dumbbell",
    "Estimate",
    "EvidenceDot",
    "LevelMeter",
    "LevelPoint",
    "LineBand",
    "Mark",
    "Mean",
    "Portion",
    "ProfileBars",
    "ProgressPair",
    "Scale",
    "Source",
]
