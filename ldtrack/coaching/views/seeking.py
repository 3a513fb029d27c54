"""What a leader looks for in a coach, as an address says it, and the coaches in that order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for

from ldtrack.access.guard import current_actor
from ldtrack.coaching import pages
from ldtrack.coaching.domain.matching import MOST_FOCUS, LookedFor, Match
from ldtrack.coaching.forms import SoughtForm
from ldtrack.coaching.pages import BringTogetherPage
from ldtrack.core import ids
from ldtrack.people.domain import PersonRow
from ldtrack.ui.fields import Option
from ldtrack.ui.request import clock, request_session

MOST_SHOWN = 8
"""How many coaches HR sees before asking for all."""


@dataclass(frozen=True, kw_only=True)
class Seeking:
    """What is looked for, the form that says so, and the page of coaches."""

    looked_for: LookedFor
    form: SoughtForm
    page: BringTogetherPage
    options: tuple[Option, ...]

    def shown(self, *, all_of_them: bool) -> tuple[list[Option], int]:
        """The coaches to show, and how many are left."""
        if all_of_them or request.args.get("show") == "all":
            return list(self.options), 0
        return list(self.options[:MOST_SHOWN]), max(len(self.options) - MOST_SHOWN, 0)


def is_said() -> bool:
    """Whether the address says what is looked for, be it nothing."""
    return request.method != "GET" or "sought" in request.args


def filled_in(endpoint: str, leader: PersonRow, named: Mapping[str, Any]) -> str:
    """The same page, which calls the leader so, with what they may look for filled in."""
    known = pages.known_of(
        request_session(),
        current_actor(),
        leader,
        current_app.extensions["ldtrack.below_target"],
    )
    return url_for(
        endpoint,
        **named,
        sought=1,
        focus=[ids.encode(one) for one in known.focus],
        language=known.language,
    )


def sought_of(leader: PersonRow) -> Seeking:
    """Coaches in the order in which they suit what the address says."""
    form = SoughtForm(formdata=request.args, meta={"csrf": False})
    looked_for = _typed(form)
    page = pages.coaches_to_choose_from(
        request_session(), current_actor(), leader, looked_for, clock().today()
    )
    form.focus.options = list(page.focus)
    form.validate()
    options = options_of(page.coaches)
    return Seeking(looked_for=looked_for, form=form, page=page, options=options)


def options_of(coaches: Iterable[Match]) -> tuple[Option, ...]:
    """Coaches to choose from, each with why they suit."""
    return tuple(
        Option(id=one.coach.person_id, label=_who(one.coach.name, one.coach.unit), note=one.why)
        for one in coaches
    )


def _typed(sought: SoughtForm) -> LookedFor:
    """What the address says; nothing as long as it needs another look."""
    refused = sought.focus.process_errors or len(sought.focus.data) > MOST_FOCUS
    return LookedFor() if refused else sought.looked_for()


def _who(name: str, unit: str) -> str:
    return ", ".join(part for part in (name, unit) if part)
