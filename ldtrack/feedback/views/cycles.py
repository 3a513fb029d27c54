"""HR's list of cycles, a new cycle, one cycle, and the people in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import FrameworkRow
from ldtrack.core import ids
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback import service
from ldtrack.feedback.domain.rows import CycleRow
from ldtrack.feedback.domain.timeline import NOT_BEGUN, SubjectState
from ldtrack.feedback.forms.cycles import (
    AddSubjectsForm,
    AskingCycleForm,
    DaysForm,
    LastDayForm,
    NewCycleForm,
)
from ldtrack.feedback.pages.cycle import cycle_page
from ldtrack.feedback.pages.cycles import cycle_lines
from ldtrack.feedback.pages.questionnaires import questionnaire_page
from ldtrack.feedback.queries import cycle as read_cycle
from ldtrack.feedback.queries.cycles import subjects_of
from ldtrack.feedback.queries.moderation import hidden_in_cycle
from ldtrack.feedback.queries.pulses import process_outcomes
from ldtrack.feedback.queries.questionnaires import library
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import delivery, now, today
from ldtrack.people.queries import directory
from ldtrack.ui.fields import Option
from ldtrack.ui.lists import page_number, searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session

_FIELDS = {"competency_ids": "competencies"}
_USUAL_LENGTH = timedelta(days=14)


@feedback.get("/feedback/cycles")
@guard(Action.WRITE_CYCLE)
def cycles() -> Any:
    """Every cycle and how far it is."""
    lines = cycle_lines(request_session(), current_actor())
    return render_template("feedback/cycles.html", lines=lines)


@feedback.route("/feedback/cycles/new", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def new_cycle() -> Any:
    """Choose what is asked, a questionnaire or a framework to build one from, and when."""
    session = request_session()
    if request.args.get("questionnaire"):
        return _asking_cycle()
    frameworks = competencies.published_frameworks(session)
    chosen = _chosen_framework(frameworks)
    if chosen is None:
        return render_template("feedback/no_framework.html")
    form = _offered(chosen)
    if form.validate_on_submit():
        try:
            command = form.command(chosen.framework_version_id)
            cycle_id = service.create_cycle(session, current_actor(), command, now=now())
        except RuleBroken as broken:
            form.refuse(_FIELDS.get(broken.field, broken.field), broken.message)
        else:
            tell("The cycle is set up. Now say who receives feedback.")
            return redirect(url_for("feedback.add_subjects", cycle_id=cycle_id), 303)
    page = render_template(
        "feedback/new_cycle.html",
        form=form,
        chosen=chosen,
        frameworks=frameworks,
        questionnaires=library(session, current_actor()),
    )
    return page, 422 if form.is_submitted() else 200


@feedback.get("/feedback/cycles/<id:cycle_id>")
@guard(Action.WRITE_CYCLE)
def cycle(cycle_id: int) -> Any:
    """One cycle: the launch check, then who has answered, then whose report waits."""
    session, actor = request_session(), current_actor()
    page = cycle_page(
        session,
        actor,
        cycle_id,
        today=today(),
        page=page_number(),
        shown_state=_shown_state(),
    )
    return render_template(
        "feedback/cycle.html",
        page=page,
        cycle=page.cycle,
        process=process_outcomes(session, actor, cycle_id),
        held=hidden_in_cycle(session, actor, cycle_id) if page.any_report else {},
    )


@feedback.route("/feedback/cycles/<id:cycle_id>/people", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def add_subjects(cycle_id: int) -> Any:
    """Search people and let them receive feedback; their raters are proposed at once."""
    session, actor = request_session(), current_actor()
    row = read_cycle(session, actor, cycle_id)
    search = searched()
    form = AddSubjectsForm()
    here = {subject.person_id for subject in subjects_of(session, cycle_id)}
    people, total = directory(session, actor, search=search)
    form.people.options = [
        Option(id=person.id, label=person.name, note=_about(person.job_profile, person.unit))
        for person in people
        if person.id not in here
    ]
    if form.validate_on_submit():
        proposed = service.add_people(session, actor, cycle_id, form.people.data, now=now())
        tell(
            "They are in, with the raters that the reporting lines suggest."
            if proposed
            else "They are in. Whom to ask is for them to say."
        )
        return redirect(url_for("feedback.cycle", cycle_id=cycle_id), 303)
    page = render_template(
        "feedback/add_subjects.html",
        form=form,
        cycle=row,
        search=search,
        more=total - len(people),
        n_here=len(here),
    )
    return page, 422 if form.is_submitted() else 200


@feedback.route("/feedback/cycles/<id:cycle_id>/last-day", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def last_day(cycle_id: int) -> Any:
    """Move the last day for answers; before it opens, the day of that too."""
    session, actor = request_session(), current_actor()
    row = read_cycle(session, actor, cycle_id)
    if row.state in NOT_BEGUN:
        return _days(row)
    form = LastDayForm(data={"closes_on": row.closes_on})
    if form.validate_on_submit():
        try:
            service.change_last_day(
                session,
                actor,
                cycle_id,
                form.closes_on.data,
                now=now(),
                delivery=delivery(),
                knows=form.knows.data,
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The last day is changed.")
            return redirect(url_for("feedback.cycle", cycle_id=cycle_id), 303)
    page = render_template("feedback/last_day.html", form=form, cycle=row)
    return page, 422 if form.is_submitted() else 200


def _days(row: CycleRow) -> Any:
    form = DaysForm(data={"opens_on": row.opens_on, "closes_on": row.closes_on})
    if form.validate_on_submit():
        days = {"opens_on": form.opens_on.data, "closes_on": form.closes_on.data}
        try:
            service.change_days(request_session(), current_actor(), row.id, **days, now=now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The days are changed.")
            return redirect(url_for("feedback.cycle", cycle_id=row.id), 303)
    page = render_template("feedback/days.html", form=form, cycle=row)
    return page, 422 if form.is_submitted() else 200


def _asking_cycle() -> Any:
    """A cycle that asks a questionnaire of the library."""
    session, actor = request_session(), current_actor()
    asked = questionnaire_page(session, actor, _wanted_questionnaire())
    form = AskingCycleForm(data={"opens_on": today(), "closes_on": today() + _USUAL_LENGTH})
    if form.validate_on_submit():
        try:
            command = form.command(asked.form.id)
            cycle_id = service.create_cycle(session, actor, command, now=now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The cycle is set up. Now say who receives feedback.")
            return redirect(url_for("feedback.add_subjects", cycle_id=cycle_id), 303)
    page = render_template(
        "feedback/new_cycle_asking.html",
        form=form,
        asked=asked,
        questionnaires=library(session, actor),
    )
    return page, 422 if form.is_submitted() else 200


def _wanted_questionnaire() -> int:
    try:
        return ids.decode(request.args["questionnaire"])
    except ValueError as error:
        raise NotVisible from error


def _chosen_framework(frameworks: list[FrameworkRow]) -> FrameworkRow | None:
    wanted = request.args.get("framework", "")
    if not wanted:
        return frameworks[0] if frameworks else None
    try:
        version_id = ids.decode(wanted)
    except ValueError as error:
        raise NotVisible from error
    for row in frameworks:
        if row.framework_version_id == version_id:
            return row
    raise NotVisible


def _offered(chosen: FrameworkRow) -> NewCycleForm:
    session = request_session()
    form = NewCycleForm(data={"opens_on": today(), "closes_on": today() + _USUAL_LENGTH})
    form.competencies.options = [
        Option(id=row.id, label=row.name, note=row.definition, group=row.domain)
        for row in competencies.competencies(session, chosen.framework_version_id)
    ]
    form.level.options = [
        Option(id=str(level.value), label=f"{level.value} – {level.label}")
        for level in competencies.scale(session, chosen.framework_version_id).levels
    ]
    return form


def _shown_state() -> SubjectState | None:
    wanted = request.args.get("state", "")
    return SubjectState(wanted) if wanted in {state.value for state in SubjectState} else None


def _about(job_profile: str, unit: str) -> str:
    return " · ".join(part for part in (job_profile, unit) if part)
