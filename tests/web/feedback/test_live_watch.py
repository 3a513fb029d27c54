"""Watching every page from the first draft to the report: nobody sees more than is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from ldtrack.access.domain import Role
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback import service
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.queries.answering import by_id
from ldtrack.people.service.accounts import open_account
from tests.infrastructure.feedback import RATER_KEY, USUAL_SCORES, RunningCycle, answer
from tests.infrastructure.organisation import PASSWORD, QUICK, SmallOrganisation
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


WATCHERS = ("leader", "coach", "manager", "sponsor", "administrator", "other_coach")
"""Everybody with a role but HR; the manager is a rater too."""


Seen = dict[str, dict[str, tuple[int, str, dict[str, str]]]]


@dataclass(frozen=True, kw_only=True)
class Watch:
    """People with their pages open, and a rater with the link from the mail."""

    visitors: dict[str, Visitor]
    pages: list[str]
    word: str

    def seen(self) -> Seen:
        by_link = [f"/r/{self.word}", f"/r/{self.word}/1"]
        return {
            role: seen_by(visitor, by_link if role == BY_LINK else self.pages)
            for role, visitor in self.visitors.items()
        }

    def moved_since(self, before: Seen) -> tuple[dict[str, set[str]], Seen]:
        """By watcher, the pages that are not as they were, and everything as it is now."""
        now = self.seen()
        moved = {
            role: {page for page, old in pages.items() if now[role][page] != old}
            for role, pages in before.items()
        }
        return {role: pages for role, pages in moved.items() if pages}, now


BY_LINK = "a rater by link"


@pytest.fixture
def watch(
    app: Flask,
    database: Database,
    visit: Visit,
    acme: SmallOrganisation,
    pages: list[str],
    words: dict[str, str],
) -> Watch:
    """All of them, each with every page opened once before.

    The first opening of a day leaves a trace that the leader can read.
    """
    actors = {role: acme.actor[role] for role in (*WATCHERS, "hr")}
    with database.writing(acme.id) as session:
        account = open_account(
            session,
            email="peer_2.account@example.org",
            password=PASSWORD,
            roles=frozenset({Role.LEADER}),
            person_id=acme.person["peer_2"],
            hasher=QUICK,
        )
    rater = replace(acme.actor["other_leader"], account_id=account, person_id=acme.person["peer_2"])
    visitors = {role: visit(actor) for role, actor in actors.items()} | {"a peer": visit(rater)}
    by_link = app.test_client()
    assert isinstance(by_link, Visitor)
    found = Watch(visitors={**visitors, BY_LINK: by_link}, pages=pages, word=words["peer_2"])
    found.seen()
    return found


def test_no_page_moves_by_a_byte_while_answers_are_begun_and_sent(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    running: RunningCycle,
    watch: Watch,
) -> None:
    assert "/feedback" in watch.pages
    before = watch.seen()
    assert before[BY_LINK][f"/r/{watch.word}/1"][0] == 200
    with database.writing(acme.id) as session:
        for rater in ("peer_1", "peer_3", "report_1"):
            begin(session, running, rater, clock)
    moved, _ = watch.moved_since(before)
    assert moved == {}
    for rater in USUAL_SCORES:
        if rater not in ("leader", "manager", "peer_2"):
            with database.writing(acme.id) as session:
                answer(
                    session,
                    running,
                    rater,
                    USUAL_SCORES[rater],
                    clock.now(),
                    comments={"keep": WrittenComment(text=f"Marked words of {rater}")},
                )
    moved, _ = watch.moved_since(before)
    assert moved.keys() == {"hr"}


def begin(session: Session, running: RunningCycle, rater: str, clock: SetClock) -> None:
    """Save a first answer without sending anything."""
    asked = by_id(session, running.invitation[rater], rater_key=RATER_KEY, today=clock.now().date())
    first = running.form.items[0].id
    service.save_scores(session, asked, running.form, {first: 2}, items=[first], now=clock.now())


def test_only_the_leader_and_hr_learn_that_somebody_declined(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    running: RunningCycle,
    watch: Watch,
) -> None:
    before = watch.seen()
    with database.writing(acme.id) as session:
        asked = by_id(
            session, running.invitation["peer_1"], rater_key=RATER_KEY, today=clock.now().date()
        )
        service.decline(session, asked, "I hardly know her.", now=clock.now(), base_url=None)
    moved, now = watch.moved_since(before)
    assert moved.keys() <= {"leader", "hr"}
    assert "I hardly know her." not in str(now["leader"])


def test_only_whoever_reads_it_first_sees_anything_new_when_a_report_is_made(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    running: RunningCycle,
    watch: Watch,
) -> None:
    """The moderator, then the coach. HR and the leader see where it is, and nothing of it."""
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        service.name_moderator(session, hr, running.id, acme.person["other_coach"], now=clock.now())
        for rater in USUAL_SCORES:
            answer(
                session,
                running,
                rater,
                USUAL_SCORES[rater],
                clock.now(),
                comments={"keep": WrittenComment(text=f"Marked words of {rater}")},
            )
        assert service.end_some(session, running.id, RATER_KEY, clock.now()) == 0
    closed = watch.seen()
    with database.writing(acme.id) as session:
        assert service.release_some(session, running.id, now=clock.now()) == 0
    moved, made = watch.moved_since(closed)
    assert moved.keys() == {"other_coach", "hr"}
    with database.writing(acme.id) as session:
        service.name_moderator(session, hr, running.id, None, now=clock.now())
    moved, passed_on = watch.moved_since(made)
    assert moved.keys() == {"coach", "other_coach", "hr", "leader"}
    assert [role for role, pages in passed_on.items() if "Marked words" in str(pages)] == ["coach"]


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
