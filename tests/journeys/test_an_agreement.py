"""A new version of an agreement, from the leader's words to the third signature."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import somebody
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PURPOSE = "I want to leave decisions with those who do the work."


def test_a_leader_writes_it_and_leader_coach_and_sponsor_sign_it(
    browser: Browser, site: Site
) -> None:
    with somebody(browser, site, "leader") as leader:
        leader.goto("/coaching")
        leader.get_by_role("link", name="Write a new version").click()
        leader.get_by_label("What the coaching is for").fill(PURPOSE)
        leader.get_by_role("button", name="Keep the draft").click()
        leader.get_by_role("button", name="Send it to be signed").click()
        page = leader.url
        _sign(leader, "Amara Okafor")
        expect(leader.get_by_role("heading", level=1)).to_contain_text("1 of 3 have signed")
    with somebody(browser, site, "coach") as coach:
        coach.goto(page)
        _sign(coach, "Jamal Marques")
        expect(coach.get_by_role("heading", level=1)).to_contain_text("it waits for Zofia Rossi")
    with somebody(browser, site, "sponsor") as sponsor:
        sponsor.goto("/portfolio")
        sponsor.get_by_role(
            "link", name="Sign the agreement on the coaching of Amara Okafor"
        ).click()
        expect(sponsor.get_by_text(PURPOSE)).to_be_visible()
        _sign(sponsor, "Zofia Rossi")
        expect(sponsor.get_by_role("heading", level=1)).to_contain_text("signed by all")


def _sign(page: Page, name: str) -> None:
    page.get_by_label("Your full name").fill(name)
    page.get_by_label("I have read it and agree").check()
    page.get_by_role("button", name="Sign", exact=True).click()
