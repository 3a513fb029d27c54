"""Coaching sessions: their notes, what was promised and kept, and milestones met and missed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from ldtrack.coaching.domain import ActionRow, LogSession, NewAction, SetMilestone
from ldtrack.coaching.domain.appointments import PlanAppointment
from ldtrack.coaching.domain.kinds import MilestoneState
from ldtrack.coaching.queries import actions_of, milestones_of
from ldtrack.coaching.service import (
    Sender,
    agree_to_milestone,
    finish_action,
    log_session,
    plan_appointment,
    propose_milestone,
)
from ldtrack.demo.agenda import office_hours, working_day
from ldtrack.demo.cast import Player
from ldtrack.demo.curves import achieved
from ldtrack.demo.pick import Pick
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme, words

_LOOKS_AHEAD = timedelta(days=7)
"""A milestone is judged in the first session from a week before it is due."""
_USUAL_TIME, _USUAL_PLACE = time(10), "The small meeting room, first floor"
_AT_FIRST = 3
"""Milestones that are agreed in the first session, so that there is something to start from."""


class Meetings:
    """The sessions of one coach with one leader, and what they carry from one to the next."""

    def __init__(self, scene: Scene, leader: Player, coach: Player, programme: Programme) -> None:
        self.scene, self.leader, self.coach, self.programme = scene, leader, coach, programme
        self.engagement_id = 0
        self.n_agreed = 0
        self._n_held = 0
        self._person_id = scene.person[leader.external_id]
        self._coach_id = scene.person[coach.external_id]
        self._setting = scene.settings[programme.key]
        self._key_of = {id_: key for key, id_ in self._setting.competency.items()}
        self._random = scene.chance("sessions", leader.external_id, coach.external_id)
        said = words("coaching")
        self._milestones = [
            (key, title) for key in programme.targets for title in said["milestones"].get(key, ())
        ]
        self._random.shuffle(self._milestones)
        self._says = {name: Pick(self._random, said[name]) for name in _SAID}
        self._focus = Pick(self._random, tuple(programme.targets))

    def plan(self, first_on: date, last_on: date, n_sessions: int) -> None:
        """Put so many sessions between the two days on the agenda."""
        step = (last_on - first_on) / max(1, n_sessions - 1)
        days = [
            first_on + step * n + timedelta(days=self._random.randint(-4, 4) if n else 0)
            for n in range(n_sessions - 1)
        ]
        days.append(last_on)
        for day, following in zip(days, [*days[1:], None], strict=True):
            held_at = office_hours(self._random, day)
            self.scene.agenda.at(held_at, partial(self._hold, following))

    def _hold(self, following: date | None, now: datetime) -> None:
        random, day = self._random, now.date()
        met, missed = self._judged(day)
        held = LogSession(
            held_on=day,
            minutes=random.choice((45, 60, 60, 75, 90)),
            competency_ids=self._about(),
            shared_note=f"{self._says['talks']()} {self._says['takeaways']()}",
            private_note=self._says["private"]() if random.random() < 0.6 else "",
            milestones_met=met,
            milestones_missed=missed,
            actions_done=self._kept(),
            new_actions=self._promised(day),
            next_on=self._next_on(day, following),
        )
        coach = self.scene.actor(self.coach)
        log_session(self.scene.session, coach, self.engagement_id, held, now=now)
        if following is None and held.next_on is not None:
            self._give_a_time(held.next_on, now)
        self._n_held += 1
        n_agreed = _AT_FIRST if self._n_held == 1 else int(random.random() < 0.6)
        for _ in range(min(n_agreed, len(self._milestones))):
            self._agree_milestone(now, is_open=following is None)
        if random.random() < 0.25:
            between = office_hours(random, day + timedelta(days=random.randint(4, 12)))
            self.scene.agenda.at(between, self._tick_one)

    def _give_a_time(self, on: date, now: datetime) -> None:
        """The session that lies ahead has a time, and a place that is easy to find."""
        plan_appointment(
            self.scene.session,
            self.scene.actor(self.coach),
            self.engagement_id,
            PlanAppointment(on=on, at=_USUAL_TIME, minutes=60, place=_USUAL_PLACE),
            now=now,
            sender=Sender(address="no-reply@localhost", base_url=self.scene.base_url),
        )

    def _judged(self, day: date) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Milestones met and missed; each is judged once, so that luck is not tried again."""
        met: list[int] = []
        missed: list[int] = []
        for row in milestones_of(self.scene.session, self.scene.actor(self.coach), self._person_id):
            if row.state is not MilestoneState.PLANNED:
                continue
            if row.due_on is None or row.due_on > day + _LOOKS_AHEAD:
                continue
            # Now and then it is left for another time, whatever the level.
            if self._random.random() < 0.15:
                continue
            level = self.scene.level(self.leader, self._key_of[row.competency_id], day)
            (met if achieved(self._random, level, row.level) else missed).append(row.id)
        return tuple(met), tuple(missed)

    def _about(self) -> tuple[int, ...]:
        keys = dict.fromkeys(self._focus() for _ in range(self._random.choice((1, 1, 2))))
        return tuple(self._setting.competency[key] for key in keys)

    def _kept(self) -> tuple[int, ...]:
        waiting = self._open_actions(self.coach)
        return tuple(row.id for row in waiting if self._random.random() < 0.6)

    def _promised(self, day: date) -> tuple[NewAction, ...]:
        random = self._random
        due_on = day + timedelta(days=random.randint(10, 35))
        found = [
            NewAction(
                owner_id=self._person_id,
                text=self._says["leader_actions"](),
                due_on=due_on if random.random() < 0.8 else None,
            )
            for _ in range(random.choice((0, 1, 1, 2)))
        ]
        if random.random() < 0.2:
            text = self._says["coach_actions"]()
            found.append(NewAction(owner_id=self._coach_id, text=text, due_on=due_on))
        return tuple(found)

    def _next_on(self, day: date, following: date | None) -> date | None:
        """The day agreed for the next one; after the last, one that lies ahead, or none."""
        if following is not None:
            return working_day(max(following, day + timedelta(days=1)))
        if self._random.random() < 0.15:
            return None
        return working_day(day + timedelta(days=self._random.randint(14, 42)))

    def _agree_milestone(self, now: datetime, *, is_open: bool) -> None:
        """One proposes and the other agrees; what the latest session left open is the leader's."""
        key, title = self._milestones.pop()
        pair = (self.coach, self.leader)
        proposer, other = pair[::-1] if is_open or len(self._milestones) % 3 == 0 else pair
        due_on = now.date() + timedelta(days=self._random.randint(40, 100))
        aimed = self._random.gauss(self.scene.level(self.leader, key, due_on) + 0.1, 0.4)
        milestone_id = propose_milestone(
            self.scene.session,
            self.scene.actor(proposer),
            SetMilestone(
                person_id=self._person_id,
                competency_id=self._setting.competency[key],
                title=title,
                level=min(max(round(aimed), self._setting.lo), self._setting.hi),
                due_on=due_on,
            ),
            now=now,
            base_url=self.scene.base_url,
        )
        if not is_open:
            agree_to_milestone(
                self.scene.session,
                self.scene.actor(other),
                milestone_id,
                0,
                now=now,
                base_url=self.scene.base_url,
            )

    def _tick_one(self, now: datetime) -> None:
        actor = self.scene.actor(self.leader)
        own = [row for row in self._open_actions(self.leader) if row.owner_id == self._person_id]
        if own:
            finish_action(self.scene.session, actor, own[0].id, now=now)

    def _open_actions(self, reader: Player) -> list[ActionRow]:
        rows = actions_of(self.scene.session, self.scene.actor(reader), self._person_id)
        return sorted(
            (r for r in rows if r.engagement_id == self.engagement_id and r.settled_on is None),
            key=lambda row: (row.promised_on, row.text),
        )


_SAID = ("talks", "takeaways", "private", "leader_actions", "coach_actions")
