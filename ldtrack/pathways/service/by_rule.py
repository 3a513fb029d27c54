"""Carrying out the rule of a pathway: people come; who no longer matches is let go by a person."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note, note_each
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.pathways.domain import EnrolmentState, Levels, Plan, Preview, Rule
from ldtrack.pathways.models import Enrolment
from ldtrack.pathways.queries import plans, preview_of, published_version, rule_of
from ldtrack.pathways.service.enrolments import cohort_named
from ldtrack.pathways.service.found import writable
from ldtrack.pathways.service.many import enrol_many
from ldtrack.pathways.service.rules import locked
from ldtrack.pathways.service.trying import require_open_to

_CHANGED = "Since you looked, others come or go. Look again, then do it."


def enrol_by_rule(
    session: Session,
    actor: Actor,
    pathway_id: int,
    levels: Levels,
    *,
    starts_on: date,
    now: datetime,
    expected: int | None = None,
) -> int:
    """Enrol everybody who matches and was never on the pathway. Returns how many came.

    `expected` is how many the person at the screen was shown; if others match by now nothing is
    done, so that what they saw is what happens.
    """
    locked(session, actor, pathway_id)
    rule, found = _looked(session, actor, pathway_id, levels)
    if expected is not None and expected != len(found.come):
        raise Conflict(_CHANGED)
    plan = _published(session, pathway_id)
    require_open_to(session, plan.version_id, rule.into_cohort)
    enrol_many(
        session,
        actor,
        plan,
        {each.person_id: each.candidate.job_profile for each in found.come},
        starts_on=starts_on,
        cohort_id=cohort_named(session, rule.into_cohort) if rule.into_cohort else None,
        by_rule=True,
        reason="By rule",
        now=now,
    )
    return len(found.come)


def end_by_rule(
    session: Session,
    actor: Actor,
    pathway_id: int,
    levels: Levels,
    *,
    expected: int,
    now: datetime,
) -> int:
    """End the enrolments of everybody whom the rule brought and who matches no longer.

    Returns how many; `expected` as in `enrol_by_rule`. What they did stays theirs.
    """
    locked(session, actor, pathway_id)
    _, found = _looked(session, actor, pathway_id, levels)
    if expected != len(found.go):
        raise Conflict(_CHANGED)
    ended = [(each.before, each.person_id) for each in found.go if each.before is not None]
    if ended:
        session.execute(
            update(Enrolment),
            [
                {
                    "id": before.enrolment_id,
                    "state": EnrolmentState.LEFT,
                    # Who was to begin later never began.
                    "ended_on": max(now.date(), before.enrolled_on),
                }
                for before, _ in ended
            ],
        )
    note_each(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_ENROLMENT,
        thing="enrolment",
        happened_at=now,
        things={before.enrolment_id: person_id for before, person_id in ended},
        reason="Left: the rule no longer matches",
    )
    return len(ended)


def keep_on(session: Session, actor: Actor, enrolment_id: int, *, now: datetime) -> None:
    """Let somebody whom a rule brought stay, whatever the rule says from here on."""
    enrolment = writable(session, actor, enrolment_id)
    enrolment.by_rule = False
    session.flush()
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_ENROLMENT,
        thing="enrolment",
        thing_id=enrolment.id,
        person_id=enrolment.person_id,
        happened_at=now,
        reason="Stays, whatever the rule says",
    )


def _looked(
    session: Session, actor: Actor, pathway_id: int, levels: Levels
) -> tuple[Rule, Preview]:
    rule = rule_of(session, actor, pathway_id)
    if rule is None:
        raise NotVisible
    return rule, preview_of(session, actor, rule, levels)


def _published(session: Session, pathway_id: int) -> Plan:
    version_id = published_version(session, pathway_id)
    if version_id is None:
        raise RuleBroken("", "Only a published version takes people. Publish it first.")
    return plans(session, [version_id])[version_id]
