"""The two ways in which a message leaves: as a file in a folder, or by SMTP."""

from __future__ import annotations

import re
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from ldtrack.config.settings import Settings
from ldtrack.core import ids
from ldtrack.outbox.service.work import Letter

_PATIENCE = 20
_METHOD = re.compile(r"^METHOD:(\w+)", re.MULTILINE)
_FOR_GOOD = 500


class Refused(Exception):
    """The address will never take it."""


class Transport(Protocol):
    """Brings a message away; raises `Refused` if the address is bad for good, else any error."""

    def send(self, message: EmailMessage) -> None:
        """Bring it away."""


class FolderTransport:
    """Writes each message to a file; the same message always to the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{_name_of(message)}.eml").write_bytes(message.as_bytes(policy=SMTP))


class SmtpTransport:
    """Hands each message to a mail server: `smtp://` (STARTTLS where offered) or `smtps://`."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host = parts.hostname or "localhost"
        self.port = parts.port or (465 if parts.scheme == "smtps" else 25)
        self.user = unquote(parts.username or "")
        self.word = unquote(parts.password or "")
        self.is_encrypted = parts.scheme == "smtps"
        self.trust = ssl.create_default_context()
        """Encrypted to whom, too: a server that cannot show who it is gets no word and no mail."""

    def send(self, message: EmailMessage) -> None:
        with self._reached() as server:
            # What a server offers is known only once it was greeted, and anew after TLS.
            server.ehlo_or_helo_if_needed()
            if not self.is_encrypted and server.has_extn("starttls"):
                server.starttls(context=self.trust)
                server.ehlo_or_helo_if_needed()
            if self.user:
                server.login(self.user, self.word)
            # A server that knows it writes this into its report if the mail comes back.
            named = [f"ENVID={_name_of(message)}"] if server.has_extn("dsn") else []
            try:
                server.send_message(message, mail_options=named)
            except smtplib.SMTPRecipientsRefused as error:
                # A 4xx says "not now", as a server does that does not know the sender yet.
                if all(code >= _FOR_GOOD for code, _ in error.recipients.values()):
                    raise Refused(str(error)) from error
                raise

    def _reached(self) -> smtplib.SMTP:
        if self.is_encrypted:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=_PATIENCE, context=self.trust)
        return smtplib.SMTP(self.host, self.port, timeout=_PATIENCE)


def _name_of(message: EmailMessage) -> str:
    """The letter's own part of the Message-ID, which is a random id."""
    name: str = message["Message-ID"].strip("<>").split("@")[0]
    return name


def transport_for(settings: Settings) -> Transport:
    """The transport that the settings name."""
    if settings.mail.startswith(("smtp://", "smtps://")):
        return SmtpTransport(settings.mail)
    return FolderTransport(settings.instance / "mail")


def written(letter: Letter, settings: Settings) -> EmailMessage:
    """The letter as a mail; line breaks in names or subjects are refused by the mail library."""
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = formataddr((letter.to_name, letter.to_address))
    message["Subject"] = letter.subject
    message["Message-ID"] = f"<{ids.encode(letter.id)}@{settings.mail_address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    if letter.calendar:
        message.add_alternative(letter.calendar, subtype="calendar")
        # Without it a calendar shows the part and does nothing.
        found = _METHOD.search(letter.calendar)
        for part in message.iter_parts():
            if part.get_content_type() == "text/calendar":
                part.set_param("method", found[1] if found else "PUBLISH")
    return message
