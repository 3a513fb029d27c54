"""A tiny application with nothing but the look, for tests of forms and macros."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask_wtf import CSRFProtect

from ldtrack.ui import components, headers

PROJECT = Path(__file__).parents[3]

Render = Callable[..., str]


@pytest.fixture
def app() -> Flask:
    app = Flask(
        "look", template_folder=str(PROJECT / "templates"), static_folder=str(PROJECT / "static")
    )
    app.config.update(SECRET_KEY="only a test", WTF_CSRF_CHECK_DEFAULT=False)
    CSRFProtect(app)
    components.register(app)
    headers.register(app)
    return app


@pytest.fixture
def page(app: Flask) -> Iterator[Render]:
    """Renders a template's source within a GET request."""

    def render(source: str, **given: Any) -> str:
        return render_template_string(source, **given)

    with app.test_request_context("/people?stage=2&page=3"):
        yield render
