"""What came locked with a programme stays as it came; whoever wants it otherwise makes a copy."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.core.errors import Conflict
from ldtrack.pathways.domain import ItemKind
from ldtrack.pathways.models import ProgrammeItem, ProgrammeOrigin


def require_unlocked(session: Session, kind: ItemKind, lineage: int) -> None:
    """Raise `Conflict` if it came locked; locks of one's own programmes bind only others."""
    locked = session.scalar(
        select(ProgrammeItem.id)
        .join(ProgrammeOrigin, ProgrammeOrigin.pathway_id == ProgrammeItem.pathway_id)
        .where(ProgrammeItem.kind == kind, ProgrammeItem.thing == lineage, ProgrammeItem.locked)
    )
    if locked is not None:
        raise Conflict(
            f"This {kind.value} is locked: it came with a programme whose authors keep it the same "
            "everywhere. Make a copy of the pathway of your own to change it; the copy gets no "
            "newer editions."
        )
