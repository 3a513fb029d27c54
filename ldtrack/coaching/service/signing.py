"""Signing a version, refusing to, and the ends that one can come to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain.agreements import (
    HOLDS,
    REMINDED_EVERY,
    REMINDED_FOR,
    AgreementState,
    WriteAgreement,
    fingerprint,
)
from ldtrack.coaching.models import Agreement, AgreementParty, Engagement
from ldtrack.coaching.queries.agreements import goals_of, version_row
from ldtrack.coaching.queries.holding import words_of
from ldtrack.coaching.service.agreements import agreement_to, noted
from ldtrack.coaching.service.letters import ask_to_sign, tell_all
from ldtrack.core.errors import Conflict

ENDED_WITH_COACHING = "The coaching ended."


def sign_agreement(
    session: Session,
    actor: Actor,
    agreement_id: int,
    name: str,
    *,
    now: datetime,
    base_url: str,
) -> bool:
    """Put the actor's name under it. Returns whether it is in force with that.

    The last signature brings it into force and replaces whatever held before. To sign twice
    changes nothing.
    """
    row, one = agreement_to(session, actor, agreement_id, Action.SIGN_AGREEMENT)
    if row.state == AgreementState.IN_FORCE:
        return True
    _require_signing(row, one)
    parties = session.scalars(
        select(AgreementParty).where(AgreementParty.agreement_id == row.id)
    ).all()
    [own] = [party for party in parties if party.person_id == actor.person_id]
    mark = _fingerprint(session, row)
    if own.signed_at is None:
        own.signed_at, own.signed_as, own.fingerprint = now, name, mark
        session.flush()
        noted(session, actor, row, one, "signed", now)
    if any(party.fingerprint != mark for party in parties):
        return False
    _into_force(session, row, one, now)
    tell_all(session, version_row(session, row, one), "in force", now=now, base_url=base_url)
    return True


def refuse_agreement(
    session: Session, actor: Actor, agreement_id: int, word: str, *, now: datetime, base_url: str
) -> None:
    """Say no, and why; whatever held before goes on holding."""
    row, one = agreement_to(session, actor, agreement_id, Action.SIGN_AGREEMENT)
    _require_signing(row, one)
    _close(session, actor, row, AgreementState.REFUSED, word, now)
    noted(session, actor, row, one, "refused", now)
    tell_all(session, version_row(session, row, one), "refused", now=now, base_url=base_url)


def withdraw_agreement(
    session: Session, actor: Actor, agreement_id: int, word: str, *, now: datetime, base_url: str
) -> None:
    """Take one back that is being signed; the leader may end one in force as well.

    With an agreement in force that ends, a sponsor sees nothing any more.
    """
    row, one = agreement_to(session, actor, agreement_id, _to_withdraw(session, agreement_id))
    if row.state not in (AgreementState.SIGNING, AgreementState.IN_FORCE):
        raise Conflict("There is nothing to withdraw: it is not in force, and nobody signs it.")
    _close(session, actor, row, AgreementState.WITHDRAWN, word, now)
    noted(session, actor, row, one, "withdrawn", now)
    tell_all(session, version_row(session, row, one), "withdrawn", now=now, base_url=base_url)


def close_open(session: Session, engagement_id: int, now: datetime) -> None:
    """What was still to be signed when coaching ends is withdrawn; a draft is forgotten."""
    for row in session.scalars(
        select(Agreement).where(
            Agreement.engagement_id == engagement_id,
            Agreement.state.in_((AgreementState.DRAFT, AgreementState.SIGNING)),
        )
    ).all():
        if row.state == AgreementState.DRAFT:
            session.delete(row)
        else:
            row.state, row.closed_at = AgreementState.WITHDRAWN, now
            row.word = ENDED_WITH_COACHING
    session.flush()


def remind_to_sign(
    session: Session, agreement_id: int, *, now: datetime, base_url: str
) -> datetime | None:
    """Remind those who have not signed. Returns when to do so again, if at all."""
    row = session.get(Agreement, agreement_id)
    if row is None or row.state != AgreementState.SIGNING or row.sent_at is None:
        return None
    one = session.get_one(Engagement, row.engagement_id)
    if one.ends_on is not None or now - row.sent_at > REMINDED_FOR:
        return None
    version = version_row(session, row, one)
    ask_to_sign(session, version, now=now, base_url=base_url, again=True)
    return now + REMINDED_EVERY


def _require_signing(row: Agreement, one: Engagement) -> None:
    if row.state != AgreementState.SIGNING or one.ends_on is not None:
        raise Conflict("This version is not to be signed any more.")


def _to_withdraw(session: Session, agreement_id: int) -> Action:
    state = session.scalar(select(Agreement.state).where(Agreement.id == agreement_id))
    in_force = state == AgreementState.IN_FORCE
    return Action.LEAVE_AGREEMENT if in_force else Action.WRITE_AGREEMENT


def _into_force(session: Session, row: Agreement, one: Engagement, now: datetime) -> None:
    session.execute(
        update(Agreement)
        .where(
            Agreement.engagement_id == one.id, Agreement.id != row.id, Agreement.state.in_(HOLDS)
        )
        .values(state=AgreementState.REPLACED, closed_at=now)
    )
    row.state, row.agreed_on = AgreementState.IN_FORCE, now.date()
    one.sessions_agreed = row.sessions_agreed or one.sessions_agreed
    session.flush()


def _close(
    session: Session,
    actor: Actor,
    row: Agreement,
    state: AgreementState,
    word: str,
    now: datetime,
) -> None:
    row.state, row.word = state, word
    row.closed_at, row.closed_by_id = now, actor.person_id
    session.flush()


def _fingerprint(session: Session, row: Agreement) -> str:
    said = WriteAgreement(
        purpose=row.purpose,
        sponsor_sees=words_of(row.sponsor_sees),
        sessions_agreed=row.sessions_agreed or 0,
        goals=goals_of(session, [row.id]).get(row.id, ()),
        with_manager=row.with_manager,
    )
    return fingerprint(said, row.number)
