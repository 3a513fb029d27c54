"""What can go wrong between a click and the server: two tabs, two clicks, no net, no sign-in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import coaching
from tests.journeys.people import sign_in, sign_in_here, somebody
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEADER = "Amara Okafor"
NOTE = "We went through the timetable change, line by line."
_HIDDEN = re.compile(r'<input[^>]*name="(csrf_token|idempotency_key)"[^>]*value="([^"]+)"')


@pytest.fixture
def coach(browser: Browser, site: Site) -> Iterator[Page]:
    """The coach's first tab, with an empty session form."""
    with somebody(browser, site, "coach") as page:
        coaching.open_session_form(page, LEADER)
        if page.get_by_role("button", name="Begin afresh").count():
            page.get_by_role("button", name="Begin afresh").click()
            expect(page.get_by_text("The draft is gone.")).to_be_visible()
        yield page


def test_an_eager_finger_stores_a_session_once(coach: Page) -> None:
    before = _held(coach)
    coaching.open_session_form(coach, LEADER)
    coach.get_by_label("Shared note").fill(NOTE)
    coach.get_by_role("button", name="Save session").dblclick()
    expect(coach.get_by_text("The session with Amara is logged.")).to_be_visible()

    assert _held(coach) == before + 1


def test_a_form_that_arrives_twice_is_stored_once(coach: Page) -> None:
    before = _held(coach)
    coaching.open_session_form(coach, LEADER)
    form = coach.locator("form.form")
    filled = dict(_HIDDEN.findall(form.inner_html())) | {
        "held_on": coach.get_by_label("Date", exact=True).input_value(),
        "minutes": "30",
        "shared_note": NOTE,
    }
    answers = [coach.request.post(coach.url, form=filled) for _ in range(2)]

    assert [answer.status for answer in answers] == [200, 200]
    assert answers[0].url == answers[1].url
    assert _held(coach) == before + 1


def test_a_milestone_met_in_one_tab_is_refused_in_the_other_and_the_note_stays(
    coach: Page, browser: Browser, site: Site
) -> None:
    title = "Hands the radio to the youngest"
    with somebody(browser, site, "leader") as leader:
        coaching.agree_milestone(coach, leader, LEADER, "Team Building", title, "3 – ")
    coaching.open_session_form(coach, LEADER)
    stale = coach.context.new_page()
    coaching.open_session_form(stale, LEADER)
    coaching.mark_met(coach, title)
    coaching.save_session(coach, LEADER)

    stale.get_by_label("Shared note").fill(NOTE)
    coaching.mark_met(stale, title)
    stale.get_by_role("button", name="Save session").click()

    expect(stale.locator("[data-error-summary]")).to_be_focused()
    expect(stale.get_by_label("Shared note")).to_have_value(NOTE)


def test_what_is_typed_without_a_net_stays_in_the_tab_and_is_kept_once_there_is_one(
    coach: Page,
) -> None:
    coach.context.set_offline(True)
    coach.get_by_label("Shared note").fill(NOTE)
    coach.get_by_label("Private note").focus()
    expect(coach.get_by_text("The server cannot be reached.")).to_be_visible()
    coach.context.set_offline(False)
    expect(coach.get_by_text("Draft kept")).to_be_visible()

    coach.reload()

    expect(coach.get_by_label("Shared note")).to_have_value(NOTE)


def test_after_signing_out_in_another_tab_the_form_comes_back_with_its_text(
    coach: Page, site: Site
) -> None:
    other = coach.context.new_page()
    other.goto("/caseload")
    coach.get_by_label("Shared note").fill(NOTE)
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()

    coach.get_by_role("button", name="Save session").click()
    expect(coach.get_by_text("nothing is stored yet")).to_be_visible()
    coach.get_by_role("link", name="Open the form again").click()
    sign_in_here(coach, site, "coach")

    expect(coach.get_by_text("What you wrote before is back.")).to_be_visible()
    expect(coach.get_by_label("Shared note")).to_have_value(NOTE)
    coaching.save_session(coach, LEADER)


def test_a_form_opened_before_signing_in_again_comes_back_with_its_text(
    coach: Page, site: Site
) -> None:
    other = coach.context.new_page()
    other.goto("/caseload")
    coach.get_by_label("Shared note").fill(NOTE)
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(other, site, "coach")

    coach.get_by_role("button", name="Save session").click()
    coach.get_by_role("link", name="Open the form again").click()

    expect(coach.get_by_label("Shared note")).to_have_value(NOTE)
    coaching.save_session(coach, LEADER)


def test_a_sign_in_that_ended_meanwhile_leads_back_to_the_form_and_its_text(
    browser: Browser, coach: Page, site: Site
) -> None:
    coach.get_by_label("Shared note").fill(NOTE)
    _end_sign_ins(browser, site, "coach")

    coach.get_by_role("button", name="Save session").click()
    expect(coach.get_by_text("You were signed out, so nothing is stored yet.")).to_be_visible()
    sign_in_here(coach, site, "coach")

    expect(coach.get_by_role("heading", level=1)).to_contain_text("work on?")
    expect(coach.get_by_label("Shared note")).to_have_value(NOTE)
    coaching.save_session(coach, LEADER)


def test_a_form_without_a_draft_comes_back_with_its_text_too(browser: Browser, site: Site) -> None:
    with somebody(browser, site, "hr") as hr:
        hr.goto("/courses/new")
        hr.get_by_label("Title").fill("Winter driving")
        hr.get_by_label("Format").select_option(label="Workshop")
        hr.get_by_label("Description").fill("Ice, fog and patience.")
        _end_sign_ins(browser, site, "hr")
        hr.get_by_label("Code").fill("WD-1")
        hr.get_by_role("button", name="Save the course").click()
        sign_in_here(hr, site, "hr")

        expect(hr.get_by_label("Title")).to_have_value("Winter driving")
        expect(hr.get_by_label("Description")).to_have_value("Ice, fog and patience.")
        hr.get_by_role("button", name="Save the course").click()
        expect(hr.get_by_role("heading", level=1)).to_contain_text("Winter driving")
        hr.goto("/courses/new")
        expect(hr.get_by_label("Title")).to_have_value("")


def test_signing_out_leaves_nothing_in_the_tab_for_the_next_person(coach: Page) -> None:
    coach.context.set_offline(True)
    coach.get_by_label("Private note").fill(NOTE)
    coach.get_by_label("Shared note").focus()
    expect(coach.get_by_text("The server cannot be reached.")).to_be_visible()
    coach.context.set_offline(False)
    expect(coach.get_by_text("Draft kept")).to_be_visible()
    coach.get_by_label("Private note").fill(f"{NOTE} And more.")
    coach.get_by_role("button", name="Sign out").click()
    expect(coach.get_by_role("heading", name="Sign in")).to_be_visible()

    assert coach.evaluate("sessionStorage.length") == 0


def _end_sign_ins(browser: Browser, site: Site, role: str) -> None:
    """An administrator disables the account, which ends its sign-ins, and enables it again."""
    email, _ = site.accounts[site.organisation][role]
    with somebody(browser, site, "administrator") as page:
        page.goto("/accounts")
        page.get_by_label("Search by name or address").fill(email)
        page.get_by_role("button", name="Show").click()
        page.get_by_role("button", name="Disable", exact=True).click()
        page.get_by_role("button", name="Enable", exact=True).click()
        expect(page.get_by_text("The account is open again.")).to_be_visible()


def _held(coach: Page) -> int:
    """How many sessions were held so far, as the coach's page of the leader says."""
    coach.goto("/caseload")
    coach.get_by_role("link", name=f"Coaching of {LEADER}").click()
    held = coach.locator("ol.sessions > li")
    expect(held.first).to_be_visible()
    return held.count()


def test_a_leaders_own_note_survives_a_cut_and_a_late_tab_puts_nothing_old_back(
    browser: Browser, site: Site
) -> None:
    with somebody(browser, site, "leader") as leader:
        leader.goto("/coaching")
        leader.get_by_role("link", name="Note something for yourself").first.click()
        stale = leader.context.new_page()
        stale.goto(leader.url)
        leader.context.set_offline(True)
        leader.get_by_label("Your private note").fill(NOTE)
        leader.get_by_label("Your private note").blur()
        expect(leader.get_by_text("The server cannot be reached.")).to_be_visible()
        leader.context.set_offline(False)
        expect(leader.get_by_text("Draft kept")).to_be_visible()
        leader.get_by_role("button", name="Keep the note").click()
        expect(leader.get_by_text("Nobody else can read it.")).to_be_visible()

        stale.get_by_label("Your private note").fill("Something older")
        stale.get_by_label("Your private note").blur()

        expect(stale.get_by_text("The server did not take the draft.")).to_be_visible()
        leader.reload()
        expect(leader.locator(".note.own").first).to_contain_text(NOTE)
