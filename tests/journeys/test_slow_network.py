"""A rater on a slow network that comes and goes, and what a screen reader is told of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from ldtrack.config.secret import secret_in
from ldtrack.db.engine import engine_for
from ldtrack.db.session import Database
from ldtrack.feedback import service
from ldtrack.feedback.domain.keys import link_word
from ldtrack.feedback.models import Subject
from tests.infrastructure.feedback import set_up
from tests.infrastructure.organisation import found
from tests.journeys import raters
from tests.journeys.looking import faults_of
from tests.journeys.people import PHONE, window
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SLOW_3G = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""What browsers call so: 400 ms to and fro, 400 kbit in a second."""
MOST_BYTES = 250_000
"""For the first page with fonts and everything, uncompressed: five seconds then."""
AWAY = "There is no connection. What you wrote is kept on this page"
TOO_LONG = "Please shorten this to 10,000 characters; it has 10,001."


@pytest.fixture(scope="module")
def links(empty_site: Site) -> dict[str, str]:
    """The links of a small cycle's raters, straight from its database."""
    now = datetime.now(UTC)
    key = secret_in(empty_site.instance, "rater_key")
    delivery = service.Delivery(rater_key=key, base_url=empty_site.url)
    database = Database(engine_for(f"sqlite:///{empty_site.instance / 'ldtrack.db'}"))
    with database.writing() as session:
        acme = found(session, "Acme", now)
        running = set_up(session, acme, now, closes_on=(now + timedelta(days=10)).date())
        service.open_cycle(session, acme.actor["hr"], running.id, now=now, delivery=delivery)
        subject = session.get_one(Subject, running.subject_id).key or b""
    return {
        who: delivery.link(link_word(key, subject, id_)) for who, id_ in running.invitation.items()
    }


@pytest.fixture
def phone(browser: Browser, empty_site: Site) -> Iterator[Page]:
    """A phone on a slow network."""
    context = window(browser, empty_site, width=PHONE)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_3G})
    yield page
    context.close()


def test_the_first_page_is_light(browser: Browser, empty_site: Site, links: dict[str, str]) -> None:
    context = window(browser, empty_site, width=PHONE)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    came: list[int] = []
    network.on("Network.loadingFinished", lambda told: came.append(told["encodedDataLength"]))
    page.goto(links["peer_1"], wait_until="networkidle")
    assert sum(came) < MOST_BYTES
    context.close()


def test_nothing_is_lost_when_the_network_goes_away_in_the_middle(
    browser: Browser, empty_site: Site, phone: Page, links: dict[str, str]
) -> None:
    raters.begin(phone, links["peer_1"])
    raters.rate(phone, "4")
    expect(phone.get_by_text("Saved at")).to_be_visible()

    phone.context.set_offline(True)
    raters.rate(phone, "2")
    expect(phone.get_by_text(AWAY)).to_be_visible()
    here = phone.url
    phone.get_by_role("button", name="Save and go on").click()
    expect(phone.get_by_text(AWAY)).to_be_visible()
    assert phone.url == here
    expect(phone.get_by_role("radio", name=re.compile("^2")).first).to_be_checked()

    phone.context.set_offline(False)
    expect(phone).not_to_have_url(here)
    elsewhere = window(browser, empty_site)
    other = elsewhere.new_page()
    other.goto(here)
    expect(other.get_by_role("radio", name=re.compile("^2")).first).to_be_checked()
    elsewhere.close()


def test_words_that_were_lost_on_the_way_are_back_when_the_page_is(
    phone: Page, links: dict[str, str]
) -> None:
    words = links["peer_2"] + "/4"
    phone.goto(words)
    phone.route("**/*", lambda route: route.abort() if "/r/" in route.request.url else None)
    phone.get_by_label("Keep doing").fill("You listen before you speak.")
    phone.get_by_role("button", name="Save and go on").click()
    phone.wait_for_url("chrome-error://**")
    phone.unroute_all()
    phone.goto(words)
    expect(phone.get_by_text("What you wrote before is back.")).to_be_visible()
    expect(phone.get_by_label("Keep doing")).to_have_value("You listen before you speak.")


def test_a_screen_reader_is_told_what_is_asked_and_what_is_chosen(
    browser: Browser, empty_site: Site, links: dict[str, str]
) -> None:
    context = window(browser, empty_site, width=PHONE)
    page = context.new_page()
    raters.begin(page, links["peer_3"])
    raters.rate(page, "4")
    expect(page.locator("main")).to_match_aria_snapshot(TREE)
    context.close()


def test_what_is_wrong_is_said_first_and_leads_to_its_field(
    browser: Browser, empty_site: Site, links: dict[str, str]
) -> None:
    context = window(browser, empty_site, width=PHONE)
    page = context.new_page()
    page.goto(links["peer_4"] + "/4")
    page.get_by_label("Do more").fill("x" * 10_001)
    page.get_by_role("button", name="Save and go on").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Nothing is stored yet: one answer needs another look")
    summary.get_by_role("link", name=TOO_LONG).click()
    field = page.get_by_label("Do more")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile(re.escape(TOO_LONG)))
    expect(field).to_have_attribute("aria-invalid", "true")
    assert faults_of(page) == []
    context.close()


def test_that_something_was_saved_is_said_without_being_asked(
    browser: Browser, empty_site: Site, links: dict[str, str]
) -> None:
    context = window(browser, empty_site)
    page = context.new_page()
    raters.begin(page, links["report_1"])
    raters.rate(page, "3")
    expect(page.get_by_role("status").filter(has_text="Saved at")).to_be_visible()
    context.close()


TREE = """
- status
- paragraph: Amara Okafor · 1 of 4
- heading "Coaching others" [level=1]:
  - emphasis: Coaching others
- progressbar "Step 1 of 4": 1 of 4
- paragraph: What coaching others means here.
- group "Shows coaching others at level 3":
  - text: Shows coaching others at level 3
  - radio "1 Awareness"
  - text: 1 Awareness
  - radio "2 Basic"
  - text: 2 Basic
  - radio "3 Intermediate"
  - text: 3 Intermediate
  - radio "4 Advanced" [checked]
  - text: 4 Advanced
  - radio "5 Expert"
  - text: 5 Expert
  - radio "Not able to observe"
  - text: Not able to observe
- button "Save and go on"
- button "Back"
- status: /Saved at \\d+:\\d+\\./
"""
