"""Pulses around one leader: a draft, an open one, one with its result, and a question back."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from ldtrack.feedback.domain.pulses.commands import AskFollowUp
from ldtrack.feedback.domain.pulses.rows import Given
from ldtrack.feedback.models import Cycle, Pulse, Subject
from ldtrack.feedback.queries.pulses.answering import by_invitation
from ldtrack.feedback.service.pulses import answer_pulse, ask_follow_up
from tests.infrastructure.feedback import RATER_KEY, RunningCycle, delivery
from tests.infrastructure.furnish.corner import Corner
from tests.infrastructure.pulses import (
    RunningPulse,
    answer_to,
    drafted,
    finish,
    opened_pulse,
    running_pulse,
)

PEOPLE = ("leader", "manager", "peer_1", "peer_2", "peer_3")
PEERS = PEOPLE[2:]
_LATER = timedelta(days=14)


def pulses(corner: Corner) -> dict[str, int]:
    """All but those of cycles; returns the invitations to the open one by the key of the person."""
    closed = _open(corner, "closed")
    _answered(corner, closed, "closed", PEERS)
    finish(corner.session, closed.id, corner.now)
    running = _open(corner, "open")
    _answered(corner, running, "open", PEERS[:1])
    name = corner.mark("pulse-draft")
    until = corner.now.date() + _LATER
    drafted(
        corner.session, corner.organisation, corner.now, people=PEOPLE, name=name, closes_on=until
    )
    return running.invitation


def process_of(corner: Corner, cycle: RunningCycle) -> None:
    """What raters say of a cycle that has closed and asks; the only leader is not asked."""
    wanted = select(Pulse.id).where(Pulse.cycle_id == cycle.id, Pulse.kind == "process_raters")
    pulse_id = corner.session.scalars(wanted).one()
    running = running_pulse(corner.session, corner.organisation, pulse_id)
    for rater in PEERS:
        words = corner.mark("process-words")
        answer_to(corner.session, running, rater, 4, corner.now, words=words)
    finish(corner.session, pulse_id, corner.now)


def question_back(corner: Corner) -> None:
    """A question after the released report that everybody who was asked has answered."""
    subject_id = corner.session.scalars(
        select(Subject.id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(Cycle.name == corner.mark("cycle-released"))
    ).one()
    question = AskFollowUp(
        about="Coaching others",
        question=corner.mark("follow-up-question"),
        closes_on=corner.now.date() + _LATER,
    )
    pulse_id = ask_follow_up(
        corner.session,
        corner.actor("leader"),
        subject_id,
        question,
        now=corner.now,
        delivery=delivery(),
    )
    running = running_pulse(corner.session, corner.organisation, pulse_id)
    for invitation_id in running.invitation.values():
        asked = by_invitation(
            corner.session, invitation_id, rater_key=RATER_KEY, today=corner.now.date()
        )
        given = Given(words=corner.mark("follow-up-words"))
        answer_pulse(corner.session, asked, given, now=corner.now)
    finish(corner.session, pulse_id, corner.now)


def _open(corner: Corner, word: str) -> RunningPulse:
    return opened_pulse(
        corner.session,
        corner.organisation,
        corner.now,
        people=PEOPLE,
        name=corner.mark(f"pulse-{word}"),
        closes_on=corner.now.date() + _LATER,
    )


def _answered(corner: Corner, running: RunningPulse, word: str, people: tuple[str, ...]) -> None:
    for person in people:
        words = corner.mark(f"pulse-words-{word}")
        answer_to(corner.session, running, person, 4, corner.now, words=words)
