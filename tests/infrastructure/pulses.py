"""Trust pulses and follow-up questions of the small organisation, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.feedback.domain.pulses.commands import WritePulse
from ldtrack.feedback.domain.pulses.rows import Given
from ldtrack.feedback.models import PulseInvitation
from ldtrack.feedback.queries.pulses.answering import by_invitation
from ldtrack.feedback.service import pulses as service
from ldtrack.feedback.service.pulses.closing import end_pulse
from tests.infrastructure.feedback import RATER_KEY, delivery
from tests.infrastructure.organisation import SmallOrganisation

STATEMENTS = ("We talk openly.", "We keep our promises.")
PEOPLE = ("peer_1", "peer_2", "peer_3", "peer_4", "leader")


@dataclass(frozen=True, kw_only=True)
class RunningPulse:
    """Ids of a pulse and of its invitations, by the key of the person."""

    id: int
    invitation: dict[str, int]


def drafted(
    session: Session,
    acme: SmallOrganisation,
    now: datetime,
    *,
    people: Iterable[str] = PEOPLE,
    name: str = "How we work together",
    closes_on: date = date(2026, 12, 4),
    shows_names: bool = False,
    statements: tuple[str, ...] = STATEMENTS,
) -> int:
    """A draft that asks these people."""
    return service.draft_pulse(
        session,
        acme.actor["hr"],
        WritePulse(
            name=name,
            closes_on=closes_on,
            statements=statements,
            question="What would help?",
            shows_names=shows_names,
        ),
        now=now,
        people=[acme.person[key] for key in people],
    )


def opened_pulse(
    session: Session, acme: SmallOrganisation, now: datetime, **planned: object
) -> RunningPulse:
    """The same, open."""
    pulse_id = drafted(session, acme, now, **planned)  # type: ignore[arg-type]  # handed through
    service.open_pulse(session, acme.actor["hr"], pulse_id, now=now, delivery=delivery())
    return running_pulse(session, acme, pulse_id)


def running_pulse(session: Session, acme: SmallOrganisation, pulse_id: int) -> RunningPulse:
    """Who is asked in a pulse."""
    key_of = {person_id: key for key, person_id in acme.person.items()}
    rows = session.execute(
        select(PulseInvitation.id, PulseInvitation.person_id, PulseInvitation.email).where(
            PulseInvitation.pulse_id == pulse_id
        )
    )
    return RunningPulse(
        id=pulse_id, invitation={key_of.get(person or 0, mail): id_ for id_, person, mail in rows}
    )


def answer_to(
    session: Session,
    running: RunningPulse,
    person: str,
    score: int | None,
    now: datetime,
    *,
    words: str = "",
    statements: int = len(STATEMENTS),
) -> None:
    """Let somebody give the same score to every statement."""
    asked = by_invitation(
        session, running.invitation[person], rater_key=RATER_KEY, today=now.date()
    )
    scores = {f"s{n}": score for n in range(1, statements + 1)}
    service.answer_pulse(session, asked, Given(scores=scores, words=words), now=now)


def closed_pulse(
    session: Session,
    acme: SmallOrganisation,
    now: datetime,
    scores: Mapping[str, int | None],
    *,
    running: RunningPulse | None = None,
    words: Mapping[str, str] | None = None,
    **planned: object,
) -> int:
    """A pulse that these people answered, closed and with its result. Returns its id."""
    running = running or opened_pulse(session, acme, now, **planned)
    for person, score in scores.items():
        answer_to(session, running, person, score, now, words=(words or {}).get(person, ""))
    finish(session, running.id, now)
    return running.id


def finish(session: Session, pulse_id: int, now: datetime) -> None:
    """Close a pulse and make its result."""
    end_pulse(session, pulse_id, RATER_KEY, now)
    service.make_pulse_result(session, pulse_id, now=now, delivery=delivery())
