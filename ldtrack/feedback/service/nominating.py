"""Proposing raters as the leader, or changing the proposals as whoever agrees to them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.domain.nominating import Approves, InvitationState, Nominates
from ldtrack.feedback.domain.nominations import (
    check_enough,
    check_limits,
    check_may_change,
)
from ldtrack.feedback.domain.timeline import SubjectState, moved
from ldtrack.feedback.models import Cycle, Invitation, Subject
from ldtrack.feedback.queries.cycles import row_of
from ldtrack.feedback.queries.nominating import requests_in_quarter
from ldtrack.feedback.service.cycles import audit
from ldtrack.feedback.service.invitations import Delivery, send_invitations
from ldtrack.feedback.service.nomination_mails import tell_approver
from ldtrack.feedback.service.raters import (
    add_invitation,
    check_load,
    check_place,
    check_promise,
    known_as,
)
from ldtrack.feedback.service.suggesting import suggested
from ldtrack.people.queries import people_named, rater_budget


def nominate(
    session: Session,
    actor: Actor,
    subject_id: int,
    command: AskRater,
    *,
    now: datetime,
    delivery: Delivery,
) -> int:
    """Propose somebody, as the leader or as whoever agrees. Returns the invitation's id.

    Where nobody has to agree and questionnaires are open, the mail leaves at once. Raises
    `RuleBroken` for somebody who is asked already or too often, or in a group that is full.
    """
    subject, cycle = held(session, subject_id)
    as_leader = check_may_nominate(actor, subject, cycle)
    check_may_change(SubjectState(subject.state), as_leader=as_leader)
    name, email = known_as(session, command)
    planned = row_of(cycle)
    check_place(session, planned, subject, command.group_key, name, email)
    group = next(group for group in planned.groups if group.key == command.group_key)
    check_limits(group, _asked(session, subject_id)[command.group_key])
    check_load(session, name, email, max(now.date(), cycle.opens_on))
    at_once = subject.state == SubjectState.OPEN and not (as_leader and _needs_a_yes(cycle))
    if subject.state == SubjectState.OPEN:
        check_promise(session, planned, subject, command.group_key)
    state = InvitationState.APPROVED if at_once else InvitationState.PROPOSED
    row = add_invitation(
        session, subject_id, command.group_key, name, email, command.person_id, state
    )
    session.flush()
    audit(session, actor, "nominate", cycle.id, now, person_id=subject.person_id)
    if at_once:
        send_invitations(session, cycle, [row], now=now, delivery=delivery)
    return row.id


def suggest(session: Session, actor: Actor, subject_id: int, *, now: datetime) -> int:
    """Propose whom the reporting lines suggest, as the leader. Returns how many are new.

    Whoever is asked enough already, or would be one too many in their group, is left out.
    """
    subject, cycle = held(session, subject_id)
    check_may_nominate(actor, subject, cycle)
    check_may_change(SubjectState(subject.state), as_leader=True)
    found = list(suggested(session, subject.person_id, now.date()))
    people = people_named(session, {one.person_id for one in found})
    taken = set(
        session.scalars(select(Invitation.email).where(Invitation.subject_id == subject_id))
    )
    opens_on = max(now.date(), cycle.opens_on)
    requests = requests_in_quarter(session, {p.email for p in people.values()}, opens_on)
    budget = rater_budget(session, actor.organisation_id)
    groups = {group.key: group for group in row_of(cycle).groups}
    asked = _asked(session, subject_id)
    added = 0
    for one in found:
        person, group = people[one.person_id], groups.get(one.group_key)
        if not person.email or not person.active or person.email in taken or group is None:
            continue
        is_full = group.most is not None and asked[group.key] >= group.most
        if is_full or requests.get(person.email, 0) >= budget:
            continue
        add_invitation(
            session,
            subject_id,
            one.group_key,
            person.name,
            person.email,
            person.id,
            InvitationState.PROPOSED,
        )
        taken.add(person.email)
        asked[group.key] += 1
        added += 1
    session.flush()
    return added


def withdraw(session: Session, actor: Actor, invitation_id: int, *, now: datetime) -> AskRater:
    """Take somebody out again who was not asked yet. Returns what proposes them again."""
    row = session.get(Invitation, invitation_id)
    if row is None:
        raise NotVisible
    subject, cycle = held(session, row.subject_id)
    as_leader = check_may_nominate(actor, subject, cycle)
    check_may_change(SubjectState(subject.state), as_leader=as_leader)
    if row.sent_on is not None or row.state == InvitationState.DECLINED:
        raise Conflict("They have been asked already.")
    again = AskRater(
        group_key=row.group_key, person_id=row.person_id, name=row.name, email=row.email
    )
    session.delete(row)
    session.flush()
    audit(session, actor, "withdraw", cycle.id, now, person_id=subject.person_id)
    return again


def hand_in(
    session: Session, actor: Actor, subject_id: int, *, now: datetime, base_url: str | None
) -> SubjectState:
    """Say, as the leader, that the proposals are complete. Returns where that leads.

    Whoever has to agree is told; where nobody has to, the raters are settled. The leader's own
    view is always asked for. Raises `RuleBroken` if nobody else is proposed.
    """
    subject, cycle = held(session, subject_id)
    if not check_may_nominate(actor, subject, cycle):
        raise NotVisible
    asked = _asked(session, subject_id)
    check_enough(asked)
    if not asked[SELF_GROUP]:
        _ask_for_own_view(session, subject)
    to = SubjectState.APPROVING if _needs_a_yes(cycle) else SubjectState.READY
    subject.state = moved(SubjectState(subject.state), to)
    subject.returned_with = ""
    if to is SubjectState.READY:
        settle(session, subject_id)
    session.flush()
    audit(session, actor, "hand_in", cycle.id, now, person_id=subject.person_id)
    if to is SubjectState.APPROVING:
        tell_approver(session, cycle, subject, now=now, base_url=base_url)
    return to


def take_back(session: Session, actor: Actor, subject_id: int, *, now: datetime) -> None:
    """Go on choosing, as the leader, before anybody was asked."""
    subject, cycle = held(session, subject_id)
    if not check_may_nominate(actor, subject, cycle):
        raise NotVisible
    subject.state = moved(SubjectState(subject.state), SubjectState.NOMINATING)
    session.flush()
    audit(session, actor, "take_back", cycle.id, now, person_id=subject.person_id)


def settle(session: Session, subject_id: int) -> list[Invitation]:
    """Make everybody who is proposed a rater. Returns those who were."""
    rows = session.scalars(
        select(Invitation)
        .where(Invitation.subject_id == subject_id, Invitation.state == InvitationState.PROPOSED)
        .order_by(Invitation.name, Invitation.id)
    ).all()
    for row in rows:
        row.state = InvitationState.APPROVED
    session.flush()
    return list(rows)


def held(session: Session, subject_id: int) -> tuple[Subject, Cycle]:
    """The subject and its cycle, kept as they are until the transaction ends."""
    subject = session.scalars(
        select(Subject)
        .where(Subject.id == subject_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if subject is None:
        raise NotVisible
    return subject, session.get_one(Cycle, subject.cycle_id)


def check_may_nominate(actor: Actor, subject: Subject, cycle: Cycle) -> bool:
    """Whether the actor is the leader; raises `NotVisible` unless they are, or may agree."""
    facts = facts_of(actor, subject, cycle)
    if cycle.nominates != Nominates.LEADER:
        raise NotVisible
    if policy.permits(actor, Action.NOMINATE, facts):
        return True
    policy.require_visible(actor, Action.APPROVE_NOMINATION, facts)
    return False


def facts_of(actor: Actor, subject: Subject, cycle: Cycle) -> Facts:
    """What the policy has to know about a leader's proposals."""
    return Facts(
        organisation_id=actor.organisation_id,
        person_id=subject.person_id,
        manager_approves=cycle.approves == Approves.MANAGER,
        coach_approves=cycle.approves == Approves.COACH,
    )


def _asked(session: Session, subject_id: int) -> Counter[str]:
    rows = session.execute(
        select(Invitation.group_key, func.count())
        .where(Invitation.subject_id == subject_id, Invitation.state != InvitationState.DECLINED)
        .group_by(Invitation.group_key)
    )
    return Counter(dict(rows.all()))


def _needs_a_yes(cycle: Cycle) -> bool:
    return cycle.approves != Approves.NOBODY


def _ask_for_own_view(session: Session, subject: Subject) -> None:
    person = people_named(session, [subject.person_id])[subject.person_id]
    if not person.email:
        raise RuleBroken("people", "You have no mail address here; ask HR to add it.")
    add_invitation(session, subject.id, SELF_GROUP, person.name, person.email, person.id)
