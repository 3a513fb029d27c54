"""An empty installation becomes one with a leader on a pathway, through the pages alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.looking import faults_of, listen
from tests.journeys.people import sign_in_as, window
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRAMEWORK = "Civil Service Competency Framework"
COMPETENCY = "Leading and Communicating"
PATHWAY = "First line, first year"
PASSWORD = "four quiet words here"
CREW = "".join(
    f"E{n},crew{n}@ferry.example,Crew,Number {n},E2,Operations,Team leader\n" for n in range(5, 61)
)
PEOPLE = f"""external_id,email,first_name,last_name,manager_external_id,unit,job_profile
E1,maya@ferry.example,Maya,Singh,,Operations,Head of Operations
E2,ben@ferry.example,Ben,Li,E1,Operations,Team leader
E3,chloe-at-ferry,Chloé,Martin,E1,Operations,Team leader
E4,rosa@ferry.example,Rosa,Díaz,,People,Coach
{CREW}"""
"""Sixty people, of whom one has no mail address."""
STEPS = (
    ("course", "Talking so that people follow"),
    ("reflection", "What I noticed in the first week"),
    ("milestone", "Explains a hard decision to the whole crew"),
    ("reflection", "What was hard about it"),
    ("assignment", "Runs the winter timetable"),
    ("milestone", "Hands the timetable over"),
    ("feedback", "How others see it"),
    ("reflection", "What others see that I do not"),
    ("reflection", "What I do differently now"),
)
COURSE, MILESTONE, LAST = STEPS[0][1], STEPS[2][1], STEPS[-1][1]
ROLES = {"Head of Operations": "4", "Team leader": "3"}
COMPLETIONS = f"""User's full name,Email,Course,Time started,Time completed
Ben Li,ben@ferry.example,{COURSE},"Monday, 5 January 2026, 9:02 AM","Thursday, 15 January 2026, 4:10 PM"
Crew Number 5,crew5@ferry.example,{COURSE},"Monday, 5 January 2026, 9:02 AM",
Crew Number 6,crew6@ferry.example,{COURSE},"Monday, 5 January 2026, 9:02 AM","Friday, 16 January 2026, 11:00 AM"
Nobody Known,nobody@ferry.example,{COURSE},"Monday, 5 January 2026, 9:02 AM","Friday, 16 January 2026, 11:00 AM"
"""  # noqa: E501  # as Moodle writes it


@pytest.fixture(scope="module")
def welcome(browser: Browser, empty_site: Site) -> Iterator[Page]:
    """The setup page, at the address that the start script prints."""
    context = window(browser, empty_site)
    page = context.new_page()
    page.goto(empty_site.ldtrack("setup", "link").strip())
    yield page
    context.close()


@pytest.fixture(scope="module")
def hr(welcome: Page) -> Page:
    """The screen of whoever set the organisation up."""
    welcome.get_by_label("Name of the organisation").fill("Ferry Lines")
    welcome.get_by_label("Time zone").select_option("Europe/London")
    welcome.get_by_label("First name").fill("Ida")
    welcome.get_by_label("Last name").fill("Berg")
    welcome.get_by_label("E-mail address").fill("ida@ferry.example")
    welcome.get_by_label("Password").fill(PASSWORD)
    welcome.get_by_role("radio", name=FRAMEWORK).check()
    welcome.get_by_role("button", name="Set up").click()
    expect(welcome.get_by_text("Your organisation is set up.")).to_be_visible()
    return welcome


@pytest.fixture(scope="module")
def people(hr: Page, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of sixty people, whose fourth line has no mail address; it is on the screen."""
    file = tmp_path_factory.mktemp("files") / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    _follow(hr, "Bring in your people")
    _bring_in(hr, file)
    return file


@pytest.fixture(scope="module")
def stored(hr: Page, people: Path) -> Path:
    """The good rows are stored."""
    hr.goto("/people")
    expect(hr.get_by_role("row")).to_have_count(1 + 1)
    _bring_in(hr, people)
    hr.get_by_label("Leave out").check()
    hr.get_by_role("button", name="Store 59 people").click()
    expect(hr.get_by_role("status").first).to_contain_text("59")
    return people


@pytest.fixture(scope="module")
def roles(hr: Page, stored: Path) -> None:
    """Two roles that people have say which levels they ask for."""
    assert stored.exists()
    for role, level in ROLES.items():
        _follow(hr, "Say what roles ask for")
        hr.get_by_role("link", name="Describe it").filter(has_text=role).click()
        expect(hr.get_by_label("Role", exact=True)).to_have_value(role)
        hr.get_by_label(COMPETENCY, exact=True).select_option(level)
        hr.get_by_role("button", name="Save").click()
        expect(hr.get_by_text(f"{role} is described.")).to_be_visible()


@pytest.fixture(scope="module")
def course(hr: Page, roles: None) -> str:
    """A course is in the catalogue."""
    _follow(hr, "Add the courses you offer")
    hr.get_by_role("link", name="Add a course").first.click()
    hr.get_by_label("Title").fill(COURSE)
    hr.get_by_label("Code").fill("TALK-1")
    hr.get_by_label("Format").select_option(label="Workshop")
    hr.get_by_label("Competency").first.select_option(label=COMPETENCY)
    hr.get_by_label("Level").first.fill("2")
    hr.get_by_role("button", name="Save the course").click()
    expect(hr.get_by_role("heading", level=1)).to_contain_text(COURSE)
    return COURSE


@pytest.fixture(scope="module")
def draft(hr: Page, course: str) -> str:
    """The address of a pathway with one stage and nine steps of all kinds, not published yet."""
    assert course
    _follow(hr, "Publish a pathway")
    hr.get_by_role("link", name="Begin a pathway").first.click()
    hr.get_by_label("Title").fill(PATHWAY)
    hr.get_by_label("Framework").select_option(index=1)
    hr.get_by_role("button", name="Begin").click()
    hr.get_by_role("link", name="Add a stage").first.click()
    hr.get_by_label("Title").fill("Finding one's voice")
    hr.get_by_role("button", name="Add the stage").click()
    for kind, title in STEPS:
        _add_step(hr, kind, title)
    return hr.url


@pytest.fixture(scope="module")
def published(hr: Page, draft: str) -> str:
    """The same, published."""
    hr.goto(draft)
    hr.locator("summary", has_text="Publish version 1").click()
    hr.get_by_role("button", name="Yes, publish it").click()
    expect(hr.get_by_role("link", name="Enrol somebody")).to_be_visible()
    return draft


@pytest.fixture(scope="module")
def on_the_way(hr: Page, published: str) -> str:
    """Coach and leader have sign-ins, are brought together, and the leader is enrolled."""
    _give_sign_in(hr, "ben@ferry.example", "Leader")
    _give_sign_in(hr, "rosa@ferry.example", "Coach")
    hr.goto("/today")
    _follow(hr, "Bring a coach and a leader together")
    hr.get_by_role("link", name="Bring a coach and a leader together").first.click()
    hr.get_by_role("link", name="Ben Li").click()
    hr.get_by_role("radio", name="Rosa Díaz, People").check()
    hr.get_by_label("Sessions agreed").fill("6")
    hr.get_by_role("button", name="Bring them together").click()
    expect(hr.get_by_role("heading", level=1)).to_have_text(
        "What do Ben and Rosa Díaz agree with the sponsor?"
    )
    hr.get_by_label("What the coaching is for").fill("Ben leads a larger team from spring.")
    hr.get_by_label("Milestones").check()
    hr.get_by_role("button", name="Keep the draft").click()
    expect(hr.get_by_role("button", name="Send it to be signed")).to_be_visible()
    hr.goto(published)
    hr.get_by_role("link", name="Enrol somebody").click()
    hr.get_by_role("link", name="Enrol Ben Li").click()
    hr.get_by_role("button", name="Enrol Ben Li").click()
    expect(hr.get_by_role("heading", level=1)).to_contain_text("Ben Li")
    return published


def test_the_setup_page_is_accessible_at_a_desk_on_a_phone_and_narrow(welcome: Page) -> None:
    heard = listen(welcome)

    assert faults_of(welcome) + heard == []


def test_the_setup_page_is_gone_once_it_was_used(hr: Page, empty_site: Site) -> None:
    assert empty_site.ldtrack("setup", "link") == ""
    assert hr.request.get("/setup").status == 404


def test_a_checklist_leads_to_the_first_pathway(hr: Page) -> None:
    hr.goto("/today")

    expect(_item(hr, "Choose a competency framework")).to_contain_text("Done")
    expect(_item(hr, "Bring in your people")).to_contain_text("To do")
    assert faults_of(hr) == []


def test_a_bad_row_is_named_by_line_and_column_and_nothing_is_stored_yet(
    hr: Page, people: Path
) -> None:
    assert people.exists()
    problem = hr.get_by_role("table", name="Problems").get_by_role("row").nth(1)

    expect(problem).to_contain_text("Line 4")
    expect(problem).to_contain_text("email")
    assert faults_of(hr) == []
    hr.goto("/people")
    expect(hr.get_by_role("row")).to_have_count(1 + 1)


def test_without_a_yes_to_leaving_the_bad_row_out_nothing_is_stored(hr: Page, people: Path) -> None:
    hr.goto("/people")
    _bring_in(hr, people)
    hr.get_by_role("button", name="Store 59 people").click()

    expect(hr.locator("[data-error-summary]")).to_be_focused()
    hr.goto("/people")
    expect(hr.get_by_role("row")).to_have_count(1 + 1)


def test_the_same_file_again_changes_nothing(hr: Page, stored: Path) -> None:
    hr.goto("/people")
    _bring_in(hr, stored)

    figures = hr.locator("dl.figures > div")
    expect(figures.filter(has_text="New")).to_contain_text("0")
    expect(figures.filter(has_text="Changed")).to_contain_text("0")
    expect(figures.filter(has_text="Already the same")).to_contain_text("59")


def test_a_circle_of_steps_is_refused_beside_the_field(hr: Page, draft: str) -> None:
    first, last = COURSE, LAST
    hr.goto(draft)
    _edit(hr, last)
    hr.get_by_role("group", name="Comes after").get_by_label(first).check()
    hr.get_by_role("button", name="Save the step").click()
    expect(hr.get_by_text(f"After {first}", exact=True)).to_be_visible()
    _edit(hr, first)
    hr.get_by_role("group", name="Comes after").get_by_label(last).check()
    hr.get_by_role("button", name="Save the step").click()

    refused = hr.get_by_role("group", name="Comes after").locator(".error")
    expect(refused).to_contain_text(first)
    expect(refused).to_contain_text(last)
    expect(hr.locator("[data-error-summary]")).to_be_focused()
    assert faults_of(hr) == []


def test_the_leader_finds_every_step_on_their_pathway(
    browser: Browser, empty_site: Site, on_the_way: str
) -> None:
    assert on_the_way
    context = window(browser, empty_site)
    page = context.new_page()
    sign_in_as(page, "ben@ferry.example", PASSWORD)
    page.get_by_role("link", name="Pathway", exact=True).click()

    for _, title in STEPS:
        expect(page.get_by_text(title).first).to_be_visible()
    assert faults_of(page) == []
    context.close()


def test_the_coach_finds_the_leader_and_the_milestone_of_the_pathway(
    browser: Browser, empty_site: Site, on_the_way: str
) -> None:
    assert on_the_way
    context = window(browser, empty_site)
    page = context.new_page()
    sign_in_as(page, "rosa@ferry.example", PASSWORD)
    page.get_by_role("link", name="Coaching of Ben Li").click()

    expect(page.get_by_text(MILESTONE)).to_be_visible()
    context.close()


@pytest.mark.usefixtures("on_the_way")
def test_the_checklist_has_ticked_itself_but_for_the_360(hr: Page) -> None:
    hr.goto("/today")

    checklist = hr.locator("ol.checklist")
    expect(checklist.get_by_text("Done", exact=True)).to_have_count(9)
    expect(_item(hr, "Open a first 360 cycle")).to_contain_text("To do")


@pytest.mark.usefixtures("on_the_way")
def test_completions_come_from_moodle_and_whom_nobody_knows_waits_to_be_matched(
    hr: Page, tmp_path: Path
) -> None:
    file = tmp_path / "completions.csv"
    file.write_text(COMPLETIONS, encoding="utf-8")
    hr.goto("/courses")
    hr.get_by_role("link", name="Bring in completions").click()
    hr.locator("input[type=file]").set_input_files(file)
    hr.get_by_role("button", name="Look at it first").click()

    expect(hr.get_by_text("waits until you say whom")).to_contain_text("“Nobody Known”")
    hr.get_by_role("button", name="Store 3 completions").click()
    expect(hr.get_by_text("Stored: 2 added")).to_be_visible()
    hr.goto("/courses/parked/people")
    expect(hr.get_by_role("row", name="Nobody Known")).to_be_visible()


@pytest.mark.usefixtures("on_the_way")
def test_a_gap_of_the_map_is_closed_in_place_with_the_keyboard(hr: Page) -> None:
    hr.goto("/today")
    hr.get_by_role("link", name="See which").filter(has_text="Nothing develops").click()
    gap = hr.locator("tbody th a").first
    name = gap.inner_text()
    gap.press("Enter")
    hr.get_by_label("Course", exact=True).select_option(label=COURSE)
    hr.get_by_label("Pitched at").select_option(index=1)
    hr.get_by_label("Pitched at").press("Tab")
    hr.keyboard.press("Enter")

    expect(hr.get_by_role("heading", level=1)).to_have_text(f"1 course develops {name}.")
    assert faults_of(hr) == []


@pytest.mark.usefixtures("on_the_way")
def test_the_framework_goes_out_as_a_package_and_comes_in_changed_as_the_next_draft(
    hr: Page, tmp_path: Path
) -> None:
    hr.goto("/frameworks")
    hr.get_by_role("link", name=FRAMEWORK).click()
    with hr.expect_download() as taken:
        hr.get_by_role("button", name="CASE 1.1 package").click()
    file = tmp_path / "changed.json"
    package = Path(taken.value.path()).read_text(encoding="utf-8")
    file.write_text(package.replace(f'"{COMPETENCY}"', '"Leading and Listening"'), encoding="utf-8")
    hr.goto("/bring-in/frameworks")
    hr.locator("input[type=file]").set_input_files(file)
    hr.get_by_role("button", name="Look at it first").click()

    expect(hr.get_by_role("heading", level=1)).to_contain_text("would change in 1 competency")
    expect(hr.locator("ins")).to_contain_text("Leading and Listening")
    assert faults_of(hr) == []
    hr.get_by_role("button", name="Begin the next edition").click()
    expect(hr.get_by_text("The next edition is begun as a draft.")).to_be_visible()


def _item(page: Page, text: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=text)


def _follow(page: Page, item: str) -> None:
    """From the checklist to where that item is done."""
    page.goto("/today")
    _item(page, item).get_by_role("link").click()


def _bring_in(page: Page, file: Path) -> None:
    page.get_by_role("link", name="Bring in a file").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_role("heading", name="What it would do")).to_be_visible()


def _add_step(page: Page, kind: str, title: str) -> None:
    page.locator(f".pathway-add a[href$='/{kind}']").click()
    page.get_by_label("Title").fill(title)
    if kind == "course":
        page.get_by_label("Course").select_option(label=title)
    if kind in {"milestone", "assignment"}:
        page.get_by_label("Competency").select_option(label=COMPETENCY)
    if kind == "milestone":
        page.get_by_label("Level").select_option(index=1)
    page.get_by_role("button", name="Add the step").click()
    expect(page.get_by_role("heading", level=3, name=title)).to_be_visible()


def _edit(page: Page, title: str) -> None:
    page.get_by_role("link", name=f"Edit {title}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def _give_sign_in(page: Page, who: str, role: str) -> None:
    page.goto("/accounts")
    page.get_by_role("link", name="Give somebody a sign-in").click()
    page.get_by_label("Who").fill(who)
    page.get_by_label(f"{role}:").check()
    page.get_by_label("First password").fill(PASSWORD)
    page.get_by_role("button", name="Give the sign-in").click()
    expect(page.get_by_text("They can sign in now.")).to_be_visible()
