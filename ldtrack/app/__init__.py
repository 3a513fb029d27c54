"""Puts the rooms together into one application; nothing imports this but the start."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from ldtrack.app import (
    errors,
    fitting,
    health,
    identity,
    joints,
    large_files,
    navigation,
    static_files,
    waiting,
)
from ldtrack.app.blueprints import BLUEPRINTS, BY_CREDENTIALS
from ldtrack.app.leaving import leaving
from ldtrack.app.organisation import organisation
from ldtrack.app.same_person import same_person
from ldtrack.app.setup import setup
from ldtrack.config.settings import PROJECT, Settings, load
from ldtrack.core.clock import Clock, SystemClock
from ldtrack.db.engine import engine_for
from ldtrack.db.seals import Seal
from ldtrack.db.session import Database
from ldtrack.jobs.queue import Queue
from ldtrack.jobs.work import Workshop
from ldtrack.ui import components, headers
from ldtrack.ui.addresses import IdConverter
from ldtrack.ui.request import close_request_session

_BODY = 2_000_000
_UPLOAD = 10_500_000


def create_app(
    settings: Settings | None = None,
    *,
    database: Database | None = None,
    clock: Clock | None = None,
) -> Flask:
    """The application for the settings; a test may hand over its own database and clock."""
    settings = settings or load()
    home = static_files.home_of_templates(PROJECT)
    app = Flask(
        "ldtrack",
        template_folder=str(home / "templates"),
        static_folder=str(home / "static"),
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_NAME="ldtrack",
        PERMANENT_SESSION_LIFETIME=timedelta(days=settings.session_days),
        # A draft kept while its form is sent would bring back the cookie from before, and with it
        # take away what the next page has to say. A sign-in ends on its day all the same.
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=_UPLOAD,
        MAX_FORM_MEMORY_SIZE=_BODY,
        MAX_FORM_PARTS=1_000,
        WTF_CSRF_TIME_LIMIT=None,
    )
    # Every template stays compiled; there are about as many as would otherwise be kept at most.
    app.jinja_options = {"cache_size": -1}
    connect(
        app, settings, database or Database(engine_for(settings.database)), clock or SystemClock()
    )
    app.url_map.converters["id"] = IdConverter
    large_files.register(app)
    csrf = CSRFProtect(app)
    components.register(app)
    headers.register(app)
    identity.register(app)
    errors.register(app)
    health.register(app)
    for blueprint in (setup, organisation, leaving, same_person, *BLUEPRINTS):
        app.register_blueprint(blueprint)
    for blueprint in BY_CREDENTIALS:
        csrf.exempt(blueprint)
    navigation.register(app)
    joints.register(app)
    fitting.register(app)
    waiting.register(app)
    app.teardown_request(close_request_session)
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's own way to wrap
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    static_files.register(app)
    return app


def connect(app: Flask, settings: Settings, database: Database, clock: Clock) -> None:
    """Let the application work for this installation: its database, its folder and its queue."""
    app.instance_path = str(settings.instance.resolve())
    app.extensions.pop("ldtrack.is_set_up", None)
    queue = Queue(Workshop(settings=settings, database=database, clock=clock))
    database.nudge = queue.nudge
    database.seal = database.seal or Seal(settings.notes_keys)
    app.extensions.update(
        {
            "ldtrack.settings": settings,
            "ldtrack.clock": clock,
            "ldtrack.database": database,
            "ldtrack.queue": queue,
        }
    )
