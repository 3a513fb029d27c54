"""What views of this room take from the application: the secret, the address for mails, today."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from flask import current_app

from ldtrack.config.settings import Settings
from ldtrack.feedback.service import Delivery
from ldtrack.ui.request import clock


def rater_key() -> str:
    """The secret that is kept outside the database."""
    return _settings().rater_key


def site() -> str:
    """What links in mails begin with."""
    return _settings().site


def delivery() -> Delivery:
    """How raters get their links."""
    return Delivery(rater_key=rater_key(), base_url=site())


def now() -> datetime:
    """The instant of the request."""
    return clock().now()


def today() -> date:
    """Its day."""
    return clock().today()


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["ldtrack.settings"])
