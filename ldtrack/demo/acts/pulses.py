"""Short anonymous surveys: trust in a programme, how a cycle was, a leader's question back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random

from ldtrack.demo.agenda import office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme, words
from ldtrack.feedback.domain.pulses.commands import AskFollowUp, WritePulse
from ldtrack.feedback.domain.pulses.rows import Given, PulseKind
from ldtrack.feedback.queries.pulses import invitation_ids, process_outcomes
from ldtrack.feedback.queries.pulses.answering import OpenPulse, by_invitation
from ldtrack.feedback.service import Delivery
from ldtrack.feedback.service.pulses import (
    answer_pulse,
    ask_follow_up,
    close_pulse_if_due,
    draft_pulse,
    make_pulse_result,
    open_process_pulses,
    open_pulse,
    repeat_pulse,
)

_OPEN_FOR = timedelta(days=10)
_FIRST_AGO, _SECOND_AGO, _NOW_AGO = 130, 40, 8
_FEWEST = 4
_MOST_ANSWER = 0.8
_WRITES = 0.6


def hold_pulses(scene: Scene) -> None:
    """Two pulses of the first programme that have closed, and one of the last that is open."""
    large = [one for one in scene.script.programmes if len(scene.leaders_on(one.key)) >= _FEWEST]
    if not large:
        return
    first, last = large[0], large[-1]
    at = _day(scene, _FIRST_AGO)
    scene.agenda.at(at, partial(_begin, scene, first, at.date(), _SECOND_AGO))
    if last is not first:
        at = _day(scene, _NOW_AGO)
        scene.agenda.at(at, partial(_begin, scene, last, at.date(), None))


def ask_how_it_was(scene: Scene, cycle_id: int, name: str, now: datetime) -> None:
    """Ask raters and leaders of a cycle that has closed, and let them answer."""
    closes_on = now.date() + timedelta(days=14)
    open_process_pulses(scene.session, cycle_id, now=now, delivery=_delivery(scene, closes_on))
    for one in process_outcomes(scene.session, scene.hr, cycle_id):
        if one.result is None:
            random = scene.chance("process", name, one.pulse.kind)
            _let_answer(
                scene, one.pulse.id, one.pulse.kind, random, now.date(), one.pulse.closes_on
            )


def ask_back(scene: Scene, leader: Player, subject_id: int, about: str, now: datetime) -> None:
    """Let a leader ask everybody one question after the report."""
    closes_on = now.date() + _OPEN_FOR
    pulse_id = ask_follow_up(
        scene.session,
        scene.actor(leader),
        subject_id,
        AskFollowUp(about=about, question=words("pulses")["question"], closes_on=closes_on),
        now=now,
        delivery=_delivery(scene, closes_on),
    )
    random = scene.chance("follow-up", leader.external_id)
    _let_answer(scene, pulse_id, PulseKind.FOLLOW_UP, random, now.date(), closes_on)


def _begin(scene: Scene, programme: Programme, day: date, again: int | None, now: datetime) -> None:
    pulse_id = draft_pulse(
        scene.session,
        scene.hr,
        WritePulse(name=f"Working together: {programme.title}", closes_on=day + _OPEN_FOR),
        now=now,
        people=[scene.person[one.external_id] for _, one in scene.leaders_on(programme.key)],
        group_name=programme.title,
    )
    _open(scene, programme, pulse_id, now)
    if again is not None:
        scene.agenda.at(_day(scene, again), partial(_again, scene, programme, pulse_id))


def _again(scene: Scene, programme: Programme, before: int, now: datetime) -> None:
    pulse_id = repeat_pulse(scene.session, scene.hr, before, now=now)
    _open(scene, programme, pulse_id, now)


def _open(scene: Scene, programme: Programme, pulse_id: int, now: datetime) -> None:
    closes_on = now.date() + _OPEN_FOR
    open_pulse(scene.session, scene.hr, pulse_id, now=now, delivery=_delivery(scene, closes_on))
    random = scene.chance("pulse", programme.key, now.date())
    everybody = closes_on < scene.today
    _let_answer(
        scene, pulse_id, PulseKind.TRUST, random, now.date(), closes_on, everybody=everybody
    )


def _let_answer(
    scene: Scene,
    pulse_id: int,
    kind: PulseKind,
    random: Random,
    opens_on: date,
    closes_on: date,
    *,
    everybody: bool = False,
) -> None:
    sentences = words("pulses")[kind.value]
    left = random.sample(sentences, len(sentences))
    for invitation_id in invitation_ids(scene.session, pulse_id):
        if everybody or random.random() < _MOST_ANSWER:
            at = office_hours(random, opens_on + timedelta(days=random.randint(1, 7)))
            scene.agenda.at(at, partial(_answer, scene, invitation_id, random, left))
    midnight = datetime.combine(closes_on + timedelta(days=1), time(0, 5), UTC)
    scene.agenda.at(midnight, partial(_close, scene, pulse_id))


def _answer(
    scene: Scene, invitation_id: int, random: Random, left: list[str], now: datetime
) -> None:
    asked = by_invitation(scene.session, invitation_id, rater_key=scene.rater_key, today=now.date())
    given = _given(asked, random, left)
    if not given.is_empty:
        answer_pulse(scene.session, asked, given, now=now)


def _given(asked: OpenPulse, random: Random, left: list[str]) -> Given:
    keys = [one.key for one in asked.pulse.statements]
    mood = random.gauss(3.6, 0.5)
    writes = bool(left) and (not keys or random.random() < _WRITES)
    return Given(
        scores={
            key: max(1, min(5, round(random.gauss(mood + _bent(place), 0.6))))
            for place, key in enumerate(keys)
        },
        words=left.pop() if writes else "",
    )


def _bent(place: int) -> float:
    """Some statements find more agreement than others."""
    bent: Sequence[float] = (-0.6, 0.1, 0.5, -0.2, 0.2, 0.6)
    return bent[place % len(bent)]


def _close(scene: Scene, pulse_id: int, now: datetime) -> None:
    close_pulse_if_due(scene.session, pulse_id, scene.rater_key, now)
    make_pulse_result(scene.session, pulse_id, now=now)


def _delivery(scene: Scene, closes_on: date) -> Delivery:
    # Nobody is to be written to about what is long over.
    lies_ahead = closes_on >= scene.today
    return Delivery(rater_key=scene.rater_key, base_url=scene.base_url if lies_ahead else None)


def _day(scene: Scene, ago: int) -> datetime:
    return office_hours(scene.chance("pulse", ago), scene.today - timedelta(days=ago))
