"""What has to be looked at every day, whoever does or does not do something."""

from __future__ import annotations

from ldtrack.assignments.service import DAILY as OF_ASSIGNMENTS
from ldtrack.courses.service import DAILY as OF_COURSES
from ldtrack.jobs.work import Workshop
from ldtrack.network.service import DAILY as OF_TRIADS
from ldtrack.outbox.queries import is_asked_for
from ldtrack.outbox.service import ask
from ldtrack.pathways.service import EVERY_DAY as OF_PATHWAYS
from ldtrack.people.queries import organisations
from ldtrack.reflection.service import DAILY as OF_JOURNALS


def plan_days(workshop: Workshop) -> None:
    """See to it that each organisation has its daily jobs; one that waits or runs is left alone.

    Each job plans its next day by itself. This begins the row, and mends it if it ever breaks.
    """
    with workshop.database.reading() as session:
        every = [organisation_id for organisation_id, _ in organisations(session)]
    for organisation_id in every:
        for kind in (OF_ASSIGNMENTS, OF_COURSES, OF_JOURNALS, OF_PATHWAYS, OF_TRIADS):
            with workshop.database.reading(organisation_id) as session:
                if is_asked_for(session, kind=kind, thing_id=organisation_id):
                    continue
            with workshop.database.writing(organisation_id) as session:
                ask(session, kind=kind, thing_id=organisation_id, due_at=workshop.now(session))
