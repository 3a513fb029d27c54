"""What the page of somebody who answers a pulse needs: the pulse behind a link, their answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.db.session import EVERYWHERE, enter_organisation, remember_zone
from ldtrack.feedback.domain.keys import link_word, response_id, word_hash
from ldtrack.feedback.domain.pulses.letters import title
from ldtrack.feedback.domain.pulses.rows import AskedPulseRow, Given, PulseRow, PulseState
from ldtrack.feedback.models import (
    Pulse,
    PulseAnswer,
    PulseComment,
    PulseInvitation,
    PulseResponse,
    Subject,
)
from ldtrack.feedback.queries.pulses.running import row_of, with_counts
from ldtrack.people.queries import here, people_named, zone_of_organisation


@dataclass(frozen=True, kw_only=True)
class OpenPulse:
    """An invitation that can be answered now; `response_id` is where its answers belong."""

    invitation_id: int
    organisation_id: int
    name: str
    person_id: int | None
    pulse: PulseRow
    response_id: int


def by_token(session: Session, token: str, *, rater_key: str, now: datetime) -> OpenPulse:
    """The invitation behind a link; `NotVisible` if it is unknown, or its pulse is not open.

    Enters the organisation, which is not known before.
    """
    found = session.execute(
        select(
            PulseInvitation.id,
            PulseInvitation.organisation_id,
            zone_of_organisation(PulseInvitation.organisation_id).label("zone"),
        ).where(PulseInvitation.token_hash == word_hash(token)),
        execution_options=EVERYWHERE,
    ).first()
    if found is None:
        raise NotVisible
    enter_organisation(session, found.organisation_id)
    remember_zone(session, ZoneInfo(found.zone))
    today = here(session, now).date()
    return by_invitation(session, found.id, rater_key=rater_key, today=today)


def by_invitation(
    session: Session, invitation_id: int, *, rater_key: str, today: date
) -> OpenPulse:
    """The same by the invitation's id, for callers who know that it is theirs."""
    invitation = session.get(PulseInvitation, invitation_id)
    if invitation is None:
        raise NotVisible
    found, n = session.execute(with_counts().where(Pulse.id == invitation.pulse_id)).one()
    row = row_of(found, n_invited=n, subject=subject_name(session, found.subject_id))
    if found.key is None or not row.takes_answers(today):
        raise NotVisible
    return OpenPulse(
        invitation_id=invitation.id,
        organisation_id=invitation.organisation_id,
        name=invitation.name,
        person_id=invitation.person_id,
        pulse=row,
        response_id=response_id(rater_key, found.key, invitation.id),
    )


def given(session: Session, asked: OpenPulse) -> Given | None:
    """What they answered before; None if nothing."""
    here = session.scalar(select(PulseResponse.id).where(PulseResponse.id == asked.response_id))
    if here is None:
        return None
    scores = session.execute(
        select(PulseAnswer.statement_key, PulseAnswer.score).where(PulseAnswer.response_id == here)
    )
    words = session.scalar(select(PulseComment.body).where(PulseComment.response_id == here))
    return Given(scores=dict(scores.all()), words=words or "")


def own_token(session: Session, actor: Actor, invitation_id: int, *, rater_key: str) -> str:
    """The word of the actor's own link, so that somebody signed in needs no mail."""
    key = session.scalar(
        select(Pulse.key)
        .join(PulseInvitation, PulseInvitation.pulse_id == Pulse.id)
        .where(
            PulseInvitation.id == invitation_id,
            Pulse.key.is_not(None),
            policy.clause(actor, Action.READ_ASKED, person_id=PulseInvitation.person_id),
        )
    )
    if key is None:
        raise NotVisible
    return link_word(rater_key, key, invitation_id)


def asked_pulses(
    session: Session, actor: Actor, today: date, *, rater_key: str
) -> list[AskedPulseRow]:
    """The open pulses that the actor is asked to answer, the most urgent first."""
    rows = session.execute(
        select(PulseInvitation.id, Pulse)
        .join(Pulse, Pulse.id == PulseInvitation.pulse_id)
        .where(
            policy.clause(actor, Action.READ_ASKED, person_id=PulseInvitation.person_id),
            Pulse.state == PulseState.OPEN,
            Pulse.closes_on >= today,
        )
        .order_by(Pulse.closes_on, PulseInvitation.id)
    ).all()
    places = {id_: response_id(rater_key, found.key or b"", id_) for id_, found in rows}
    sent = set(
        session.scalars(select(PulseResponse.id).where(PulseResponse.id.in_(places.values())))
    )
    return [
        AskedPulseRow(
            invitation_id=id_,
            title=title(row_of(found, subject=subject_name(session, found.subject_id))),
            closes_on=found.closes_on,
            sent=places[id_] in sent,
        )
        for id_, found in rows
    ]


def subject_name(session: Session, subject_id: int | None) -> str:
    """The name of the leader a follow-up question is about; '' for other pulses."""
    if subject_id is None:
        return ""
    person_id = session.scalars(select(Subject.person_id).where(Subject.id == subject_id)).one()
    return people_named(session, [person_id])[person_id].name
