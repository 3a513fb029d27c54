"""Getting about with the Tab key."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

_MOST_TABS = 80


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, as somebody without a mouse does."""
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"Tab never reached {target}")
