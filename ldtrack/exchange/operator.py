"""Who acts when a file is brought in from the console."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, Role
from ldtrack.db.session import organisation_of


def operator_of(session: Session) -> Actor:
    """Whoever can run commands on the machine acts as HR of the session's organisation."""
    return Actor(
        organisation_id=organisation_of(session),
        name="Console",
        roles=frozenset({Role.HR}),
    )
