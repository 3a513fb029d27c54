"""The organisation's people as a CSV file with the columns that are also brought in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.exchange.export_csv import csv_file
from ldtrack.exchange.people_csv import COLUMNS
from ldtrack.people.queries import everybody


def export_people(session: Session, actor: Actor | None, *, now: datetime) -> bytes:
    """Everybody, those who left too; the export itself is noted."""
    if actor is not None:
        policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    people = everybody(session, now.date())
    note(
        session,
        account_id=actor.account_id if actor else None,
        action=Action.WRITE_PERSON.value,
        thing="people_export",
        happened_at=now,
        reason=f"{len(people)} people",
    )
    session.flush()
    return csv_file(
        COLUMNS,
        (
            (
                one.external_id,
                one.email,
                one.first_name,
                one.last_name,
                one.manager_external_id or "",
                one.unit or "",
                one.unit_parent or "",
                one.job_profile or "",
                one.locale or "",
                one.time_zone or "",
                one.active,
            )
            for one in people
        ),
    )
