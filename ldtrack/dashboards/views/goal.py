"""A goal from a statement of a 360 report, in one step, for the leader and for their coach."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import service as coaching
from ldtrack.core.errors import RuleBroken
from ldtrack.dashboards.forms import MOST_CHARS, GoalForm
from ldtrack.dashboards.pages.goal import GoalPage, goal_page
from ldtrack.dashboards.views import dashboards
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@dashboards.route("/feedback/reports/<id:release_id>/goals/<id:item_id>", methods=["GET", "POST"])
@guard(Action.WRITE_MILESTONE)
@commits
def goal_from_report(release_id: int, item_id: int) -> Any:
    """One look at what the statement becomes, then it is a goal."""
    session, actor = request_session(), current_actor()
    page = goal_page(session, actor, release_id, item_id, clock().today())
    form = _begun(page)
    if page.can_be_made and form.validate_on_submit():
        command = form.command(page.statement)
        try:
            milestone_id = coaching.set_milestone(session, actor, command, now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(
                "It is a goal now; you find it with your other milestones."
                if page.is_own
                else f"It is a goal now. {page.first_name} sees it too.",
                undo_url=url_for("coaching.drop_milestone", milestone_id=milestone_id),
            )
            return redirect(_goals(page), 303)
    shown = render_template("dashboards/goal.html", page=page, form=form, goals_url=_goals(page))
    return shown, 422 if form.is_submitted() else 200


def _begun(page: GoalPage) -> GoalForm:
    form = GoalForm(
        data={
            "title": page.statement.text[:MOST_CHARS],
            "level": str(page.level) if page.level else None,
        }
    )
    form.level.options = [
        Option(
            id=str(level.value),
            label=f"{level.value} – {level.label}",
            note="What the role asks for" if level.value == page.target else "",
        )
        for level in page.scale.levels
    ]
    return form


def _goals(page: GoalPage) -> str:
    if page.is_own:
        return url_for("coaching.my_coaching")
    return url_for("coaching.leader", person_id=page.statement.person_id)
