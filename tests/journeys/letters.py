"""Mails of an installation, which it writes as files, and the links in them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TypeVar, cast

from tests.journeys.site import Site

T = TypeVar("T")

_PATIENCE = 60.0
_LINK = re.compile(r"https?://\S+")


def letters(site: Site, about: str) -> list[EmailMessage]:
    """Every mail so far whose subject or text has these words."""
    found = [
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in sorted((site.instance / "mail").glob("*.eml"))
    ]
    return [mail for mail in found if about in mail["Subject"] or about in text_of(mail)]


def text_of(mail: EmailMessage) -> str:
    """What it says, whether or not a calendar has a part of it."""
    body = mail.get_body(preferencelist=("plain",))
    assert body is not None
    return cast(str, body.get_content())


def link_in(mail: EmailMessage) -> str:
    """The first address in it."""
    found = _LINK.search(text_of(mail))
    assert found is not None
    return found[0]


def links_by_name(site: Site, n: int) -> dict[str, str]:
    """The raters' links in invitations that lead to this site, once there are `n` of them."""

    def sent() -> dict[str, str] | None:
        found = {
            mail["To"].addresses[0].display_name: link_in(mail)
            for mail in letters(site, f"{site.url}/r/")
        }
        return found if len(found) >= n else None

    return eventually(sent)


def eventually(look: Callable[[], T | None]) -> T:
    """What `look` finds, as soon as it finds something: work that goes on behind the pages."""
    ends_at = time.monotonic() + _PATIENCE
    while (found := look()) is None:
        if time.monotonic() > ends_at:
            raise TimeoutError("It never came.")
        time.sleep(0.1)
    return found
