"""What a page is looked at for: accessibility, a quiet console, and no scrolling sideways."""

from __future__ import annotations

from typing import Any, Literal, cast

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.people import DESK, PHONE

NARROWEST = 320
"""Content must reflow at this width (WCAG 1.4.10)."""

_AXE = Axe().axe_script
# Told of violations alone, axe need not describe everything that is in order.
_RUN = "rules => axe.run(document, {...rules, resultTypes: ['violations']}).then(r => r.violations)"
_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
# Between light and dark only colours change, and they are the same at every width.
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
_OVERHANG = """() => [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .slice(-2).map((each) => each.outerHTML.slice(0, 100))"""


def listen(page: Page) -> list[str]:
    """What the console says from now on, refused scripts and styles included."""
    heard: list[str] = []
    page.on(
        "console",
        lambda message: (
            heard.append(f"{page.url}: console: {message.text}")
            if message.type in {"error", "warning"}
            else None
        ),
    )
    page.on("pageerror", lambda error: heard.append(f"{page.url}: script: {error}"))
    return heard


def faults_of(page: Page, *, every_way: bool = True) -> list[str]:
    """Faults of the page that is shown, at a desk and on a phone, light and dark, and narrow.

    Without `every_way`: at a desk, and whether it fits where it is narrow.
    """
    page.evaluate(_AXE)
    found = _faults(page, DESK, "light", _RULES)
    if every_way:
        found += _faults(page, PHONE, "light", _RULES)
        found += _faults(page, PHONE, "dark", _COLOURS)
    found += _overhang(page, NARROWEST)
    _look(page, DESK, "light")
    return found


def _faults(
    page: Page, width: int, tone: Literal["light", "dark"], rules: dict[str, Any]
) -> list[str]:
    _look(page, width, tone)
    violations = cast(list[dict[str, Any]], page.evaluate(_RUN, rules))
    found = [
        f"{page.url} at {width}, {tone}: {violation['id']}: "
        f"{[node['html'][:120] for node in violation['nodes'][:2]]}"
        for violation in violations
    ]
    return found + _overhang(page, width)


def _overhang(page: Page, width: int) -> list[str]:
    _look(page, width, "light")
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide <= 0:
        return []
    return [f"{page.url} scrolls sideways by {wide} px at {width}: {page.evaluate(_OVERHANG)}"]


def _look(page: Page, width: int, tone: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=tone, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
