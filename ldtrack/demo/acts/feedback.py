"""360 cycles: whom they are about, who is asked, how they end and reports are passed on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random

from ldtrack.demo.acts.after_reports import hold_one_back, make_a_goal, tell_what_was_heard
from ldtrack.demo.acts.answering import Answering
from ldtrack.demo.acts.norms import bring_in_norm
from ldtrack.demo.acts.past_ratings import import_past, is_rated_before
from ldtrack.demo.acts.pulses import ask_back, ask_how_it_was
from ldtrack.demo.acts.questionnaires import questionnaire_for
from ldtrack.demo.acts.rolling import (
    agree_to,
    decline_politely,
    let_leaders_propose,
    lose_a_letter,
    propose,
)
from ldtrack.demo.agenda import Act, office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme, Round
from ldtrack.feedback.domain.commands import AskRater, NewCycle
from ldtrack.feedback.domain.rows import PEER_GROUP
from ldtrack.feedback.domain.timeline import Pace
from ldtrack.feedback.queries import released_reports, report
from ldtrack.feedback.service import (
    Delivery,
    add_subject,
    close_cycle,
    create_cycle,
    invite,
    open_cycle,
    pass_on,
    propose_raters,
    start_subject,
)
from ldtrack.feedback.service.pulses import ask_about_process

_FIRST_WEEK = timedelta(days=7)
_NEXT_DAY = timedelta(days=1)
_MAKES_A_GOAL = 0.5


def hold_cycles(scene: Scene) -> None:
    """Put every round of every programme on the agenda, and what was rated before in a file."""
    for programme in scene.script.programmes:
        if scene.script.has_known_leaders and is_rated_before(programme):
            known_at = office_hours(Random(0), scene.start + _FIRST_WEEK)
            scene.agenda.at(known_at, partial(import_past, scene, programme))
    for number, round_ in enumerate(scene.script.rounds):
        for programme in scene.script.programmes:
            if not round_.programmes or programme.key in round_.programmes:
                _Cycle(scene, round_, number, programme).put_on()


class _Cycle:
    """One cycle from its draft to the talk about the reports."""

    def __init__(self, scene: Scene, round_: Round, number: int, programme: Programme) -> None:
        self.scene, self.round, self.programme = scene, round_, programme
        self.number = number
        self.opens_on = scene.today - timedelta(days=round_.opens)
        self.closes_on = scene.today - timedelta(days=round_.closes)
        self.name = f"{round_.name}, {programme.title.lower()}, {self.closes_on:%B %Y}"
        self.random = scene.chance("cycle", number, programme.key)
        self.leaders = scene.leaders_on(programme.key)
        self.cycle_id = 0
        self.subject_id: dict[str, int] = {}

    def put_on(self) -> None:
        """Put on the agenda what does not depend on others."""
        self._at(self.opens_on - timedelta(days=self.random.randint(10, 16)), self._set_up)
        self._at(self.opens_on, self._open)
        midnight = datetime.combine(self.closes_on + timedelta(days=1), time(0, 5), UTC)
        self.scene.agenda.at(midnight, self._end)

    def _set_up(self, now: datetime) -> None:
        bring_in_norm(self.scene, self.programme, now)
        self.cycle_id = create_cycle(
            self.scene.session,
            self.scene.hr,
            NewCycle(
                name=self.name,
                opens_on=self.opens_on,
                closes_on=self.closes_on,
                questionnaire=questionnaire_for(self.scene, self.programme, now),
                pace=Pace.ROLLING if self.round.days else Pace.TOGETHER,
                days=self.round.days,
            ),
            now=now,
        )
        for place, leader in self.leaders:
            self.subject_id[leader.external_id] = self._ask_about(place, leader, now)
        if self.round.days:
            let_leaders_propose(self.scene, self.cycle_id, self.opens_on, now)
        if self.number:
            ask_about_process(self.scene.session, self.scene.hr, self.cycle_id, now=now)

    def _ask_about(self, place: int, leader: Player, now: datetime) -> int:
        session, hr = self.scene.session, self.scene.hr
        person_id = self.scene.person[leader.external_id]
        subject_id = add_subject(session, hr, self.cycle_id, person_id, now=now)
        propose_raters(session, hr, subject_id, now=now)
        everybody = self.scene.cast.leaders
        again = self.scene.chance("further raters", leader.external_id)
        for further in range(1, 1 + again.choice((1, 2, 2))):
            peer = everybody[(place + further) % len(everybody)]
            if peer.manager != leader.manager:
                command = AskRater(
                    group_key=PEER_GROUP, person_id=self.scene.person[peer.external_id]
                )
                invite(session, hr, subject_id, command, now=now)
        return subject_id

    def _open(self, now: datetime) -> None:
        session, hr = self.scene.session, self.scene.hr
        open_cycle(session, hr, self.cycle_id, now=now, delivery=self._delivery())
        if not self.round.days:
            self._answering().put_on(now.date(), self.closes_on)
            return
        # The last has not found the time to propose anybody.
        for number, (_, leader) in enumerate(self.leaders[:-1], start=1):
            day = self.opens_on + timedelta(days=number)
            self._at(day, partial(self._propose, leader))

    def _propose(self, leader: Player, now: datetime) -> None:
        propose(self.scene, leader, self.subject_id[leader.external_id], now)
        # The manager of the one before the last has not said yes.
        if leader is not self.leaders[-2][1]:
            self._at(now.date() + _NEXT_DAY, partial(self._agree, leader))

    def _agree(self, leader: Player, now: datetime) -> None:
        subject_id = self.subject_id[leader.external_id]
        agree_to(self.scene, leader, subject_id, self._delivery(), now)
        self._at(now.date() + _NEXT_DAY, partial(self._start, leader))

    def _start(self, leader: Player, now: datetime) -> None:
        subject_id = self.subject_id[leader.external_id]
        start_subject(
            self.scene.session,
            self.scene.actor(leader),
            subject_id,
            now=now,
            delivery=self._delivery(),
        )
        last_on = now.date() + timedelta(days=self.round.days or 0)
        if leader is self.leaders[0][1]:
            decline_politely(self.scene, self.cycle_id, subject_id, now)
        self._answering().put_on(now.date(), last_on, about=subject_id)
        if leader is self.leaders[1][1]:
            lose_a_letter(self.scene, subject_id, self._delivery(), now)

    def _answering(self) -> Answering:
        about = {self.subject_id[one.external_id]: one for _, one in self.leaders}
        return Answering(self.scene, self.programme, self.cycle_id, about, self.name)

    def _delivery(self) -> Delivery:
        # Nobody is to be written to about what is long over.
        lies_ahead = self.closes_on >= self.scene.today
        return Delivery(
            rater_key=self.scene.rater_key,
            base_url=self.scene.base_url if lies_ahead else None,
        )

    def _end(self, now: datetime) -> None:
        close_cycle(self.scene.session, self.cycle_id, self.scene.rater_key, now)
        ask_how_it_was(self.scene, self.cycle_id, self.name, now)
        if self.round.debrief:
            for _, leader in self.leaders:
                day = self.closes_on + timedelta(days=self.random.randint(4, 16))
                self._at(day, partial(self._debrief, leader))

    def _debrief(self, leader: Player, now: datetime) -> None:
        coach = self.scene.coach.get(leader.external_id)
        if coach is not None:
            subject_id = self.subject_id[leader.external_id]
            if self._leads_first(leader):
                hold_one_back(self.scene, leader, subject_id, now)
            pass_on(self.scene.session, self.scene.actor(coach), subject_id, now=now)
            if self.random.random() < _MAKES_A_GOAL:
                make_a_goal(self.scene, leader, subject_id, now)
            if self._leads_first(leader) and not self.round.programmes:
                tells = partial(tell_what_was_heard, self.scene, leader, subject_id)
                self._at(now.date() + timedelta(days=5), tells)
            if self.number and self._leads_first(leader):
                about = self._least_shown(leader)
                act = partial(ask_back, self.scene, leader, subject_id, about)
                self._at(now.date() + _FIRST_WEEK, act)

    def _least_shown(self, leader: Player) -> str:
        person_id = self.scene.person[leader.external_id]
        actor = self.scene.actor(leader)
        latest = released_reports(self.scene.session, actor, person_id)[0]
        found = report(self.scene.session, actor, latest.release_id).report
        return found.competencies[-1].name

    def _leads_first(self, leader: Player) -> bool:
        """The first leader of a programme is the one who shows everything."""
        return leader is self.leaders[0][1]

    def _at(self, day: date, act: Act) -> None:
        self.scene.agenda.at(office_hours(self.random, day), act)
