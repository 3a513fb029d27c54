"""Reports of mail servers on mails that they could not deliver (RFC 3464); stores nothing.

Only what the report itself says is read: which mail it is about, by the identifiers that the mail
left with, and whether the server has given up. Addresses are not compared, because they change on
the way: aliases, forwarding, another spelling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from email.policy import compat32

from ldtrack.core.errors import RuleBroken

LARGEST = 2 * 1024 * 1024
"""Bytes of a report; ours hold one short mail."""
_MOST_WORDS = 300
_NOT_A_REPORT = (
    "This is not a report of a mail server on a mail that came back (multipart/report of kind "
    "delivery-status)."
)


@dataclass(frozen=True, kw_only=True)
class StatusReport:
    """What a server says of a mail: the identifiers it may have left with, and how it went.

    `problem` is what the server said, in one line; '' unless it has given up for good.
    """

    identifiers: tuple[str, ...]
    problem: str

    @property
    def is_for_good(self) -> bool:
        """Whether the mail will never arrive."""
        return bool(self.problem)


def read_report(raw: bytes) -> StatusReport:
    """Read one mail; `RuleBroken` for what is too large or is no such report.

    A recipient counts as lost with the action `failed` and a status of class 5. With class 4 a
    server gave up on something that another try may mend.
    """
    if len(raw) > LARGEST:
        raise RuleBroken("mail", "This mail is too large to be a report of a mail server.")
    mail = message_from_bytes(raw, policy=compat32)
    parts = _inside(mail) if mail.get_content_type() == "multipart/report" else []
    told = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    fields = [block for part in told for block in _inside(part)]
    if not any(block["Action"] for block in fields):
        raise RuleBroken("mail", _NOT_A_REPORT)
    found = [*_of_report(fields), *_of_returned(parts), *_words(mail, "In-Reply-To")]
    return StatusReport(
        identifiers=tuple(dict.fromkeys(found)),
        problem=next((_problem(block) for block in fields if _is_lost(block)), ""),
    )


def _inside(part: Message) -> list[Message]:
    """The parts of a mail, a mail that is returned, or the groups of fields of a report."""
    inside = part.get_payload()
    return [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []


def _is_lost(block: Message) -> bool:
    action, status = _line(block, "Action").lower(), _line(block, "Status")
    return action == "failed" and status.startswith("5.")


def _problem(block: Message) -> str:
    """The server's own words without their type; the bare status if it said nothing."""
    words = _line(block, "Diagnostic-Code")
    kind, semicolon, said = words.partition(";")
    if semicolon and kind.strip().isalnum():
        words = said.strip()
    return (words or _line(block, "Status"))[:_MOST_WORDS]


def _of_report(fields: list[Message]) -> Iterator[str]:
    for block in fields:
        yield from _words(block, "Original-Envelope-Id")


def _of_returned(parts: list[Message]) -> Iterator[str]:
    """The identifiers of the mail itself, which comes back whole or as its head alone."""
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/rfc822":
            for mail in _inside(part):
                yield from _words(mail, "Message-ID")
        elif kind == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            head = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
            yield from _words(message_from_string(head.lstrip(), policy=compat32), "Message-ID")


def _words(block: Message, name: str) -> list[str]:
    return [word.strip("<>") for word in _line(block, name).split()]


def _line(block: Message, name: str) -> str:
    """The field in one line of what can be printed; '' if there is none."""
    text = " ".join(str(block[name] or "").split())
    return "".join(letter for letter in text if letter.isprintable())
