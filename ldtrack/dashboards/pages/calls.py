"""An invitation as its readers see it, and whose home page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible
from ldtrack.growth.queries import PersonGrowth, levels_in, rule_levels
from ldtrack.pathways.domain import Asks, Call, InterestState, LevelFact, Reached, asks
from ldtrack.pathways.queries import call, calls_for, outline


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """One line of a home page."""

    call: Call
    interest: InterestState | None


def invitations_of(
    session: Session, actor: Actor, growth: PersonGrowth, today: date
) -> tuple[Invitation, ...]:
    """What the actor is invited to and was not answered about yet, what closes first before all."""
    found = calls_for(session, actor, today)
    return tuple(
        Invitation(call=each.call, interest=each.interest)
        for each in found
        if each.call.is_open(today)
        and each.interest in {None, InterestState.STATED}
        and each.is_for_reader(levels_in(growth, each.gaps), today)
    )


@dataclass(frozen=True, kw_only=True)
class CallPage:
    """An invitation; `reached` is how the reader stands to it, None for HR that only looks.

    `asks` is None where the pathway takes nobody just now.
    """

    call: Call
    is_open: bool
    today: date
    reached: Reached | None
    asks: Asks | None
    may_write: bool

    @property
    def interest(self) -> InterestState | None:
        """What the reader said, if anything."""
        return self.reached.interest if self.reached else None


def own_levels(
    session: Session, actor: Actor, reached: list[Reached], today: date
) -> dict[int, LevelFact]:
    """How the actor stands against the levels of the invitation that was found."""
    gaps = [gap for each in reached for gap in each.gaps]
    found = rule_levels(session, actor, gaps, today)
    return dict(found.get(actor.person_id or 0, {}))


def call_page(session: Session, actor: Actor, call_id: int, today: date) -> CallPage:
    """The page, else `NotVisible`: for those who are meant or answered, and for HR."""
    found = calls_for(session, actor, today, call_id=call_id)
    levels = own_levels(session, actor, found, today)
    reached = next((each for each in found if each.is_for_reader(levels, today)), None)
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id,
        called=reached is not None,
    )
    if not policy.permits(actor, Action.READ_CALL, facts):
        raise NotVisible
    about = reached.call if reached else call(session, actor, call_id)
    return CallPage(
        call=about,
        is_open=about.is_open(today),
        today=today,
        reached=reached,
        asks=_asks(session, about, today),
        may_write=policy.could(actor, Action.WRITE_CALL),
    )


def _asks(session: Session, about: Call, today: date) -> Asks | None:
    if about.version_id is None:
        return None
    stages, hours = outline(session, about.version_id)
    return asks(stages, hours, max(today, about.opens_on))
