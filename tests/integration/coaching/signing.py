"""An agreement as tests write it, and the signatures that bring it into force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching import service
from ldtrack.coaching.domain import SponsorSees
from ldtrack.coaching.domain.agreements import Goal, WriteAgreement
from tests.infrastructure.organisation import SmallOrganisation

SITE = "https://ldtrack.example"
THREE = ("leader", "coach", "sponsor")


def said(
    acme: SmallOrganisation,
    *,
    sees: Iterable[SponsorSees] = (SponsorSees.MILESTONES,),
    with_manager: bool = False,
) -> WriteAgreement:
    """What the three agree, with one goal."""
    goal = Goal(competency_id=acme.competency["coaching-others"], level=4, words="Asks first")
    return WriteAgreement(
        purpose="Lead by asking",
        sponsor_sees=frozenset(sees),
        sessions_agreed=6,
        goals=(goal,),
        with_manager=with_manager,
    )


def sent(
    session: Session,
    acme: SmallOrganisation,
    engagement_id: int,
    command: WriteAgreement,
    *,
    now: datetime,
) -> int:
    """A version that everybody is asked to sign."""
    hr = acme.actor["hr"]
    agreement_id = service.write_agreement(session, hr, engagement_id, command, now=now)
    service.send_agreement(session, hr, agreement_id, now=now, base_url=SITE)
    return agreement_id


def sign(
    session: Session,
    acme: SmallOrganisation,
    agreement_id: int,
    who: Iterable[str] = THREE,
    *,
    now: datetime,
) -> list[bool]:
    """Each signs in turn; gives whether it was in force with that."""
    return [
        service.sign_agreement(
            session, acme.actor[one], agreement_id, acme.actor[one].name, now=now, base_url=SITE
        )
        for one in who
    ]


def without(actor: Actor, person_id: int) -> Actor:
    """The same person once no relation to somebody is left."""
    gone = frozenset({person_id})
    return replace(
        actor,
        coaches=actor.coaches - gone,
        sponsors=actor.sponsors - gone,
        manages=actor.manages - gone,
    )
