"""Editing one questionnaire: its sections, the statements of one of them, its open questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies import queries as competencies
from ldtrack.core import ids
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback.domain.asked import QuestionnaireRow
from ldtrack.feedback.domain.editing import moved_one
from ldtrack.feedback.forms.questionnaires import (
    AddSectionsForm,
    questions_form,
    section_form,
)
from ldtrack.feedback.pages.questionnaires import indicators_left
from ldtrack.feedback.queries.questionnaires import questionnaire_of
from ldtrack.feedback.service import questionnaires as service
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session

T = TypeVar("T")
_ONE = "/feedback/questionnaires/<id:questionnaire_id>"


@feedback.route(f"{_ONE}/sections", methods=["GET", "POST"])
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def add_sections(questionnaire_id: int) -> Any:
    """Ask about more competencies of the framework."""
    session, actor = request_session(), current_actor()
    row = questionnaire_of(session, actor, questionnaire_id)
    form = AddSectionsForm()
    form.competencies.options = [
        Option(id=one.id, label=one.name, note=one.definition, group=one.domain)
        for one in competencies.competencies(session, row.framework_version_id)
        if one.id not in row.competency_ids
    ]
    if form.validate_on_submit():
        try:
            service.add_sections(
                session,
                actor,
                questionnaire_id,
                form.competencies.data,
                per_competency=form.per_competency.data or 1,
                now=now(),
            )
        except RuleBroken as broken:
            form.refuse("competencies", broken.message)
        else:
            tell("The sections are added.")
            return _back(questionnaire_id)
    page = render_template("feedback/questionnaires/add_sections.html", form=form, row=row)
    return page, 422 if form.is_submitted() else 200


@feedback.route(f"{_ONE}/sections/<id:competency_id>", methods=["GET", "POST"])
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def section(questionnaire_id: int, competency_id: int) -> Any:
    """The statements of one competency."""
    row = questionnaire_of(request_session(), current_actor(), questionnaire_id)
    if competency_id not in row.competency_ids:
        raise NotVisible
    return _section(row, competency_id)


@feedback.route(f"{_ONE}/derailers", methods=["GET", "POST"])
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def derailers(questionnaire_id: int) -> Any:
    """Statements that belong to no competency."""
    row = questionnaire_of(request_session(), current_actor(), questionnaire_id)
    return _section(row, None)


@feedback.post(f"{_ONE}/sections/<id:competency_id>/<any(up, down):way>")
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def move_section(questionnaire_id: int, competency_id: int, way: str) -> Any:
    """Ask about a competency one place earlier or later."""
    service.move_section(
        request_session(),
        current_actor(),
        questionnaire_id,
        competency_id,
        up=way == "up",
        now=now(),
    )
    return _back(questionnaire_id)


@feedback.route(f"{_ONE}/questions", methods=["GET", "POST"])
@guard(Action.WRITE_QUESTIONNAIRE)
@commits
def open_questions(questionnaire_id: int) -> Any:
    """The questions that are answered in words."""
    session, actor = request_session(), current_actor()
    row = questionnaire_of(session, actor, questionnaire_id)
    form = questions_form(row.questions)
    if form.validate_on_submit():
        written = form.questions(row.questions)
        keys = [question.key for question in written]
        try:
            wanted = _as_moved(written, keys)
            service.change_questions(session, actor, questionnaire_id, wanted, now=now())
        except RuleBroken as broken:
            form.refuse(None, broken.message)
        else:
            return _after_saving("feedback.open_questions", questionnaire_id=questionnaire_id)
    page = render_template("feedback/questionnaires/questions.html", form=form, row=row)
    return page, 422 if form.is_submitted() else 200


def _section(row: QuestionnaireRow, competency_id: int | None) -> Any:
    session, actor = request_session(), current_actor()
    items = row.items_of(competency_id)
    competency = competencies.competency(session, competency_id) if competency_id else None
    offered = indicators_left(session, row, competency_id) if competency_id else {}
    form = section_form(items, weighted=competency is not None)
    form.indicators.options = [Option(id=id_, label=text) for id_, text in offered.items()]
    if form.validate_on_submit():
        written = form.statements(items, offered)
        keys = [ids.encode(one.item_id) if one.item_id else "" for one in written]
        try:
            wanted = _as_moved(written, keys)
            service.change_section(session, actor, row.id, competency_id, wanted, now=now())
        except RuleBroken as broken:
            form.refuse(None, broken.message)
        else:
            if competency_id is None or not wanted:
                here = "feedback.derailers" if competency_id is None else "feedback.questionnaire"
                return _after_saving(here, questionnaire_id=row.id)
            return _after_saving(
                "feedback.section", questionnaire_id=row.id, competency_id=competency_id
            )
    page = render_template(
        "feedback/questionnaires/section.html",
        form=form,
        row=row,
        statements=items,
        competency=competency,
    )
    return page, 422 if form.is_submitted() else 200


def _as_moved(rows: Sequence[T], keys: Sequence[str]) -> Sequence[T]:
    """The rows, one of them moved if a button said so: `up-` or `down-` and its key."""
    way, _, key = request.form.get("move", "").partition("-")
    if way not in ("up", "down") or not key or key not in keys:
        return rows
    return moved_one(rows, keys.index(key), up=way == "up")


def _after_saving(here: str, **values: Any) -> Any:
    """Back to the questionnaire, or stay where rows are being moved and added."""
    if request.form.get("move") or request.form.get("then") == "more":
        return redirect(url_for(here, **values), 303)
    tell("The changes are kept.")
    return _back(values["questionnaire_id"])


def _back(questionnaire_id: int) -> Any:
    return redirect(url_for("feedback.questionnaire", questionnaire_id=questionnaire_id), 303)
