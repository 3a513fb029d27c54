"""A cycle in which leaders say whom to ask, for tests of services and of pages."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from ldtrack.feedback import service
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.settings import CycleSettings
from tests.infrastructure.feedback import RunningCycle, set_up
from tests.infrastructure.organisation import SmallOrganisation

UNTIL = date(2026, 11, 28)


def nominating(
    session: Session,
    acme: SmallOrganisation,
    now: datetime,
    *,
    approves: Approves = Approves.MANAGER,
    name: str = "Autumn 2026",
    base_url: str | None = None,
) -> RunningCycle:
    """About the leader, who has not proposed anybody yet."""
    hr = acme.actor["hr"]
    running = set_up(session, acme, now, name=name, raters={})
    settings = CycleSettings(
        k=3,
        kept_months=24,
        nominates=Nominates.LEADER,
        approves=approves,
        nominate_until=UNTIL,
    )
    service.change_settings(session, hr, running.id, settings, now=now)
    service.begin_nominating(session, hr, running.id, now=now, base_url=base_url)
    return running
