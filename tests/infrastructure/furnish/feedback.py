"""Four 360 cycles about the leader: released, with the coach, open with one answer, and a draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ldtrack.feedback import service
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.moderation import HidingReason
from ldtrack.feedback.domain.rows import Sharing
from ldtrack.feedback.queries import first_reading
from ldtrack.feedback.queries.moderation import to_moderate
from ldtrack.feedback.service.pulses import ask_about_process, open_process_pulses
from tests.infrastructure.feedback import RATER_KEY, RunningCycle, answer, delivery, set_up
from tests.infrastructure.furnish.corner import Corner
from tests.infrastructure.furnish.pulses import process_of

RATERS = {
    "leader": "self",
    "manager": "manager",
    "peer_1": "peer",
    "peer_2": "peer",
    "peer_3": "peer",
    "peer_4": "peer",
}
SCORES = dict(zip(RATERS, (5, 4, 4, 3, 4, 5), strict=True))
SPRING = datetime(2026, 3, 2, 9, tzinfo=UTC)
SUMMER = datetime(2026, 7, 6, 9, tzinfo=UTC)


def cycles(corner: Corner) -> dict[str, int]:
    """All four; returns the invitations to the open one by the key of the rater."""
    spring = replace(corner, now=SPRING)
    released = _closed(spring, "released", asks_how_it_was=True)
    process_of(spring, released)
    service.pass_on(corner.session, corner.actor("coach"), released.subject_id, now=corner.now)
    _heard(corner, released)
    _hold_one_back(corner, _closed(replace(corner, now=SUMMER), "unreleased"))
    running = _opened(corner, "open")
    _answered(corner, running, "open", ["peer_1"])
    _set_up(corner, "draft")
    return running.invitation


def _set_up(corner: Corner, word: str) -> RunningCycle:
    return set_up(
        corner.session,
        corner.organisation,
        corner.now,
        name=corner.mark(f"cycle-{word}"),
        closes_on=corner.now.date() + timedelta(days=14),
        raters=RATERS,
    )


def _opened(corner: Corner, word: str) -> RunningCycle:
    running = _set_up(corner, word)
    hr, now = corner.actor("hr"), corner.now
    service.open_cycle(corner.session, hr, running.id, now=now, delivery=delivery())
    return running


def _closed(corner: Corner, word: str, *, asks_how_it_was: bool = False) -> RunningCycle:
    session, now = corner.session, corner.now
    running = _opened(corner, word)
    _answered(corner, running, word, RATERS)
    if asks_how_it_was:
        ask_about_process(session, corner.actor("hr"), running.id, now=now)
    service.close_cycle(session, running.id, RATER_KEY, now)
    open_process_pulses(session, running.id, now=now, delivery=delivery())
    return running


def _answered(corner: Corner, running: RunningCycle, word: str, raters: Iterable[str]) -> None:
    """Comments to "keep" may be read by everybody who reads the report, those to "less" may not."""
    for rater in raters:
        comments = {
            "keep": WrittenComment(text=corner.mark(f"comment-{word}-{RATERS[rater]}")),
            "less": WrittenComment(
                text=corner.mark(f"comment-{word}-for-the-coach"), sharing=Sharing.COACH_ONLY
            ),
        }
        answer(corner.session, running, rater, SCORES[rater], corner.now, comments=comments)


def _heard(corner: Corner, released: RunningCycle) -> None:
    coach = corner.actor("coach")
    release_id = first_reading(corner.session, coach, released.subject_id).release_id
    leader, words = corner.actor("leader"), corner.mark("heard")
    service.write_heard(corner.session, leader, release_id, words, shared=True)


def _hold_one_back(corner: Corner, waiting: RunningCycle) -> None:
    """One of the peers' comments; the others stay."""
    coach, subject_id = corner.actor("coach"), waiting.subject_id
    line = next(
        line
        for line in to_moderate(corner.session, coach, subject_id).comments
        if line.group == "Peers"
    )
    service.hide_comment(
        corner.session, coach, subject_id, line.place, HidingReason.TELLS, now=corner.now
    )
