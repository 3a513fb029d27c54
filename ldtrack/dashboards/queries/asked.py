"""What is asked of somebody who answers for others, asked of two rooms in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, union_all
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import OUTCOME, outcomes_asked_of
from ldtrack.coaching.domain.agreements import ToSign
from ldtrack.coaching.queries import asked_to_sign


@dataclass(frozen=True, kw_only=True)
class Ask:
    """An outcome that waits for somebody's word."""

    placement_id: int
    title: str
    person: str
    since: date | None


def asked_of(session: Session, actor: Actor, today: date) -> tuple[list[Ask], list[ToSign]]:
    """Outcomes to confirm and agreements to sign, each in the order of its room."""
    asks: list[Ask] = []
    to_sign: list[ToSign] = []
    both: CompoundSelect[*tuple[Any, ...]] = union_all(
        asked_to_sign(actor), outcomes_asked_of(actor, today)
    )
    rows = sorted(session.execute(both), key=lambda row: int(row[1]))
    for word, _, id_, person_id, title, person, ended_on, sent_at in rows:
        if word == OUTCOME:
            asks.append(Ask(placement_id=id_, title=title, person=person, since=ended_on))
        else:
            to_sign.append(
                ToSign(agreement_id=id_, person_id=person_id, person=person, sent_at=sent_at)
            )
    return asks, to_sign
