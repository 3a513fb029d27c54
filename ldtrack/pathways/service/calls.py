"""Inviting people to a pathway, and answering those who are interested."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note, note_each
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.outbox.service import Mail, post_all
from ldtrack.pathways.domain import Call, InterestState, LevelFact, Plan, WriteCall
from ldtrack.pathways.models import CallInterest, Pathway, PathwayCall
from ldtrack.pathways.queries import (
    call,
    calls_for,
    interested_in,
    plans,
    published_version,
    rule_of,
)
from ldtrack.pathways.service.enrolments import cohort_named
from ldtrack.pathways.service.many import enrol_many
from ldtrack.pathways.service.trying import require_open_to
from ldtrack.people.queries import people_named

_CHANGED = "Since you looked, somebody took their interest back or was answered. Look again."


def write_call(
    session: Session, actor: Actor, pathway_id: int, command: WriteCall, *, now: datetime
) -> int:
    """Write an invitation to a pathway. Returns its id."""
    policy.require(actor, Action.WRITE_CALL, Facts(organisation_id=actor.organisation_id))
    if session.get(Pathway, pathway_id) is None:
        raise NotVisible
    row = PathwayCall(pathway_id=pathway_id)
    _set(session, actor, row, command)
    session.add(row)
    session.flush()
    _audit(session, actor, row.id, "The invitation was written", now)
    return row.id


def change_call(
    session: Session, actor: Actor, call_id: int, command: WriteCall, *, now: datetime
) -> None:
    """Write an invitation anew; once somebody answered it, its story stays what they answered."""
    row = _locked(session, actor, call_id)
    answered = session.scalar(
        select(func.count()).select_from(CallInterest).where(CallInterest.call_id == call_id)
    )
    if answered and command.story != row.story:
        raise RuleBroken(
            "story", "People answered this text already. Write another invitation for another text."
        )
    _set(session, actor, row, command)
    session.flush()
    _audit(session, actor, row.id, "The invitation was changed", now)


def say_interested(
    session: Session,
    actor: Actor,
    call_id: int,
    words: str,
    levels: Mapping[int, LevelFact],
    *,
    now: datetime,
) -> None:
    """Say that one would take part; said twice, the later sentence holds.

    `levels` are the actor's, as a rule looks at them. Who is not meant meets `NotVisible`.
    """
    today = now.date()
    found = calls_for(session, actor, today, call_id=call_id)
    if not found or actor.person_id is None or not found[0].is_for_reader(levels, today):
        raise NotVisible
    reached = found[0]
    if reached.interest not in {None, InterestState.STATED}:
        raise Conflict("You were answered already.")
    if not reached.call.is_open(today):
        raise Conflict("This invitation is closed.")
    row = _own(session, actor, call_id)
    if row is None:
        row = CallInterest(call_id=call_id, person_id=actor.person_id, said_on=today)
        session.add(row)
    row.words = words
    session.flush()


def withdraw_interest(session: Session, actor: Actor, call_id: int) -> None:
    """Take it back; nothing of it stays. `NotVisible` if nothing was said."""
    row = _own(session, actor, call_id)
    if row is None:
        raise NotVisible
    if row.state != InterestState.STATED:
        raise Conflict("You were answered already.")
    session.delete(row)
    session.flush()


def enrol_interested(
    session: Session,
    actor: Actor,
    call_id: int,
    people: Collection[int],
    *,
    starts_on: date,
    cohort: str,
    now: datetime,
) -> int:
    """Put those who are interested on the published version in one act. Returns how many."""
    asked = _locked(session, actor, call_id)
    rows = _waiting(session, asked, people)
    stated = interested_in(session, actor, call_id)
    by_id = {each.person_id: each for each in stated}
    for each in (by_id[row.person_id] for row in rows):
        if not each.can_come:
            why = "is on this pathway already" if each.is_on_it else "has left the organisation"
            raise RuleBroken("people", f"{each.name} {why}.")
    enrolled = sum(each.state is InterestState.ENROLLED for each in stated)
    if asked.seats is not None and enrolled + len(rows) > asked.seats:
        left = max(0, asked.seats - enrolled)
        raise RuleBroken("people", f"Of {asked.seats} seats {left} are free. Choose fewer people.")
    plan = _published(session, asked.pathway_id)
    require_open_to(session, plan.version_id, cohort)
    enrol_many(
        session,
        actor,
        plan,
        {each.person_id: by_id[each.person_id].job_profile for each in rows},
        starts_on=starts_on,
        cohort_id=cohort_named(session, cohort) if cohort else None,
        by_rule=False,
        reason="By invitation",
        now=now,
    )
    _answer(session, actor, rows, InterestState.ENROLLED, now)
    return len(rows)


def decline_interested(
    session: Session,
    actor: Actor,
    call_id: int,
    people: Collection[int],
    words: str,
    *,
    now: datetime,
) -> int:
    """Say by mail that there is no place for them this time. Returns to how many."""
    row = _locked(session, actor, call_id)
    about = call(session, actor, call_id)
    rows = _waiting(session, row, people)
    named = people_named(session, [each.person_id for each in rows])
    mails = [
        Mail(
            to_address=person.email,
            to_name=person.name,
            subject=f"Your interest in {about.title}",
            body=_no_place(person.name, about, words),
        )
        for person in named.values()
        if person.email
    ]
    post_all(session, mails, due_at=now)
    _answer(session, actor, rows, InterestState.DECLINED, now)
    return len(rows)


def _no_place(name: str, about: Call, words: str) -> str:
    said = f"{words}\n\n" if words else ""
    return (
        f"Dear {name},\n\n"
        f"thank you for telling us that you would take part in “{about.title}”. "
        "We are sorry that there is no place for you in it this time.\n\n"
        f"{said}"
        "That you asked is seen by nobody but those who organise it, and stands in no record of "
        "your development. When the next invitation comes, you are welcome to answer it.\n"
    )


def _set(session: Session, actor: Actor, row: PathwayCall, command: WriteCall) -> None:
    if command.closes_on is not None and command.closes_on < command.opens_on:
        raise RuleBroken("closes_on", "It cannot close before it opens.")
    if command.targeted and rule_of(session, actor, row.pathway_id) is None:
        raise RuleBroken(
            "audience", "Write the pathway’s rule first; it says whom the invitation is for."
        )
    row.story = command.story
    row.targeted = command.targeted
    row.opens_on = command.opens_on
    row.closes_on = command.closes_on
    row.seats = command.seats


def _own(session: Session, actor: Actor, call_id: int) -> CallInterest | None:
    if actor.person_id is None:
        return None
    return session.scalar(
        select(CallInterest)
        .where(CallInterest.call_id == call_id, CallInterest.person_id == actor.person_id)
        .with_for_update()
    )


def _locked(session: Session, actor: Actor, call_id: int) -> PathwayCall:
    policy.require(actor, Action.WRITE_CALL, Facts(organisation_id=actor.organisation_id))
    row = session.scalar(select(PathwayCall).where(PathwayCall.id == call_id).with_for_update())
    if row is None:
        raise NotVisible
    return row


def _waiting(session: Session, row: PathwayCall, people: Collection[int]) -> list[CallInterest]:
    """The interest of exactly these people, each waiting for an answer; else a conflict."""
    rows = session.scalars(
        select(CallInterest)
        .where(CallInterest.call_id == row.id, CallInterest.state == InterestState.STATED)
        .with_for_update()
    ).all()
    chosen = [each for each in rows if each.person_id in set(people)]
    if len(chosen) < len(set(people)):
        raise Conflict(_CHANGED)
    return chosen


def _answer(
    session: Session,
    actor: Actor,
    rows: Sequence[CallInterest],
    state: InterestState,
    now: datetime,
) -> None:
    for row in rows:
        row.state = state
        row.answered_on = now.date()
    session.flush()
    note_each(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_CALL,
        thing="call_interest",
        happened_at=now,
        things={row.id: row.person_id for row in rows},
        reason=state.label,
    )


def _published(session: Session, pathway_id: int) -> Plan:
    version_id = published_version(session, pathway_id)
    if version_id is None:
        raise RuleBroken("", "Only a published version takes people. Publish it first.")
    return plans(session, [version_id])[version_id]


def _audit(session: Session, actor: Actor, call_id: int, reason: str, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_CALL,
        thing="pathway_call",
        thing_id=call_id,
        happened_at=now,
        reason=reason,
    )
