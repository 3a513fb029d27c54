"""Nothing of a private note reaches anybody but its author: no word, no length, no trace of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from ldtrack.access.domain import Actor
from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import CorrectSession, LogSession, NewAction, SetMilestone
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.ui.addresses import IdConverter
from tests.infrastructure.milestones import agreed_milestone
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit, Visitor

PRIVATE, BEGUN = "zebraprivate " * 7, "zebradraft " * 7
SHARED, PROMISED, AGREED = "okapishared", "okapiaction", "okapimilestone"
HELD = date(2026, 11, 18)
_KEYS = re.compile(r'name="(idempotency_key|csrf_token)" (type="hidden" )?value="[^"]*"')


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A session whose private note can be written and taken away again."""

    engagement_id: int
    session_id: int
    milestone_id: int
    action_id: int


@pytest.fixture
def planted(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> Planted:
    """A session with everything but private notes."""
    coach, leader_id = acme.actor["coach"], acme.person["leader"]
    with database.writing(acme.id) as session:
        milestone = SetMilestone(
            person_id=leader_id,
            competency_id=acme.competency["coaching-others"],
            title=AGREED,
            level=3,
        )
        milestone_id = agreed_milestone(
            session, coach, acme.actor["leader"], milestone, now=clock.now()
        )
        command = LogSession(
            held_on=HELD,
            minutes=60,
            shared_note=SHARED,
            milestones_met=(milestone_id,),
            new_actions=(NewAction(owner_id=leader_id, text=PROMISED),),
        )
        held = service.log_session(session, coach, engagement_id, command, now=clock.now())
        [action] = queries.actions_of(session, coach, leader_id)
    return Planted(
        engagement_id=engagement_id,
        session_id=held,
        milestone_id=milestone_id,
        action_id=action.id,
    )


def _write_privately(
    database: Database, acme: SmallOrganisation, clock: SetClock, planted: Planted
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        command = CorrectSession(held_on=HELD, minutes=60, shared_note=SHARED, private_note=PRIVATE)
        service.correct_session(session, coach, planted.session_id, command, now=clock.now())
        lines = {"private_note": [BEGUN]}
        service.keep_draft(session, coach, planted.engagement_id, lines, now=clock.now())


def _pages(
    app: Flask, visitor: Visitor, acme: SmallOrganisation, planted: Planted
) -> dict[str, str]:
    """Every page there is, at the addresses that concern the leader, as this visitor sees it."""
    known = {
        "engagement_id": planted.engagement_id,
        "session_id": planted.session_id,
        "milestone_id": planted.milestone_id,
        "action_id": planted.action_id,
        "competency_id": acme.competency["coaching-others"],
    }
    found: dict[str, str] = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in {"static", "stylesheet"}:
            continue
        built = rule.build(
            {
                name: _value(rule, name, known.get(name, acme.person["leader"]))
                for name in rule.arguments
            }
        )
        if built is not None:
            answer = visitor.get(built[1])
            found[built[1]] = f"{answer.status_code} {_KEYS.sub('', answer.text)}"
    return found


def _value(rule: Rule, name: str, wanted: int) -> int | str:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    if isinstance(converter, IntegerConverter):
        return 1
    return wanted if isinstance(converter, IdConverter) else encode(wanted)


def _everybody(acme: SmallOrganisation, rival: SmallOrganisation) -> dict[str, Actor]:
    others = {name: actor for name, actor in acme.actor.items() if name != "coach"}
    return others | {"rival coach": rival.actor["coach"], "rival hr": rival.actor["hr"]}


def test_every_page_of_everybody_else_is_the_same_with_and_without_a_private_note(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    clock: SetClock,
    planted: Planted,
) -> None:
    visitors = {name: visit(actor) for name, actor in _everybody(acme, rival).items()}
    for one in visitors.values():
        # The first opening of a day leaves a trace that the leader can read.
        _pages(app, one, acme, planted)
    before = {name: _pages(app, one, acme, planted) for name, one in visitors.items()}
    _write_privately(database, acme, clock, planted)
    after = {name: _pages(app, one, acme, planted) for name, one in visitors.items()}
    assert len(before["leader"]) > 10
    for name, pages in after.items():
        assert pages == before[name], name
        assert [at for at, page in pages.items() if "zebra" in page] == [], name


def test_the_author_reads_their_private_note_where_it_belongs(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    planted: Planted,
) -> None:
    _write_privately(database, acme, clock, planted)
    pages = _pages(app, visit(acme.actor["coach"]), acme, planted)
    assert {at for at, page in pages.items() if "zebra" in page} == {
        f"/people/{encode(acme.person['leader'])}/coaching",
        f"/coaching/sessions/{encode(planted.session_id)}/correct",
        f"/coaching/sessions/{encode(planted.session_id)}/own-note",
        f"/coaching/engagements/{encode(planted.engagement_id)}/sessions/new",
        "/coaching/private-notes",
    }


def test_what_coach_and_leader_share_reaches_nobody_else(
    app: Flask,
    visit: Visit,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    planted: Planted,
) -> None:
    own = _pages(app, visit(acme.actor["leader"]), acme, planted)["/coaching"]
    assert [word in own for word in (SHARED, PROMISED, AGREED)] == [True, True, True]
    for name, actor in _everybody(acme, rival).items():
        if name == "leader":
            continue
        pages = _pages(app, visit(actor), acme, planted)
        assert [at for at, page in pages.items() if "okapi" in page] == [], name


def test_once_the_coaching_has_ended_the_author_reads_their_notes_and_nothing_else(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    planted: Planted,
) -> None:
    _write_privately(database, acme, clock, planted)
    visit(acme.actor["hr"]).post(f"/coaching/engagements/{encode(planted.engagement_id)}/end")
    pages = _pages(app, visit(acme.actor["coach"]), acme, planted)
    assert [at for at, page in pages.items() if "zebra" in page] == ["/coaching/private-notes"]
    assert [at for at, page in pages.items() if "okapi" in page] == []
    assert (PRIVATE.strip() in pages["/coaching/private-notes"]) is True
