"""Pages of pathways: their design, and the people on them."""

from flask import Blueprint

pathways = Blueprint("pathways", __name__)

from ldtrack.pathways.views import (  # noqa: E402  # registers their routes
    catalogue,  # noqa: F401
    closing,  # noqa: F401
    cohort_desk,  # noqa: F401
    cohorts,  # noqa: F401
    correcting,  # noqa: F401
    gates,  # noqa: F401
    groups,  # noqa: F401
    moving,  # noqa: F401
    needs,  # noqa: F401
    people,  # noqa: F401
    pilots,  # noqa: F401
    stages,  # noqa: F401
    steps,  # noqa: F401
    telling,  # noqa: F401
    waivers,  # noqa: F401
)
