"""Nothing of what coach and leader say leaves by mail, by a job, by a file or by a search."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from tests.infrastructure.full_house import FullHouse
from tests.policy.callers import Call
from tests.policy.marks import MARK

SAID = {
    "shared-note",
    "private-note",
    "own-note",
    "draft-note",
    "ended-shared-note",
    "ended-private-note",
    "ended-action",
    "action-leader",
    "action-coach",
    "action-word",
    "appointment-word",
    "took-up",
}
_FILES = ("/people/file", "/courses/completions/file", "/pathways/enrolments/file")
_SEARCHES = ("/people", "/coaching/engagements", "/coaching/coaches", "/accounts")


def _said_in(text: str) -> set[str]:
    return {kind for _, kind in MARK.findall(text)} & SAID


def test_no_mail_and_no_job_carries_what_was_said(
    app: Flask, database: Database, full_house: FullHouse, clock: SetClock
) -> None:
    settings = app.extensions["ldtrack.settings"]
    work_off(Workshop(settings=settings, database=database, clock=clock), KINDS)
    mails = [path.read_text() for path in (Path(settings.instance) / "mail").glob("*.eml")]
    assert len(mails) > 5
    assert [_said_in(mail) for mail in mails if _said_in(mail)] == []


@pytest.mark.parametrize("name", ["hr", "manager", "sponsor", "administrator"])
def test_no_file_and_no_search_of_anybody_else_finds_what_was_said(
    name: str, app: Flask, call: Call, full_house: FullHouse
) -> None:
    browser = call(name).browser
    for path in _FILES:
        answer = browser.post(path, data={"as": "csv"})
        assert _said_in(answer.get_data(as_text=True)) == set(), path
    own = browser.post("/coaching/file").get_data(as_text=True)
    assert _said_in(own) == set()
    for path in _SEARCHES:
        # The beginning of every mark, which is none itself, so what the page says again is none.
        answer = browser.get(path, query_string={"q": "MARK-amara"})
        assert _said_in(answer.get_data(as_text=True)) == set(), path
