"""What coaches do in the journeys, and what others read of it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def agree_milestone(
    page: Page, other: Page, leader: str, competency: str, title: str, level: str
) -> None:
    """The coach proposes what will be seen, from the caseload; the leader on `other` agrees."""
    page.goto("/caseload")
    page.get_by_role("link", name=f"Coaching of {leader}").click()
    page.get_by_role("link", name="Propose a milestone").click()
    page.get_by_role("link", name=competency, exact=True).click()
    page.get_by_label("What will be seen when it is met").fill(title)
    page.get_by_role("radio", name=level).check()
    page.get_by_role("button", name=f"Propose it to {leader.split()[0]}").click()
    expect(page.get_by_text(title)).to_be_visible()
    other.goto("/coaching")
    other.get_by_role("link", name=re.compile(f"Answer ?: {re.escape(title)}")).click()
    expect(other.get_by_role("heading", name="What evidence it would leave")).to_be_visible()
    other.get_by_role("button", name="Agree").click()
    expect(other.get_by_text("It is agreed, and counts from now on.")).to_be_visible()


def open_session_form(page: Page, leader: str) -> None:
    """The form for a session with the leader, from the caseload."""
    page.goto("/caseload")
    page.get_by_role("link", name=f"Log a session with {leader}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What did you and")


def mark_met(page: Page, milestone: str) -> None:
    """Tick on the session form that the milestone was met."""
    page.get_by_role("group", name=re.compile(re.escape(milestone))).get_by_label("Met").check()


def save_session(page: Page, leader: str) -> None:
    """Send the form; the page that follows says that it is logged."""
    page.get_by_role("button", name="Save session").click()
    first_name = leader.split()[0]
    expect(page.get_by_role("status").get_by_text(f"The session with {first_name}")).to_be_visible()


def level_in(page: Page, competency: str) -> float:
    """The leader's level in a competency, as their own page of it says; stays on that page."""
    page.goto("/growth")
    page.get_by_role("link", name=competency, exact=True).click()
    said = page.locator(".level-line").inner_text()
    found = re.search(r"Level (\d\.\d)", said)
    assert found is not None, said
    return float(found[1])
