"""A leader says whom to ask, the line manager sends it back once, changes it and agrees."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.letters import eventually, letters, link_in
from tests.journeys.looking import faults_of, listen
from tests.journeys.people import somebody
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEADER = "Amara Okafor"
CYCLE = "Spring view"
OUTSIDE = "Kofi Boateng"
ADDED, TAKEN_OUT = "Oksana Demir", "Noor Lindqvist"
WORD = "Please ask somebody of the depot too."
POOLED = "Stakeholders: 1 asked, fewer than 3, so they are shown together with Peers."


@pytest.fixture(scope="module")
def leader(browser: Browser, site: Site) -> Iterator[Page]:
    """The leader's screen, with proposals from the reporting lines and one from outside."""
    with somebody(browser, site, "leader") as page:
        page.goto("/feedback")
        page.get_by_role("listitem").filter(has_text=CYCLE).get_by_role("link").click()
        page.get_by_role("button", name="Begin with my reporting lines").click()
        page.get_by_role("link", name="Somebody from outside").click()
        page.get_by_label("Name").fill(OUTSIDE)
        page.get_by_label("E-mail address").fill("kofi@harbour.example")
        page.get_by_label("As").select_option(label="Stakeholders")
        page.get_by_role("button", name="Propose them").click()
        yield page


@pytest.fixture(scope="module")
def sent_back(browser: Browser, site: Site, leader: Page) -> Page:
    """Handed in, and sent back with a word by the manager, who found it in the rail."""
    _hand_in(leader)
    with somebody(browser, site, "sponsor") as manager:
        manager.get_by_role("link", name="Feedback", exact=True).click()
        manager.get_by_role("link", name=f"Look at the raters of {LEADER}").click()
        manager.get_by_role("link", name="Send back with a word").click()
        manager.get_by_label("What should be different?").fill(WORD)
        manager.get_by_role("button", name="Send back").click()
        expect(manager.get_by_text(f"The proposals are back with {LEADER}.")).to_be_visible()
    return leader


def test_the_leader_sees_at_once_what_becomes_of_a_small_group(leader: Page) -> None:
    heard = listen(leader)
    expect(leader.get_by_text(POOLED)).to_be_visible()
    assert [*faults_of(leader), *heard] == []


def test_the_word_of_the_manager_comes_by_mail_and_stands_on_the_page(
    site: Site, sent_back: Page
) -> None:
    (mail,) = eventually(lambda: letters(site, WORD) or None)
    sent_back.goto(link_in(mail))
    expect(sent_back.get_by_role("heading", level=1)).to_contain_text("came back")
    expect(sent_back.get_by_text(WORD)).to_be_visible()


def test_the_manager_changes_the_proposals_and_agrees(
    browser: Browser, site: Site, sent_back: Page
) -> None:
    sent_back.get_by_role("link", name="Find somebody").click()
    sent_back.get_by_label("Search by name, unit or role").fill(ADDED)
    sent_back.get_by_role("button", name="Find").click()
    sent_back.get_by_role("checkbox").check()
    sent_back.get_by_label("As").select_option(label="Stakeholders")
    sent_back.get_by_role("button", name="Propose them").click()
    _hand_in(sent_back)
    with somebody(browser, site, "sponsor") as manager:
        manager.goto("/feedback/approvals")
        manager.get_by_role("link", name=f"Look at the raters of {LEADER}").click()
        gone = manager.get_by_role("listitem").filter(has_text=TAKEN_OUT)
        gone.get_by_role("button", name="Take out").click()
        expect(gone).to_have_count(0)
        manager.locator("summary", has_text="Agree").click()
        manager.get_by_role("button", name="Yes, ask them").click()
        expect(manager.get_by_role("heading", level=1)).to_contain_text("Nobody’s raters wait")
    sent_back.reload()
    expect(sent_back.get_by_role("heading", level=1)).to_contain_text("nothing more to do here")
    expect(sent_back.get_by_text(ADDED)).to_be_visible()
    expect(sent_back.get_by_text(TAKEN_OUT)).to_have_count(0)


def _hand_in(page: Page) -> None:
    page.locator("summary", has_text="Hand in").click()
    page.get_by_role("button", name="Yes, hand them in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("with your line manager")
