"""Everybody who may come to the door, each with a browser and the ids that are theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import Asking
from ldtrack.assignments.links import Links as LookBackLinks
from ldtrack.assignments.models import Placement, Posting
from ldtrack.coaching.queries import own_feed
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.exchange.uploads import Uploads
from ldtrack.feedback.domain.keys import link_word
from ldtrack.feedback.models import Cycle, Pulse, Subject
from ldtrack.network.links import HOLDS_FOR, SeatLinks
from ldtrack.network.models import TriadMember
from ldtrack.people.service import sign_in
from ldtrack.reviews.domain.kinds import ReviewState
from ldtrack.reviews.domain.rows import LINK_LASTS, Sent
from ldtrack.reviews.models import Review
from ldtrack.reviews.shelf import Shelf
from tests.infrastructure.database import TODAY
from tests.infrastructure.feedback import RATER_KEY
from tests.infrastructure.full_house import AMARA, BEN, RIVAL, FullHouse
from tests.infrastructure.furnish.reviews import LINKS, printed_page
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import signed_in
from tests.policy.addresses import Things, things_of
from tests.policy.files import good_file

NOBODY = "nobody"
"""Who is not signed in."""
ACCOUNTS = (
    "hr",
    "coach",
    "other_coach",
    "leader",
    "other_leader",
    "manager",
    "sponsor",
    "administrator",
)


@dataclass(frozen=True, kw_only=True)
class Caller:
    """A browser, who is behind it as the application sees them, and what is theirs to ask for."""

    name: str
    browser: FlaskClient
    actor: Actor | None
    own: Things
    foreign: Things

    @property
    def is_rival(self) -> bool:
        """Whether they belong to the other organisation."""
        return self.name.startswith("rival ")


Call = Callable[[str], Caller]


@pytest.fixture
def call(app: Flask, database: Database, full_house: FullHouse, clock: SetClock) -> Call:
    """Nobody, one of the accounts, or one with "rival " before it, each with a browser."""
    return calls(app, database, full_house, clock)


def calls(app: Flask, database: Database, full_house: FullHouse, clock: SetClock) -> Call:
    """What the fixture gives, for whoever keeps an application for more than one test."""
    acme, rival = full_house.acme, full_house.rival
    things = {
        one.id: _things(database, one, _words(app, database, full_house, one, whose))
        for one, whose in ((acme, AMARA), (rival, RIVAL))
    }

    _fill_shelf(app)

    def enter(name: str) -> Caller:
        home, other = (rival, acme) if name.startswith("rival ") else (acme, rival)
        known = home.actor.get(name.removeprefix("rival "))
        browser = signed_in(app, database, known, clock.now()) if known else app.test_client()
        return Caller(
            name=name,
            browser=browser,
            actor=_as_seen(database, browser, clock) if known else None,
            own=things[home.id],
            foreign=things[other.id],
        )

    return enter


_PEOPLE = ("leader", "other_leader", "coach", "manager")
"""Whose pages are opened: those who have been given something, and two who have not."""


def _things(database: Database, home: SmallOrganisation, words: Mapping[str, list[str]]) -> Things:
    every = things_of(database, home.id)
    people = [home.person[key] for key in _PEOPLE]
    return Things(ids={**every.ids, "person": people}, words=words)


def _as_seen(database: Database, browser: FlaskClient, clock: SetClock) -> Actor:
    with browser.session_transaction() as cookie:
        token = str(cookie["_user_id"])
    with database.reading() as session:
        found = sign_in.signed_in(session, token=token, now=clock.now())
    assert found is not None
    return found.actor


def _words(
    app: Flask, database: Database, house: FullHouse, home: SmallOrganisation, whose: str
) -> Mapping[str, list[str]]:
    """Words of links to questionnaires and reviews, and of files that wait for HR's yes."""
    return {
        "coaching.word": [calendar_word(database, home, whose)],
        "exchange.token": list(_waiting_files(app, home, whose)),
        "network.token": [seat_word(database, home, whose)],
        "reviews.token": [shared_review(database, home)],
        "assignments.token": [look_back_word(database, home, whose)],
        "feedback.word": list(link_words(database, house, home, whose).values()),
        "feedback.token": list(pulse_words(database, house, home, whose).values()),
    }


def _waiting_files(app: Flask, home: SmallOrganisation, whose: str) -> Iterator[str]:
    about: dict[str, dict[str, str]] = {
        "ratings": {"framework": str(home.framework_version_id), "closed_on": "2026-01-30"},
        "norms": {
            "framework": str(home.framework_version_id),
            "source": "A publisher",
            "population": "Managers",
            "n_leaders": "900",
            "as_of": "2026-01-30",
        },
        "frameworks": {},
        "statements": {},
        "programmes": {},
        "roles": {},
        "courses": {},
        "pathways": {},
    }
    for kind, told in about.items():
        raw = good_file(kind)[0].read()
        yield Uploads(Path(app.instance_path) / "uploads").keep(
            home.actor["hr"],
            raw.replace(b"Zoe", f"MARK-{whose}-upload".encode()),
            kind=kind,
            name=f"MARK-{whose}-file",
            now=TODAY,
            told=told,
        )


def _fill_shelf(app: Flask) -> None:
    shelf = Shelf(app.extensions["ldtrack.settings"].documents)
    for whose in (AMARA, BEN, RIVAL):
        for kind in ("leader", "waiting", "agreed"):
            shelf.put(printed_page(f"MARK-{whose}-review-{kind}"))


def shared_review(database: Database, home: SmallOrganisation) -> str:
    """The word of the link that was mailed to the sponsor."""
    with database.reading(home.id) as session:
        shared = session.scalars(select(Review).where(Review.state == ReviewState.AGREED)).one()
    until = TODAY.date() + LINK_LASTS
    sent = Sent(review_id=shared.id, sponsor_id=shared.sponsor_id or 0, until=until)
    return LINKS.token(sent)


def look_back_word(database: Database, home: SmallOrganisation, whose: str) -> str:
    """The word of the link to look back on what has begun to be looked back on."""
    with database.reading(home.id) as session:
        placement_id = session.scalars(
            select(Placement.id)
            .join(Posting, Posting.id == Placement.posting_id)
            .where(Posting.title == f"MARK-{whose}-posting-begun")
        ).one()
    asking = Asking(
        placement_id=placement_id, person_id=home.person["report_3"], until=TODAY.date()
    )
    return LookBackLinks(keys=LINKS.keys).token(asking)


def calendar_word(database: Database, home: SmallOrganisation, whose: str) -> str:
    """The word in the address of the leader's calendar."""
    actor = home.actor["other_leader" if whose == BEN else "leader"]
    with database.reading(home.id) as session:
        return own_feed(session, actor) or ""


def seat_word(database: Database, home: SmallOrganisation, whose: str) -> str:
    """The word of the link by which somebody from outside takes their seat."""
    with database.reading(home.id) as session:
        wanted = select(TriadMember.id).where(
            TriadMember.outside_email == f"{whose}@outside.example", TriadMember.seat == 3
        )
        member_id = session.scalars(wanted).one()
    links = SeatLinks(keys=("for the tests only",))
    return links.token(member_id, TODAY.date() + HOLDS_FOR)


def link_words(
    database: Database, house: FullHouse, home: SmallOrganisation, whose: str
) -> dict[str, str]:
    """The word of each rater's link to the open cycle, by the key of the rater."""
    asked = house.invitation[whose]
    with database.reading(home.id) as session:
        name = f"MARK-{whose}-cycle-open"
        key = (
            session.scalars(
                select(Subject.key)
                .join(Cycle, Cycle.id == Subject.cycle_id)
                .where(Cycle.name == name)
            ).one()
            or b""
        )
    return {rater: link_word(RATER_KEY, key, id_) for rater, id_ in asked.items()}


def pulse_words(
    database: Database, house: FullHouse, home: SmallOrganisation, whose: str
) -> dict[str, str]:
    """The word of each link to the open pulse, by the key of the person."""
    asked = house.pulse_invitation[whose]
    with database.reading(home.id) as session:
        name = f"MARK-{whose}-pulse-open"
        key = session.scalars(select(Pulse.key).where(Pulse.name == name)).one() or b""
    return {person: link_word(RATER_KEY, key, id_) for person, id_ in asked.items()}
