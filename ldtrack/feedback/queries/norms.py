"""Sets of norms, as HR sees them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.feedback.domain.norm_rows import NormSetRow
from ldtrack.feedback.domain.norms import NormBand
from ldtrack.feedback.models import NormSet, NormValue
from ldtrack.feedback.queries.cycles import require_hr


def norm_sets(session: Session, actor: Actor) -> list[NormSetRow]:
    """Every set, the newest first."""
    require_hr(actor)
    bands: dict[int, list[NormBand]] = {}
    for value in session.scalars(select(NormValue).order_by(NormValue.id)):
        bands.setdefault(value.norm_set_id, []).append(
            NormBand(
                competency_id=value.competency_id, mean=value.mean, low=value.low, high=value.high
            )
        )
    sets = session.scalars(select(NormSet).order_by(NormSet.as_of.desc(), NormSet.id))
    return [
        NormSetRow(
            id=one.id,
            framework_version_id=one.framework_version_id,
            is_own=one.is_own,
            source=one.source,
            population=one.population,
            n_leaders=one.n_leaders,
            as_of=one.as_of,
            bands=tuple(bands.get(one.id, ())),
        )
        for one in sets
    ]
