"""A coach logs a session on a phone; everybody sees of it what is theirs to see, at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import coaching
from tests.journeys.people import PHONE, somebody
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEADER = "Amara Okafor"
COMPETENCY = "Conflict Management"
MILESTONE = "Tells two heads of depot what neither wants to hear"
SHARED = "We rehearsed the first sentence of the talk with both depots."
PRIVATE = "xylophone: I wonder whether the line manager is part of it."


@pytest.fixture(scope="module")
def level_before(browser: Browser, site: Site) -> float:
    """Where the leader stood when the day began."""
    with somebody(browser, site, "leader") as page:
        return coaching.level_in(page, COMPETENCY)


@pytest.fixture(scope="module")
def held_before(browser: Browser, site: Site) -> int:
    """How many sessions HR saw when the day began."""
    with somebody(browser, site, "hr") as page:
        return _held(page)


@pytest.fixture(scope="module")
def coach(browser: Browser, site: Site, level_before: float, held_before: int) -> Iterator[Page]:
    """The coach's phone, after a session with both notes and a milestone met was logged on it."""
    assert level_before > 0
    assert held_before > 0
    with somebody(browser, site, "coach", width=PHONE) as page:
        with somebody(browser, site, "leader", width=PHONE) as leader:
            coaching.agree_milestone(page, leader, LEADER, COMPETENCY, MILESTONE, "4 – ")
        coaching.open_session_form(page, LEADER)
        page.get_by_role("checkbox", name=COMPETENCY).check()
        page.get_by_label("Shared note").fill(SHARED)
        page.get_by_label("Private note").fill(PRIVATE)
        coaching.mark_met(page, MILESTONE)
        coaching.save_session(page, LEADER)
        yield page


@pytest.fixture
def leader(browser: Browser, site: Site) -> Iterator[Page]:
    """The leader's screen."""
    with somebody(browser, site, "leader") as page:
        yield page


@pytest.mark.usefixtures("coach")
def test_the_leader_sees_the_milestone_in_the_ledger_and_a_higher_level(
    leader: Page, level_before: float
) -> None:
    level = coaching.level_in(leader, COMPETENCY)

    newest = leader.get_by_role("row").nth(1)
    expect(newest).to_contain_text(MILESTONE)
    expect(newest).to_contain_text("level 4 reached")
    assert level > level_before


@pytest.mark.usefixtures("coach")
def test_the_leaders_first_page_tells_the_news(leader: Page) -> None:
    leader.goto("/growth")

    expect(leader.get_by_text(f"Milestone met: {MILESTONE}")).to_be_visible()


@pytest.mark.usefixtures("coach")
def test_the_leader_reads_the_shared_note(leader: Page) -> None:
    leader.get_by_role("link", name="Coaching").click()

    expect(leader.get_by_text(SHARED)).to_be_visible()


def test_the_coach_reads_both_notes_and_who_else_reads_them(coach: Page) -> None:
    coach.goto("/caseload")
    coach.get_by_role("link", name=f"Coaching of {LEADER}").click()

    shared, private = coach.locator(".note.shared").first, coach.locator(".note.private").first
    expect(shared).to_contain_text(SHARED)
    expect(shared).to_contain_text("Amara and you can read this")
    expect(private).to_contain_text(PRIVATE)
    expect(private).to_contain_text("Only you can read this")
    assert "xylophone" in coach.request.get(coach.url).text()


@pytest.mark.parametrize("role", ["leader", "hr", "sponsor", "administrator"])
def test_nobody_else_finds_the_private_note_anywhere(
    browser: Browser, site: Site, coach: Page, role: str
) -> None:
    with somebody(browser, site, role) as page:
        offered = page.locator("nav[aria-label=Main] a").evaluate_all("all => all.map(a => a.href)")
        for address in [*offered, *_pages_of(coach)]:
            assert "xylophone" not in page.request.get(address).text()


@pytest.mark.usefixtures("coach")
def test_hr_sees_one_more_session_and_nothing_that_was_said(
    browser: Browser, site: Site, held_before: int
) -> None:
    with somebody(browser, site, "hr") as page:
        assert _held(page) == held_before + 1
        expect(page.get_by_text(SHARED)).to_have_count(0)


@pytest.mark.usefixtures("coach")
def test_undo_takes_a_session_back_and_its_evidence_with_it(browser: Browser, site: Site) -> None:
    title = "Lets the quiet depot speak first"
    with somebody(browser, site, "leader") as leader, somebody(browser, site, "coach") as page:
        before = coaching.level_in(leader, COMPETENCY)
        coaching.agree_milestone(page, leader, LEADER, COMPETENCY, title, "5 – ")
        coaching.open_session_form(page, LEADER)
        coaching.mark_met(page, title)
        coaching.save_session(page, LEADER)
        assert coaching.level_in(leader, COMPETENCY) > before

        page.get_by_role("button", name="Undo").click()

        expect(page.get_by_text("The session is taken back.")).to_be_visible()
        expect(page.get_by_role("group", name=title).get_by_label("Met")).to_be_checked()
        assert coaching.level_in(leader, COMPETENCY) == before
        expect(leader.get_by_text(f"{title} was taken back")).to_be_visible()


def _held(page: Page) -> int:
    """The number of sessions on HR's page of the engagement."""
    page.goto("/coaching/engagements")
    page.get_by_role("link", name=LEADER).first.click()
    said = page.locator("dl.facts").inner_text()
    return int(said.split("Sessions")[1].split()[0])


def _pages_of(coach: Page) -> list[str]:
    """Where the coach reads the note, and the leader's pages that others may open."""
    coach.goto("/caseload")
    coach.get_by_role("link", name=f"Coaching of {LEADER}").click()
    of_leader = coach.url.removesuffix("/coaching")
    return [coach.url, *(f"{of_leader}/{part}" for part in ("growth", "pathway", "assignments"))]
