"""The desks for what HR sets up: what roles ask for, the catalogue, pathways as tables."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies.queries import competencies_named
from ldtrack.exchange.courses_import import import_courses, look_at_courses
from ldtrack.exchange.pathway_table.bringing_in import (
    LookedAt,
    TableFate,
    bring_in_table,
    look_at_table,
)
from ldtrack.exchange.pathway_table.writing import write_table
from ldtrack.exchange.report import Report
from ldtrack.exchange.roles_csv import write_roles
from ldtrack.exchange.roles_import import import_roles, look_at_roles
from ldtrack.exchange.uploads import Kept
from ldtrack.exchange.views import exchange
from ldtrack.exchange.views.desk import FIRST_ROWS, Desk, Preview
from ldtrack.exchange.views.downloads import file_of
from ldtrack.pathways.domain import Stage, Step
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, request_session

_FATES = {
    TableFate.NEW: "It comes in as a draft.",
    TableFate.NEXT_VERSION: "It comes in as the draft of the next version. Nobody is moved to it.",
    TableFate.DRAFT_REWRITTEN: "It takes the place of the draft that is here.",
    TableFate.SAME: "The pathway is here like that already.",
}


class RolesDesk(Desk):
    """What roles ask for."""

    kind = "roles"
    action = Action.WRITE_FRAMEWORK
    title = "Bring in what roles ask for"
    one, many = "role", "roles"
    back = "competencies.role_profiles"

    def look(self, kept: Kept, raw: bytes) -> Preview:
        session = request_session()
        report, roles = look_at_roles(session, current_actor(), raw)
        shown = roles[:FIRST_ROWS]
        named = competencies_named(session, {id_ for said in shown for id_ in said.targets})
        return Preview(
            report=report,
            columns=("Role", "Framework", "Asks for", "Critical"),
            rows=[
                (
                    said.name,
                    said.edition.framework.title,
                    ", ".join(f"{named[id_].name} {n}" for id_, n in said.targets.items()),
                    ", ".join(named[id_].name for id_ in said.targets if id_ in said.critical),
                )
                for said in shown
            ],
        )

    def store(self, kept: Kept, raw: bytes, *, skip_bad: bool) -> Report:
        return import_roles(
            request_session(), current_actor(), raw, skip_bad=skip_bad, now=clock().now()
        )


class CoursesDesk(Desk):
    """The catalogue."""

    kind = "courses"
    action = Action.WRITE_COURSE
    title = "Bring in courses"
    one, many = "course", "courses"
    back = "courses.catalogue"

    def look(self, kept: Kept, raw: bytes) -> Preview:
        session = request_session()
        report, courses = look_at_courses(session, current_actor(), raw)
        shown = [said.command for said in courses[:FIRST_ROWS]]
        named = competencies_named(session, {id_ for one in shown for id_, _ in one.develops})
        return Preview(
            report=report,
            columns=("Code", "Title", "Format", "Hours", "Develops"),
            rows=[
                (
                    one.code,
                    one.title,
                    one.format.label if one.format else "–",
                    "–" if one.hours is None else f"{one.hours:g}",
                    ", ".join(f"{named[id_].name} {level}" for id_, level in one.develops),
                )
                for one in shown
            ],
        )

    def store(self, kept: Kept, raw: bytes, *, skip_bad: bool) -> Report:
        return import_courses(
            request_session(), current_actor(), raw, skip_bad=skip_bad, now=clock().now()
        )


class PathwaysDesk(Desk):
    """A pathway as a table; it comes in whole, as a draft."""

    kind = "pathways"
    action = Action.WRITE_PATHWAY
    title = "Bring in a pathway"
    one, many = "pathway", "pathways"
    back = "pathways.catalogue"
    may_skip = False

    def look(self, kept: Kept, raw: bytes) -> Preview:
        looked = look_at_table(request_session(), current_actor(), raw, today=clock().today())
        stages = looked.plan.stages if looked.plan else ()
        rows = [_shown(stage, step) for stage in stages for step in stage.steps]
        return Preview(
            report=_report(looked),
            columns=("Step", "Stage", "Kind", "Required"),
            rows=rows[:FIRST_ROWS],
        )

    def store(self, kept: Kept, raw: bytes, *, skip_bad: bool) -> Report:
        looked = bring_in_table(request_session(), current_actor(), raw, now=clock().now())
        return _report(looked, stored=looked.plan is not None)

    def _stored(self, done: Report) -> Any:
        if not done.added_ids:
            tell("The pathway is here like that already. Nothing is changed.", kind="note")
            return redirect(url_for(self.back), 303)
        tell("The pathway is here as a draft. Look it over, then publish it.")
        return redirect(url_for("pathways.version", version_id=done.added_ids[0]), 303)


def _shown(stage: Stage, step: Step) -> tuple[str, ...]:
    required = "One of a choice" if step.group_id else "Yes" if step.required else "No"
    return step.title, stage.title, step.kind.label, required


def _report(looked: LookedAt, *, stored: bool = False) -> Report:
    fate = looked.fate
    notes = [_FATES[fate]] if looked.plan else []
    if looked.not_yet:
        notes.append(f"It cannot be published like that yet: {looked.not_yet}")
    return Report(
        added=int(looked.plan is not None and fate is TableFate.NEW),
        changed=int(
            looked.plan is not None and fate in (TableFate.NEXT_VERSION, TableFate.DRAFT_REWRITTEN)
        ),
        unchanged=int(looked.is_same),
        problems=looked.problems,
        notes=tuple(notes),
        stored=stored,
        added_ids=(looked.draft_id,) if looked.draft_id else (),
    )


@exchange.get("/frameworks/roles.csv")
@guard(Action.READ_FRAMEWORK)
def roles_file() -> Any:
    """What every role asks for, with the columns that come in again."""
    return file_of(write_roles(request_session()), f"roles-{clock().today().isoformat()}.csv")


@exchange.get("/pathways/<id:version_id>/table.csv")
@guard(Action.WRITE_PATHWAY)
def pathway_table(version_id: int) -> Any:
    """A version as the table that comes in again."""
    content, plan = write_table(request_session(), current_actor(), version_id)
    return file_of(content, f"{plan.title}-{plan.number}.csv")


for _desk in (RolesDesk(), CoursesDesk(), PathwaysDesk()):
    _desk.register(exchange)
