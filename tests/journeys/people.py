"""People in front of a screen: their window, signing in and out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.site import Site

DESK, PHONE = 1280, 390


def window(
    browser: Browser,
    site: Site,
    *,
    width: int = DESK,
    tone: Literal["light", "dark"] = "light",
    script: bool = True,
) -> BrowserContext:
    """A browser of somebody's own, as wide as a desk's or a phone's, light or dark."""
    return browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": 900},
        color_scheme=tone,
        # Nothing moves, so that what is looked at has its last colour.
        reduced_motion="reduce",
        locale="en-GB",
        java_script_enabled=script,
    )


def sign_in_as(page: Page, email: str, password: str) -> None:
    """Sign in through the form."""
    page.goto("/sign-in")
    _enter(page, email, password)


def sign_in(page: Page, site: Site, role: str, organisation: str | None = None) -> None:
    """Sign in as the one whom the demo offers for that role."""
    sign_in_as(page, *site.accounts[organisation or site.organisation][role])


def sign_in_here(page: Page, site: Site, role: str) -> None:
    """The same, on the sign-in page that is on the screen already."""
    _enter(page, *site.accounts[site.organisation][role])


def _enter(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


@contextmanager
def somebody(
    browser: Browser,
    site: Site,
    role: str,
    *,
    width: int = DESK,
    organisation: str | None = None,
) -> Iterator[Page]:
    """A page of theirs for a while, signed in, in a window of their own."""
    context = window(browser, site, width=width)
    page = context.new_page()
    sign_in(page, site, role, organisation)
    yield page
    context.close()
