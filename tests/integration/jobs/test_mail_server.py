"""A mail server that says no, over a real socket: for now, and for good."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.outbox.domain import MessageState
from ldtrack.outbox.models import Message
from ldtrack.outbox.service import post
from tests.infrastructure.organisation import SmallOrganisation

_CERTIFICATE = Path(__file__).parents[2] / "data" / "mail_server.pem"
_NOT_NOW = "451 4.7.1 greylisted, try again later"
_NEVER = "550 5.1.1 no such user"


@contextmanager
def mail_server(
    *answers: str,
    offers: Sequence[str] = (),
    heard: list[str] | None = None,
    encrypts: bool = False,
) -> Iterator[str]:
    """A server that answers so to one recipient after another; gives its address.

    It offers these extensions, and writes down what it hears. Asked for encryption it refuses,
    unless it encrypts: then it shows a certificate that no machine trusts by itself.
    """
    left, said = list(answers), [] if heard is None else heard

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            self._listen()

        def _listen(self) -> None:
            for line in self.rfile:
                word = line[:4].upper()
                said.append(line.decode().strip())
                if word == b"EHLO":
                    self._say(
                        "\r\n".join(["250-here", *(f"250-{one}" for one in offers), "250 OK"])
                    )
                elif word == b"STAR" and encrypts:
                    self._say("220 go on")
                    with suppress(ssl.SSLError):
                        self._listen_unheard()
                    return
                elif word == b"STAR":
                    self._say("454 4.7.0 not now")
                elif word == b"AUTH":
                    self._say("235 welcome")
                elif word == b"RCPT":
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

        def _listen_unheard(self) -> None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(_CERTIFICATE)
            with context.wrap_socket(self.connection, server_side=True) as hidden:
                self.rfile, self.wfile = hidden.makefile("rb"), hidden.makefile("wb")
                self._listen()

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())
            self.wfile.flush()

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


def _said_to(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    tmp_path: Path,
    *offers: str,
    encrypts: bool = False,
    word: str = "",
) -> list[str]:
    """What a server that offers these is told when there is one letter to send."""
    heard: list[str] = []
    with database.writing(acme.id) as session:
        post(session, to_address="a@b.example", subject="x", body="y", due_at=clock.now())
    with mail_server("250 yes", offers=offers, heard=heard, encrypts=encrypts) as address:
        settings = Settings(
            instance=tmp_path,
            secret_key="for tests",
            rater_key="for tests",
            mail=address.replace("//", f"//{word}", 1),
        )
        work_off(Workshop(settings=settings, database=database, clock=clock), {})
    return heard


def test_nothing_of_a_letter_is_said_before_the_encryption_that_a_server_offers(
    database: Database, acme: SmallOrganisation, clock: SetClock, tmp_path: Path
) -> None:
    heard = _said_to(database, acme, clock, tmp_path, "STARTTLS")
    assert [line.partition(" ")[0] for line in heard] == ["ehlo", "STARTTLS", "QUIT"]


def test_a_server_that_reports_by_envelope_is_told_the_letters_own_name(
    database: Database, acme: SmallOrganisation, clock: SetClock, tmp_path: Path
) -> None:
    heard = _said_to(database, acme, clock, tmp_path, "DSN")
    with database.reading(acme.id) as session:
        name = encode(session.scalars(select(Message.id)).one())
    assert f"mail FROM:<no-reply@localhost> ENVID={name}" in heard


@pytest.mark.parametrize("is_trusted", [True, False])
def test_a_server_that_cannot_show_who_it_is_gets_no_password_and_no_mail(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_trusted: bool,
) -> None:
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(_CERTIFICATE))
    offers, word = ("STARTTLS", "AUTH PLAIN"), "ldtrack:secret@"
    heard = _said_to(database, acme, clock, tmp_path, *offers, encrypts=True, word=word)
    with database.reading(acme.id) as session:
        state = session.scalars(select(Message.state)).one()
    words = [line.partition(" ")[0].upper() for line in heard]
    assert ("AUTH" in words, "MAIL" in words) == (is_trusted, is_trusted)
    assert state == (MessageState.SENT if is_trusted else MessageState.WAITING)
