"""What the three do in their triad: answer, check in, tell, note, leave."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.network import pages, queries, service
from ldtrack.network.domain.triads import CommitmentState, Seat
from ldtrack.network.forms import (
    CommitForm,
    InviteForm,
    SayForm,
    TellForm,
    check_in_form,
    state_name,
    told_name,
)
from ldtrack.network.views.doors import Way, both_ways, sender
from ldtrack.ui.messages import tell as say_so
from ldtrack.ui.request import clock, request_session


@both_ways("", "GET")
def triad(own: Seat, way: Way) -> Any:
    """What the three promised and told, and what waits."""
    return render_template("network/triad.html", page=_triad_page(own), way=way)


@both_ways("/answer", "POST")
def answer_triad(own: Seat, way: Way) -> Any:
    """Say yes or no to an invitation."""
    accept = request.form.get("answer") == "yes"
    service.answer(request_session(), own, accept=accept, sender=sender())
    if accept:
        say_so("You are one of the three.")
        return way.back()
    say_so("You said no. The others see that, and nothing else.")
    return redirect(url_for("network.triads") if way.ending == "" else "/", 303)


@both_ways("/check-in", "GET", "POST")
def check_in(own: Seat, way: Way) -> Any:
    """What became of what one promised, a word, and what is next."""
    session, today = request_session(), clock().today()
    rows = [
        row
        for row in queries.commitments(session, own)
        if row.member_id == own.id and row.state is CommitmentState.OPEN
    ]
    form = check_in_form(rows)
    if form.validate_on_submit():
        try:
            service.check_in(session, own, form.command(rows), today=today)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            say_so("The others can read it.")
            return way.back()
    pairs = [(row, form[state_name(row)], form[told_name(row)]) for row in rows]
    page = pages.triad_page(session, own, today)
    shown = render_template("network/check_in.html", form=form, pairs=pairs, page=page, way=way)
    return shown, 422 if form.is_submitted() else 200


@both_ways("/commit", "GET", "POST")
def commit(own: Seat, way: Way) -> Any:
    """Promise something."""
    form = CommitForm()
    if form.validate_on_submit():
        try:
            service.commit(
                request_session(), own, form.what.data, form.until.data, today=clock().today()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            say_so("The others can read it.")
            return way.back()
    return _shown("commit", form, _triad_page(own), way)


@both_ways("/tell", "GET", "POST")
def tell(own: Seat, way: Way) -> Any:
    """Tell of an experience."""
    form = TellForm()
    if form.validate_on_submit():
        service.tell(request_session(), own, form.body.data, today=clock().today())
        say_so("The others can read it, ask and note.")
        return way.back()
    return _shown("tell", form, _triad_page(own), way)


@both_ways("/told/<id:experience_id>", "GET", "POST")
def experience(own: Seat, way: Way, experience_id: int) -> Any:
    """What somebody told, with what was asked and noted; and a line of one's own."""
    session, today = request_session(), clock().today()
    page = pages.triad_page(session, own, today)
    row = page.experience(experience_id)
    form = SayForm()
    if form.validate_on_submit():
        service.say(session, own, row.id, form.kind.data, form.body.data, today=today)
        say_so("It is there for the three of you.")
        return redirect(way.at("experience", experience_id=row.id), 303)
    shown = render_template("network/experience.html", form=form, row=row, page=page, way=way)
    return shown, 422 if form.is_submitted() else 200


@both_ways("/told/<id:experience_id>/take-back", "POST")
def take_back_experience(own: Seat, way: Way, experience_id: int) -> Any:
    """Take back what one told."""
    service.take_back(request_session(), own, experience_id)
    say_so("It is taken back, with what was said to it.")
    return way.back()


@both_ways("/invite", "GET", "POST")
def invite_to_triad(own: Seat, way: Way) -> Any:
    """Ask somebody for a free seat."""
    form = InviteForm()
    page = _triad_page(own)
    if not own.is_in or not page.is_short or page.triad.ended_on is not None:
        raise NotVisible
    if form.validate_on_submit():
        try:
            service.invite(request_session(), own, form.who.data, field="who", sender=sender())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            say_so("They are asked.")
            return way.back()
    return _shown("invite", form, page, way)


@both_ways("/leave", "POST")
def leave_triad(own: Seat, way: Way) -> Any:
    """Leave; the others go on."""
    service.leave(request_session(), own, today=clock().today())
    say_so("You left. What you promised and told there is deleted.")
    return redirect(url_for("network.triads") if way.ending == "" else "/", 303)


@both_ways("/end", "POST")
def end_triad(own: Seat, way: Way) -> Any:
    """End it for all three."""
    service.end(request_session(), own, today=clock().today())
    say_so("The triad has ended.")
    return way.back() if way.ending == "" else redirect("/", 303)


def _triad_page(own: Seat) -> pages.TriadPage:
    return pages.triad_page(request_session(), own, clock().today())


def _shown(template: str, form: Any, page: pages.TriadPage, way: Way) -> Any:
    shown = render_template(f"network/{template}.html", form=form, page=page, way=way)
    return shown, 422 if form.is_submitted() else 200
