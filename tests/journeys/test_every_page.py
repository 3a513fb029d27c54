"""Every page that a role can reach by links: accessible, quiet, whole, at two widths and tones."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.site import Site, context_for, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
_MOST = 45
_NOT_PAGES = (".pdf", ".csv", ".ics", ".json", "/static/", "/export", "/download")


def _pattern(path: str) -> str:
    """The address with its ids left out, so that one of each kind of page is looked at."""
    parts = ["*" if len(part) == 12 and part.isalnum() else part for part in path.split("/")]
    return "/".join(parts)


def _links(page: Page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    here = urlsplit(page.url).netloc
    return [
        urlsplit(link).path
        for link in found
        if urlsplit(link).netloc == here and not any(word in link for word in _NOT_PAGES)
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("role", ["hr", "leader", "coach", "sponsor", "administrator"])
def test_every_page_is_accessible_and_quiet(
    browser: Browser, site: Site, role: str, width: int, dark: bool
) -> None:
    context = context_for(browser, site, width=width, dark=dark)
    page = context.new_page()
    faults: list[str] = []
    page.on(
        "console",
        lambda message: (
            faults.append(f"{page.url}: console: {message.text}")
            if message.type in {"error", "warning"}
            else None
        ),
    )
    page.on("pageerror", lambda error: faults.append(f"{page.url}: script: {error}"))
    sign_in(page, site, role)
    seen: set[str] = set()
    waiting = [urlsplit(page.url).path, "/"]
    while waiting and len(seen) < _MOST:
        path = waiting.pop(0)
        if _pattern(path) in seen:
            continue
        seen.add(_pattern(path))
        answer = page.goto(path)
        if answer is None or answer.status != 200:
            faults.append(f"{path}: {answer.status if answer else 'no answer'}")
            continue
        for violation in Axe().run(page, options=_RULES).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"][:2]]
            faults.append(f"{path}: {violation['id']}: {nodes}")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            faults.append(f"{path}: scrolls sideways by {wide} px at {width}")
        waiting += _links(page)
    context.close()
    assert faults == []
