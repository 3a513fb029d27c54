"""What raters do behind their links: with a finger, with keys alone, without script, by wire."""

from __future__ import annotations

import re

from playwright.sync_api import APIRequestContext, Locator, Page, expect

_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_ITEM = re.compile(r'<input type="radio" name="(i_\w+)"')


def begin(page: Page, link: str) -> None:
    """Open the link and begin, or go on where one stopped."""
    page.goto(link)
    page.get_by_role("link", name=re.compile("Begin|Go on")).click()
    expect(page.get_by_role("button", name="Save and go on")).to_be_visible()


def rate(page: Page, step: str) -> Locator:
    """Choose a step of the scale, such as "4", for the first statement on the screen."""
    chosen = page.get_by_role("radio", name=re.compile(f"^{step}")).first
    chosen.check(force=True)
    return chosen


def go_on(page: Page, to: str) -> None:
    """Save this screen; the next one is named `to`."""
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(to)


def send(page: Page) -> None:
    """From the last look, send."""
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def answer_by_wire(
    wire: APIRequestContext, link: str, score: int, *, keep: str = "", more: str = ""
) -> None:
    """Answer everything with one score and send, as a browser without a window would."""
    for number in range(1, 20):
        page = wire.get(f"{link}/{number}")
        if not page.ok:
            break
        filled = {name: str(score) for name in _ITEM.findall(page.text())}
        filled = filled or {"q_keep": keep, "q_more": more}
        wire.post(page.url, form={"csrf_token": _token(page.text()), **filled})
    page = wire.get(f"{link}/review")
    sent = wire.post(page.url, form={"csrf_token": _token(page.text())})
    assert sent.url == f"{link}/thanks"


def _token(page: str) -> str:
    found = _CSRF.search(page)
    assert found is not None
    return found[1]
