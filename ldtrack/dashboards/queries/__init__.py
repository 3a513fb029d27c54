"""What several rooms say together."""

from ldtrack.dashboards.queries.development import (
    Development,
    MapRow,
    Vehicle,
    VehicleKind,
    development,
)
from ldtrack.dashboards.queries.figures import Beside, figures

__all__ = ["Beside", "Development", "MapRow", "Vehicle", "VehicleKind", "development", "figures"]
