"""Mails that come back to the sender's address, read one by one or from the folder they land in.

What was understood is taken out of the folder, because the mail that it returns holds somebody's
link. Whatever else lies there is marked as seen and stays for people.
"""

from __future__ import annotations

import logging
import mailbox
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ldtrack.core import ids
from ldtrack.core.errors import RuleBroken
from ldtrack.exchange.delivery_status import LARGEST, read_report
from ldtrack.jobs.work import Workshop
from ldtrack.outbox.service.work import letter_came_back

log = logging.getLogger("ldtrack.jobs")

NOTED = "The report was read."
UNKNOWN = "Nothing to note: no mail that left from here is named in this report."
NOT_YET = "Nothing to note: the mail server has not given up for good."


def take_in(workshop: Workshop, raw: bytes) -> str:
    """Note what a returned mail says. A sentence, the same for discreet mails and others.

    Reading the same report again changes nothing. Raises `RuleBroken` for what is no report.
    """
    report = read_report(raw)
    if not report.is_for_good:
        return NOT_YET
    for message_id in _ids_in(report.identifiers):
        with workshop.database.writing() as session:
            if letter_came_back(session, message_id, report.problem):
                return NOTED
    return UNKNOWN


def read_folder(workshop: Workshop) -> int:
    """Read what lies in the folder that the settings name. Returns how many reports it held.

    `RuleBroken` if there is no folder, or somebody else is writing to it just now.
    """
    if not workshop.settings.bounces:
        raise RuleBroken("bounces", "The setting `bounces` names no folder.")
    place = Path(workshop.settings.bounces)
    if not place.exists():
        raise RuleBroken("bounces", f"There is no maildir or mbox at {str(place)!r}.")
    count = 0
    with _opened(place) as box:
        for key, raw in _unseen(box):
            try:
                take_in(workshop, raw)
            except RuleBroken:
                _mark_seen(box, key)
                continue
            box.discard(key)
            count += 1
    return count


def look_into_folder(workshop: Workshop) -> None:
    """The same, every few minutes; a folder that cannot be read now is tried again."""
    try:
        read_folder(workshop)
    except (RuleBroken, OSError, mailbox.Error) as error:
        log.warning("returned mails not read: %s", type(error).__name__)


def _ids_in(identifiers: Iterable[str]) -> Iterator[int]:
    for word in identifiers:
        try:
            yield ids.decode(word.partition("@")[0].lower())
        except ValueError:
            continue


@contextmanager
def _opened(place: Path) -> Iterator[mailbox.Mailbox[mailbox.Message]]:
    box: mailbox.Mailbox[mailbox.Message]
    if place.is_dir():
        box = mailbox.Maildir(place, create=False)
    else:
        box = mailbox.mbox(place, create=False)
    box.lock()
    try:
        yield box
    finally:
        box.flush()
        box.unlock()
        box.close()


def _unseen(box: mailbox.Mailbox[mailbox.Message]) -> Iterator[tuple[str, bytes]]:
    for key in list(box.keys()):
        try:
            message = box[key]
            raw = box.get_bytes(key)
        except KeyError:
            continue  # Somebody has moved it meanwhile.
        flags = message.get_flags() if hasattr(message, "get_flags") else ""
        if not set(flags) & {"S", "R"}:
            yield key, raw[: LARGEST + 1]


def _mark_seen(box: mailbox.Mailbox[mailbox.Message], key: str) -> None:
    message = box[key]
    if isinstance(message, mailbox.MaildirMessage):
        message.set_subdir("cur")
        message.add_flag("S")
    elif isinstance(message, mailbox.mboxMessage):
        message.add_flag("R")
    box[key] = message
