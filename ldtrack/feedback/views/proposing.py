"""The two ways of adding raters, for the leader and for whoever agrees: by search, by address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template

from ldtrack.access.guard import current_actor
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback import service
from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.forms.cycles import AskKnownForm, AskOutsideForm, group_options
from ldtrack.feedback.pages.nominating import NominationPage
from ldtrack.feedback.views.surroundings import delivery, now
from ldtrack.people.queries import PAGE, askable
from ldtrack.ui.fields import Option
from ldtrack.ui.lists import searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import request_session

_FIELDS = {"group_key": "group", "person_id": "people"}


def by_search(page: NominationPage, back: str) -> Any:
    """Find people of the organisation and propose them."""
    session = request_session()
    search = searched()
    taken = {line.rater.person_id for group in page.groups for line in group.lines}
    people = [
        person
        for person in (askable(session, search=search) if search else [])
        if person.id not in taken and person.id != page.subject.person_id
    ]
    form = AskKnownForm()
    form.people.options = [
        Option(id=person.id, label=person.name, note=_about(person.job_profile, person.unit))
        for person in people
    ]
    form.group.options = _groups(page)
    if form.validate_on_submit() and _propose(page, form.commands(), form.refuse, _FIELDS):
        return redirect(back, 303)
    shown = render_template(
        "feedback/nominate_known.html",
        form=form,
        page=page,
        back=back,
        own=_is_own(page),
        search=search,
        is_long=len(people) >= PAGE,
    )
    return shown, 422 if form.is_submitted() else 200


def by_address(page: NominationPage, back: str) -> Any:
    """Propose somebody from outside."""
    form = AskOutsideForm()
    form.group.options = _groups(page)
    if form.validate_on_submit() and _propose(
        page, [form.command()], form.refuse, {"group_key": "group", "person_id": "email"}
    ):
        return redirect(back, 303)
    shown = render_template(
        "feedback/nominate_outside.html", form=form, page=page, back=back, own=_is_own(page)
    )
    return shown, 422 if form.is_submitted() else 200


def _propose(
    page: NominationPage,
    commands: list[AskRater],
    refuse: Callable[[str | None, str], None],
    fields: dict[str, str],
) -> bool:
    try:
        for command in commands:
            service.nominate(
                request_session(),
                current_actor(),
                page.subject.id,
                command,
                now=now(),
                delivery=delivery(),
            )
    except RuleBroken as broken:
        refuse(fields.get(broken.field, broken.field), broken.message)
        return False
    people = "1 person is" if len(commands) == 1 else f"{len(commands)} people are"
    tell(f"{people} proposed.")
    return True


def _is_own(page: NominationPage) -> bool:
    return page.subject.person_id == current_actor().person_id


def _groups(page: NominationPage) -> list[Option]:
    return group_options([g for g in page.cycle.groups if g.key != SELF_GROUP])


def _about(job_profile: str, unit: str) -> str:
    return " · ".join(part for part in (job_profile, unit) if part)
