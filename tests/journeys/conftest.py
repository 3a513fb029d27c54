"""Journeys may ask for the served demo and for an empty installation, and have patience."""

from __future__ import annotations

import pytest

from tests.journeys.site import demo_instance, empty_site, site

__all__ = ["demo_instance", "empty_site", "site"]

_PATIENCE = 20_000
"""Milliseconds; nothing waits longer than it has to."""


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    """Let what a page should show come late: other tests may keep the machine busy."""
    expect = pytest.importorskip("playwright.sync_api").expect
    expect.set_options(timeout=_PATIENCE)
