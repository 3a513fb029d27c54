"""Stretch assignments: openings, who applied and was placed, what came of it, the look back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from ldtrack.assignments.domain import WAITS, DebriefKind, Develops, ObservedLevel, PostingKind
from ldtrack.assignments.service import (
    ConfirmOutcome,
    EndPlacement,
    Offer,
    PostOpening,
    Support,
    WriteDebrief,
    accept,
    apply,
    be_open_to,
    confirm_outcome,
    count_what_waited,
    decline,
    draft_opening,
    end_placement,
    keep_as_template,
    name_peer,
    offer,
    place,
    post_opening,
    propose_opening,
    put_on_list,
    start,
    support,
    write_debrief,
)
from ldtrack.assignments.service import Place as PlaceSomebody
from ldtrack.demo.agenda import Act, office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Place, ScriptedPosting, words
from ldtrack.demo.sightings import outcome_seen


def open_assignments(scene: Scene) -> None:
    """Put each opening on the agenda, once for every company of the organisation."""
    for number, leader in scene.leaders_on(scene.script.programmes[0].key):
        if number % 3 == 1:
            day = scene.today - timedelta(days=20 + number)
            act = partial(_be_open, scene, leader)
            scene.agenda.at(office_hours(scene.chance("open", leader.external_id), day), act)
    for number, posting in enumerate(scene.script.postings):
        programme = next(p for p in scene.script.programmes if p.key == posting.programme)
        leaders = scene.leaders_on(posting.programme)
        for company in range(len(leaders) // programme.leaders):
            group = leaders[company * programme.leaders : (company + 1) * programme.leaders]
            opening = _Opening(scene, posting, number, company, [one for _, one in group])
            opening.put_on()


def _be_open(scene: Scene, leader: Player, now: datetime) -> None:
    kinds = (PostingKind.PROJECT, PostingKind.ACTING_UP)
    be_open_to(scene.session, scene.actor(leader), kinds, now=now)


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Somebody's part in an opening."""

    place: Place
    leader: Player
    peer: Player
    random: Random


class _Opening:
    """One opening from its posting to the last word about it."""

    def __init__(
        self,
        scene: Scene,
        posting: ScriptedPosting,
        number: int,
        company: int,
        leaders: list[Player],
    ) -> None:
        self.scene, self.posting, self.company = scene, posting, company
        self.starts_on = scene.start + timedelta(days=posting.starts)
        self.ends_on = self.starts_on + timedelta(days=posting.days)
        self.title = posting.title if not company else f"{posting.title} ({company + 1})"
        sponsors = scene.cast.sponsors
        first = company * scene.script.sponsors + number
        self.owner = sponsors[first % len(sponsors)]
        self.sponsor = sponsors[(first + 1) % len(sponsors)]
        self.setting = scene.settings[posting.programme]
        self.parts = [
            _Part(
                place=found,
                leader=leaders[found.leader],
                peer=leaders[(found.leader + 1) % len(leaders)],
                random=scene.chance("opening", self.title, leaders[found.leader].external_id),
            )
            for found in posting.places
        ]
        self.said = words("debriefs")
        self.posting_id = 0
        self.placement_id: dict[str, int] = {}

    def put_on(self) -> None:
        """Put on the agenda that it is posted, and everything that does not wait for answers."""
        random = self.scene.chance("opening", self.title)
        posted_on = self.starts_on - timedelta(days=random.randint(35, 50))
        self._at(random, posted_on, self._post)
        for part in self.parts:
            applies_on = posted_on + timedelta(days=part.random.randint(4, 12))
            begins_on = self.starts_on - timedelta(days=part.random.randint(5, 9))
            if part.place.applied:
                self._at(part.random, applies_on, partial(self._apply, part))
            if part.place.declined:
                answered_on = applies_on + timedelta(days=part.random.randint(5, 12))
                self._at(part.random, answered_on, partial(self._decline, part))
            elif part.place.listed:
                self._at(part.random, applies_on + timedelta(days=6), partial(self._list, part))
            elif part.place.offered:
                self._at(part.random, applies_on + timedelta(days=6), partial(self._offer, part))
            elif not part.place.waiting:
                self._at(part.random, begins_on, partial(self._begin, part))
                self._look_back(part)

    def _look_back(self, part: _Part) -> None:
        ended_on = self.ends_on
        if self.posting.ended_early:
            ended_on = self.starts_on + (self.ends_on - self.starts_on) * 2 // 3
        self._at(part.random, ended_on, partial(self._end, part))
        if self.posting.waits:
            return
        confirmed_on = ended_on + timedelta(days=part.random.randint(4, 20))
        self._at(part.random, confirmed_on, partial(self._confirm, part))
        for kind in part.place.debriefs:
            day = ended_on + timedelta(days=part.random.randint(3, 25))
            self._at(part.random, day, partial(self._debrief, part, DebriefKind(kind)))
        self._at(part.random, ended_on + WAITS, self._count)

    def _post(self, now: datetime) -> None:
        its, scene = self.posting, self.scene
        owner = scene.actor(self.owner)
        if its.proposed:
            self.posting_id = draft_opening(scene.session, owner, self._command())
            propose_opening(scene.session, owner, self.posting_id, now=now)
            return
        self.posting_id = post_opening(scene.session, scene.hr, self._command(), now=now)
        if its.template and not self.company:
            keep_as_template(scene.session, scene.hr, self.posting_id, its.template)

    def _command(self) -> PostOpening:
        its = self.posting
        return PostOpening(
            title=self.title,
            kind=its.kind,
            owner_id=self.scene.person[self.owner.external_id],
            sponsor_id=self.scene.person[self.sponsor.external_id],
            promised_outcome=its.promised_outcome,
            measure=its.measure,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            share_of_time=its.share_of_time,
            places=max(1, sum(one.place.takes_one for one in self.parts)),
            location=its.location,
            is_remote=its.is_remote,
            stretch=its.stretch,
            description=its.description,
            develops=tuple(
                Develops(
                    competency_id=self.setting.competency[key],
                    level=level,
                    weight=its.weights.get(key, 1),
                    is_critical=key not in its.helpful,
                )
                for key, level in its.develops.items()
            ),
        )

    def _apply(self, part: _Part, now: datetime) -> None:
        self.placement_id[part.leader.external_id] = apply(
            self.scene.session,
            self.scene.actor(part.leader),
            self.posting_id,
            motive=part.random.choice(self.said["motives"]),
            now=now,
        )

    def _decline(self, part: _Part, now: datetime) -> None:
        placement_id = self.placement_id[part.leader.external_id]
        decline(
            self.scene.session, self.scene.hr, placement_id, reason=part.place.declined, now=now
        )

    def _begin(self, part: _Part, now: datetime) -> None:
        here = self.placement_id.get(part.leader.external_id)
        if here is not None:
            self._answer(part, now)
            return
        self.placement_id[part.leader.external_id] = place(
            self.scene.session,
            self.scene.hr,
            PlaceSomebody(
                posting_id=self.posting_id,
                person_id=self.scene.person[part.leader.external_id],
                starts_on=self.starts_on,
            ),
            now=now,
        )

    def _answer(self, part: _Part, now: datetime) -> None:
        self._offer(part, now)
        session, placement_id = self.scene.session, self.placement_id[part.leader.external_id]
        accept(session, self.scene.actor(part.leader), placement_id, now=now)
        start(session, self.scene.actor(self.owner), placement_id, now=now)

    def _offer(self, part: _Part, now: datetime) -> None:
        placement_id = self._support(part, now)
        offer(self.scene.session, self.scene.actor(self.owner), placement_id, Offer(), now=now)

    def _list(self, part: _Part, now: datetime) -> None:
        placement_id = self._support(part, now)
        put_on_list(self.scene.session, self.scene.actor(self.owner), placement_id, now=now)

    def _support(self, part: _Part, now: datetime) -> int:
        placement_id = self.placement_id[part.leader.external_id]
        players, leader = self.scene.cast.players, part.leader
        manager = next(one for one in players if one.external_id == leader.manager)
        whose = frozenset({self.scene.person[leader.external_id]})
        word = part.random.choice(self.said["support"])
        support(
            self.scene.session,
            replace(self.scene.actor(manager), manages=whose),
            placement_id,
            Support(supports=True, word=word),
            now=now,
        )
        return placement_id

    def _end(self, part: _Part, now: datetime) -> None:
        placement_id = self.placement_id[part.leader.external_id]
        reason = self.posting.ended_early
        end_placement(
            self.scene.session,
            self.scene.hr,
            placement_id,
            EndPlacement(
                ended_on=now.date() if reason else self.ends_on, early=bool(reason), reason=reason
            ),
            now=now,
        )
        if DebriefKind.PEER in part.place.debriefs:
            name_peer(
                self.scene.session,
                self.scene.actor(part.leader),
                placement_id,
                self.scene.person[part.peer.external_id],
                now=now,
            )

    def _confirm(self, part: _Part, now: datetime) -> None:
        its, setting = self.posting, self.setting
        day = min(self.ends_on, now.date())
        confirm_outcome(
            self.scene.session,
            self.scene.actor(self.owner),
            self.placement_id[part.leader.external_id],
            ConfirmOutcome(
                delivered=its.delivered,
                proof=its.proof,
                contribution=part.place.contribution,
                outside=its.outside,
                observed=tuple(
                    ObservedLevel(
                        competency_id=setting.competency[key],
                        level=outcome_seen(
                            part.random,
                            self.scene.level(part.leader, key, day),
                            setting.lo,
                            setting.hi,
                        ),
                    )
                    for key in its.develops
                ),
            ),
            now=now,
        )

    def _debrief(self, part: _Part, kind: DebriefKind, now: datetime) -> None:
        authors = {
            DebriefKind.LEADER: part.leader,
            DebriefKind.SPONSOR: self.owner,
            DebriefKind.PEER: part.peer,
        }
        said = self.said[kind.value]
        write_debrief(
            self.scene.session,
            self.scene.actor(authors[kind]),
            self.placement_id[part.leader.external_id],
            WriteDebrief(
                outcome=part.random.choice(said["outcome"]),
                learned=part.random.choice(said["learned"]),
                next_action=part.random.choice(said["next_action"]),
            ),
            now=now,
        )

    def _count(self, now: datetime) -> None:
        count_what_waited(self.scene.session, now=now)

    def _at(self, random: Random, day: date, act: Act) -> None:
        self.scene.agenda.at(office_hours(random, day), act)
