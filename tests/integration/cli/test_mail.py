"""`ldtrack mail returned` as the pipe of a mail server would run it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from ldtrack.cli import ldtrack
from ldtrack.core.clock import SystemClock
from ldtrack.core.errors import RuleBroken
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.outbox.domain import MessageState
from ldtrack.outbox.models import Message
from ldtrack.outbox.service import post
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.returned import OUT_OF_OFFICE, POSTFIX, report


def _piped(raw: bytes) -> Result:
    return CliRunner().invoke(ldtrack, ["mail", "returned"], input=raw)


def _posted(database: Database, acme: SmallOrganisation) -> str:
    with database.writing(acme.id) as session:
        return encode(
            post(
                session,
                to_address="a@b.example",
                subject="x",
                body="y",
                due_at=SystemClock().now(),
            )
        )


def _state(database: Database, acme: SmallOrganisation) -> MessageState:
    with database.reading(acme.id) as session:
        return MessageState(session.scalars(select(Message.state)).one())


def test_a_report_on_standard_input_is_noted(database: Database, acme: SmallOrganisation) -> None:
    done = _piped(report(POSTFIX, _posted(database, acme)))
    assert (done.exit_code, done.stdout) == (0, "The report was read.\n")
    assert _state(database, acme) is MessageState.FAILED


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", OUT_OF_OFFICE.encode()])
def test_anything_else_is_refused_by_a_sentence_and_notes_nothing(
    database: Database, acme: SmallOrganisation, raw: bytes
) -> None:
    _posted(database, acme)
    done = _piped(raw)
    assert isinstance(done.exception, RuleBroken)
    assert str(done.exception).startswith("This is not a report of a mail server")
    assert _state(database, acme) is MessageState.WAITING


def test_the_folder_of_the_settings_is_read_when_asked(
    instance: Path, database: Database, acme: SmallOrganisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("new", "cur", "tmp"):
        (instance / "returned" / place).mkdir(parents=True)
    mail = instance / "returned" / "new" / "1763629452.M1.mx"
    mail.write_bytes(report(POSTFIX, _posted(database, acme)))
    monkeypatch.setenv("LDTRACK_BOUNCES", str(instance / "returned"))
    done = CliRunner().invoke(ldtrack, ["mail", "returned", "--folder"])
    assert (done.exit_code, done.stdout, mail.exists()) == (0, "1 report was read.\n", False)
    assert _state(database, acme) is MessageState.FAILED
