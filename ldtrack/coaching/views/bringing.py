"""HR's page on which a coach and a leader are brought together."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import pages, service
from ldtrack.coaching.domain.matching import MOST_FOCUS, LookedFor
from ldtrack.coaching.forms import EngagementForm, SoughtForm
from ldtrack.coaching.pages import BringTogetherPage
from ldtrack.coaching.views import coaching
from ldtrack.core import ids
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.domain import PersonRow
from ldtrack.ui.cleaning import clean_line
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

USUAL_SESSIONS = 8
MOST_SHOWN = 8
"""How many coaches HR sees before asking for all."""


@coaching.route("/coaching/engagements/new", methods=["GET", "POST"])
@guard(Action.OPEN_ENGAGEMENT)
@commits
def bring_together() -> Any:
    """Bring a coach and a leader together; the coach sees the leader from the first day on."""
    leader_id = _leader_id()
    if leader_id is None:
        page = pages.leaders_to_coach(request_session(), current_actor(), _search())
        return render_template("coaching/bring_together.html", page=page)
    leader = pages.leader_to_coach(request_session(), current_actor(), leader_id)
    if request.method == "GET" and "sought" not in request.args:
        return redirect(_with_what_is_known(leader))
    return _choose_coach(leader)


def _choose_coach(leader: PersonRow) -> Any:
    """Coaches in the order in which they suit what the address says is looked for."""
    session, actor, today = request_session(), current_actor(), clock().today()
    sought = SoughtForm(formdata=request.args, meta={"csrf": False})
    page = pages.coaches_to_choose_from(session, actor, leader, _typed(sought), today)
    sought.focus.options = list(page.focus)
    sought.validate()
    form = EngagementForm(data={"starts_on": today, "sessions_agreed": USUAL_SESSIONS})
    form.coach_id.options = [
        Option(id=one.coach.person_id, label=_who(one.coach.name, one.coach.unit), note=one.why)
        for one in page.coaches
    ]
    if form.validate_on_submit():
        try:
            command = form.command(leader.id)
            engagement_id = service.open_engagement(session, actor, command, now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("They are brought together. Next comes the agreement with the sponsor.")
            return redirect(url_for("coaching.write_agreement", engagement_id=engagement_id), 303)
    return _shown(page, form, sought)


def _shown(page: BringTogetherPage, form: EngagementForm, sought: SoughtForm) -> Any:
    n_left = 0
    if not form.is_submitted() and request.args.get("show") != "all":
        n_left = max(len(page.coaches) - MOST_SHOWN, 0)
        form.coach_id.options = form.coach_id.options[:MOST_SHOWN]
    shown = render_template(
        "coaching/bring_together.html", page=page, form=form, sought=sought, n_left=n_left
    )
    return shown, 422 if form.is_submitted() or sought.problems else 200


def _with_what_is_known(leader: PersonRow) -> str:
    """The same page with what the leader may look for filled in."""
    known = pages.known_of(
        request_session(),
        current_actor(),
        leader,
        current_app.extensions["ldtrack.below_target"],
    )
    return url_for(
        "coaching.bring_together",
        leader=ids.encode(leader.id),
        sought=1,
        focus=[ids.encode(one) for one in known.focus],
        language=known.language,
    )


def _typed(sought: SoughtForm) -> LookedFor:
    """What the address says; nothing as long as it needs another look."""
    refused = sought.focus.process_errors or len(sought.focus.data) > MOST_FOCUS
    return LookedFor() if refused else sought.looked_for()


def _who(name: str, unit: str) -> str:
    return ", ".join(part for part in (name, unit) if part)


def _search() -> str:
    return clean_line(request.args.get("q", "")[:200])


def _leader_id() -> int | None:
    asked = request.args.get("leader", "")
    try:
        return ids.decode(asked) if asked else None
    except ValueError as error:
        raise NotVisible from error
