"""How mails of coaching go out from a request."""

from __future__ import annotations

from email.utils import parseaddr

from flask import current_app

from ldtrack.coaching import service


def sender() -> service.Sender:
    """From which address, and with links to where."""
    settings = current_app.extensions["ldtrack.settings"]
    address = parseaddr(settings.mail_from)[1] or "no-reply@localhost"
    return service.Sender(address=address, base_url=settings.site)
