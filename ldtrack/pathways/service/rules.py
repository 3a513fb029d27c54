"""Writing the rule of a pathway, and whether it runs by itself; carrying it out lives next door."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.core.zones import begins
from ldtrack.outbox.service import ask
from ldtrack.pathways.domain import Rule, WriteRule
from ldtrack.pathways.models import (
    Cohort,
    EnrolmentRule,
    EnrolmentRuleGap,
    EnrolmentRuleJob,
    Pathway,
)
from ldtrack.pathways.queries import named_gaps
from ldtrack.pathways.service.build import check_levels
from ldtrack.people.queries import time_zone, units

DAILY_JOB = "pathways.enrol"
HOUR = time(4)
"""When rules that run every night are carried out, by the organisation's clocks."""


def checked_rule(session: Session, actor: Actor, pathway_id: int, command: WriteRule) -> Rule:
    """The rule as it would be, with its names; `RuleBroken` if it cannot be.

    Nothing is stored, so that people see who comes before they say yes.
    """
    policy.require(actor, Action.WRITE_ENROLMENT, Facts(organisation_id=actor.organisation_id))
    pathway = session.get(Pathway, pathway_id)
    if pathway is None:
        raise NotVisible
    names = dict(units(session))
    if command.unit_id and command.unit_id not in names:
        raise RuleBroken("unit_id", "Choose a unit of the organisation.")
    cohort = session.get(Cohort, command.cohort_id) if command.cohort_id else None
    if command.cohort_id and cohort is None:
        raise RuleBroken("cohort_id", "Choose a cohort of the organisation.")
    check_levels(session, pathway.framework_version_id, command.gaps, field="competency_1")
    rule = Rule(
        pathway_id=pathway_id,
        unit_id=command.unit_id,
        unit=names.get(command.unit_id or 0, ""),
        job_profiles=command.job_profiles,
        cohort_id=command.cohort_id,
        cohort=cohort.name if cohort else "",
        gaps=named_gaps(session, command.gaps),
        unassessed_too=command.unassessed_too,
        into_cohort=command.into_cohort,
    )
    if rule.is_empty:
        raise RuleBroken("", "Say at least one thing about whom it is for; else it is everybody.")
    return rule


def write_rule(
    session: Session, actor: Actor, pathway_id: int, command: WriteRule, *, now: datetime
) -> None:
    """Say whom a pathway is for, in place of what was said before; this enrols nobody yet."""
    checked_rule(session, actor, pathway_id, command)
    row = _row(session, pathway_id)
    if row is None:
        row = EnrolmentRule(pathway_id=pathway_id)
        session.add(row)
    row.unit_id = command.unit_id
    row.cohort_id = command.cohort_id
    row.unassessed_too = command.unassessed_too
    row.into_cohort = command.into_cohort
    session.flush()
    for table in (EnrolmentRuleJob, EnrolmentRuleGap):
        session.execute(delete(table).where(table.rule_id == row.id))
    session.add_all(
        EnrolmentRuleJob(rule_id=row.id, job_profile=job) for job in command.job_profiles
    )
    session.add_all(
        EnrolmentRuleGap(rule_id=row.id, competency_id=competency_id, level=level)
        for competency_id, level in command.gaps.items()
    )
    session.flush()
    _audit(session, actor, row, "The rule was written", now)


def remove_rule(session: Session, actor: Actor, pathway_id: int, *, now: datetime) -> None:
    """Take the rule away; whoever it brought stays."""
    row = locked(session, actor, pathway_id)
    _audit(session, actor, row, "The rule was removed", now)
    session.delete(row)
    session.flush()


def run_daily(session: Session, actor: Actor, pathway_id: int, *, on: bool, now: datetime) -> None:
    """Have the rule bring joiners every night, or no longer."""
    row = locked(session, actor, pathway_id)
    row.runs_daily = on
    session.flush()
    if on:
        ask_for_next_night(session, pathway_id, now)
    _audit(session, actor, row, "Runs every night" if on else "Runs no longer", now)


def ask_for_next_night(session: Session, pathway_id: int, now: datetime) -> bool:
    """Leave a job for the coming night; False if the rule is gone or does not run."""
    row = _row(session, pathway_id)
    if row is None or not row.runs_daily:
        return False
    zone = time_zone(session)
    tonight = begins(now.date(), zone, HOUR)
    due_at = tonight if tonight > now else begins(now.date() + timedelta(days=1), zone, HOUR)
    ask(session, kind=DAILY_JOB, thing_id=pathway_id, due_at=due_at)
    return True


def _row(session: Session, pathway_id: int) -> EnrolmentRule | None:
    return session.scalar(
        select(EnrolmentRule).where(EnrolmentRule.pathway_id == pathway_id).with_for_update()
    )


def locked(session: Session, actor: Actor, pathway_id: int) -> EnrolmentRule:
    """The rule, held so that nobody else carries it out meanwhile."""
    policy.require(actor, Action.WRITE_ENROLMENT, Facts(organisation_id=actor.organisation_id))
    row = _row(session, pathway_id)
    if row is None:
        raise NotVisible
    return row


def _audit(session: Session, actor: Actor, row: EnrolmentRule, reason: str, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_ENROLMENT,
        thing="enrolment_rule",
        thing_id=row.id,
        happened_at=now,
        reason=reason,
    )
