"""The two ways to a triad: by a sign-in, or by a signed link; either leads to one's seat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from flask import current_app, g, redirect, url_for

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.access.guard import current_actor, guard
from ldtrack.config.settings import Settings
from ldtrack.core.errors import NotVisible
from ldtrack.network.domain.triads import Seat
from ldtrack.network.links import SeatLinks, seat_links
from ldtrack.network.queries import seat_by_link, seat_of
from ldtrack.network.service import Sender
from ldtrack.network.views import network
from ldtrack.ui.request import clock, commits, request_session

View = Callable[..., Any]


@dataclass(frozen=True, kw_only=True)
class Way:
    """How somebody came: `layout` is the page around, `ending` and `values` make addresses."""

    layout: str
    ending: str
    values: dict[str, Any]

    def at(self, name: str, **values: Any) -> str:
        """The address of a page of the triad, by the same way."""
        return url_for(f"network.{name}{self.ending}", **self.values, **values)

    def back(self) -> Any:
        """To the triad."""
        return redirect(self.at("triad"), 303)


def links() -> SeatLinks:
    """Links with the secrets and the address in force."""
    return seat_links(cast(Settings, current_app.extensions["ldtrack.settings"]))


def sender() -> Sender:
    """How mails go out at this moment."""
    return Sender(links=links(), now=clock().now())


def both_ways(rule: str, *methods: str) -> Callable[[View], View]:
    """Let a page of a triad be reached with a sign-in and with a link.

    The view gets the seat of whoever asks and the way they came; what may be done with the seat
    the service decides.
    """

    def register(view: View) -> View:
        stores = "POST" in methods
        action = Action.WRITE_TRIAD if stores else Action.READ_TRIAD
        seated, linked = _seated(view), _linked(view)
        if stores:
            seated, linked = commits(seated), commits(linked)
        for start, ending, guarded in (
            ("/triads/<id:triad_id>", "", guard(action)(seated)),
            ("/with-you/<token>", "_by_link", guard(Action.OPEN_TRIAD)(linked)),
        ):
            network.add_url_rule(
                f"{start}{rule}", f"{view.__name__}{ending}", guarded, methods=list(methods)
            )
        return view

    return register


def _seated(view: View) -> View:
    @wraps(view)
    def seated(triad_id: int, **rest: Any) -> Any:
        way = Way(layout="base.html", ending="", values={"triad_id": triad_id})
        return view(seat_of(request_session(), current_actor(), triad_id), way, **rest)

    return seated


def _linked(view: View) -> View:
    @wraps(view)
    def linked(token: str, **rest: Any) -> Any:
        way = Way(layout="bare.html", ending="_by_link", values={"token": token})
        seat = seat_by_link(request_session(), links().read(token), clock().now())
        if _is_somebody_elses(seat):
            raise NotVisible
        return view(seat, way, **rest)

    return linked


def _is_somebody_elses(seat: Seat) -> bool:
    """A link that was passed on must not open in the hands of a colleague."""
    actor: Actor | None = g.get("actor")
    return actor is not None and actor.person_id is not None and actor.person_id != seat.person_id
