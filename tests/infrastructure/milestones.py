"""Milestones that coach and leader have both agreed to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching import service
from ldtrack.coaching.domain import SetMilestone

SITE = "https://ldtrack.example"


def agreed_milestone(
    session: Session, proposer: Actor, other: Actor, command: SetMilestone, *, now: datetime
) -> int:
    """Let one propose it and the other agree. Returns its id."""
    milestone_id = service.propose_milestone(session, proposer, command, now=now, base_url=SITE)
    service.agree_to_milestone(session, other, milestone_id, 0, now=now, base_url=SITE)
    return milestone_id
