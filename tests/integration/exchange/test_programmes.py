"""A programme goes to a file and comes in elsewhere, again and again, and nobody is in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.assignments.service import post_opening
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, RuleBroken
from ldtrack.courses.models import Course
from ldtrack.courses.queries import courses_by_code
from ldtrack.db.session import Database
from ldtrack.exchange.programme.bringing_in import bring_in_file
from ldtrack.exchange.programme.export import export_programme
from ldtrack.exchange.programme.gathering import gather, here_of
from ldtrack.exchange.programme.looking import LookedAt, look_at
from ldtrack.exchange.programme.writing import write_programme
from ldtrack.feedback.domain.commands import BuildQuestionnaire
from ldtrack.feedback.queries.questionnaires import library
from ldtrack.feedback.service.questionnaires import write_questionnaire
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import (
    Confidence,
    DescribePathway,
    Fate,
    Item,
    ItemKind,
    Plan,
    Side,
    StepKind,
    VersionState,
    WriteGate,
    WriteGroup,
    WriteStage,
    WriteStep,
)
from ldtrack.pathways.models import Pathway, ProgrammeItem
from ldtrack.people.models import Person
from tests.infrastructure.full_house import AMARA, build
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.assignments.makers import opening
from tests.integration.pathways.makers import Made, a_pathway
from tests.policy.marks import MARK

READ = "What to read"


@pytest.fixture
def made(database: Database, acme: SmallOrganisation, clock: SetClock) -> Made:
    """The usual pathway with a choice and a surer gate more."""
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        made = a_pathway(session, acme, clock.now(), published=False)
        group = WriteGroup(title=READ, choose=1, due_days=20)
        group_id = service.add_group(session, hr, made.stage_ids[0], group)
        for n in (1, 2):
            step = WriteStep(
                kind=StepKind.READING,
                title=f"Book {n}",
                address=f"https://example.org/{n}",
                group_id=group_id,
            )
            service.add_step(session, hr, made.stage_ids[0], step)
        gate = WriteGate(
            competency_id=acme.competency["financial-acumen"],
            level=2,
            confidence=Confidence.FAIRLY_SURE,
        )
        service.write_gate(session, hr, made.stage_ids[1], gate)
        service.publish(session, hr, made.version_id)
    return made


def taken(
    database: Database, acme: SmallOrganisation, version_id: int, now: datetime, **rest: Any
) -> bytes:
    with database.writing(acme.id) as session:
        return export_programme(session, acme.actor["hr"], version_id, now=now, **rest)[0]


def brought(
    database: Database,
    rival: SmallOrganisation,
    raw: bytes,
    now: datetime,
    **decided: Side,
) -> int:
    with database.writing(rival.id) as session:
        done = bring_in_file(session, rival.actor["hr"], raw, decided=decided, now=now)
    return done.version_id


def looked(database: Database, rival: SmallOrganisation, raw: bytes) -> LookedAt:
    with database.reading(rival.id) as session:
        return look_at(session, rival.actor["hr"], raw)


def items(database: Database, of: SmallOrganisation, version_id: int) -> tuple[Item, ...]:
    with database.reading(of.id) as session:
        return here_of(session, of.actor["hr"], version_id).items


def plan_of(session: Session, of: SmallOrganisation, version_id: int) -> Plan:
    return queries.pathway(session, of.actor["hr"], version_id)


def next_edition(
    database: Database, acme: SmallOrganisation, version_id: int, now: datetime, **titles: str
) -> bytes:
    """Rename steps, by the names they have, publish and take the file."""
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        draft_id = service.start_new_version(session, hr, version_id)
        for step in plan_of(session, acme, draft_id).steps:
            if new := titles.get(step.title.replace(" ", "_").replace("?", "")):
                rename(session, acme, draft_id, step.title, new)
        service.publish(session, hr, draft_id)
    return taken(database, acme, draft_id, now)


def rename(session: Session, of: SmallOrganisation, version_id: int, title: str, new: str) -> None:
    step = next(s for s in plan_of(session, of, version_id).steps if s.title == title)
    command = WriteStep(
        kind=step.kind,
        title=new,
        required=step.required,
        weight=step.weight,
        course_id=step.course_id,
        competency_id=step.competency_id,
        level=step.level,
        text=step.text,
        address=step.address,
        group_id=step.group_id,
        due_from=step.due_from,
        due_days=step.due_days,
        requires=step.requires,
    )
    service.change_step(session, of.actor["hr"], step.id, command)


def test_it_comes_in_elsewhere_as_a_draft_of_the_same_structure(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    made: Made,
    clock: SetClock,
) -> None:
    raw = taken(database, acme, made.version_id, clock.now())
    before = looked(database, rival, raw)
    assert [(one.title, one.id) for one in before.adds] == [("Leading change (LC-101)", None)]
    assert before.merged is not None
    assert {line.fate for line in before.merged.lines} == {Fate.ADDED}
    draft_id = brought(database, rival, raw, clock.now())
    there, here = (
        items(database, rival, draft_id),
        items(database, acme, made.version_id),
    )
    assert there == here
    with database.reading(rival.id) as session:
        plan = plan_of(session, rival, draft_id)
        assert (plan.title, plan.state, plan.number) == (
            "To lead others",
            VersionState.DRAFT,
            1,
        )
        assert len(plan.steps) == 7
        course_id = courses_by_code(session, ["LC-101"])["LC-101"]
        assert plan.steps[0].course_id == course_id
    with database.reading(acme.id) as session:
        assert courses_by_code(session, ["LC-101"])["LC-101"] != course_id


def test_coming_again_it_changes_nothing_and_adds_nothing(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    made: Made,
    clock: SetClock,
) -> None:
    raw = taken(database, acme, made.version_id, clock.now())
    assert taken(database, acme, made.version_id, clock.now()) == raw
    draft_id = brought(database, rival, raw, clock.now())
    assert looked(database, rival, raw).is_same
    assert brought(database, rival, raw, clock.now()) == draft_id
    with database.reading(rival.id) as session:
        for table in (Pathway, Course):
            assert session.scalar(select(func.count()).select_from(table)) == 1


def test_a_newer_edition_keeps_what_was_changed_here_and_asks_about_the_rest(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    made: Made,
    clock: SetClock,
) -> None:
    hr, now = rival.actor["hr"], clock.now()
    draft_id = brought(database, rival, taken(database, acme, made.version_id, now), now)
    with database.writing(rival.id) as session:
        rename(session, rival, draft_id, "Ask around", "Ask your team")
        rename(session, rival, draft_id, "Coach a peer", "Coach somebody")
        own = WriteStep(kind=StepKind.REFLECTION, title="What it is to us")
        stages = plan_of(session, rival, draft_id).stages
        service.add_step(session, hr, stages[0].id, own)
        service.publish(session, hr, draft_id)
    newer = next_edition(
        database,
        acme,
        made.version_id,
        now,
        Coach_a_peer="Coach a colleague",
        Lead_a_project="Lead a change",
    )
    before = looked(database, rival, newer)
    assert before.merged is not None
    assert [(line.title, line.fate) for line in before.merged.lines] == [
        ("Coach somebody", Fate.CONFLICT),
        ("Lead a project", Fate.CHANGED),
        ("Ask your team", Fate.KEPT),
        ("What it is to us", Fate.KEPT),
    ]
    with pytest.raises(RuleBroken, match="Say what holds in 1 line"):
        brought(database, rival, newer, now)
    [line] = before.merged.undecided
    assert (line.here, line.there) == ("Coach somebody", "Coach a colleague")
    second = brought(database, rival, newer, now, **{line.key: Side.THERE})
    with database.reading(rival.id) as session:
        first, plan = plan_of(session, rival, draft_id), plan_of(session, rival, second)
        assert (first.state, plan.state, plan.number) == (
            VersionState.PUBLISHED,
            VersionState.DRAFT,
            2,
        )
        assert [step.title for step in plan.steps] == [
            "Take the course",
            "Coach a colleague",
            "What changed?",
            "Book 1",
            "Book 2",
            "What it is to us",
            "Lead a change",
            "Ask your team",
        ]
        # Steps keep their lineages, so that what people did on the first counts on the second.
        lineage = {step.title: step.lineage for step in first.steps}
        assert plan.steps[1].lineage == lineage["Coach somebody"]
        assert plan.steps[5].lineage == lineage["What it is to us"]
    with database.writing(rival.id) as session:
        service.publish(session, hr, second)
    assert looked(database, rival, newer).is_same


def test_an_older_edition_is_refused(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    made: Made,
    clock: SetClock,
) -> None:
    now = clock.now()
    first = taken(database, acme, made.version_id, now)
    brought(database, rival, next_edition(database, acme, made.version_id, now), now)
    [problem] = looked(database, rival, first).problems
    assert problem.reason == "This is edition 1; edition 2 is here."


def test_locked_pieces_cannot_be_changed_where_they_came_in_and_a_copy_can(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    made: Made,
    clock: SetClock,
) -> None:
    hr, now = rival.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        plan = plan_of(session, acme, made.version_id)
        stage = plan.stages[0]
        locked = {
            (ItemKind.PATHWAY, plan.pathway_id),
            (ItemKind.STAGE, stage.lineage),
            (ItemKind.CHOICE, stage.groups[0].lineage),
            (ItemKind.STEP, stage.steps[1].lineage),
        }
        service.set_locks(session, acme.actor["hr"], made.version_id, locked, now=now)
        # Their own authors go on changing them.
        draft_id = service.start_new_version(session, acme.actor["hr"], made.version_id)
        rename(session, acme, draft_id, "Coach a peer", "Coach a colleague")
    there = brought(database, rival, taken(database, acme, made.version_id, now), now)
    with database.writing(rival.id) as session:
        plan = plan_of(session, rival, there)
        stage, step = plan.stages[0], plan.stages[0].steps[1]
        gate = WriteGate(competency_id=rival.competency["strategic-thinking"], level=2)
        own = DescribePathway(title="Ours")
        attempts: tuple[Callable[[], object], ...] = (
            lambda: rename(session, rival, there, step.title, "Ours"),
            lambda: service.remove_step(session, hr, step.id),
            lambda: service.require(session, hr, step.id, []),
            lambda: service.change_stage(session, hr, stage.id, WriteStage(title="Ours")),
            lambda: service.remove_stage(session, hr, stage.id),
            lambda: service.write_gate(session, hr, stage.id, gate),
            lambda: service.remove_gate(session, hr, stage.id, stage.gates[0].competency_id),
            lambda: service.remove_group(session, hr, stage.groups[0].id),
            lambda: service.describe_pathway(session, hr, plan.pathway_id, own),
        )
        for attempt in attempts:
            with pytest.raises(Conflict, match="is locked: it came with a programme"):
                attempt()
        rename(session, rival, there, "Ask around", "Ask your team")
        with pytest.raises(Conflict, match="came from elsewhere"):
            service.set_locks(session, hr, there, set(), now=now)
        with pytest.raises(Conflict, match="came from elsewhere"):
            export_programme(session, hr, there, now=now)
        copy_id = service.copy_pathway(session, hr, there, "Ours", now=now)
        rename(session, rival, copy_id, "Coach a peer", "Coach whom you like")
        service.publish(session, hr, copy_id)
        copied, came = plan_of(session, rival, copy_id), plan_of(session, rival, there)
        assert len(copied.steps) == len(came.steps)
        assert not {step.lineage for step in copied.steps} & {step.lineage for step in came.steps}
        content, _ = export_programme(session, hr, copy_id, now=now)
        assert (
            json.loads(content)["identifier"] != queries.carried(session, hr, plan.pathway_id).own
        )


def test_questionnaires_and_roles_go_along_and_what_is_here_stays_as_it_is(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    made: Made,
    clock: SetClock,
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        build_it = BuildQuestionnaire(
            framework_version_id=acme.framework_version_id,
            competency_ids=tuple(acme.competency.values()),
        )
        asked = write_questionnaire(session, acme.actor["hr"], "Around you", build_it, now=now)
    raw = taken(
        database,
        acme,
        made.version_id,
        now,
        questionnaires=[asked],
        roles=[acme.role_profile_id],
    )
    found = looked(database, rival, raw)
    assert [(one.title, one.how) for one in found.roles if one.id] == [
        ("Head of Operations", "has the same name")
    ]
    brought(database, rival, raw, now)
    with database.reading(rival.id) as session:
        [row] = library(session, rival.actor["hr"])
        assert (row.title, row.n_items, row.frozen) == ("Around you", 3, False)
    again = looked(database, rival, raw)
    assert again.is_same
    assert [one.how for one in again.questionnaires] == ["came with a programme before"]


def test_what_is_missing_here_is_named_and_nothing_is_stored(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    made: Made,
    clock: SetClock,
) -> None:
    content = json.loads(taken(database, acme, made.version_id, clock.now()))
    elsewhere = "00000000-0000-4000-8000-000000000001"

    def refused(change: dict[str, Any]) -> str:
        raw = json.dumps(content | change).encode()
        [problem] = looked(database, rival, raw).problems
        with pytest.raises(RuleBroken):
            brought(database, rival, raw, clock.now())
        return problem.reason

    assert "is not here and published. Bring the framework in first." in refused(
        {"framework": content["framework"] | {"identifier": elsewhere}}
    )
    unknown = [*content["competencies"], {"identifier": elsewhere, "name": "Juggling"}]
    assert "“Juggling” is not in “A small framework”" in refused({"competencies": unknown})
    with database.writing(rival.id) as session:
        a_pathway(session, rival, clock.now(), code="R-1")
    assert "There is a pathway “To lead others” here already." in refused({})
    with database.reading(rival.id) as session:
        assert session.scalar(select(func.count()).select_from(ProgrammeItem)) == 0


def test_only_those_who_build_pathways_hand_on_or_bring_in(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    made: Made,
    clock: SetClock,
) -> None:
    raw = taken(database, acme, made.version_id, clock.now())
    for key in set(acme.actor) - {"hr"}:
        with database.writing(acme.id) as session, pytest.raises(NotAllowed):
            export_programme(session, acme.actor[key], made.version_id, now=clock.now())
        with database.writing(rival.id) as session, pytest.raises(NotAllowed):
            bring_in_file(session, rival.actor[key], raw, decided={}, now=clock.now())


def test_nobodys_name_and_nothing_that_anybody_wrote_about_themselves_goes_out(
    database: Database, clock: SetClock
) -> None:
    house = build(database)
    hr, now = house.acme.actor["hr"], clock.now()
    with database.writing(house.acme.id) as session:
        rows = [row for row in queries.catalogue(session, hr) if AMARA in row.title]
        published = [
            version.id
            for row in rows
            for version in row.versions
            if version.state is VersionState.PUBLISHED
        ]
        questionnaires = [row.id for row in library(session, hr)]
        files = [
            export_programme(
                session,
                hr,
                version_id,
                questionnaires=questionnaires,
                roles=[house.acme.role_profile_id],
                now=now,
            )[0].decode()
            for version_id in published
        ]
        people = session.scalars(select(Person)).all()
        names = {name for one in people for name in (one.last_name, one.email, one.external_id)}
    whole = "".join(files)
    assert {name for name in names if name in whole} == set()
    assert {kind for _, kind in MARK.findall(whole)} == {
        "pathway",
        "pathway-purpose",
        "pathway-changed",
        "pathway-new",
        "stage",
        "stage-changed",
        "step-changed",
        "step-course",
        "step-milestone",
        "step-reflection",
        "step-feedback",
        "step-reading",
        "code",
        "course",
        "course-description",
        # Questionnaires that were built with a cycle are called like it.
        "cycle-draft",
        "cycle-open",
        "cycle-unreleased",
        "cycle-released",
    }


def test_an_opening_stays_at_home_and_what_it_develops_goes(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        made = a_pathway(session, acme, now, published=False)
        posting_id = post_opening(session, hr, opening(acme, title="With Maya in Leeds"), now=now)
        step = WriteStep(kind=StepKind.ASSIGNMENT, title="Go there", posting_id=posting_id)
        service.add_step(session, hr, made.stage_ids[1], step)
        service.publish(session, hr, made.version_id)
        gathered = gather(session, hr, made.version_id)
    assert gathered.notes == (
        (
            "“Go there” names an opening of yours. Elsewhere it asks for any assignment that "
            "develops the competency."
        ),
    )
    written = write_programme(gathered.programme).decode()
    assert "Maya" not in written
    [what] = [item["what"] for item in json.loads(written)["items"] if item["title"] == "Go there"]
    assert what["competency"] is not None


def test_a_day_of_the_calendar_travels_and_is_looked_at_before_publishing(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    made: Made,
    clock: SetClock,
) -> None:
    content = json.loads(taken(database, acme, made.version_id, clock.now()))
    for item in content["items"]:
        if item["title"] == "Ask around":
            item["due"] = {"from": "date", "days": None, "date": "2020-01-01"}
    draft_id = brought(database, rival, json.dumps(content).encode(), clock.now())
    with (
        database.writing(rival.id) as session,
        pytest.raises(RuleBroken, match="is due on a day that is past"),
    ):
        service.publish(session, rival.actor["hr"], draft_id, today=date(2026, 11, 20))
