"""A leader has reviews made: one to keep, one that the sponsor gets only after a yes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.letters import eventually, letters, link_in
from tests.journeys.looking import faults_of, listen
from tests.journeys.people import sign_in_as, somebody, window
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SPONSOR = "Zofia Rossi"
WORD = "Could you open the door to the harbour board for me?"
_A_WHILE = 90_000


@pytest.fixture(scope="module")
def leader(browser: Browser, site: Site) -> Iterator[Page]:
    """The leader's screen."""
    with somebody(browser, site, "leader") as page:
        yield page


@pytest.fixture(scope="module")
def own(leader: Page) -> str:
    """The address of the leader's own review, printed."""
    return _make(leader, "The leader’s own review")


@pytest.fixture(scope="module")
def preview(leader: Page) -> str:
    """The address of a report for the sponsor, printed and not agreed to."""
    return _make(leader, "A report for the sponsor")


@pytest.fixture(scope="module")
def agreed(leader: Page, preview: str) -> str:
    """The same after the leader read it and said yes."""
    leader.goto(preview)
    leader.get_by_role("link", name="Say yes").click()
    leader.get_by_label("A word to your sponsor").fill(WORD)
    leader.get_by_role("button", name="Yes, share it").click()
    expect(leader.get_by_role("heading", level=1)).to_contain_text(f"{SPONSOR} can read this since")
    expect(leader.get_by_role("link", name="Open the PDF")).to_be_visible(timeout=_A_WHILE)
    return preview


@pytest.fixture
def sponsor(browser: Browser, site: Site) -> Iterator[Page]:
    """The sponsor's screen."""
    with somebody(browser, site, "sponsor") as page:
        yield page


def test_the_leader_downloads_a_tagged_pdf_once_the_progress_is_through(
    leader: Page, own: str
) -> None:
    leader.goto(own)
    answer = leader.request.get(_pdf(leader))

    assert answer.headers["content-type"] == "application/pdf"
    assert _is_tagged(answer.body())


def test_the_pages_of_reviews_are_accessible_at_a_desk_on_a_phone_and_narrow(
    leader: Page, own: str, preview: str
) -> None:
    faults = listen(leader)
    for address in ("/reviews", own, preview, f"{preview}/agree"):
        leader.goto(address)
        faults += faults_of(leader)

    assert faults == []


def test_before_the_yes_the_leader_can_read_what_the_sponsor_would_and_the_sponsor_cannot(
    leader: Page, preview: str, sponsor: Page
) -> None:
    leader.goto(preview)
    expect(leader.get_by_role("heading", level=1)).to_contain_text("only if you say yes")
    address = _pdf(leader)

    assert _is_tagged(leader.request.get(address).body())
    assert sponsor.request.get(address).status == 404


def test_after_the_yes_the_sponsor_finds_it_among_their_reports(
    leader: Page, agreed: str, sponsor: Page
) -> None:
    number = _number(leader, agreed)
    sponsor.goto("/reviews/shared")
    line = sponsor.get_by_role("listitem").filter(has_text=number)
    address = line.get_by_role("link").get_attribute("href")
    assert address is not None

    assert _is_tagged(sponsor.request.get(address).body())


@pytest.mark.parametrize("who", ["sponsor of others", "sponsor elsewhere", "hr"])
def test_nobody_else_learns_that_the_file_is_there(
    browser: Browser, site: Site, leader: Page, agreed: str, who: str
) -> None:
    leader.goto(agreed)
    address = _pdf(leader)
    context = window(browser, site)
    page = context.new_page()
    sign_in_as(page, *_account(site, who))

    assert page.request.get(address).status == 404
    context.close()


def test_a_mailed_link_opens_it_without_a_sign_in_and_the_leader_sees_that(
    browser: Browser, site: Site, leader: Page, agreed: str
) -> None:
    number = _number(leader, agreed)
    context = window(browser, site)
    page = context.new_page()
    link = eventually(lambda: _sent_link(site, page, number))
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("shares a report with you")
    assert faults_of(page) == []
    answer = page.request.get(_href(page, "Open the report (PDF)"))
    assert _is_tagged(answer.body())

    leader.goto(agreed)
    expect(leader.locator("ul.rows").get_by_text(SPONSOR).first).to_be_visible()

    leader.locator("summary", has_text="Take it back").click()
    leader.get_by_role("button", name="Take it back").click()
    expect(leader.get_by_role("heading", level=1)).to_contain_text("not shared")
    assert page.request.get(link).status == 404
    context.close()


def _make(page: Page, kind: str) -> str:
    """Ask for it, wait on the page that says how far it is, and give its address."""
    page.goto("/reviews")
    page.get_by_role("link", name="Make a review").first.click()
    page.get_by_role("radio", name=kind).check()
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", name="About it")).to_be_visible()
    address = page.url
    expect(page.get_by_role("link", name="Open the PDF")).to_be_visible(timeout=_A_WHILE)
    return address


def _pdf(page: Page) -> str:
    return _href(page, "Open the PDF")


def _href(page: Page, name: str) -> str:
    address = page.get_by_role("link", name=name).get_attribute("href")
    assert address is not None
    return address


def _is_tagged(content: bytes) -> bool:
    pikepdf = pytest.importorskip("pikepdf", reason="pikepdf is missing")
    with pikepdf.open(BytesIO(content)) as pdf:
        return bool(pdf.Root.MarkInfo.Marked) and "/StructTreeRoot" in pdf.Root


def _number(page: Page, review: str) -> str:
    page.goto(review)
    return page.locator("dl.facts dd").first.inner_text()


def _sent_link(site: Site, page: Page, number: str) -> str | None:
    """The mailed link to the report of that number; the demo has sent others."""
    links = [link_in(mail) for mail in letters(site, f"{site.url}/s/")]
    return next((link for link in links if number in page.request.get(link).text()), None)


def _account(site: Site, who: str) -> tuple[str, str]:
    if who == "hr":
        return site.accounts[site.organisation]["hr"]
    if who == "sponsor elsewhere":
        return site.accounts[site.other_organisation]["sponsor"]
    here, password = site.accounts[site.organisation]["sponsor"]
    with sqlite3.connect(site.instance / "ldtrack.db") as database:
        (other,) = database.execute(
            "SELECT min(account.email) FROM account JOIN membership ON account_id = account.id"
            " WHERE role = 'sponsor' AND email != ? AND organisation_id ="
            " (SELECT organisation_id FROM account WHERE email = ?)",
            (here, here),
        ).fetchone()
    return other, password
