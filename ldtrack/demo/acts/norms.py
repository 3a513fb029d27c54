"""A made-up norm, so that reports of the demo can be set beside one."""

from __future__ import annotations

from datetime import datetime

from ldtrack.competencies.queries import scale
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme
from ldtrack.feedback.domain.figures import one_decimal
from ldtrack.feedback.domain.norm_rows import LoadNorms
from ldtrack.feedback.domain.norms import NormBand
from ldtrack.feedback.service import load_norms

_USUAL, _HALF_BAND = 0.64, 0.075
"""Where others usually see leaders along a scale, and how far the middle half reaches."""


def bring_in_norm(scene: Scene, programme: Programme, now: datetime) -> None:
    """Load a norm for everything that the programme asks about; again changes nothing."""
    setting = scene.settings[programme.key]
    levels = scale(scene.session, setting.framework_version_id)
    reach = levels.hi - levels.lo
    bands = []
    for key in programme.targets:
        centre = levels.lo + reach * (_USUAL + scene.chance("norm", key).gauss(0.0, 0.03))
        low, mean, high = (
            one_decimal(centre + reach * _HALF_BAND * side) for side in (-1.0, 0.0, 1.0)
        )
        bands.append(NormBand(competency_id=setting.competency[key], mean=mean, low=low, high=high))
    load_norms(
        scene.session,
        scene.hr,
        LoadNorms(
            framework_version_id=setting.framework_version_id,
            source="A made-up comparison",
            population="leaders invented to look around with",
            n_leaders=412,
            as_of=scene.start,
            bands=tuple(bands),
        ),
        now=now,
    )
