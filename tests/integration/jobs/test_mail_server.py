"""A mail server that says no, over a real socket: for now, and for good."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.outbox.domain import MessageState
from ldtrack.outbox.models import Message
from ldtrack.outbox.service import post
from tests.infrastructure.organisation import SmallOrganisation

_NOT_NOW = "451 4.7.1 greylisted, try again later"
_NEVER = "550 5.1.1 no such user"


@contextmanager
def mail_server(*answers: str) -> Iterator[str]:
    """A server that answers so to one recipient after another; gives its address."""
    left = list(answers)

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            for line in self.rfile:
                word = line[:4].upper()
                if word == b"RCPT":
                    self._say(left.pop(0))
                elif word == b"DATA":
                    self._say("354 go on")
                    while self.rfile.readline() != b".\r\n":
                        pass
                    self._say("250 taken")
                elif word == b"QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 yes")

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"smtp://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def _tried(
    database: Database, acme: SmallOrganisation, clock: SetClock, tmp_path: Path, *answers: str
) -> list[tuple[MessageState, int]]:
    """How a letter stands after each try, an hour apart, until it is not tried again."""
    with database.writing(acme.id) as session:
        post(session, to_address="a@b.example", subject="x", body="y", due_at=clock.now())
    stands = []
    with mail_server(*answers) as address:
        settings = Settings(
            instance=tmp_path, secret_key="for tests", rater_key="for tests", mail=address
        )
        workshop = Workshop(settings=settings, database=database, clock=clock)
        while work_off(workshop, {}):
            with database.reading(acme.id) as session:
                state, tries = session.execute(select(Message.state, Message.tries)).one()
            stands.append((MessageState(state), tries))
            clock.instant += timedelta(hours=1)
    return stands


def test_a_letter_that_is_refused_for_now_is_tried_again_and_arrives(
    database: Database, acme: SmallOrganisation, clock: SetClock, tmp_path: Path
) -> None:
    assert _tried(database, acme, clock, tmp_path, _NOT_NOW, "250 yes") == [
        (MessageState.WAITING, 1),
        (MessageState.SENT, 2),
    ]


def test_a_letter_that_is_refused_for_now_every_time_is_given_up_after_five_tries(
    database: Database, acme: SmallOrganisation, clock: SetClock, tmp_path: Path
) -> None:
    stands = _tried(database, acme, clock, tmp_path, *[_NOT_NOW] * 5)
    assert stands[-1] == (MessageState.FAILED, 5)


def test_a_letter_to_an_address_that_does_not_exist_is_not_tried_again(
    database: Database, acme: SmallOrganisation, clock: SetClock, tmp_path: Path
) -> None:
    assert _tried(database, acme, clock, tmp_path, _NEVER) == [(MessageState.FAILED, 1)]
