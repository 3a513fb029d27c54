"""Openings, placements in every state, an outcome, and everybody's look back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ldtrack.assignments import service as assignments
from ldtrack.assignments.domain import (
    Contribution,
    Develops,
    ObservedLevel,
    PostingKind,
    Stretch,
    WriteDebrief,
)
from tests.infrastructure.furnish.corner import Corner


def stretch_assignments(corner: Corner) -> None:
    session, hr, leader, now = (
        corner.session,
        corner.actor("hr"),
        corner.actor("leader"),
        corner.now,
    )
    finished = _placed(corner, "posting", ends_on=date(2026, 10, 30))
    assignments.name_peer(session, leader, finished, corner.person("peer_1"), now=now)
    assignments.confirm_outcome(
        session,
        corner.actor("manager"),
        finished,
        assignments.ConfirmOutcome(
            delivered=corner.mark("delivered"),
            proof=corner.mark("proof"),
            contribution=Contribution.LED,
            outside=corner.mark("outside"),
            observed=(
                ObservedLevel(competency_id=corner.competency("strategic-thinking"), level=3.8),
            ),
        ),
        now=now,
    )
    for key in ("leader", "manager", "peer_1"):
        said = corner.mark(f"debrief-{key.replace('_1', '')}")
        command = WriteDebrief(outcome=said, learned=said, next_action=said)
        assignments.write_debrief(session, corner.actor(key), finished, command, now=now)
    begun = _placed(corner, "posting-begun", ends_on=date(2026, 11, 13))
    draft = WriteDebrief(outcome=corner.mark("debrief-draft"), hand_in=False)
    assignments.write_debrief(session, leader, begun, draft, now=now)
    _placed(corner, "posting-running", ends_on=date(2027, 3, 31))
    wanted = _opening(corner, "posting-wanted", ends_on=date(2027, 6, 30))
    assignments.apply(session, leader, wanted, motive=corner.mark("motive"), now=now)
    refused = _opening(corner, "posting-refused", ends_on=date(2027, 6, 30))
    asked = assignments.apply(session, leader, refused, motive=corner.mark("motive"), now=now)
    assignments.decline(session, hr, asked, reason=corner.mark("decline-reason"), now=now)
    _in_every_state(corner)
    _before_and_after_being_open(corner)


def _before_and_after_being_open(corner: Corner) -> None:
    kinds = {PostingKind.PROJECT}
    assignments.be_open_to(corner.session, corner.actor("leader"), kinds, now=corner.now)
    session, now, hr, owner = (
        corner.session,
        corner.now,
        corner.actor("hr"),
        corner.actor("manager"),
    )
    ids = {}
    for state in ("draft", "proposed", "answered"):
        command = _command(corner, f"posting-{state}", ends_on=date(2027, 6, 30))
        ids[state] = assignments.draft_opening(session, owner, command)
        assignments.propose_opening(session, owner, ids[state], now=now)
    back = assignments.Answer(publish=False, word=corner.mark("sent-back-word"))
    assignments.answer_proposal(session, hr, ids["draft"], back, now=now)
    yes = assignments.Answer(publish=True, word=corner.mark("answer-word"))
    assignments.answer_proposal(session, hr, ids["answered"], yes, now=now)
    closed = _opening(corner, "posting-closed", ends_on=date(2027, 6, 30))
    why = assignments.CloseOpening(reason=corner.mark("close-reason"))
    assignments.close_opening(session, hr, closed, why, now=now)
    assignments.keep_as_template(session, hr, closed, corner.mark("template"))


def _in_every_state(corner: Corner) -> None:
    session, now, leader = corner.session, corner.now, corner.actor("leader")
    owner = replace(corner.actor("manager"), manages=frozenset({corner.person("leader")}))
    unasked = replace(owner, manages=frozenset())
    without = assignments.Offer(without_support=corner.mark("without-support"))
    placed = {}
    for state in ("listed", "offered", "accepted", "started", "paused"):
        opening = _opening(corner, f"posting-{state}", ends_on=date(2027, 6, 30))
        placed[state] = assignments.apply(
            session, leader, opening, motive=corner.mark("motive"), now=now
        )
    unsupported = assignments.Support(supports=False, word=corner.mark("support-word"))
    assignments.support(session, owner, placed["listed"], unsupported, now=now)
    assignments.put_on_list(session, owner, placed["listed"], now=now)
    for state in ("offered", "accepted", "started", "paused"):
        assignments.offer(session, unasked, placed[state], without, now=now)
    for state in ("accepted", "started", "paused"):
        assignments.accept(session, leader, placed[state], now=now)
    for state in ("started", "paused"):
        assignments.start(session, owner, placed[state], now=now)
    rests = corner.mark("pause-word")
    assignments.pause(session, owner, placed["paused"], word=rests, now=now)


def _opening(corner: Corner, kind: str, *, ends_on: date) -> int:
    command = _command(corner, kind, ends_on=ends_on)
    return assignments.post_opening(corner.session, corner.actor("hr"), command, now=corner.now)


def _command(corner: Corner, kind: str, *, ends_on: date) -> assignments.PostOpening:
    return assignments.PostOpening(
        title=corner.mark(kind),
        kind=PostingKind.PROJECT,
        description=corner.mark("posting-description"),
        owner_id=corner.person("manager"),
        sponsor_id=corner.person("report_3"),
        promised_outcome=corner.mark("promised"),
        measure=corner.mark("measure"),
        starts_on=date(2026, 5, 4),
        ends_on=ends_on,
        share_of_time=40,
        develops=(Develops(competency_id=corner.competency("strategic-thinking"), level=4),),
        stretch=Stretch(novelty=3, stakes=4),
    )


def _placed(corner: Corner, kind: str, *, ends_on: date) -> int:
    return assignments.place(
        corner.session,
        corner.actor("hr"),
        assignments.Place(
            posting_id=_opening(corner, kind, ends_on=ends_on),
            person_id=corner.person("leader"),
            starts_on=date(2026, 5, 4),
        ),
        now=corner.now,
    )
