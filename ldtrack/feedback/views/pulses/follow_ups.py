"""A leader's questions back to everybody who was asked about them, and what was written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.audit.service import seen
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback import queries as reports
from ldtrack.feedback.domain.pulses.rows import PulseState
from ldtrack.feedback.forms.pulses import FollowUpForm
from ldtrack.feedback.queries import ShownReport
from ldtrack.feedback.queries import pulses as queries
from ldtrack.feedback.service import pulses as service
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import delivery, now, today
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, database, request_session

_USUAL_LENGTH = timedelta(days=10)


@feedback.get("/feedback/reports/<id:release_id>/questions")
@guard(Action.ASK_FOLLOW_UP)
def follow_ups(release_id: int) -> Any:
    """What was asked after one report."""
    session, actor = request_session(), current_actor()
    shown = reports.report(session, actor, release_id)
    rows = queries.follow_ups(session, actor, shown.subject_id)
    n_open = sum(row.pulse.state is PulseState.OPEN for row in rows)
    return render_template(
        "feedback/pulses/follow_ups.html",
        shown=shown,
        rows=rows,
        own=actor.person_id == shown.person_id,
        may_ask=n_open < service.MOST_OPEN,
    )


@feedback.route("/feedback/reports/<id:release_id>/ask", methods=["GET", "POST"])
@guard(Action.ASK_FOLLOW_UP)
@commits
def ask_follow_up(release_id: int) -> Any:
    """Ask everybody who was asked, at one hour."""
    session, actor = request_session(), current_actor()
    shown = reports.report(session, actor, release_id)
    form = FollowUpForm(data={"closes_on": today() + _USUAL_LENGTH})
    form.about.options = _offered(shown)
    if form.validate_on_submit():
        try:
            service.ask_follow_up(
                session, actor, shown.subject_id, form.command(), now=now(), delivery=delivery()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("Everybody who was asked about you is asked." if _own(shown) else "Asked.")
            return redirect(url_for("feedback.follow_ups", release_id=release_id), 303)
    page = render_template(
        "feedback/pulses/ask_follow_up.html", form=form, shown=shown, own=_own(shown)
    )
    return page, 422 if form.is_submitted() else 200


@feedback.get("/feedback/questions/<id:pulse_id>")
@guard(Action.ASK_FOLLOW_UP)
def follow_up(pulse_id: int) -> Any:
    """What people wrote, once the question has closed and if enough did."""
    actor = current_actor()
    found = queries.follow_up(request_session(), actor, pulse_id)
    own = actor.person_id == found.person_id
    page = render_template("feedback/pulses/follow_up.html", found=found, own=own)
    if found.result is not None:
        seen(
            database(),
            organisation_id=actor.organisation_id,
            account_id=actor.account_id,
            action=Action.ASK_FOLLOW_UP,
            thing="pulse",
            person_id=found.person_id,
            happened_at=now(),
        )
    return page


def _own(shown: ShownReport) -> bool:
    return current_actor().person_id == shown.person_id


def _offered(shown: ShownReport) -> list[Option]:
    """Each competency of the report, followed by its statements."""
    found: list[Option] = []
    for result in shown.report.release.competencies:
        name = shown.report.name_of(result)
        found.append(Option(id=f"c{len(found)}", label=name))
        found += [
            Option(id=f"i{item.item_id}", label=shown.report.items[int(item.item_id)], note=name)
            for item in result.items
        ]
    return found
