"""The shape of the application itself: every route declares what it is."""

from __future__ import annotations

from flask import Flask

from ldtrack.access import policy
from ldtrack.access.actions import Action
from tests.infrastructure.web import app, database, kept_app

__all__ = ["app", "database", "kept_app"]

_FREE = {"static", "stylesheet"}
_WRITING = {"POST", "PUT"}
_COMMITS_BY_HAND = {
    # The failed try itself is stored, although the answer is a refusal.
    "people.sign_in",
}


def _views(app: Flask) -> list[tuple[str, set[str]]]:
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in _FREE:
            methods.setdefault(rule.endpoint, set()).update(rule.methods or set())
    return sorted(methods.items())


def test_every_route_declares_an_action_that_the_policy_knows(app: Flask) -> None:
    known = policy.PUBLIC | set(policy.POLICY)
    undeclared = [
        endpoint
        for endpoint, _ in _views(app)
        if getattr(app.view_functions[endpoint], "action", None) not in known
    ]
    assert undeclared == []


def test_a_route_that_is_only_read_never_commits(app: Flask) -> None:
    committing = [
        endpoint
        for endpoint, methods in _views(app)
        if not methods & _WRITING and hasattr(app.view_functions[endpoint], "commits")
    ]
    assert committing == []


def test_a_route_that_is_written_to_commits_in_the_one_place(app: Flask) -> None:
    by_hand = {
        endpoint
        for endpoint, methods in _views(app)
        if methods & _WRITING and not hasattr(app.view_functions[endpoint], "commits")
    }
    assert by_hand == _COMMITS_BY_HAND


def test_every_action_is_declared_or_asked_for_somewhere(app: Flask) -> None:
    import subprocess

    asked = subprocess.run(
        ["git", "grep", "-hoE", r"Action\.[A-Z_]+", "--", "ldtrack", ":!ldtrack/access"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert sorted({f"Action.{action.name}" for action in Action} - set(asked)) == []


def test_heavy_libraries_are_not_loaded_by_the_web_process() -> None:
    import subprocess
    import sys

    heavy = ("weasyprint", "plotly", "scipy", "numpy", "alembic", "PIL")
    code = (
        "import sys, tempfile, pathlib\n"
        "from ldtrack.app import create_app\n"
        "from ldtrack.config.settings import Settings\n"
        "home = pathlib.Path(tempfile.mkdtemp())\n"
        "create_app(Settings(instance=home, secret_key='x', rater_key='y'))\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"
