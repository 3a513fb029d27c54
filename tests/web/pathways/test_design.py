"""Building pathways in the browser: from an empty draft to a published version."""

from __future__ import annotations

from typing import Any

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.pathways import queries
from ldtrack.pathways.domain import Plan, VersionState
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.integration.pathways.makers import a_pathway
from tests.web.pathways.conftest import Way


def plan_at(database: Database, acme: SmallOrganisation, version_id: int) -> Plan:
    with database.reading(acme.id) as session:
        return queries.pathway(session, acme.actor["hr"], version_id)


def pathway_titles(database: Database, acme: SmallOrganisation) -> list[str]:
    with database.reading(acme.id) as session:
        return [row.title for row in queries.catalogue(session, acme.actor["hr"])]


def step_typed(**change: Any) -> dict[str, Any]:
    return {"title": "Look back", "weight": "2", "required": "y", "due_days": "14"} | change


def test_hr_begins_a_pathway_and_builds_it_until_it_is_published(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "There is no pathway yet." in hr.get("/pathways").text
    typed = {
        "title": "To lead others",
        "purpose": "A first team.",
        "framework_version_id": encode(acme.framework_version_id),
    }
    page = hr.submit("/pathways/new", typed)
    assert "has no stage yet" in page.text
    here = page.request.path
    page = hr.submit(f"{here}/stages/new", {"title": "Foundations"})
    assert "It cannot be published yet: “Foundations” has no step yet." in page.text
    with database.reading(acme.id) as session:
        (row,) = queries.catalogue(session, acme.actor["hr"])
    version_id = row.versions[0].id
    stage = f"/pathways/stages/{encode(plan_at(database, acme, version_id).stages[0].id)}"
    hr.submit(f"{stage}/steps/new/reflection", step_typed())
    coaching = acme.competency["coaching-others"]
    page = hr.submit(
        f"{stage}/steps/new/milestone",
        step_typed(title="Coach a peer", competency_id=encode(coaching), level="3"),
    )
    assert "Coaching others at level 3, Intermediate" in page.text
    page = hr.submit(f"{stage}/gates/new", {"competency_id": encode(coaching), "level": "3"})
    assert "To be shown before it closes" in page.text
    page = hr.post(f"{here}/publish", follow_redirects=True)
    assert "The version is published." in page.text
    assert plan_at(database, acme, version_id).state is VersionState.PUBLISHED


def test_every_kind_of_step_has_a_form_of_its_own(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    stage = f"/pathways/stages/{encode(way.draft.stages[0].id)}"
    asked = {
        kind: [
            name
            for name in ("course_id", "competency_id", "level", "posting_id")
            if f'name="{name}"' in hr.get(f"{stage}/steps/new/{kind}").text
        ]
        for kind in ("course", "milestone", "assignment", "feedback", "reflection")
    }
    assert asked == {
        "course": ["course_id"],
        "milestone": ["competency_id", "level"],
        "assignment": ["competency_id", "posting_id"],
        "feedback": [],
        "reflection": [],
    }
    assert hr.get(f"{stage}/steps/new/quiz").status_code == 404


def test_a_step_is_changed_with_what_it_was_shown(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    milestone = way.draft.stages[0].steps[1]
    address = f"/pathways/steps/{encode(milestone.id)}"
    page = hr.get(address)
    assert 'value="Coach a peer"' in page.text
    assert f'value="{encode(milestone.requires[0])}" checked' in page.text
    hr.post(
        address,
        data=step_typed(
            title="Coach two peers",
            competency_id=encode(milestone.competency_id or 0),
            level="4",
            required="",
            due_days="",
        ),
    )
    changed = plan_at(database, acme, way.draft.version_id).stages[0].steps[1]
    assert (
        changed.title,
        changed.level,
        changed.weight,
        changed.required,
        changed.due_days,
        changed.requires,
    ) == ("Coach two peers", 4, 2, False, None, ())


def test_a_circle_is_refused_at_the_field_and_what_was_ticked_is_kept(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    course, milestone, _ = way.draft.stages[0].steps
    answer = hr.post(
        f"/pathways/steps/{encode(course.id)}",
        data=step_typed(
            title=course.title,
            course_id=encode(course.course_id or 0),
            requires=[encode(milestone.id)],
        ),
    )
    assert answer.status_code == 422
    assert (
        "This goes round in a circle: “Take the course” comes after “Coach a peer” comes after "
        "“Take the course”."
    ) in answer.text
    assert f'value="{encode(milestone.id)}" checked' in answer.text
    assert plan_at(database, acme, way.draft.version_id).steps[0].requires == ()


def test_the_picture_of_prerequisites_has_a_twin_in_words(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["hr"]).get(way.draft_at)
    assert "2 of 5 steps wait for another; the longest chain has 3 steps." in page.text
    assert "<strong>Lead a project</strong> comes after Coach a peer." in page.text


def test_a_draft_tells_its_author_what_deserves_a_second_look(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["hr"]).get(way.draft_at)
    assert "“In the open” has actions but no reflection." in page.text
    assert "1 person stays on the version they began" in page.text
    assert "Worth a second look" not in visit(acme.actor["hr"]).get(way.at).text


def test_stages_and_steps_move_and_go(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    first, second = way.draft.stages
    hr.post(f"/pathways/stages/{encode(second.id)}/move/up")
    hr.post(f"/pathways/steps/{encode(first.steps[2].id)}/move/up")
    hr.post(f"/pathways/steps/{encode(first.steps[0].id)}/remove")
    plan = plan_at(database, acme, way.draft.version_id)
    assert [[step.title for step in stage.steps] for stage in plan.stages] == [
        ["Lead a project", "Ask around"],
        ["What changed?", "Coach a peer"],
    ]
    hr.post(f"/pathways/stages/{encode(second.id)}/remove")
    competency_id = first.gates[0].competency_id
    hr.post(f"/pathways/stages/{encode(first.id)}/gates/{encode(competency_id)}/remove")
    hr.submit(f"/pathways/stages/{encode(first.id)}", {"title": "Basics"})
    (stage,) = plan_at(database, acme, way.draft.version_id).stages
    assert (stage.title, stage.gates) == ("Basics", ())


def test_a_published_version_cannot_be_changed_by_an_old_page(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    stage = f"/pathways/stages/{encode(way.made.stage_ids[0])}"
    step = f"/pathways/steps/{encode(way.made.course)}"
    for address in (f"{way.at}/stages/new", stage, f"{stage}/steps/new/course", step):
        assert hr.get(address).status_code == 409
        assert hr.post(address, data=step_typed()).status_code == 409
    for address in (f"{stage}/remove", f"{step}/remove", f"{step}/move/up", f"{way.at}/publish"):
        assert hr.post(address).status_code == 409


def test_change_it_leads_to_the_draft_that_is_there(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "Go on with the draft" in hr.get(way.at).text
    assert hr.post(f"{way.at}/change").location == way.draft_at


def test_renaming_reaches_every_version(visit: Visit, way: Way, acme: SmallOrganisation) -> None:
    hr = visit(acme.actor["hr"])
    hr.submit(f"{way.draft_at}/name", {"title": "To lead", "purpose": "Because."})
    assert "<em>To lead</em> has 2 stages and 5 steps" in hr.get(way.at).text


def test_a_title_is_given_once(visit: Visit, way: Way, acme: SmallOrganisation) -> None:
    typed = {
        "title": "To lead others",
        "framework_version_id": encode(acme.framework_version_id),
    }
    answer = visit(acme.actor["hr"]).post("/pathways/new", data=typed)
    assert answer.status_code == 422
    assert "There is a pathway of that title already." in answer.text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Give the step a title."),
        ({"title": "x" * 201}, "Please shorten this to 200 characters; it has 201."),
        ({"title": "x" * 1_000_000}, "Please shorten this to 200 characters"),
        ({"weight": "0"}, "Please give a number from 1 to 10."),
        ({"weight": "99999999999999999999"}, "Please give a whole number from 1 to 10"),
        ({"due_days": "-1"}, "Please give a number from 0 to 3650."),
        ({"due_days": "1e3"}, "Please give a whole number from 0 to 3650"),
        ({"requires": "000000000077"}, "This choice is not on offer."),
        ({"requires": "\x00"}, "This choice is not on offer."),
        ({"text": "x" * 4001}, "Please shorten this to 4,000 characters"),
    ],
)
def test_what_is_wrong_with_a_step_is_said_and_nothing_is_stored(
    visit: Visit,
    database: Database,
    way: Way,
    acme: SmallOrganisation,
    change: dict[str, str],
    sentence: str,
) -> None:
    address = f"/pathways/stages/{encode(way.draft.stages[0].id)}/steps/new/reflection"
    answer = visit(acme.actor["hr"]).post(address, data=step_typed(**change))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert len(plan_at(database, acme, way.draft.version_id).steps) == 5


@pytest.mark.parametrize(
    ("kind", "change", "sentence"),
    [
        ("course", {}, "Choose the course."),
        ("course", {"course_id": "000000000077"}, "This choice is not on offer."),
        ("milestone", {"level": "3"}, "Choose the competency of the milestone."),
        ("milestone", {"level": "77"}, "This choice is not on offer."),
        ("assignment", {}, "Choose a competency or name a posting."),
    ],
)
def test_a_step_that_does_not_say_what_it_asks_for_is_refused(
    visit: Visit,
    way: Way,
    acme: SmallOrganisation,
    kind: str,
    change: dict[str, str],
    sentence: str,
) -> None:
    address = f"/pathways/stages/{encode(way.draft.stages[0].id)}/steps/new/{kind}"
    answer = visit(acme.actor["hr"]).post(address, data=step_typed(**change))
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize(
    "title", ["\x00a\x00", "قيادة الآخرين 🚀", "<script>alert(1)</script>", "‮gnp.exe", "W" * 200]
)
def test_odd_titles_are_stored_as_text_and_drawn(
    visit: Visit, way: Way, acme: SmallOrganisation, title: str
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/pathways/stages/{encode(way.draft.stages[0].id)}/steps/new/reflection"
    before = encode(way.draft.steps[0].id)
    page = hr.submit(address, step_typed(title=title, requires=[before]))
    assert page.status_code == 200
    assert "3 of 6 steps wait for another" in page.text
    assert "<script>alert" not in page.text


def test_the_same_step_sent_twice_is_stored_once(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/pathways/stages/{encode(way.draft.stages[0].id)}/steps/new/reflection"
    typed = step_typed(idempotency_key="0" * 32)
    places = [hr.post(address, data=typed).location for _ in range(2)]
    assert places[0] == places[1]
    assert len(plan_at(database, acme, way.draft.version_id).steps) == 6


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "administrator"])
def test_nobody_but_hr_builds_and_drafts_are_not_there_for_others(
    visit: Visit, way: Way, acme: SmallOrganisation, who: str
) -> None:
    visitor = visit(acme.actor[who])
    assert "Begin a pathway" not in visitor.get("/pathways").text
    assert "Enrol somebody" not in visitor.get(way.at).text
    assert visitor.get(way.draft_at).status_code == 404
    stage = f"/pathways/stages/{encode(way.draft.stages[0].id)}"
    for address in ("/pathways/new", f"{way.draft_at}/stages/new", stage, f"{stage}/gates/new"):
        assert visitor.get(address).status_code == 403
        assert visitor.post(address).status_code == 403
    assert visitor.post(f"{way.draft_at}/publish").status_code == 403


def test_pathways_of_another_organisation_do_not_exist_here(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    clock: SetClock,
) -> None:
    with database.writing(rival.id) as session:
        made = a_pathway(session, rival, clock.now(), published=False)
    hr = visit(acme.actor["hr"])
    at, stage = f"/pathways/{encode(made.version_id)}", encode(made.stage_ids[0])
    for address in (
        at,
        f"{at}/name",
        f"{at}/stages/new",
        f"{at}/people",
        f"/pathways/stages/{stage}",
        f"/pathways/stages/{stage}/gates/new",
        f"/pathways/stages/{stage}/steps/new/reflection",
        f"/pathways/steps/{encode(made.course)}",
    ):
        assert hr.get(address).status_code == 404, address
    for address in (f"{at}/publish", f"{at}/change", f"/pathways/stages/{stage}/remove"):
        assert hr.post(address).status_code == 404, address
    assert pathway_titles(database, acme) == []
    assert pathway_titles(database, rival) == ["To lead others"]
