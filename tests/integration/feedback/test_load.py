"""How often somebody is asked counts for the person, by whichever address they are asked."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import RuleBroken
from ldtrack.db.session import Database
from ldtrack.feedback import service
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.queries.nominating import planned_requests, requests_in_quarter
from ldtrack.people.models import Account, Organisation, Person
from tests.infrastructure.feedback import delivery, opened, set_up
from tests.infrastructure.organisation import SmallOrganisation

SIGNS_IN = "maya@home.example"
RECORDED = "maya.singh@example.org"

BEFORE: dict[str, dict[str, Any]] = {
    "by name": {"person": True},
    "by the recorded address": {"email": RECORDED},
    "in capitals": {"email": " Maya.SINGH@Example.Org "},
    "where they sign in": {"email": SIGNS_IN},
    "where they sign in, in capitals": {"email": "MAYA@home.example"},
    "by name, before the record changed": {"person": True, "moved": True},
}
"""How the manager was asked before."""


def _asked_before(
    session: Session, acme: SmallOrganisation, clock: SetClock, how: dict[str, Any]
) -> None:
    """The manager, who signs in at an address of their own, is asked in another cycle."""
    maya = acme.person["manager"]
    account = session.scalars(select(Account).where(Account.person_id == maya)).one()
    account.email = SIGNS_IN
    session.flush()
    asked = (
        AskRater(group_key="peer", person_id=maya)
        if "person" in how
        else AskRater(group_key="peer", name="Maya", email=how["email"])
    )
    other = set_up(session, acme, clock.now(), name="Another", raters={})
    service.invite(session, acme.actor["hr"], other.subject_id, asked, now=clock.now())
    service.open_cycle(session, acme.actor["hr"], other.id, now=clock.now(), delivery=delivery())
    if "moved" in how:
        session.get_one(Person, maya).email = "maya.new@example.org"
        session.flush()


@pytest.mark.parametrize("how", BEFORE.values(), ids=BEFORE)
def test_whoever_was_asked_by_another_address_of_theirs_is_not_asked_beyond_the_limit(
    database: Database, acme: SmallOrganisation, clock: SetClock, how: dict[str, Any]
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        _asked_before(session, acme, clock, how)
        running = opened(session, acme, clock.now(), raters={"peer_2": "peer"})
        session.get_one(Organisation, acme.id).rater_budget = 1
        record = session.get_one(Person, acme.person["manager"]).email
        for again in (
            AskRater(group_key="peer", person_id=acme.person["manager"]),
            AskRater(group_key="peer", name="M", email=record.upper()),
            AskRater(group_key="peer", name="M", email=SIGNS_IN.upper()),
        ):
            with pytest.raises(RuleBroken, match="is asked for 1 questionnaires this quarter"):
                service.ask_rater(
                    session, hr, running.subject_id, again, now=clock.now(), delivery=delivery()
                )
        free = AskRater(group_key="peer", name="Olga", email="olga@client.example")
        service.ask_rater(
            session, hr, running.subject_id, free, now=clock.now(), delivery=delivery()
        )


@pytest.mark.parametrize("how", BEFORE.values(), ids=BEFORE)
def test_the_launch_check_and_the_spread_count_the_person_too(
    database: Database, acme: SmallOrganisation, clock: SetClock, how: dict[str, Any]
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        _asked_before(session, acme, clock, how)
        session.get_one(Organisation, acme.id).rater_budget = 1
        draft = set_up(session, acme, clock.now(), raters={"manager": "manager"})
        found = service.launch_check(session, hr, draft.id, now=clock.now())
        said = [problem.sentence for problem in found]
        record = session.get_one(Person, acme.person["manager"]).email
        asks = [one.asks for one in planned_requests(session, hr, clock.today())]
    assert "Maya Singh would be asked for 2 questionnaires in this quarter; the limit is 1." in said
    assert asks == [(record,), (record,)]


def test_strangers_who_share_nothing_are_counted_apart(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(rival.id) as session:
        opened(session, rival, clock.now(), raters={"manager": "manager"})
    with database.writing(acme.id) as session:
        _asked_before(session, acme, clock, BEFORE["where they sign in"])
        wanted = [RECORDED, SIGNS_IN, "olga@client.example", "maya.singh@rival.example"]
        counted = requests_in_quarter(session, wanted, clock.today())
    assert counted == {RECORDED: 1, SIGNS_IN: 1}
