"""The competency map in part, and linking a competency with what develops it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.assignments.domain import Develops, PostingKind
from ldtrack.assignments.domain.commands import PostOpening
from ldtrack.assignments.queries import postings_for
from ldtrack.assignments.service import post_opening
from ldtrack.audit.models import AuditEvent
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.courses.queries import courses_pitched
from ldtrack.db.session import Database
from ldtrack.pathways.domain import StepKind, WriteStep
from ldtrack.pathways.queries import pathway
from ldtrack.pathways.service import change_step, start_new_version
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.integration.courses.makers import a_course
from tests.integration.pathways.makers import a_pathway

COACHING, THINKING = "coaching-others", "strategic-thinking"


@pytest.fixture
def course_id(database: Database, acme: SmallOrganisation, clock: SetClock) -> int:
    """A course that develops strategic thinking."""
    with database.writing(acme.id) as session:
        return a_course(session, acme, clock.now())


def an_opening(session: Session, acme: SmallOrganisation, clock: SetClock, *keys: str) -> int:
    return post_opening(
        session,
        acme.actor["hr"],
        PostOpening(
            title="Supplier turnaround",
            kind=PostingKind.PROJECT,
            owner_id=acme.person["manager"],
            sponsor_id=acme.person["sponsor"],
            promised_outcome="Two suppliers back on time",
            measure="On-time share",
            starts_on=date(2026, 12, 1),
            ends_on=date(2027, 12, 1),
            share_of_time=40,
            develops=tuple(Develops(competency_id=acme.competency[key], level=4) for key in keys),
        ),
        now=clock.now(),
    )


def shown(page: str) -> list[str]:
    """The competencies in the table."""
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', table)


@pytest.mark.usefixtures("course_id")
def test_the_map_is_shown_in_part(visit: Visit, acme: SmallOrganisation) -> None:
    hr = visit(acme.actor["hr"])
    every = ["Coaching others", "Strategic thinking", "Financial acumen"]
    for part, expected in (
        ("", every),
        ("?domain=Business", every[1:]),
        ("?gaps=1", [every[0], every[2]]),
        ("?vehicle=courses&gaps=1&domain=Business", [every[2]]),
        ("?vehicle=assignments&gaps=1", every),
        ("?vehicle=nonsense&domain=Elsewhere", every),
    ):
        assert shown(hr.get(f"/competency-map{part}").text) == expected, part


def test_a_course_is_linked_with_a_level_and_the_link_is_taken_away(
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    course_id: int,
) -> None:
    hr, competency_id = visit(acme.actor["hr"]), acme.competency[COACHING]
    here = f"/competency-map/{encode(competency_id)}"
    assert "Nothing develops <em>Coaching others</em> yet." in hr.get(here).text
    after = hr.post(
        f"{here}/courses",
        data={"course": encode(course_id), "course_level": "2"},
        follow_redirects=True,
    )
    assert "1 course develops <em>Coaching others</em>." in after.text
    assert "level 2, Basic" in after.text
    assert "Every course on offer is linked." in after.text
    nothing = hr.get("/competency-map?domain=People&gaps=1").text
    assert "No gap in People: something develops every competency here." in nothing
    with database.reading(acme.id) as session:
        assert [(one.id, one.level) for one in courses_pitched(session, {competency_id})] == [
            (course_id, 2)
        ]
        noted = session.scalars(select(AuditEvent.reason).where(AuditEvent.thing_id == course_id))
        assert noted.all() == ["develops Coaching others at level 2"]
    gone = hr.post(f"{here}/courses/{encode(course_id)}/remove", follow_redirects=True)
    assert "Nothing develops <em>Coaching others</em> yet." in gone.text
    assert hr.post(f"{here}/courses/{encode(course_id)}/remove").status_code == 404


def test_an_assignment_is_linked_but_its_last_link_stays(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        posting_id = an_opening(session, acme, clock, THINKING)
    hr = visit(acme.actor["hr"])
    coaching, thinking = (encode(acme.competency[key]) for key in (COACHING, THINKING))
    linked = hr.post(
        f"/competency-map/{coaching}/assignments",
        data={"posting": encode(posting_id), "posting_level": "3"},
        follow_redirects=True,
    )
    assert "1 assignment develops <em>Coaching others</em>." in linked.text
    remove = f"assignments/{encode(posting_id)}/remove"
    assert hr.post(f"/competency-map/{thinking}/{remove}").status_code == 303
    last = hr.post(f"/competency-map/{coaching}/{remove}", follow_redirects=True)
    assert "An assignment develops at least one competency." in last.text
    with database.reading(acme.id) as session:
        found = postings_for(session, acme.competency.values())
        assert {key: [one.id for one in rows] for key, rows in found.items()} == {
            acme.competency[COACHING]: [posting_id]
        }


def test_without_a_course_and_a_level_nothing_is_linked_and_the_fields_say_so(
    visit: Visit, acme: SmallOrganisation, course_id: int
) -> None:
    here = f"/competency-map/{encode(acme.competency[COACHING])}/courses"
    hr = visit(acme.actor["hr"])
    answer = hr.post(here, data={"course": encode(course_id)})
    assert answer.status_code == 422
    assert "Choose the level that it is pitched at." in answer.text
    assert f'<option selected value="{encode(course_id)}"' in answer.text
    assert hr.post(here, data={"course_level": "1", "course": "x"}).status_code == 422


def test_a_coach_reads_no_map_and_links_nothing(
    visit: Visit, acme: SmallOrganisation, course_id: int
) -> None:
    coach, here = visit(acme.actor["coach"]), encode(acme.competency[COACHING])
    assert coach.get(f"/competency-map/{here}").status_code in {403, 404}
    answer = coach.post(
        f"/competency-map/{here}/courses",
        data={"course": encode(course_id), "course_level": "2"},
    )
    assert answer.status_code in {403, 404}


@pytest.mark.parametrize("n_courses", [1, 3])
def test_the_page_of_links_asks_little(
    n_courses: int, visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        for number in range(n_courses):
            a_course(session, acme, clock.now(), code=f"C{number}", title=f"Course {number}")
            made = a_pathway(session, acme, clock.now(), title=f"Way {number}", code=f"W{number}")
            start_new_version(session, acme.actor["hr"], made.version_id)
    hr = visit(acme.actor["hr"])
    with counted(database.engine) as statements:
        hr.get(f"/competency-map/{encode(acme.competency[THINKING])}")
    # Sign-in, rail, the competency with its scale, competencies, two for courses,
    # openings, milestones, steps.
    assert len(statements) == 2 + 1 + 1 + 1 + 2 + 1 + 1 + 1


@pytest.mark.usefixtures("course_id")
def test_the_map_goes_out_as_a_table(visit: Visit, acme: SmallOrganisation) -> None:
    hr = visit(acme.actor["hr"])
    answer = hr.get("/competency-map.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [
        (row["competency"], row["developed_by"], row["name"], row["level"]) for row in rows
    ] == [
        ("Coaching others", "nothing", "", ""),
        ("Strategic thinking", "courses", "Leading change", "3"),
        ("Financial acumen", "nothing", "", ""),
    ]
    assert hr.get("/competency-map.csv?framework=nonsense").status_code == 404


def test_a_step_of_a_draft_is_linked_and_a_published_pathway_is_not_touched(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    hr, competency_id = visit(acme.actor["hr"]), acme.competency["financial-acumen"]
    here = f"/competency-map/{encode(competency_id)}"
    with database.writing(acme.id) as session:
        made = a_pathway(session, acme, clock.now())
    page = hr.get(here).text
    assert "A published pathway is changed by a new version." in page
    assert 'name="step"' not in page
    assert f'action="/pathways/{encode(made.version_id)}/change"' in page
    with database.writing(acme.id) as session:
        draft_id = start_new_version(session, acme.actor["hr"], made.version_id)
        draft = pathway(session, acme.actor["hr"], draft_id)
    milestone, assignment = (
        next(step for step in draft.steps if step.title == title)
        for title in ("Coach a peer", "Lead a project")
    )
    page = hr.get(here).text
    assert "To lead others, version 2" in page
    assert "Go on with its draft" in page
    answer = hr.post(f"{here}/steps", data={"step": encode(milestone.id), "step_level": ""})
    assert answer.status_code == 422
    assert "Choose the level that the milestone shows." in answer.text
    for step, level in ((milestone, "4"), (assignment, "")):
        answer = hr.post(
            f"{here}/steps",
            data={"step": encode(step.id), "step_level": level},
            follow_redirects=True,
        )
        assert "The step is about Financial acumen now" in answer.text
    with database.reading(acme.id) as session:
        changed = pathway(session, acme.actor["hr"], draft_id).steps
        kept = pathway(session, acme.actor["hr"], made.version_id).steps
    named = {step.title: (step.competency_id, step.level) for step in changed}
    assert named["Coach a peer"] == (competency_id, 4)
    assert named["Lead a project"] == (competency_id, None)
    assert {step.id: step.competency_id for step in kept}[made.milestone] == acme.competency[
        COACHING
    ]
    # A published step is not among those that can be chosen.
    answer = hr.post(f"{here}/steps", data={"step": encode(made.milestone), "step_level": "3"})
    assert answer.status_code == 422


def test_only_an_assignment_that_names_a_posting_is_left_without_a_competency(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    hr, competency_id = visit(acme.actor["hr"]), acme.competency[THINKING]
    here = f"/competency-map/{encode(competency_id)}"
    with database.writing(acme.id) as session:
        made = a_pathway(session, acme, clock.now(), published=False)
        posting_id = an_opening(session, acme, clock, THINKING)
    remove = f"{here}/steps/{encode(made.assignment)}/remove"
    answer = hr.post(remove, follow_redirects=True)
    assert "Then the step would ask for nothing: edit it instead." in answer.text
    with database.writing(acme.id) as session:
        change_step(
            session,
            acme.actor["hr"],
            made.assignment,
            WriteStep(
                kind=StepKind.ASSIGNMENT,
                title="Lead a project",
                posting_id=posting_id,
                competency_id=competency_id,
            ),
        )
    answer = hr.post(remove, follow_redirects=True)
    assert "The step is about it no more." in answer.text
    assert hr.post(remove).status_code == 404
    other = f"/competency-map/{encode(acme.competency[COACHING])}"
    answer = hr.post(f"{other}/steps/{encode(made.milestone)}/remove", follow_redirects=True)
    assert "A milestone is about a competency: give it another one instead." in answer.text
    coach = visit(acme.actor["coach"])
    assert coach.post(remove).status_code == 403
