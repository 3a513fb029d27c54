"""The rail: which pages an actor is offered, and what every template knows about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask, current_app, g, request, url_for

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Role
from ldtrack.assignments.queries import has_something_to_answer
from ldtrack.feedback.queries.nominating import approvals
from ldtrack.ui.request import request_session


@dataclass(frozen=True)
class Link:
    """One line of the rail; `within` if the page shown lies under it."""

    label: str
    url: str
    current: bool
    within: bool


_OUTCOMES = ("Assignments to answer", "assignments.my_outcomes", Action.CONFIRM_OUTCOME)
_TO_AGREE = ("Raters to agree to", "feedback.approvals", Action.APPROVE_NOMINATION)
_COURSES = ("Courses", "courses.catalogue", Action.READ_COURSE)
_FEEDBACK = ("Feedback", "feedback.my_feedback", Action.READ_RELEASE)
_SHORT = ("Short feedback", "feedback.short", Action.READ_SHORT)
_ORGANISATION = ("Organisation", "organisation.settings", Action.WRITE_ORGANISATION)
_RAIL: tuple[tuple[Role, str, str, Action], ...] = (
    (Role.LEADER, "My growth", "dashboards.leader_home", Action.READ_HOME),
    (Role.LEADER, "Pathway", "dashboards.my_pathway", Action.READ_PATHWAY),
    (Role.LEADER, "Coaching", "coaching.my_coaching", Action.READ_SESSION),
    (Role.LEADER, "Assignments", "assignments.my_assignments", Action.READ_POSTING),
    (Role.LEADER, *_COURSES),
    (Role.LEADER, *_FEEDBACK),
    (Role.LEADER, "Journal", "reflection.journal", Action.WRITE_REFLECTION),
    (Role.LEADER, "Triads", "network.triads", Action.READ_TRIAD),
    (Role.LEADER, "Reviews", "reviews.my_reviews", Action.READ_REVIEW),
    (Role.COACH, "Caseload", "dashboards.caseload", Action.READ_CASELOAD),
    (Role.COACH, "Leaders who ask", "coaching.asked", Action.ANSWER_CHOICE),
    (Role.COACH, "You as a coach", "coaching.present_oneself", Action.PRESENT_ONESELF),
    (Role.COACH, "Private notes", "coaching.private_notes", Action.READ_PRIVATE_NOTE),
    (Role.SPONSOR, "Portfolio", "dashboards.portfolio", Action.READ_PORTFOLIO),
    (Role.SPONSOR, "Reports", "reviews.shared_with_me", Action.READ_REVIEW),
    (Role.SPONSOR, *_OUTCOMES),
    (Role.HR, "Today", "dashboards.today", Action.READ_PROGRAMME),
    (Role.HR, "People", "people.directory", Action.WRITE_PERSON),
    (Role.HR, "Competency map", "dashboards.competency_map", Action.READ_PROGRAMME),
    (Role.HR, "Frameworks", "competencies.frameworks", Action.WRITE_FRAMEWORK),
    (Role.HR, "Pathways", "pathways.catalogue", Action.WRITE_PATHWAY),
    (Role.HR, *_COURSES),
    (Role.HR, "Coaching", "coaching.engagements", Action.OPEN_ENGAGEMENT),
    (Role.HR, "Postings", "assignments.postings", Action.WRITE_POSTING),
    (Role.HR, "360 cycles", "feedback.cycles", Action.WRITE_CYCLE),
    (Role.HR, "Questionnaires", "feedback.questionnaires", Action.WRITE_QUESTIONNAIRE),
    (Role.HR, "Trust pulses", "feedback.pulses", Action.WRITE_PULSE),
    (Role.HR, *_ORGANISATION),
    (Role.ADMINISTRATOR, "Accounts", "people.accounts", Action.WRITE_ACCOUNT),
    (Role.ADMINISTRATOR, *_ORGANISATION),
)


def register(app: Flask) -> None:
    """Give every template the rail and the names it shows."""

    @app.context_processor
    def rail() -> dict[str, Any]:
        actor: Actor | None = g.get("actor")
        if actor is None:
            return {}
        return {
            "navigation": Rail(actor),
            "signed_in_as": actor.name,
            "organisation_name": g.organisation_name,
            "sign_out_url": url_for("people.sign_out"),
            "account_url": url_for("people.own_account"),
            "page_of": partial(page_of, actor),
            "attributions_url": url_for("competencies.attributions")
            if "competencies.attributions" in current_app.view_functions
            else "",
        }


@dataclass(frozen=True)
class Rail:
    """The lines, looked up by pages that show them: an error page must not need the database."""

    actor: Actor

    def __iter__(self) -> Iterator[Link]:
        return iter(links_for(self.actor))


def links_for(actor: Actor) -> list[Link]:
    """What the actor's roles offer, without pages that the policy would refuse."""
    here = request.endpoint
    # Whoever has two roles reads a line of both once.
    offered = list(dict.fromkeys(line[1:] for line in _RAIL if actor.has(line[0])))
    # Anybody may own an assignment or be asked about one, whatever their roles are. Those whom
    # somebody reports to are asked for support, and propose openings.
    if _OUTCOMES not in offered and (
        actor.manages or has_something_to_answer(request_session(), actor)
    ):
        offered.append(_OUTCOMES)
    # Leaders find proposals that wait for them among their feedback.
    stands_with = actor.manages | actor.coaches
    if stands_with and not actor.has(Role.LEADER) and approvals(request_session(), actor):
        offered.append(_TO_AGREE)
    # Anybody may be asked for their view.
    if _FEEDBACK not in offered:
        offered.append(_FEEDBACK)
    offered.append(_SHORT)
    found = [
        (label, url_for(endpoint), endpoint == here)
        for label, endpoint, action in offered
        if endpoint in current_app.view_functions and policy.could(actor, action)
    ]
    # What HR does with cycles lies under the same address, and is not their own feedback.
    aside = _FEEDBACK[0] if actor.has(Role.HR) else ""
    above = _nearest_above(url for label, url, _ in found if label != aside) or _front_of(actor)
    return [Link(label, url, current, url == above) for label, url, current in found]


def page_of(actor: Actor, person_id: int) -> str:
    """Where the actor meets that person, to go back to; '' if they have no such page."""
    if actor.has(Role.HR):
        return url_for("people.person", person_id=person_id)
    if person_id in actor.coaches:
        return url_for("coaching.leader", person_id=person_id)
    return _front_of(actor, person_id)


def _front_of(actor: Actor, person_id: int | None = None) -> str:
    """The line under which pages about that person lie; by default whom this page is about."""
    about = person_id or (request.view_args or {}).get("person_id")
    for endpoint, people in (
        ("dashboards.leader_home", {actor.person_id}),
        ("dashboards.caseload", actor.coaches),
        ("dashboards.portfolio", actor.sponsors),
    ):
        if about is not None and about in people and endpoint in current_app.view_functions:
            return url_for(endpoint)
    return ""


def _nearest_above(urls: Iterable[str]) -> str:
    """The address under which the page shown lies; '' if there is none."""
    path = request.script_root + request.path
    return max((url for url in urls if path.startswith(f"{url}/")), key=len, default="")
