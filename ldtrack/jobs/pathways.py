"""Jobs of pathways: those whom a rule is for, and days that milestones have by now."""

from __future__ import annotations

from datetime import timedelta

from ldtrack.access.domain import by_itself
from ldtrack.growth.queries import rule_levels
from ldtrack.jobs.work import Progress, Workshop
from ldtrack.outbox.service import ask
from ldtrack.outbox.service.work import JobTicket
from ldtrack.pathways import queries, service


def every_day(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Give milestones whose stage has begun their day; again tomorrow."""
    with workshop.database.writing(ticket.organisation_id) as session:
        now = workshop.now(session)
        service.set_days(session, by_itself(ticket.organisation_id), now.date())
        tomorrow = now + timedelta(days=1)
        ask(session, kind=service.EVERY_DAY, thing_id=ticket.organisation_id, due_at=tomorrow)


def enrol(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Bring whoever matches by now; twice brings nobody again.

    The next night is asked for first, so that a night that fails is not the last one.
    """
    actor, pathway_id = by_itself(ticket.organisation_id), ticket.thing_id
    with workshop.database.writing(ticket.organisation_id) as session:
        if not service.ask_for_next_night(session, pathway_id, workshop.now(session)):
            return
    with workshop.database.writing(ticket.organisation_id) as session:
        now = workshop.now(session)
        rule = queries.rule_of(session, actor, pathway_id)
        if rule is None or queries.published_version(session, pathway_id) is None:
            return
        if not service.is_open_to(session, pathway_id, rule.into_cohort):
            # A pilot takes its own cohort alone; the rule waits until somebody looked back on it.
            return
        levels = rule_levels(session, actor, rule.gaps, now.date())
        service.enrol_by_rule(session, actor, pathway_id, levels, starts_on=now.date(), now=now)
