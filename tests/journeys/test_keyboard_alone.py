"""Without a mouse: past the rail, through the menu, and a session logged from the first key on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.keys import tab_to
from tests.journeys.people import PHONE, somebody, window
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEADER = "Amara Okafor"
NOTE = "Kept short: one question, one promise."


@pytest.fixture
def coach(browser: Browser, site: Site) -> Iterator[Page]:
    """The coach's screen."""
    with somebody(browser, site, "coach") as page:
        yield page


def test_one_signs_in_without_a_mouse(browser: Browser, site: Site) -> None:
    context = window(browser, site)
    page = context.new_page()
    page.goto("/")
    email, password = site.accounts[site.organisation]["leader"]
    tab_to(page, page.get_by_label("E-mail address"))
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="My growth")).to_have_attribute("aria-current", "page")
    context.close()


def test_the_first_key_offers_to_skip_the_rail(coach: Page) -> None:
    coach.goto("/caseload")
    coach.keyboard.press("Tab")
    skip = coach.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    coach.keyboard.press("Enter")
    expect(coach.locator("main")).to_be_focused()
    coach.keyboard.press("Tab")

    assert coach.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_menu_of_a_phone_opens_closes_and_gives_the_focus_back(
    browser: Browser, site: Site
) -> None:
    with somebody(browser, site, "leader", width=PHONE) as page:
        page.goto("/growth")
        menu = page.get_by_role("button", name="Menu")
        tab_to(page, menu)
        page.keyboard.press("Enter")
        feedback = page.get_by_role("link", name="Feedback", exact=True)
        expect(feedback).to_be_visible()
        page.keyboard.press("Escape")
        expect(feedback).to_be_hidden()
        expect(menu).to_be_focused()
        page.keyboard.press("Enter")
        tab_to(page, feedback)
        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile("/feedback$"))


def test_a_coach_logs_a_session_without_a_mouse(coach: Page) -> None:
    coach.goto("/caseload")
    _press(coach, coach.get_by_role("link", name=f"Log a session with {LEADER}"))
    expect(coach.get_by_role("heading", level=1)).to_contain_text("work on?")
    tab_to(coach, coach.get_by_label("Length"))
    coach.keyboard.type("45")
    tab_to(coach, coach.get_by_role("checkbox", name="Team Building"))
    coach.keyboard.press("Space")
    tab_to(coach, coach.get_by_label("Shared note"))
    coach.keyboard.type(NOTE)
    _press(coach, coach.get_by_role("button", name="Save session"))

    expect(coach.get_by_text("The session with Amara is logged.")).to_be_visible()
    session = coach.locator("ol.sessions > li").first
    expect(session).to_contain_text(NOTE)
    expect(session).to_contain_text("45 minutes")
    expect(session).to_contain_text("Team Building")


def test_what_went_wrong_in_a_form_has_the_focus_and_leads_to_its_field(coach: Page) -> None:
    coach.goto("/caseload")
    _press(coach, coach.get_by_role("link", name=f"Log a session with {LEADER}"))
    coach.get_by_label("Date", exact=True).fill("")
    _press(coach, coach.get_by_role("button", name="Save session"))
    expect(coach.locator("[data-error-summary]")).to_be_focused()
    coach.keyboard.press("Tab")
    coach.keyboard.press("Enter")

    expect(coach.get_by_label("Date", exact=True)).to_be_focused()


def test_nothing_that_has_the_focus_hides_it(browser: Browser, site: Site) -> None:
    with somebody(browser, site, "leader") as page:
        for address in ("/growth", "/feedback", "/journal", "/account"):
            page.goto(address)
            assert _without_a_ring(page) == []


def _press(page: Page, target: Locator) -> None:
    tab_to(page, target)
    page.keyboard.press("Enter")


def _without_a_ring(page: Page) -> list[str]:
    """Walk through the page with Tab; what shows no sign of having the focus."""
    bare: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(_RING)
        if found is None:
            break
        if not found["ring"]:
            bare.append(found["html"])
    return bare


_RING = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    const look = getComputedStyle(here);
    const next = here.nextElementSibling && getComputedStyle(here.nextElementSibling);
    const ring = (style) => style && style.outlineStyle !== "none" && style.outlineWidth !== "0px";
    return {ring: ring(look) || ring(next), html: here.outerHTML.slice(0, 120)};
}"""
