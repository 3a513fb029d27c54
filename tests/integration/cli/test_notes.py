"""The key of private notes is changed, and what the old one sealed is sealed anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import LogSession, OpenEngagement
from ldtrack.core.clock import SystemClock
from ldtrack.db.seals import Seal
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.sealing import NOTES_KEY
from tests.integration.cli.conftest import Run


def test_a_new_key_seals_what_the_old_one_did(
    run: Run,
    instance: Path,
    database: Database,
    acme: SmallOrganisation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, coach = SystemClock().now(), acme.actor["coach"]
    pair = OpenEngagement(
        coach_id=acme.person["coach"],
        person_id=acme.person["leader"],
        starts_on=date(2026, 1, 1),
        sessions_agreed=6,
    )
    with database.writing(acme.id) as session:
        one = service.open_engagement(session, acme.actor["hr"], pair, now=now)
        held = LogSession(
            held_on=now.date(), minutes=60, unsigned_reason="It could not wait", private_note="Mine"
        )
        session_id = service.log_session(session, coach, one, held, now=now)
    (instance / "notes_key").write_text("a new key")
    alone = run("notes", "reseal")
    assert alone.exit_code == 1
    assert "1 open with no key that is here." in str(alone.exception)
    monkeypatch.setenv("LDTRACK_NOTES_KEY_FALLBACKS", NOTES_KEY)
    both = run("notes", "reseal")
    assert both.stdout == "Sealed with the key in force: 1 notes, 0 drafts.\n"
    database.seal = Seal(("a new key",))
    with database.reading(acme.id) as session:
        assert queries.own_note(session, coach, session_id).body == "Mine"
