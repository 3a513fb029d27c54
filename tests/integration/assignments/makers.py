"""Openings and placements for the tests, with plain defaults."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from ldtrack.assignments import service
from ldtrack.assignments.domain import Contribution, Develops, ObservedLevel, PostingKind, Stretch
from tests.infrastructure.organisation import SmallOrganisation

STARTS, ENDS = date(2026, 5, 4), date(2026, 10, 30)


def opening(acme: SmallOrganisation, **changes: Any) -> service.PostOpening:
    """An opening that the manager owns and the sponsor sponsors; it ended before today."""
    given: dict[str, Any] = {
        "title": "Turn the night shift around",
        "kind": PostingKind.PROJECT,
        "owner_id": acme.person["manager"],
        "sponsor_id": acme.person["sponsor"],
        "promised_outcome": "Scrap on line 3 falls by a third.",
        "measure": "Scrap rate of line 3, monthly",
        "starts_on": STARTS,
        "ends_on": ENDS,
        "share_of_time": 40,
        "develops": (
            Develops(competency_id=acme.competency["strategic-thinking"], level=4),
            Develops(competency_id=acme.competency["coaching-others"], level=3),
        ),
        "stretch": Stretch(novelty=3, stakes=4, visibility=2, boundary_crossing=2, ambiguity=3),
    }
    return service.PostOpening(**{**given, **changes})


def placed(
    session: Session, acme: SmallOrganisation, now: datetime, *, who: str = "leader", **changes: Any
) -> int:
    """The leader placed in a fresh opening. Returns the placement's id."""
    hr = acme.actor["hr"]
    posting_id = service.post_opening(session, hr, opening(acme, **changes), now=now)
    return service.place(
        session,
        hr,
        service.Place(
            posting_id=posting_id,
            person_id=acme.person[who],
            starts_on=changes.get("starts_on", STARTS),
        ),
        now=now,
    )


def answers(acme: SmallOrganisation, **changes: Any) -> service.ConfirmOutcome:
    """An owner's three answers."""
    given: dict[str, Any] = {
        "delivered": "Scrap fell by 38% in four months.",
        "proof": "Scrap report of October, line 3",
        "contribution": Contribution.LED,
        "outside": "New tooling came in July.",
        "observed": (
            ObservedLevel(competency_id=acme.competency["strategic-thinking"], level=3.8),
        ),
    }
    return service.ConfirmOutcome(**{**given, **changes})


LOOKED_BACK = service.WriteDebrief(
    outcome="Scrap is down and stays down.",
    learned="I explain the why before the how.",
    next_action="Walk the night shift once a month, from December.",
)
