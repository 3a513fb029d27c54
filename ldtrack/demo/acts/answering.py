"""What raters answer in an open 360: scores near the true level, and a few sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from ldtrack.demo.agenda import office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.pick import Pick
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme, words
from ldtrack.demo.sightings import (
    LOOKING_BACK,
    OCCASION_SD,
    Rater,
    answers_of,
    derailers_of,
    rater_of,
)
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.nominating import InvitationState
from ldtrack.feedback.domain.rows import RaterRow, Sharing
from ldtrack.feedback.domain.steps import looks_back, says_what_matters
from ldtrack.feedback.queries.cycles import cycle
from ldtrack.feedback.queries.questionnaires import questionnaire
from ldtrack.feedback.queries.raters import raters_of
from ldtrack.feedback.service import store_response

_ANSWERS = {"self": 0.97, "manager": 0.95}
_MOST_ANSWER = 0.92
_WRITES = {"keep": 0.7, "more": 0.5, "less": 0.35}


def _sharing(random: Random) -> Sharing:
    """Most comments may be shown; of every twenty one is summed up and one is for the coach."""
    drawn = random.random()
    if drawn < 0.05:
        return Sharing.COACH_ONLY
    return Sharing.SUMMED_UP if drawn < 0.1 else Sharing.AS_WRITTEN


class Answering:
    """The raters of one cycle; `about` has the leaders by subject."""

    def __init__(
        self,
        scene: Scene,
        programme: Programme,
        cycle_id: int,
        about: Mapping[int, Player],
        name: str,
    ) -> None:
        self.scene, self.programme, self.cycle_id, self.about = scene, programme, cycle_id, about
        self.name = name
        self.setting = scene.settings[programme.key]
        form_id = cycle(scene.session, scene.hr, cycle_id).questionnaire_id
        form = questionnaire(scene.session, form_id)
        self.items = [(i.id, i.competency_id) for i in form.items if i.competency_id is not None]
        self.derailers = [item.id for item in form.derailers]
        self.form = form
        self.lo, self.hi = form.lo, form.hi
        self.said = words("feedback")
        self.picks: dict[tuple[int, str, str], Pick] = {}

    def put_on(self, first_on: date, last_on: date, *, about: int | None = None) -> None:
        """Let most raters answer on some day while the cycle is open, about all or one subject."""
        days = (last_on - first_on).days
        for row in raters_of(self.scene.session, self.cycle_id):
            declined = row.state is InvitationState.DECLINED
            if declined or about not in (None, row.subject_id):
                continue
            leader = self.about[row.subject_id]
            random = self.scene.chance("rater", self.name, leader.external_id, row.email)
            # Who takes the time once takes it again, so that cycles can be compared.
            willing = self.scene.chance("willing", leader.external_id, row.email)
            if willing.random() < _ANSWERS.get(row.group_key, _MOST_ANSWER):
                day = first_on + timedelta(days=random.randint(1, days))
                # A weekend's answer would come on a Monday, and the last day is the last.
                answered_at = office_hours(random, day)
                if answered_at.date() > last_on:
                    answered_at -= timedelta(days=3)
                self.scene.agenda.at(answered_at, partial(self._answer, row, leader, random))

    def _answer(self, row: RaterRow, leader: Player, random: Random, now: datetime) -> None:
        rater = rater_of(random, row.group_key)
        seen = self._seen(leader, now.date())
        scores = answers_of(random, rater, self.items, seen, self.lo, self.hi)
        comments = self._comments(row, random)
        scores |= derailers_of(random, rater, self.derailers, self.lo, self.hi)
        store_response(
            self.scene.session,
            row.invitation_id,
            scores,
            comments,
            rater_key=self.scene.rater_key,
            now=now,
            matters_most=self._chosen(row, random),
            then=self._then(row, random, rater, seen),
        )

    def _chosen(self, row: RaterRow, random: Random) -> list[int]:
        """Self and manager agree on about half of what matters most."""
        if not says_what_matters(self.form, row.group_key):
            return []
        most = min(self.form.most_important or 0, len(self.form.competency_ids))
        return random.sample(self.form.competency_ids, most)

    def _then(
        self, row: RaterRow, random: Random, rater: Rater, seen: Mapping[int, float]
    ) -> dict[int, int | None]:
        """People see themselves as a little weaker in the past than they were."""
        if not looks_back(self.form, row.group_key):
            return {}
        earlier = {id_: level - LOOKING_BACK for id_, level in seen.items()}
        return answers_of(random, rater, self.items, earlier, self.lo, self.hi)

    def _seen(self, leader: Player, day: date) -> dict[int, float]:
        """The levels as this occasion makes them look to everybody."""
        found: dict[int, float] = {}
        for key in self.programme.targets:
            occasion = self.scene.chance("occasion", self.name, leader.external_id, key)
            shift = occasion.gauss(0.0, OCCASION_SD)
            found[self.setting.competency[key]] = self.scene.level(leader, key, day) + shift
        return found

    def _comments(self, row: RaterRow, random: Random) -> dict[str, WrittenComment]:
        found: dict[str, WrittenComment] = {}
        for question, share in _WRITES.items():
            voices: dict[str, Any] = self.said[question]
            if row.group_key in voices and random.random() < share:
                place = (row.subject_id, question, row.group_key)
                if place not in self.picks:
                    leader = self.about[row.subject_id].external_id
                    chance = self.scene.chance("voice", self.name, leader, question, row.group_key)
                    self.picks[place] = Pick(chance, voices[row.group_key])
                found[question] = WrittenComment(text=self.picks[place](), sharing=_sharing(random))
        return found
