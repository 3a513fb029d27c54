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
from ldtrack.ui.request import base_url, clock, commits, request_session


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
            milestone_id = coaching.propose_milestone(
                session, actor, command, now=clock().now(), base_url=base_url()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(
                _done(page),
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


def _done(page: GoalPage) -> str:
    if page.engagement is None:
        return "It is a goal now; you find it with your other ones."
    if not page.is_own and not page.can_answer:
        return "The milestone is agreed."
    other = page.engagement.coach if page.is_own else page.first_name
    return f"It is proposed to {other}. It counts once they agree."


def _goals(page: GoalPage) -> str:
    if page.is_own:
        return url_for("coaching.my_coaching")
    return url_for("coaching.leader", person_id=page.statement.person_id)
