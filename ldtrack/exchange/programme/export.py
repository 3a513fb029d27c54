"""Handing a programme on as a file, which is noted, as every export is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.exchange.programme.gathering import gather
from ldtrack.exchange.programme.writing import write_programme


def export_programme(
    session: Session,
    actor: Actor,
    version_id: int,
    *,
    questionnaires: Collection[int] = (),
    roles: Collection[int] = (),
    now: datetime,
) -> tuple[bytes, str]:
    """The file and its name."""
    programme = gather(
        session, actor, version_id, questionnaires=questionnaires, roles=roles
    ).programme
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_PATHWAY,
        thing="pathway_version",
        thing_id=version_id,
        happened_at=now,
        reason="file taken: programme",
    )
    return write_programme(programme), f"{programme.title}-{programme.edition}.programme.json"
