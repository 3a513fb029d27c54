"""Proposing a milestone, giving one up, and taking one up again."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import pages, service
from ldtrack.coaching.forms import MilestoneForm
from ldtrack.coaching.pages import MilestonePage
from ldtrack.coaching.views import coaching
from ldtrack.core import ids
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import base_url, clock, commits, request_session


@coaching.route("/people/<id:person_id>/milestones/new", methods=["GET", "POST"])
@guard(Action.WRITE_MILESTONE)
@commits
def propose_milestone(person_id: int) -> Any:
    """First the competency, then what will be seen, at which level, by when."""
    page = pages.milestone_page(
        request_session(), current_actor(), person_id, _competency_id(), clock().today()
    )
    if page.competency is None:
        return render_template("coaching/choose_competency.html", page=page)
    form = with_levels(MilestoneForm(), page)
    if form.validate_on_submit():
        command = form.command(person_id, page.competency.id)
        try:
            milestone_id = service.propose_milestone(
                request_session(),
                current_actor(),
                command,
                now=clock().now(),
                base_url=base_url(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            if page.can_answer:
                tell(
                    f"It is proposed to {page.other}. It counts once they agree.",
                    undo_url=url_for("coaching.drop_milestone", milestone_id=milestone_id),
                )
            else:
                tell("The milestone is agreed.")
            return redirect(page_of(person_id), 303)
    shown = render_template("coaching/propose_milestone.html", page=page, form=form)
    return shown, 422 if form.is_submitted() else 200


@coaching.post("/coaching/milestones/<id:milestone_id>/drop")
@guard(Action.WRITE_MILESTONE)
@commits
def drop_milestone(milestone_id: int) -> Any:
    """Give a planned milestone up, or take a proposal back."""
    person_id = service.drop_milestone(request_session(), current_actor(), milestone_id)
    tell(
        "It is given up.",
        undo_url=url_for("coaching.plan_milestone_again", milestone_id=milestone_id),
    )
    return redirect(page_of(person_id), 303)


@coaching.post("/coaching/milestones/<id:milestone_id>/plan-again")
@guard(Action.WRITE_MILESTONE)
@commits
def plan_milestone_again(milestone_id: int) -> Any:
    """Take up again what was dropped, taken back, or said to be reached."""
    person_id = service.plan_again(request_session(), current_actor(), milestone_id)
    tell("It stands again as it was.")
    return redirect(page_of(person_id), 303)


@coaching.post("/coaching/milestones/<id:milestone_id>/reached")
@guard(Action.WRITE_MILESTONE)
@commits
def milestone_reached(milestone_id: int) -> Any:
    """A leader without a coach says that a goal of theirs is reached."""
    person_id = service.say_reached(
        request_session(), current_actor(), milestone_id, now=clock().now()
    )
    tell(
        "Well done. The goal is reached, as you say.",
        undo_url=url_for("coaching.plan_milestone_again", milestone_id=milestone_id),
    )
    return redirect(page_of(person_id), 303)


def with_levels(form: MilestoneForm, page: MilestonePage) -> MilestoneForm:
    """The form with the levels of the competency's scale on offer."""
    levels = page.scale.levels if page.scale else ()
    form.offer_levels(
        [
            Option(
                id=str(level.value),
                label=f"{level.value} – {level.label}",
                note="What the role asks for" if level.value == page.target else "",
            )
            for level in levels
        ]
    )
    return form


def page_of(person_id: int) -> str:
    """Where the reader has the person's coaching before them."""
    if person_id == current_actor().person_id:
        return url_for("coaching.my_coaching")
    return url_for("coaching.leader", person_id=person_id)


def _competency_id() -> int | None:
    asked = request.args.get("competency", "")
    try:
        return ids.decode(asked) if asked else None
    except ValueError as error:
        raise NotVisible from error
