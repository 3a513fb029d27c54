"""Whoever gets hold of the files finds nothing that somebody noted for themselves."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from ldtrack.coaching import service
from ldtrack.coaching.domain import CorrectSession, LogSession
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.seals import Seal
from ldtrack.db.session import Database
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit

MARKS = ("zebranote", "zebrachanged", "zebradraft", "zebraown", "zebraunshared")


def _files(folder: Path) -> dict[str, bytes]:
    """Everything in the folder: the database, its log, mails, documents."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_file_no_mail_and_no_log_holds_a_word_of_a_private_note(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    coach, held_on = acme.actor["coach"], date(2026, 11, 18)
    with database.writing(acme.id) as session:
        first = LogSession(held_on=held_on, minutes=60, shared_note="ours", private_note=MARKS[0])
        held = service.log_session(session, coach, engagement_id, first, now=clock.now())
    with database.writing(acme.id) as session:
        second = CorrectSession(
            held_on=held_on, minutes=60, shared_note="ours", private_note=MARKS[1]
        )
        service.correct_session(session, coach, held, second, now=clock.now())
        lines = {"private_note": [MARKS[2]], "shared_note": [MARKS[2]]}
        service.keep_draft(session, coach, engagement_id, lines, now=clock.now())
        service.write_own_note(session, acme.actor["leader"], held, MARKS[3])
    address = f"/coaching/sessions/{encode(held)}/own-note"
    leader = visit(acme.actor["leader"])
    assert MARKS[3] in leader.get(address).text
    database.seal = Seal(("another key",))
    assert leader.post(address, data={"body": MARKS[4]}).status_code == 503
    shop = Workshop(settings=app.extensions["ldtrack.settings"], database=database, clock=clock)
    work_off(shop, KINDS)
    everything = {**_files(tmp_path), "log": caplog.text.encode()}
    assert any(name.endswith(".db") for name in everything)
    assert any(b"ours" in content for content in everything.values())
    found = {
        (mark, name)
        for name, content in everything.items()
        for mark in MARKS
        if mark.encode() in content
    }
    assert found == set()
