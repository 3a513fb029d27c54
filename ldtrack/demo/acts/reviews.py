"""Reviews: one that a leader had made, one that a sponsor was given, one that waits for a yes.

Only what is said in them is settled here; printing is left to the job, as it always is.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from ldtrack.demo.agenda import office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.reviews.domain.kinds import Audience
from ldtrack.reviews.domain.rows import AskForReview
from ldtrack.reviews.links import Links
from ldtrack.reviews.service import agree, ask_for_review, printed

_NOTE = "Please look at the part on the handover project; I would like to talk about what is next."
_NO_FILE = "0" * 64
_WAITS = 3
"""Whose sponsor report waits for a yes: the leader of this place in the cast."""


def have_reviews_made(scene: Scene) -> None:
    """The first leader has both editions made; another one has not answered yet."""
    random = scene.chance("reviews")
    first, *others = scene.cast.leaders
    for leader, audience, days in (
        (first, Audience.SPONSOR, 9),
        (first, Audience.LEADER, 3),
        *(((others[_WAITS - 1], Audience.SPONSOR, 2),) if len(others) >= _WAITS else ()),
    ):
        asked_at = office_hours(random, scene.today - timedelta(days=days))
        scene.agenda.at(asked_at, partial(_ask, scene, leader, audience, leader is first))


def _ask(scene: Scene, leader: Player, audience: Audience, says_yes: bool, now: datetime) -> None:
    actor = scene.actor(leader)
    person_id = scene.person[leader.external_id]
    review_id = ask_for_review(
        scene.session, actor, AskForReview(person_id=person_id, audience=audience), now=now
    )
    if audience is Audience.SPONSOR and says_yes:
        answers_at = now + timedelta(days=1)
        scene.agenda.at(answers_at, partial(_agree, scene, leader, review_id))


def _agree(scene: Scene, leader: Player, review_id: int, now: datetime) -> None:
    # Only what was printed can be agreed to. The yes has it printed anew by the job, so that the
    # file named here is never asked for.
    links = Links(keys=(scene.rater_key,), base_url=scene.base_url)
    printed(scene.session, review_id, _NO_FILE, was_agreed=False, links=links, now=now)
    agree(scene.session, scene.actor(leader), review_id, _NOTE, now=now)
