"""Choices, due rules, gates that ask for more and steps that are told, in the browser."""

from __future__ import annotations

import re

import pytest

from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.evidence.domain import SourceKind
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import (
    Confidence,
    DueFrom,
    Plan,
    StepKind,
    StepState,
    WriteGroup,
    WriteStep,
)
from tests.infrastructure.database import TODAY
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.web.pathways.conftest import Way


def draft(database: Database, way: Way, acme: SmallOrganisation) -> Plan:
    with database.reading(acme.id) as session:
        return queries.pathway(session, acme.actor["hr"], way.draft.version_id)


def test_hr_builds_a_choice_puts_steps_into_it_and_takes_it_away(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    stage = way.draft.stages[0]
    hr.submit(
        f"/pathways/stages/{encode(stage.id)}/choices/new",
        {
            "title": "A way to practise",
            "choose": "2",
            "weight": "1",
            "due_from": "stage",
            "due_days": "60",
        },
    )
    [group] = draft(database, way, acme).stages[0].groups
    assert (group.choose, group.due_from, group.due_days) == (2, DueFrom.STAGE, 60)
    page = hr.get(way.draft_at).text
    assert "no step is in it yet" in page
    assert "asks for 2 of 0 steps" in page
    typed = {
        "title": "Read about it",
        "address": "https://example.org/page",
        "group_id": encode(group.id),
        "required": "y",
        "weight": "4",
        "due_from": "",
    }
    hr.submit(f"/pathways/stages/{encode(stage.id)}/steps/new/reading", typed)
    read = draft(database, way, acme).stages[0].steps[-1]
    assert (read.group_id, read.required, read.weight) == (group.id, False, 1)
    assert "One of a choice: A way to practise" in hr.get(way.draft_at).text
    address = f"/pathways/choices/{encode(group.id)}"
    hr.submit(address, {"title": "Practise", "choose": "1", "weight": "2", "due_from": ""})
    assert "<strong>Practise</strong>: choose 1 of 1" in hr.get(way.draft_at).text
    hr.post(f"{address}/remove", data={})
    after = draft(database, way, acme).stages[0]
    assert after.groups == ()
    assert (after.steps[-1].group_id, after.steps[-1].required) == (None, True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"due_from": "stage"}, "Give the number of days after the stage begins."),
        ({"due_from": "date"}, "Give the day."),
        ({"address": "nowhere"}, "Please give an address such as"),
    ],
)
def test_a_due_rule_says_all_that_it_needs(
    visit: Visit, way: Way, acme: SmallOrganisation, change: dict[str, str], sentence: str
) -> None:
    address = f"/pathways/stages/{encode(way.draft.stages[0].id)}/steps/new/community"
    typed = {"title": "Meet", "weight": "1", "due_from": "", **change}
    answer = visit(acme.actor["hr"]).post(address, data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_version_that_is_due_on_a_day_that_is_past_is_not_published(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.submit(
        f"/pathways/stages/{encode(way.draft.stages[0].id)}/steps/new/community",
        {"title": "Meet", "weight": "1", "due_from": "date", "due_date": "2026-11-19"},
    )
    assert "“Meet” is due on a day that is past." in hr.get(way.draft_at).text
    assert hr.post(f"{way.draft_at}/publish", data={}).status_code == 422


def test_a_gate_can_ask_for_certainty_and_for_kinds_of_evidence(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr, stage = visit(acme.actor["hr"]), way.draft.stages[0]
    coaching = encode(acme.competency["coaching-others"])
    hr.submit(
        f"/pathways/stages/{encode(stage.id)}/gates/{coaching}",
        {
            "competency_id": coaching,
            "level": "4",
            "confidence": "fairly_sure",
            "kinds": ["milestone", "feedback_release"],
        },
    )
    [gate] = draft(database, way, acme).stages[0].gates
    assert (gate.level, gate.confidence) == (4, Confidence.FAIRLY_SURE)
    assert set(gate.kinds) == {SourceKind.MILESTONE, SourceKind.FEEDBACK_RELEASE}
    words = "Coaching others at level 4, Advanced; fairly sure; with "
    assert words in hr.get(way.draft_at).text


def test_the_next_version_is_a_copy_of_choices_and_gates_too(
    database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        stage = way.draft.stages[0]
        group_id = service.add_group(session, hr, stage.id, WriteGroup(title="One", choose=1))
        read = WriteStep(kind=StepKind.READING, title="Read", group_id=group_id)
        service.add_step(session, hr, stage.id, read)
        service.publish(session, hr, way.draft.version_id)
        third = service.start_new_version(session, hr, way.draft.version_id)
        before = queries.pathway(session, hr, way.draft.version_id).stages[0]
        after = queries.pathway(session, hr, third).stages[0]
    assert [group.lineage for group in after.groups] == [group.lineage for group in before.groups]
    assert after.groups[0].id != before.groups[0].id
    assert after.steps[-1].group_id == after.groups[0].id


def test_a_leader_says_that_they_did_it_and_takes_the_word_back(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        read = WriteStep(kind=StepKind.READING, title="Read it", address="https://example.org/page")
        step_id = service.add_step(session, hr, way.draft.stages[0].id, read)
        service.publish(session, hr, way.draft.version_id)
        service.move_people(session, hr, way.draft.version_id, [way.enrolment_id], now=TODAY)
    leader = visit(acme.actor["leader"])
    assert f"/pathways/steps/{encode(step_id)}/done" in leader.get("/pathway").text
    answer = leader.post(f"/pathways/steps/{encode(step_id)}/done", data={"done_on": "2026-12-24"})
    assert answer.status_code == 422
    page = leader.submit(f"/pathways/steps/{encode(step_id)}/done", {"done_on": "2026-11-18"}).text
    assert "“Read it” is done." in page
    assert state_of(database, way, acme) is StepState.DONE
    undo = re.search(r"/pathways/steps/\w+/not-done", page)
    assert undo is not None
    leader.post(undo[0], data={})
    assert state_of(database, way, acme) is StepState.OPEN
    other = visit(acme.actor["other_leader"])
    assert other.get(f"/pathways/steps/{encode(step_id)}/done").status_code == 404
    not_told = f"/pathways/steps/{encode(way.draft.steps[0].id)}/done"
    assert leader.get(not_told).status_code == 404


def state_of(database: Database, way: Way, acme: SmallOrganisation) -> StepState:
    with database.reading(acme.id) as session:
        progress = queries.progress_of(session, acme.actor["hr"], way.enrolment_id, TODAY.date())
    return next(each.state for each in progress.steps if each.step.title == "Read it")
