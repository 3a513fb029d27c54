"""A 360 from HR's first click to the leader's competency page, with raters on any device."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import raters
from tests.journeys.keys import tab_to
from tests.journeys.letters import links_by_name
from tests.journeys.looking import faults_of, listen
from tests.journeys.people import PHONE, somebody, window
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEADER = "Amara Okafor"
CYCLE = "Winter view"
ASKED_ABOUT = ("Conflict Management", "Team Building")
OUTSIDE = "Kofi Boateng"
PEERS = (OUTSIDE, "Dai Evans", "Ilse Tanaka", "Thabo Sharma")
REPORTS = ("Noor Lindqvist", "Priya Al-Sayed")
N_RATERS = 1 + 1 + len(PEERS) + len(REPORTS)
LONE_WORDS = "In the depot talk you let both sides finish before you spoke."
WORDS_OF_SEVERAL = "Say earlier what you have already decided."
POOLED = "Direct reports: 2 asked, fewer than 3, so they are shown together with Peers."


@pytest.fixture(scope="module")
def entries_before(browser: Browser, site: Site) -> dict[str, int]:
    """How many pieces of evidence the leader had for each competency."""
    with somebody(browser, site, "leader") as page:
        return {name: _entries(page, name) for name in ASKED_ABOUT}


@pytest.fixture(scope="module")
def hr(browser: Browser, site: Site, entries_before: dict[str, int]) -> Iterator[Page]:
    """HR's screen on the page of a cycle that is set up."""
    assert entries_before.keys() == {*ASKED_ABOUT}
    with somebody(browser, site, "hr") as page:
        _set_up(page)
        _choose_raters(page)
        page.get_by_role("link", name=CYCLE).click()
        yield page


@pytest.fixture(scope="module")
def cycle(hr: Page) -> str:
    """The address of its page for HR."""
    return hr.url


@pytest.fixture(scope="module")
def links(hr: Page, cycle: str, site: Site) -> dict[str, str]:
    """HR has opened it: the link of each rater, from their mail."""
    hr.goto(cycle)
    hr.locator("summary", has_text="Open the cycle").click()
    hr.get_by_role("button", name="Yes, ask them").click()
    expect(hr.get_by_text("the invitations are on their way")).to_be_visible()
    return links_by_name(site, N_RATERS)


@pytest.fixture(scope="module")
def closed(browser: Browser, site: Site, hr: Page, cycle: str, links: dict[str, str]) -> Page:
    """Whoever had not answered has, and HR has closed the cycle."""
    wire = browser.new_context(base_url=site.url)
    for name, link in links.items():
        if "Your answers are in" not in wire.request.get(link).text():
            score = 5 if name == LEADER else 3 + (name in REPORTS)
            lone = LONE_WORDS if name == OUTSIDE else ""
            raters.answer_by_wire(wire.request, link, score, keep=lone, more=WORDS_OF_SEVERAL)
    wire.close()
    hr.goto(cycle)
    hr.locator("summary", has_text="Close now").click()
    hr.get_by_role("button", name="Yes, close it").click()
    expect(hr.get_by_role("table").get_by_text("With the coach", exact=True)).to_be_visible(
        timeout=60_000
    )
    return hr


@pytest.fixture(scope="module")
def passed_on(browser: Browser, site: Site, closed: Page) -> Iterator[Page]:
    """The coach has read the report first and passed it on: the coach's screen."""
    expect(closed.get_by_text("1 report")).to_be_visible()
    with somebody(browser, site, "coach") as page:
        page.get_by_role("link", name=f"Read the 360 of {LEADER}").click()
        expect(page.get_by_role("heading", name="An order to talk it through")).to_be_visible()
        expect(page.get_by_text(LONE_WORDS)).to_be_visible()
        page.locator("summary", has_text="Pass it on").click()
        page.get_by_role("button", name="Yes, pass it on").click()
        expect(page.get_by_text(f"{LEADER} can read the report now.")).to_be_visible()
        yield page


def test_hr_is_told_before_the_start_that_a_small_group_is_shown_with_another(hr: Page) -> None:
    expect(hr.get_by_text(POOLED)).to_be_visible()
    expect(hr.get_by_role("heading", level=1)).to_contain_text(
        f"{CYCLE} is ready: {N_RATERS} questionnaires about 1 person."
    )


def test_every_rater_gets_a_mail_with_a_link_of_their_own(links: dict[str, str]) -> None:
    assert {*links} == {LEADER, "Zofia Rossi", *PEERS, *REPORTS}
    assert len({*links.values()}) == N_RATERS


def test_a_rater_stops_on_a_phone_and_goes_on_elsewhere_without_an_account(
    browser: Browser, site: Site, links: dict[str, str]
) -> None:
    link = links[OUTSIDE]
    phone = window(browser, site, width=PHONE)
    page = phone.new_page()
    heard = listen(page)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{LEADER} would like your view")
    expect(page.get_by_text("Answers are shown only together, from at least 3")).to_be_visible()
    raters.begin(page, link)
    raters.rate(page, "4")
    raters.go_on(page, ASKED_ABOUT[1])
    raters.rate(page, "3")
    expect(page.get_by_text("Saved at")).to_be_visible()
    assert heard == []
    phone.close()

    elsewhere = window(browser, site)
    page = elsewhere.new_page()
    page.goto(link)
    page.get_by_role("link", name="Look over your answers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Every statement has an answer")
    page.get_by_role("link", name=ASKED_ABOUT[1]).click()
    expect(page.get_by_role("radio", name=re.compile("^3"))).to_be_checked()
    raters.go_on(page, "In your own words")
    page.get_by_label("Keep doing").fill(LONE_WORDS)
    raters.go_on(page, "Ready to send?")
    expect(page.get_by_text(LONE_WORDS)).to_be_visible()
    raters.send(page)
    elsewhere.close()


def test_a_rater_answers_and_sends_with_the_keyboard_alone(
    browser: Browser, site: Site, links: dict[str, str]
) -> None:
    context = window(browser, site)
    page = context.new_page()
    page.goto(links["Dai Evans"])
    tab_to(page, page.get_by_role("link", name="Begin"))
    page.keyboard.press("Enter")
    for title in ASKED_ABOUT:
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        tab_to(page, page.get_by_role("radio").first)
        page.keyboard.press("Space")
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        expect(page.get_by_role("radio", name=re.compile("^4"))).to_be_checked()
        page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Do more"))
    page.keyboard.type("Say no sooner.")
    tab_to(page, page.get_by_role("button", name="Save and go on"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Say no sooner.")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Send"))
    page.keyboard.press("Space")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you, Dai Evans")
    context.close()


def test_a_rater_answers_without_any_script(
    browser: Browser, site: Site, links: dict[str, str]
) -> None:
    context = window(browser, site, width=PHONE, script=False)
    page = context.new_page()
    raters.begin(page, links["Ilse Tanaka"])
    raters.rate(page, "3")
    raters.go_on(page, ASKED_ABOUT[1])
    page.get_by_role("radio", name="Not able to observe").check()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("radio", name=re.compile("^3"))).to_be_checked()
    raters.go_on(page, ASKED_ABOUT[1])
    expect(page.get_by_role("radio", name="Not able to observe")).to_be_checked()
    raters.go_on(page, "In your own words")
    page.get_by_label("Do less").fill("Fewer slides.")
    raters.go_on(page, "Ready to send?")
    raters.send(page)
    context.close()


def test_every_screen_of_a_rater_is_accessible_at_a_desk_on_a_phone_and_narrow(
    browser: Browser, site: Site, links: dict[str, str]
) -> None:
    context = window(browser, site)
    page = context.new_page()
    faults = listen(page)
    link = links["Thabo Sharma"]
    for screen in ("", "/1", "/3", "/review", "/thanks"):
        page.goto(link + screen)
        faults += faults_of(page)
    context.close()
    assert faults == []


def test_the_leader_sees_days_and_no_count_while_it_is_open(
    browser: Browser, site: Site, links: dict[str, str]
) -> None:
    assert len(links) == N_RATERS
    with somebody(browser, site, "leader") as page:
        page.goto("/feedback")
        expect(page.get_by_text("no count of answers").first).to_be_visible()
        expect(page.get_by_text(re.compile(rf"\d+ of {N_RATERS}"))).to_have_count(0)


def test_an_answered_link_says_that_the_answers_are_in(
    browser: Browser, site: Site, links: dict[str, str]
) -> None:
    context = window(browser, site, width=PHONE)
    page = context.new_page()
    raters.answer_by_wire(page.request, links["Priya Al-Sayed"], 4, more="Nothing to add.")
    page.goto(links["Priya Al-Sayed"])

    expect(page.get_by_text("Your answers are in")).to_be_visible()
    expect(page.get_by_role("link", name="Change your answers")).to_be_visible()
    context.close()


@pytest.mark.usefixtures("closed")
def test_the_leader_waits_for_the_coach_after_it_is_closed(browser: Browser, site: Site) -> None:
    with somebody(browser, site, "leader") as page:
        page.goto("/feedback")
        expect(page.get_by_text("reads the report first")).to_be_visible()
        expect(page.get_by_role("link", name=f"Read {CYCLE}")).to_have_count(0)


@pytest.mark.usefixtures("closed")
def test_a_link_of_a_closed_cycle_says_kindly_that_there_is_nothing_to_do(
    browser: Browser, site: Site, links: dict[str, str]
) -> None:
    context = window(browser, site, width=PHONE)
    page = context.new_page()
    for address in (links[OUTSIDE], f"{links[OUTSIDE]}/1", f"{site.url}/r/{'x' * 43}"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "There is no open questionnaire behind this link."
        )
        expect(page.get_by_text("your answers are safe")).to_be_visible()
    context.close()


def test_the_coach_passes_the_report_on_and_can_still_read_it(passed_on: Page) -> None:
    expect(passed_on.get_by_role("heading", level=1)).to_contain_text("widest gap")


@pytest.mark.usefixtures("passed_on")
def test_the_leader_reads_a_report_that_names_nobody_and_no_comment_that_stands_alone(
    browser: Browser, site: Site
) -> None:
    with somebody(browser, site, "leader") as page:
        page.goto("/feedback")
        page.get_by_role("link", name=f"Read {CYCLE}").click()
        expect(page.get_by_text("shown together, so that nobody can be told apart")).to_be_visible()
        expect(page.get_by_text(WORDS_OF_SEVERAL).first).to_be_visible()
        expect(page.get_by_text(LONE_WORDS)).to_have_count(0)
        assert [name for name in (*PEERS, *REPORTS) if name in page.content()] == []


@pytest.mark.usefixtures("passed_on")
def test_each_competency_has_exactly_one_new_piece_of_evidence(
    browser: Browser, site: Site, entries_before: dict[str, int]
) -> None:
    with somebody(browser, site, "leader") as page:
        for name in ASKED_ABOUT:
            assert _entries(page, name) == entries_before[name] + 1
            expect(page.locator(".ledger").get_by_role("link", name=CYCLE)).to_have_count(1)


def _set_up(page: Page) -> None:
    page.goto("/feedback/cycles/new")
    framework = page.get_by_label("Framework", exact=True)
    framework.select_option(
        label="Executive Core Qualifications (28 leadership competencies), 2006"
    )
    page.get_by_role("button", name="Use this framework").click()
    page.get_by_label("Name", exact=True).fill(CYCLE)
    for name in ASKED_ABOUT:
        page.get_by_role("checkbox", name=re.compile(f"^{name}")).check()
    page.get_by_label("Statements for each competency").fill("1")
    page.get_by_role("button", name="Set it up").click()
    page.get_by_label("Search by name").fill(LEADER)
    page.get_by_role("button", name="Show").click()
    page.get_by_role("checkbox", name=re.compile(f"^{LEADER}")).check()
    page.get_by_role("button", name="Add them").click()
    page.get_by_role("rowheader").get_by_role("link", name=LEADER).click()


def _choose_raters(page: Page) -> None:
    """Two of the four proposed direct reports are left out; somebody from outside is asked."""
    for name in ("Dai Brandt", "Goran Brandt"):
        page.get_by_role("row", name=name).get_by_role("button", name="Remove").click()
        expect(page.get_by_role("row", name=name)).to_have_count(0)
    page.get_by_role("link", name="Ask someone from outside").click()
    page.get_by_label("Name").fill(OUTSIDE)
    page.get_by_label("E-mail address").fill("kofi@harbour.example")
    page.get_by_label("As").select_option(label="Peers")
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_role("row", name=OUTSIDE)).to_be_visible()


def _entries(page: Page, competency: str) -> int:
    """Lines of the ledger; stays on the page of the competency."""
    page.goto("/growth")
    page.get_by_role("link", name=competency, exact=True).click()
    expect(page.get_by_role("heading", name="Why this level")).to_be_visible()
    return page.locator(".ledger tbody tr").count()
