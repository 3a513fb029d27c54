"""The demo, served to a real browser with its job consumer running."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where it is and who can sign in: `accounts[organisation][role]` is address and password."""

    url: str
    instance: Path
    accounts: dict[str, dict[str, tuple[str, str]]]

    @property
    def organisation(self) -> str:
        """The larger of the two organisations."""
        return "Meridian Transport"


def _environ(instance: Path, **more: str) -> dict[str, str]:
    return os.environ | {"LDTRACK_INSTANCE": str(instance)} | more


def _ldtrack(instance: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "ldtrack", *arguments],
        env=_environ(instance),
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="session")
def demo_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the demo in it, to be copied."""
    folder = tmp_path_factory.mktemp("demo")
    _ldtrack(folder, "db", "upgrade")
    _ldtrack(folder, "demo", "load")
    return folder


@pytest.fixture(scope="module")
def site(demo_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo on a port of its own; each file of tests has a fresh copy."""
    instance = tmp_path_factory.mktemp("site") / "instance"
    shutil.copytree(demo_instance, instance)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            "python:ldtrack.app.gunicorn",
            "ldtrack.app:create_app()",
        ],
        env=_environ(instance, PORT=str(port), LDTRACK_BASE_URL=f"http://127.0.0.1:{port}"),
        cwd=_ROOT,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url)
        yield Site(url=url, instance=instance, accounts=_accounts(instance))
    finally:
        server.terminate()
        server.wait(30)


def _accounts(instance: Path) -> dict[str, dict[str, tuple[str, str]]]:
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for account in json.loads(_ldtrack(instance, "demo", "accounts", "--json")):
        roles = found.setdefault(account["organisation"], {})
        roles.setdefault(account["role"], (account["email"], account["password"]))
    return found


def _wait(url: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")


def context_for(
    browser: Browser, site: Site, *, width: int = 1280, dark: bool = False
) -> BrowserContext:
    """A browser window of that width, light or dark."""
    return browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        locale="en-GB",
    )


def sign_in(page: Page, site: Site, role: str, organisation: str | None = None) -> None:
    """Sign in through the form."""
    email, password = site.accounts[organisation or site.organisation][role]
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
