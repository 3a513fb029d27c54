"""Every page that others have still opens after somebody was erased, and names them no more."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from ldtrack.access.domain import at_the_console
from ldtrack.assignments.models import Posting
from ldtrack.cli.erasing import erase_everywhere
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.people.queries import people_named
from tests.infrastructure.feedback import RATER_KEY
from tests.infrastructure.full_house import FullHouse
from tests.policy.addresses import addresses, is_public, rules
from tests.policy.callers import Call, Caller

_ANSWERS = {200, 303, 403, 404, 409}


def _erase(database: Database, house: FullHouse, key: str, clock: SetClock) -> str:
    """Have their openings handed over, and erase somebody. Returns what they were called."""
    acme = house.acme
    person_id, heir = acme.person[key], acme.person["report_3" if key == "hr" else "hr"]
    with database.writing(acme.id) as session:
        name = people_named(session, [person_id])[person_id].name
        session.execute(update(Posting).where(Posting.owner_id == person_id).values(owner_id=heir))
        erase_everywhere(
            session, at_the_console(acme.id), person_id, rater_key=RATER_KEY, now=clock.now()
        )
    return name


def _walk(app: Flask, one: Caller, names: list[str]) -> list[str]:
    """Pages that fail, or that still name somebody."""
    wrong = []
    for rule in rules(app, "GET"):
        if not is_public(app, rule.endpoint):
            for at in addresses(rule, one.own, one.foreign):
                if at.whose == "own":
                    answer = one.browser.get(at.path)
                    if answer.status_code not in _ANSWERS:
                        wrong.append(f"{at.path} answers {answer.status_code}")
                    page = answer.get_data(as_text=True)
                    wrong += [f"{at.path} names {name}" for name in names if name in page]
    return wrong


@pytest.mark.parametrize(
    ("erased", "readers"),
    [(("coach", "manager", "sponsor", "peer_1"), ("leader", "hr")), (("hr",), ("leader", "coach"))],
)
def test_every_page_of_others_opens_after_somebody_was_erased(
    erased: tuple[str, ...],
    readers: tuple[str, ...],
    app: Flask,
    call: Call,
    database: Database,
    full_house: FullHouse,
    clock: SetClock,
) -> None:
    browsers = [call(reader) for reader in readers]
    names = [_erase(database, full_house, key, clock) for key in erased]
    assert [wrong for one in browsers for wrong in _walk(app, one, names)] == []


def test_what_stays_says_whom_it_was_from_without_a_name(
    call: Call, database: Database, full_house: FullHouse, clock: SetClock
) -> None:
    leader, hr = call("leader").browser, call("hr").browser
    for key in ("coach", "manager", "sponsor"):
        _erase(database, full_house, key, clock)
    coaching = leader.get("/coaching").get_data(as_text=True)
    assert "Your coaching has ended" in coaching
    assert "MARK-amara-shared-note" in coaching
    assert "Only you can read this" in coaching
    assert "A former colleague" in leader.get("/short-feedback").get_data(as_text=True)
    assert "A former coach" in hr.get("/coaching/engagements?show=ended").get_data(as_text=True)
