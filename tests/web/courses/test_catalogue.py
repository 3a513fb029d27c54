"""The catalogue: read by everybody, kept by HR."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.courses import queries
from ldtrack.courses.domain import CourseFormat, CourseRow
from ldtrack.courses.pages import catalogue_page
from ldtrack.courses.queries import Wanted
from ldtrack.courses.service import AddCourse, RecordCompletion, add_course, record_completion
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.integration.courses.makers import a_course


def the_courses(database: Database, acme: SmallOrganisation) -> list[CourseRow]:
    with database.reading(acme.id) as session:
        return queries.catalogue(session, acme.actor["hr"])[0]


def typed(acme: SmallOrganisation, **change: Any) -> dict[str, Any]:
    return {
        "title": "Leading change",
        "code": "LC-101",
        "format": "workshop",
        "develops-0-competency": encode(acme.competency["strategic-thinking"]),
        "develops-0-level": "3",
    } | change


def test_hr_adds_a_course_that_everybody_can_read(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "No course is on offer yet." in hr.get("/courses").text
    form = typed(acme, hours="1.5", owner="hana.rossi@example.org", valid_months="24")
    answer = hr.submit("/courses/new", form)
    assert "develops 1 competency" in answer.text
    assert "level 3, Intermediate" in answer.text
    course = the_courses(database, acme)[0]
    assert (course.hours, course.valid_months, course.owner_id) == (
        1.5,
        24,
        acme.person["hr"],
    )
    for who in ("leader", "coach", "sponsor", "administrator"):
        page = visit(acme.actor[who]).get("/courses")
        assert "Leading change" in page.text
        assert "Add a course" not in page.text


def test_a_changed_course_keeps_what_was_not_changed(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
    hr = visit(acme.actor["hr"])
    address = f"/courses/{encode(course_id)}/change"
    page = hr.get(address)
    assert f'value="{encode(acme.competency["strategic-thinking"])}" selected' in page.text or (
        "selected" in page.text
    )
    hr.submit(address, typed(acme, title="Leading great change"))
    course = the_courses(database, acme)[0]
    assert (course.title, [one.level for one in course.develops]) == ("Leading great change", [3])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Give the course a title."),
        ({"code": "x" * 61}, "Please shorten this to 60 characters; it has 61."),
        ({"hours": "1e9"}, "Please give a number from 0 to 5000."),
        ({"develops-0-level": ""}, "Say which level the course is pitched at."),
        ({"develops-0-competency": ""}, "Say which competency this level is of."),
        ({"develops-0-competency": "zzzz"}, "This choice is not on offer."),
        ({"develops-0-level": "9"}, "Strategic thinking has levels from 1 to 5."),
        ({"owner": "nobody@example.org"}, "There is nobody with this mail address"),
        ({"valid_months": "0"}, "Please give a number from 1 to 600."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    change: dict[str, str],
    sentence: str,
) -> None:
    answer = visit(acme.actor["hr"]).post("/courses/new", data=typed(acme, **change))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert the_courses(database, acme) == []


@pytest.mark.parametrize(
    "title", ["\x00a\x00", "ليادة التغيير 🚀", "<script>alert(1)</script>", "‮gnp.exe"]
)
def test_odd_titles_are_stored_as_text(
    visit: Visit, database: Database, acme: SmallOrganisation, title: str
) -> None:
    answer = visit(acme.actor["hr"]).submit("/courses/new", typed(acme, title=title))
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert len(the_courses(database, acme)) == 1


def test_a_megabyte_of_title_is_refused(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    answer = visit(acme.actor["hr"]).post("/courses/new", data=typed(acme, title="x" * 1_000_000))
    assert answer.status_code == 422
    assert the_courses(database, acme) == []


def test_a_code_is_given_once_whatever_its_capitals(visit: Visit, acme: SmallOrganisation) -> None:
    hr = visit(acme.actor["hr"])
    hr.submit("/courses/new", typed(acme))
    again = hr.post("/courses/new", data=typed(acme, code="lc-101"))
    assert again.status_code == 422
    assert "Another course has this code." in again.text


def test_the_same_form_sent_twice_stores_one_course(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    form = typed(acme, idempotency_key="0" * 32)
    places = [hr.post("/courses/new", data=form).location for _ in range(2)]
    assert places[0] == places[1]
    assert len(the_courses(database, acme)) == 1


def test_an_archived_course_can_be_brought_back(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
    hr = visit(acme.actor["hr"])
    page = hr.post(f"/courses/{encode(course_id)}/archive", follow_redirects=True)
    assert f"/courses/{encode(course_id)}/restore" in page.text
    assert the_courses(database, acme) == []
    assert "Leading change" in hr.get("/courses?show=archived").text
    hr.post(f"/courses/{encode(course_id)}/restore")
    assert [course.id for course in the_courses(database, acme)] == [course_id]


def test_searching_finds_by_title_code_and_provider(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        a_course(session, acme, clock.now(), code="FIN_2", title="Finance")
    leader = visit(acme.actor["leader"])
    assert "1 course matches" in leader.get("/courses?q=FIN_").text
    assert "0 courses match" in leader.get("/courses?q=%25").text
    assert leader.get("/courses?q=%00%F0%9F%9A%80&page=99999999999999999999").status_code == 200


def test_dates_are_added_and_removed(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
    hr = visit(acme.actor["hr"])
    address = f"/courses/{encode(course_id)}/offerings/new"
    wrong = hr.post(address, data={"starts_on": "2028-02-29", "ends_on": "2028-02-28"})
    assert "The last day lies before the first." in wrong.text
    assert "29 Feb 2028" in hr.submit(address, {"starts_on": "2028-02-29"}).text
    with database.reading(acme.id) as session:
        run = queries.offerings_of(session, course_id)[0]
    page = hr.post(f"/courses/offerings/{encode(run.id)}/remove", follow_redirects=True)
    assert "No dates are set." in page.text


def test_the_catalogue_is_narrowed_by_format_competency_and_level(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        for code, kind, levels in (
            ("A", CourseFormat.WORKSHOP, {"strategic-thinking": 3}),
            ("B", CourseFormat.SIMULATION, {"strategic-thinking": 4}),
            ("C", CourseFormat.SIMULATION, {"coaching-others": 3}),
        ):
            develops = tuple((acme.competency[key], level) for key, level in levels.items())
            command = AddCourse(code=code, title=f"Title {code}", format=kind, develops=develops)
            add_course(session, acme.actor["hr"], command, now=clock.now())
    leader = visit(acme.actor["leader"])
    thinking = encode(acme.competency["strategic-thinking"])
    found = {
        query: re.findall("Title ([A-C])<", leader.get(f"/courses?{query}").text)
        for query in (
            "format=simulation",
            f"competency={thinking}",
            f"competency={thinking}&level=4",
            "level=3",
            "format=no-such&competency=x&level=-1",
            "format=micro_lesson",
        )
    }
    assert list(found.values()) == [["B", "C"], ["A", "B"], ["B"], ["A", "C"], ["A", "B", "C"], []]
    assert "Show all courses" in leader.get("/courses?format=micro_lesson").text


def test_what_a_course_costs_is_shown_to_hr_alone(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr, leader = visit(acme.actor["hr"]), visit(acme.actor["leader"])
    refused = hr.post("/courses/new", data=typed(acme, cost="1250.5", currency="€"))
    assert "Name the currency by its three letters, such as EUR." in refused.text
    alone = hr.post("/courses/new", data=typed(acme, currency="EUR"))
    assert "Say how much of this currency it costs." in alone.text
    page = hr.submit("/courses/new", typed(acme, cost="1250.5", currency="eur"))
    assert "EUR 1,250.50" in page.text
    here = f"/courses/{encode(the_courses(database, acme)[0].id)}"
    for address in ("/courses", here, "/courses/catalogue.csv"):
        assert "250.5" in hr.get(address).text
        assert "250.5" not in leader.get(address).text
        assert "EUR" not in leader.get(address).text
    assert "currency" not in leader.get("/courses/catalogue.csv").text
    hr.submit(f"{here}/change", typed(acme, cost="", currency=""))
    assert the_courses(database, acme)[0].cost is None


def test_the_catalogue_goes_out_as_it_was_narrowed_and_no_cell_is_a_formula(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.submit("/courses/new", typed(acme, title="=1+1", hours="2.5"))
    hr.submit("/courses/new", typed(acme, code="B", format="simulation"))
    answer = hr.get("/courses/catalogue.csv?format=workshop")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="courses-2026-11-20.csv"'
    )
    assert answer.data.decode("utf-8-sig").splitlines()[1:] == [
        "LC-101,'=1+1,Workshop,,,2.5,,,Strategic thinking (3),,,"
    ]


def test_a_reader_sees_what_they_hold_and_until_when(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        hr = acme.actor["hr"]
        for code, months, day in (
            ("A", None, date(2024, 1, 15)),
            ("B", 12, date(2026, 1, 15)),
            ("C", 12, date(2025, 11, 19)),
            ("D", 24, date(2025, 1, 15)),
        ):
            command = AddCourse(code=code, title=f"Title {code}", valid_months=months)
            course_id = add_course(session, hr, command, now=clock.now())
            done = RecordCompletion(
                course_id=course_id, person_id=acme.person["leader"], completed_on=day
            )
            record_completion(session, hr, done, now=clock.now())
    leader = visit(acme.actor["leader"])
    page = leader.get("/courses").text
    tags = re.findall(r"<span>(Held|Ends soon|Ended)</span>", page)
    assert tags == ["Held", "Ends soon", "Ended", "Ends soon"]
    assert "until 15 Jan 2027" in page
    mine = leader.get("/courses/mine").text
    assert "3 courses to renew, now or soon." in mine
    assert "Held" not in visit(acme.actor["other_leader"]).get("/courses").text


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "administrator"])
def test_nobody_but_hr_keeps_the_catalogue(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, who: str
) -> None:
    with database.writing(acme.id) as session:
        here = f"/courses/{encode(a_course(session, acme, clock.now()))}"
    visitor = visit(acme.actor[who])
    for address in ("/courses/new", f"{here}/change", f"{here}/completions/new"):
        assert visitor.get(address).status_code == 403
        assert visitor.post(address, data=typed(acme)).status_code == 403
    assert visitor.post(f"{here}/archive").status_code == 403


def test_courses_of_another_organisation_do_not_exist_here(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    clock: SetClock,
) -> None:
    with database.writing(rival.id) as session:
        here = f"/courses/{encode(a_course(session, rival, clock.now()))}"
    hr = visit(acme.actor["hr"])
    for address in (here, f"{here}/change", f"{here}/completions/new", f"{here}/offerings/new"):
        assert hr.get(address).status_code == 404
    assert hr.post(f"{here}/archive").status_code == 404


def test_statements_of_the_catalogue_do_not_grow_with_the_courses(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    numbers = []
    for n in (1, 3):
        with database.writing(acme.id) as session:
            for i in range(n):
                a_course(session, acme, clock.now(), code=f"C{n}{i}", title=f"Many {n}")
        with counted(database.engine) as statements, database.reading(acme.id) as session:
            page = catalogue_page(
                session,
                acme.actor["hr"],
                Wanted(search=f"Many {n}"),
                page=1,
                today=clock.today(),
            )
        assert len(page.courses) == n
        numbers.append(len(statements))
    assert numbers == [6, 6]
