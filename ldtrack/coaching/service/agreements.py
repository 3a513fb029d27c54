"""Writing a version of an agreement and sending it to be signed; once sent it stays as it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import holders_of, holders_over_time
from ldtrack.audit.service import note
from ldtrack.coaching.domain.agreements import (
    MOST_GOALS,
    REMINDED_EVERY,
    AgreementState,
    Goal,
    PartyKind,
    WriteAgreement,
)
from ldtrack.coaching.models import Agreement, AgreementGoal, AgreementParty, Engagement
from ldtrack.coaching.queries.agreements import version_row, with_agreement
from ldtrack.coaching.queries.engagements import readable
from ldtrack.coaching.service.found import facts_of
from ldtrack.coaching.service.letters import ask_to_sign
from ldtrack.competencies.queries import competencies_named, scales
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.outbox.service import ask

REMIND_TO_SIGN = "coaching.remind_to_sign"


def write_agreement(
    session: Session, actor: Actor, engagement_id: int, command: WriteAgreement, *, now: datetime
) -> int:
    """Write the draft of the next version, or change it. Returns its id.

    While a version is being signed there is no other one: `Conflict`. `RuleBroken` for goals that
    cannot be.
    """
    one = _engagement(session, actor, engagement_id)
    _check_goals(session, command.goals)
    row = session.scalars(
        select(Agreement).where(
            Agreement.engagement_id == one.id,
            Agreement.state.in_((AgreementState.DRAFT, AgreementState.SIGNING)),
        )
    ).first()
    if row is None:
        row = Agreement(
            engagement_id=one.id,
            number=next_number(session, one.id),
            state=AgreementState.DRAFT,
            recorded_at=now,
        )
        session.add(row)
    elif row.state != AgreementState.DRAFT:
        raise Conflict("A version is being signed. Withdraw it first, or wait until it is signed.")
    row.purpose, row.sessions_agreed = command.purpose, command.sessions_agreed
    row.sponsor_sees = sorted(word.value for word in command.sponsor_sees)
    row.with_manager = command.with_manager
    session.flush()
    _set_goals(session, row, command.goals)
    return row.id


def discard_agreement(session: Session, actor: Actor, agreement_id: int) -> int:
    """Throw a draft away. Returns the id of its engagement."""
    row, one = agreement_to(session, actor, agreement_id, Action.WRITE_AGREEMENT)
    if row.state != AgreementState.DRAFT:
        raise Conflict("It is no draft any more.")
    session.delete(row)
    session.flush()
    return one.id


def send_agreement(
    session: Session, actor: Actor, agreement_id: int, *, now: datetime, base_url: str
) -> None:
    """Ask everybody whom it concerns to sign; from now on nobody changes a word of it."""
    row, one = agreement_to(session, actor, agreement_id, Action.WRITE_AGREEMENT)
    if row.state != AgreementState.DRAFT:
        raise Conflict("It was sent already.")
    if one.ends_on is not None:
        raise Conflict("This coaching has ended, so nothing is left to agree.")
    row.state, row.sent_at = AgreementState.SIGNING, now
    session.add_all(
        AgreementParty(agreement_id=row.id, person_id=person_id, kind=kind)
        for person_id, kind in _parties(session, row, one, now).items()
    )
    session.flush()
    noted(session, actor, row, one, "sent", now)
    ask_to_sign(session, version_row(session, row, one), now=now, base_url=base_url)
    ask(session, kind=REMIND_TO_SIGN, thing_id=row.id, due_at=now + REMINDED_EVERY)


def agreement_to(
    session: Session, actor: Actor, agreement_id: int, action: Action
) -> tuple[Agreement, Engagement]:
    """A version, held against other hands; `NotVisible` unless the actor may read it.

    `NotAllowed` unless they may do this.
    """
    found = session.execute(
        select(Agreement, Engagement)
        .join(Engagement, Engagement.id == Agreement.engagement_id)
        .where(Agreement.id == agreement_id, with_agreement(actor, Action.READ_AGREEMENT))
        .with_for_update(of=Agreement)
    ).one_or_none()
    if found is None:
        raise NotVisible
    row, one = found
    policy.require(actor, action, facts_of(actor, one, party=_is_party(session, row, actor)))
    return row, one


def next_number(session: Session, engagement_id: int) -> int:
    """The number that the next version of an engagement has.

    Where the coach changed it counts on from the versions with the coach before.
    """
    before: int | None = engagement_id
    while before is not None:
        last = session.scalar(
            select(func.max(Agreement.number)).where(Agreement.engagement_id == before)
        )
        if last is not None:
            return last + 1
        before = session.scalar(select(Engagement.follows_id).where(Engagement.id == before))
    return 1


def noted(
    session: Session, actor: Actor, row: Agreement, one: Engagement, what: str, now: datetime
) -> None:
    """Leave in the log what was done with a version."""
    note(
        session,
        account_id=actor.account_id,
        action=f"coaching.agreement:{what}",
        thing="agreement",
        thing_id=row.id,
        person_id=one.person_id,
        happened_at=now,
    )


def _engagement(session: Session, actor: Actor, engagement_id: int) -> Engagement:
    one = session.scalars(
        select(Engagement).where(
            Engagement.id == engagement_id, readable(actor, Action.WRITE_AGREEMENT)
        )
    ).first()
    if one is None:
        raise NotVisible
    if one.ends_on is not None:
        raise Conflict("This coaching has ended, so nothing is left to agree.")
    return one


def _is_party(session: Session, row: Agreement, actor: Actor) -> bool:
    found = session.scalar(
        select(AgreementParty.id).where(
            AgreementParty.agreement_id == row.id,
            AgreementParty.person_id == (actor.person_id or 0),
        )
    )
    return found is not None


def _check_goals(session: Session, goals: tuple[Goal, ...]) -> None:
    if len(goals) > MOST_GOALS:
        raise RuleBroken("goals", f"Aim at {MOST_GOALS} competencies at most.")
    if len({goal.competency_id for goal in goals}) < len(goals):
        raise RuleBroken("goals", "Name a competency once.")
    named = competencies_named(session, {goal.competency_id for goal in goals})
    ladders = scales(session, {one.framework_version_id for one in named.values()})
    for goal in goals:
        if goal.competency_id not in named:
            raise NotVisible
        ladder = ladders[named[goal.competency_id].framework_version_id]
        if goal.level not in {level.value for level in ladder.levels}:
            raise RuleBroken("goals", "Choose a level that the competency has.")


def _set_goals(session: Session, row: Agreement, goals: tuple[Goal, ...]) -> None:
    session.execute(delete(AgreementGoal).where(AgreementGoal.agreement_id == row.id))
    session.add_all(
        AgreementGoal(
            agreement_id=row.id,
            place=place,
            competency_id=goal.competency_id,
            level=goal.level,
            words=goal.words,
        )
        for place, goal in enumerate(goals)
    )
    session.flush()


def _parties(
    session: Session, row: Agreement, one: Engagement, now: datetime
) -> dict[int, PartyKind]:
    """Leader, coach, every sponsor of today, and the line manager if that was wished."""
    found = {one.person_id: PartyKind.LEADER, one.coach_id or 0: PartyKind.COACH}
    for sponsor in holders_over_time(session, one.person_id, RelationshipKind.SPONSOR):
        over = sponsor.ends_on is not None and sponsor.ends_on < now.date()
        if sponsor.starts_on <= now.date() and not over:
            found.setdefault(sponsor.holder_id, PartyKind.SPONSOR)
    if row.sponsor_sees and PartyKind.SPONSOR not in found.values():
        raise RuleBroken(
            "sponsor_sees",
            "Nobody sponsors this leader yet. Let HR name a sponsor first, or tick nothing.",
        )
    if row.with_manager:
        managers = holders_of(session, [one.person_id], RelationshipKind.MANAGER, now.date())
        if one.person_id not in managers:
            raise RuleBroken("with_manager", "No line manager of this leader is known here.")
        found.setdefault(managers[one.person_id], PartyKind.MANAGER)
    return found
