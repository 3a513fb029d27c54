"""An opening from its posting to the look back of three people, and the level that moves by it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.letters import eventually, letters, link_in
from tests.journeys.looking import faults_of, listen
from tests.journeys.people import PHONE, sign_in_as, somebody, window
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Bring two depots onto one timetable"
OWNER = "bram.ortega@example.org"
SPONSOR = "zain.keller@example.org"
LEADER = "Amara Okafor"
COMPETENCY = "Problem Solving"
PEER = "priya.alsayed@example.org"
"""Somebody who cannot sign in."""


@pytest.fixture(scope="module")
def owner(browser: Browser, site: Site) -> Iterator[Page]:
    """The screen of whoever answers for the opening."""
    context = window(browser, site)
    page = context.new_page()
    _, password = site.accounts[site.organisation]["sponsor"]
    sign_in_as(page, OWNER, password)
    yield page
    context.close()


@pytest.fixture(scope="module")
def leader(browser: Browser, site: Site) -> Iterator[Page]:
    """The leader's phone, after HR posted the opening and the leader applied for it."""
    with somebody(browser, site, "hr") as hr:
        _post(hr)
    with somebody(browser, site, "leader", width=PHONE) as page:
        page.goto("/assignments")
        page.get_by_role("link", name=TITLE).click()
        expect(page.get_by_role("heading", name="How it fits you")).to_be_visible()
        page.get_by_role("link", name="Apply").click()
        page.get_by_label("Why you, and why now").fill("I know both depots.")
        page.get_by_role("button", name="Apply").click()
        expect(page.get_by_text("You have applied.")).to_be_visible()
        yield page


@pytest.fixture(scope="module")
def placed(browser: Browser, site: Site, leader: Page, owner: Page) -> Page:
    """Supported by the line manager, offered by the owner, accepted and begun."""
    with somebody(browser, site, "sponsor") as manager:
        manager.goto("/assignments/outcomes")
        manager.get_by_role("link", name=f"Answer {LEADER}: {TITLE}").click()
        manager.get_by_label("Yes").check()
        manager.get_by_label("A word on it").fill("Wednesdays are covered.")
        manager.get_by_role("button", name="Send your word").click()
        expect(manager.get_by_text(f"{LEADER} is told.")).to_be_visible()
    owner.goto("/assignments/outcomes")
    owner.get_by_role("link", name=f"Decide about {LEADER} for {TITLE}").click()
    expect(owner.get_by_text("Wednesdays are covered.")).to_be_visible()
    owner.get_by_role("link", name=f"Offer a place to {LEADER}").click()
    owner.get_by_role("button", name="Offer the place").click()
    expect(owner.get_by_text(f"The place is kept for {LEADER}")).to_be_visible()
    leader.goto("/assignments")
    leader.get_by_role("link", name=re.compile(f"Answer ?: {TITLE}")).click()
    leader.get_by_role("button", name="Accept the place").click()
    expect(leader.get_by_text("You have accepted.")).to_be_visible()
    owner.reload()
    owner.get_by_role("button", name="It has begun").click()
    expect(owner.get_by_text("It has begun.", exact=True)).to_be_visible()
    return owner


def test_every_step_is_kept_with_who_did_it(placed: Page, leader: Page) -> None:
    heard = listen(placed)
    for words in ("applied", "supported the application", "offered a place", "has begun"):
        expect(placed.get_by_role("listitem").filter(has_text=words)).to_be_visible()
    assert [*faults_of(placed), *heard] == []
    leader.reload()
    assert faults_of(leader) == []


def test_three_look_back_one_of_them_by_link_and_the_level_moves(
    browser: Browser, site: Site, placed: Page, leader: Page
) -> None:
    placed.get_by_role("link", name="End the placement").click()
    placed.get_by_role("button", name="End it").click()
    placed.get_by_role("link", name="Confirm the outcome").click()
    _confirm(placed)
    expect(placed.get_by_text("It counts once")).to_be_visible()
    placed.goto("/assignments/outcomes")
    placed.get_by_role("link", name=re.compile(f"Write ?: {TITLE}, {LEADER}")).click()
    _look_back(placed)
    expect(placed.get_by_text("Your look back is handed in.")).to_be_visible()
    leader.goto("/assignments")
    leader.get_by_role("link", name=f"Ask a peer: {TITLE}").click()
    leader.get_by_label("Their mail address or staff id").fill(PEER)
    leader.get_by_role("button", name=re.compile("Ask")).click()
    [mail] = eventually(lambda: letters(site, f"Look back on {TITLE} with {LEADER}") or None)
    context = window(browser, site, width=PHONE)
    peer = context.new_page()
    peer.goto(link_in(mail))
    assert faults_of(peer) == []
    _look_back(peer)
    expect(peer.get_by_role("heading", level=1)).to_contain_text("can read it now")
    context.close()
    leader.goto("/assignments")
    leader.get_by_role("link", name=re.compile(f"Write ?: {TITLE}")).click()
    _look_back(leader)
    expect(leader.get_by_text("Your look back is handed in.")).to_be_visible()
    leader.goto("/")
    leader.get_by_role("link", name=COMPETENCY).first.click()
    line = leader.get_by_role("row", name=re.compile(f"Outcome of “{TITLE}”.*Bram Ortega.*[+−]"))
    expect(line).to_be_visible()


def _post(hr: Page) -> None:
    hr.goto("/assignments/openings/new")
    hr.get_by_label("Title").fill(TITLE)
    hr.get_by_label("Kind").select_option(label="Project")
    hr.get_by_label("Share of time (%)").fill("30")
    first, last = hr.get_by_label("First day"), hr.get_by_label("Last day")
    first.fill("2099-01-04")
    last.fill("2099-06-30")
    hr.get_by_label("Promised outcome").fill("One timetable by June.")
    hr.get_by_label("How you will know").fill("Late departures a week.")
    hr.get_by_label("Business owner").fill(OWNER)
    hr.get_by_label("Sponsor").fill(SPONSOR)
    hr.get_by_label("Competency").first.select_option(label=COMPETENCY)
    hr.get_by_label("Level").first.fill("4")
    hr.get_by_role("button", name="Post it").click()
    expect(hr.get_by_role("heading", level=1)).to_contain_text(TITLE)


def _confirm(page: Page) -> None:
    page.get_by_label("The result").fill("One timetable; late departures fell by a third.")
    page.get_by_label("Led").check()
    page.get_by_label("The proof").fill("The punctuality report")
    page.get_by_role("group", name=COMPETENCY).get_by_role("radio").nth(3).check(force=True)
    page.get_by_role("button", name="Confirm the outcome").click()


def _look_back(page: Page) -> None:
    page.get_by_label("What came of it").fill("It runs.")
    page.get_by_label("One thing learned").fill("Ask the drivers first.")
    page.get_by_label("One next action").fill("Visit the night shift in May.")
    page.get_by_role("button", name="Hand it in").click()
