"""Gives templates their filters, globals and settings; the macros themselves are templates."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from flask import Flask, request
from jinja2 import StrictUndefined
from markupsafe import Markup

from ldtrack.core import ids
from ldtrack.ui import dates, stylesheet
from ldtrack.ui.forms import fresh_key
from ldtrack.ui.markdown import from_markdown
from ldtrack.ui.request import here, zone_name

_THEMES = {"light", "dark"}


def register(app: Flask) -> None:
    """Install what every template may use."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters.update(
        day=dates.day,
        day_short=dates.day_short,
        day_near=dates.day_near,
        weekday=dates.weekday,
        month=dates.month,
        here=here,
        moment=moment,
        level=dates.level,
        share=dates.share,
        count_of=dates.count_of,
        public_id=ids.encode,
        drawing=drawing,
        markdown=from_markdown,
    )
    app.jinja_env.globals.update(
        address_with=address_with, fresh_key=fresh_key, theme=theme, zone_name=zone_name
    )
    stylesheet.register(app)


def drawing(svg: str) -> Markup:
    """Let an SVG that was drawn here pass unescaped; refuse everything else."""
    if not svg.lstrip().startswith("<svg"):
        raise ValueError("Only a drawing may pass unescaped.")
    return Markup(svg)


def moment(at: datetime | None) -> str:
    """A time of day by the organisation's clocks; the page says once where those hang."""
    return dates.moment(None if at is None else here(at))


def address_with(**changes: object) -> str:
    """The query of the present address with ``changes``; None takes a name out."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in changes]
    added = [(name, str(value)) for name, value in changes.items() if value is not None]
    return "?" + urlencode([*kept, *added])


def theme() -> str:
    """The look a person chose: light, dark, or '' to follow the system."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in _THEMES else ""
