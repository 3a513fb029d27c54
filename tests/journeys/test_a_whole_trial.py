"""A new HR generalist goes from nothing to a second edition in force, through the pages alone."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.integration.cli.test_a_whole_trial import ALED, MENDED, PATHWAY
from tests.journeys.looking import faults_of
from tests.journeys.people import sign_in_as, window
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRAMEWORK = "Civil Service Competency Framework"
WHOLE, PARTS = "Leading and Communicating", ("Leading people", "Communicating clearly")
PASSWORD = "four quiet words here"


def test_an_empty_installation_becomes_one_with_leaders_whose_levels_are_carried(
    browser: Browser, empty_site: Site, tmp_path: Path
) -> None:
    context = window(browser, empty_site)
    hr = context.new_page()
    hr.goto(empty_site.ldtrack("setup", "link").strip())
    _found_the_organisation(hr)
    _bring_in_sixty_people(hr, tmp_path)
    _set_up_by_tables(hr)
    _publish_the_pathway(hr)
    _enrol_by_rule(hr)
    _bring_in_completions(hr)
    _split_a_competency_in_the_next_edition(hr)
    _put_it_in_force(hr)
    _give_sign_in(hr, ALED)
    context.close()

    context = window(browser, empty_site)
    leader = context.new_page()
    sign_in_as(leader, ALED, PASSWORD)
    for part in PARTS:
        expect(leader.get_by_role("link", name=part).first).to_be_visible()
    assert faults_of(leader) == []
    leader.get_by_role("link", name=PARTS[0]).first.click()
    expect(leader.get_by_text("arried from").first).to_be_visible()
    leader.get_by_role("link", name=WHOLE).click()
    evidence = leader.get_by_role("listitem").filter(has_text="Talking so that people follow")
    expect(evidence.first).to_be_visible()
    leader.goto("/")
    leader.get_by_role("link", name="Pathway", exact=True).click()
    expect(leader.get_by_role("heading", level=1)).to_contain_text(PATHWAY)
    expect(leader.get_by_text("Explains a hard decision to the whole crew").first).to_be_visible()
    context.close()


def _found_the_organisation(hr: Page) -> None:
    hr.get_by_label("Name of the organisation").fill("Ferry Lines")
    hr.get_by_label("Time zone").select_option("Europe/London")
    hr.get_by_label("First name").fill("Ida")
    hr.get_by_label("Last name").fill("Berg")
    hr.get_by_label("E-mail address").fill("ida@ferry.example")
    hr.get_by_label("Password").fill(PASSWORD)
    hr.get_by_role("radio", name=FRAMEWORK).check()
    hr.get_by_role("button", name="Set up").click()
    expect(hr.get_by_text("Your organisation is set up.")).to_be_visible()


def _bring_in_sixty_people(hr: Page, folder: Path) -> None:
    """The columns are matched once; five lines are named, mended, and all sixty are stored."""
    _follow(hr, "Bring in your people")
    hr.get_by_role("link", name="Bring in a file").click()
    hr.locator("input[type=file]").set_input_files(_sample("people.csv"))
    hr.get_by_role("button", name="Look at it first").click()
    expect(hr.get_by_label("External id", exact=True)).to_have_value("staff_id")
    expect(hr.get_by_label("Unit parent (optional)")).to_have_value("part_of")
    hr.get_by_role("button", name="Look at it").click()
    problems = hr.get_by_role("table", name="Problems").get_by_role("row")
    expect(problems).to_have_count(1 + 5)
    expect(problems.nth(2)).to_contain_text("Reports to")
    text = _sample("people.csv").read_text(encoding="utf-8")
    for wrong, right in MENDED.items():
        text = text.replace(wrong, right)
    mended = folder / "people.csv"
    mended.write_text(text, encoding="utf-8")
    hr.goto("/people")
    hr.get_by_role("link", name="Bring in a file").click()
    hr.locator("input[type=file]").set_input_files(mended)
    hr.get_by_role("button", name="Look at it first").click()
    hr.get_by_role("button", name="Store 60 people").click()
    expect(hr.get_by_role("status").first).to_contain_text("60")


def _set_up_by_tables(hr: Page) -> None:
    _follow(hr, "Say what roles ask for")
    _bring_in(hr, "Bring in a file", "roles.csv", "Store 2 roles")
    expect(hr.get_by_role("heading", level=1)).to_contain_text("2 roles say which levels")
    _follow(hr, "Add the courses you offer")
    _bring_in(hr, "Bring in courses", "catalogue.csv", "Store 3 courses")
    expect(hr.get_by_role("link", name="Talking so that people follow")).to_be_visible()
    _follow(hr, "Publish a pathway")
    _bring_in(hr, "Bring in a table", "pathway.csv", "Store 1 pathway")


def _publish_the_pathway(hr: Page) -> None:
    expect(hr.get_by_role("heading", level=1)).to_contain_text("2 stages and 9 steps")
    hr.locator("summary", has_text="Publish version 1").click()
    hr.get_by_role("button", name="Yes, publish it").click()
    expect(hr.get_by_text("The version is published.")).to_be_visible()


def _enrol_by_rule(hr: Page) -> None:
    hr.get_by_role("link", name="Enrol by rule").click()
    hr.get_by_role("link", name="Write the rule").click()
    hr.get_by_label("Unit (optional)").select_option(label="Operations")
    hr.get_by_label("Team leader").check()
    hr.get_by_role("button", name="See who would come").click()
    expect(hr.get_by_text("Nothing is kept yet: 22 people would come")).to_be_visible()
    hr.get_by_role("button", name="Keep the rule").click()
    hr.get_by_role("button", name="Enrol 22 people").click()
    expect(hr.get_by_text("22 people are enrolled.")).to_be_visible()


def _bring_in_completions(hr: Page) -> None:
    hr.goto("/courses")
    _bring_in(hr, "Bring in completions", "moodle_completion_report.csv", "Store")
    hr.goto("/courses")
    hr.get_by_role("link", name="Bring in completions").click()
    hr.get_by_label("Course code").fill("TALK-1")
    hr.locator("input[type=file]").set_input_files(_sample("moodle_gradebook_export.csv"))
    hr.get_by_role("button", name="Look at it first").click()
    hr.get_by_role("button", name="Store").click()
    expect(hr.get_by_text("Stored: 2 added")).to_be_visible()


def _split_a_competency_in_the_next_edition(hr: Page) -> None:
    hr.goto("/frameworks")
    hr.get_by_role("link", name=FRAMEWORK).first.click()
    hr.get_by_role("link", name="Begin the next edition").click()
    hr.get_by_label("Edition").fill("2027")
    hr.get_by_role("button", name="Begin").click()
    expect(hr.get_by_role("heading", level=1)).to_contain_text("6 things are still missing")
    hr.get_by_role("link", name="Mend it").first.click()
    for number, meaning in enumerate(hr.get_by_label("What it means").all()[:6], start=1):
        meaning.fill(f"What people do in grade {number}.")
    hr.get_by_role("button", name="Keep these levels").click()
    hr.get_by_role("link", name=f"Split {WHOLE}").click()
    hr.get_by_label("First part").fill(PARTS[0])
    hr.get_by_label("Second part").fill(PARTS[1])
    assert faults_of(hr) == []
    hr.get_by_role("button", name="Split it").click()
    expect(hr.get_by_role("heading", level=1)).to_contain_text("11 competencies and is ready")
    hr.locator("summary", has_text="Publish 2027").click()
    hr.get_by_role("button", name="Yes, publish it").click()


def _put_it_in_force(hr: Page) -> None:
    hr.get_by_role("link", name="Decide the crosswalk from July 2012").click()
    expect(hr.get_by_role("row", name=WHOLE)).to_contain_text(PARTS[1])
    hr.get_by_role("button", name="Accept the 9 that stay the same").click()
    hr.get_by_role("row", name=WHOLE).get_by_role("button", name="Accept").click()
    hr.get_by_role("link", name="Whose levels change").click()
    for person in ("Aled Hughes", "Ben Li"):
        expect(hr.get_by_text(person).first).to_be_visible()
    hr.go_back()
    hr.get_by_role("link", name="Put 2027 in force").click()
    hr.get_by_role("button", name="Put 2027 in force").click()
    expect(hr.get_by_text("counts for people").first).to_be_visible()


def _give_sign_in(hr: Page, who: str) -> None:
    hr.goto("/accounts")
    hr.get_by_role("link", name="Give somebody a sign-in").click()
    hr.get_by_label("Who").fill(who)
    hr.get_by_label("Leader:").check()
    hr.get_by_label("First password").fill(PASSWORD)
    hr.get_by_role("button", name="Give the sign-in").click()
    expect(hr.get_by_text("They can sign in now.")).to_be_visible()


def _follow(hr: Page, item: str) -> None:
    """From the checklist to where that item is done."""
    hr.goto("/today")
    hr.get_by_role("listitem").filter(has_text=item).get_by_role("link").click()


def _bring_in(hr: Page, link: str, name: str, store: str) -> None:
    hr.get_by_role("link", name=link).first.click()
    hr.locator("input[type=file]").set_input_files(_sample(name))
    hr.get_by_role("button", name="Look at it first").click()
    assert faults_of(hr) == []
    hr.get_by_role("button", name=store).click()


def _sample(name: str) -> Path:
    return Path(str(resources.files("ldtrack.demo").joinpath("samples", "set_up", name)))
