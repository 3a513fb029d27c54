"""Watching every page while answers come in: nothing moves but HR's list of who has answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback.domain.commands import WrittenComment
from tests.infrastructure.feedback import USUAL_SCORES, RunningCycle, answer
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit, Visitor

_FRESH = re.compile(r'name="(?:csrf_token|idempotency_key)"[^>]*value="[^"]*"')


def seen_by(visitor: Visitor, addresses: list[str]) -> dict[str, tuple[int, str, dict[str, str]]]:
    """Each page byte for byte, with its headers; only what is new on every page is taken out."""
    found = {}
    for address in addresses:
        answer_ = visitor.get(address)
        headers = {k: v for k, v in answer_.headers.items() if k not in ("Date", "Set-Cookie")}
        found[address] = (answer_.status_code, _FRESH.sub("", answer_.text), headers)
    return found


@pytest.fixture
def pages(app: Flask, running: RunningCycle, acme: SmallOrganisation) -> list[str]:
    """Every page whose address needs no more than a person, a cycle, a subject and their like."""
    known = {
        "person_id": encode(acme.person["leader"]),
        "cycle_id": encode(running.id),
        "subject_id": encode(running.subject_id),
        "competency_id": encode(acme.competency["coaching-others"]),
        "invitation_id": encode(running.invitation["peer_1"]),
        "release_id": encode(running.subject_id),
    }

    def addresses() -> Iterator[str]:
        for rule in app.url_map.iter_rules():
            wanted = rule.arguments - {"filename", "digest"}
            if "GET" in (rule.methods or ()) and wanted == rule.arguments and wanted <= set(known):
                yield re.sub(r"<(?:\w+:)?(\w+)>", lambda m: known[m[1]], rule.rule)

    return sorted(set(addresses()))


def test_no_page_of_leader_coach_manager_or_sponsor_moves_by_a_byte(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    running: RunningCycle,
    pages: list[str],
) -> None:
    assert "/feedback" in pages
    watchers = {
        role: visit(acme.actor[role])
        for role in ("leader", "coach", "manager", "sponsor", "administrator", "other_coach")
    }
    for watcher in watchers.values():
        # The first opening of a day leaves a trace that the leader can read.
        seen_by(watcher, pages)
    before = {role: seen_by(watcher, pages) for role, watcher in watchers.items()}
    raters = [rater for rater in USUAL_SCORES if rater not in ("leader", "manager")]
    for rater in raters:
        with database.writing(acme.id) as session:
            answer(
                session,
                running,
                rater,
                USUAL_SCORES[rater],
                clock.now(),
                comments={"keep": WrittenComment(text=f"Marked words of {rater}")},
            )
    assert {role: seen_by(watcher, pages) for role, watcher in watchers.items()} == before


def test_hr_sees_who_has_answered_and_nothing_else_moves(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    running: RunningCycle,
    pages: list[str],
) -> None:
    hr = visit(acme.actor["hr"])
    before = seen_by(hr, pages)
    for score, moved in ((4, True), (1, False)):
        with database.writing(acme.id) as session:
            answer(session, running, "peer_1", score, clock.now())
        after = seen_by(hr, pages)
        changed = {address for address in pages if after[address] != before[address]}
        expected = {
            "/feedback/cycles",
            f"/feedback/cycles/{encode(running.id)}",
            f"/feedback/subjects/{encode(running.subject_id)}",
        }
        assert changed - {"/", "/today"} == (expected if moved else set())
        before = after
    assert "1 of 9" in hr.get("/feedback/cycles").text
