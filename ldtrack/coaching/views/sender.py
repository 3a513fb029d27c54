"""How mails of coaching go out from a request."""

from __future__ import annotations

from flask import current_app

from ldtrack.coaching import service


def sender() -> service.Sender:
    """From which address, and with links to where."""
    settings = current_app.extensions["ldtrack.settings"]
    return service.Sender(address=settings.mail_address, base_url=settings.site)
