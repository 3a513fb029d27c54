"""Installations served to a real browser with their job consumer running: the demo, or empty."""

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
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_SERVER = ("-m", "gunicorn", "-c", "python:ldtrack.app.gunicorn", "ldtrack.app:create_app()")


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where it is and who can sign in: `accounts[organisation][role]` is address and password."""

    url: str
    instance: Path
    accounts: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    @property
    def organisation(self) -> str:
        """The larger of the two organisations."""
        return "Meridian Transport"

    @property
    def other_organisation(self) -> str:
        """The smaller one."""
        return "Alder College"

    def ldtrack(self, *arguments: str) -> str:
        """What a command of the installation prints."""
        return ldtrack(self.instance, *arguments, LDTRACK_BASE_URL=self.url)


def ldtrack(instance: Path, *arguments: str, **environ: str) -> str:
    """What a command prints, for the installation in that folder."""
    done = subprocess.run(
        [sys.executable, "-m", "ldtrack", *arguments],
        env=os.environ | {"LDTRACK_INSTANCE": str(instance)} | environ,
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
    ldtrack(folder, "db", "upgrade")
    ldtrack(folder, "demo", "load")
    return folder


@pytest.fixture(scope="module")
def site(demo_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo on a port of its own; each file of tests has a fresh copy."""
    instance = tmp_path_factory.mktemp("site") / "instance"
    shutil.copytree(demo_instance, instance)
    with served(instance) as url:
        yield Site(url=url, instance=instance, accounts=_accounts(instance))


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation that has tables and nothing in them."""
    instance = tmp_path_factory.mktemp("empty")
    ldtrack(instance, "db", "upgrade")
    with served(instance) as url:
        yield Site(url=url, instance=instance)


@contextmanager
def served(instance: Path) -> Iterator[str]:
    """Its server, as in real life; gives the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, *_SERVER],
        env=os.environ
        | {"LDTRACK_INSTANCE": str(instance), "PORT": str(port), "LDTRACK_BASE_URL": url},
        cwd=_ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(url)
        yield url
    finally:
        server.terminate()
        server.wait(30)


def _accounts(instance: Path) -> dict[str, dict[str, tuple[str, str]]]:
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for account in json.loads(ldtrack(instance, "demo", "accounts", "--json")):
        roles = found.setdefault(account["organisation"], {})
        roles.setdefault(account["role"], (account["email"], account["password"]))
    return found


def _wait(url: str) -> None:
    for _ in range(900):
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")
