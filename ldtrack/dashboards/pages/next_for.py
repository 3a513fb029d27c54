"""What waits for a leader in each room, told as things to do next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import asked, debriefs_due
from ldtrack.coaching.domain import CoachingAhead
from ldtrack.coaching.queries import to_sign
from ldtrack.dashboards.pages.upcoming import Upcoming, in_order
from ldtrack.dashboards.pages.words import Target, plural
from ldtrack.dashboards.queries.waits import (
    AGREEMENT,
    PLACEMENT,
    SHORT,
    TAKEAWAY,
    TRIAD,
    what_waits,
)
from ldtrack.feedback.queries.raters import asked_of
from ldtrack.feedback.queries.short import asked_for
from ldtrack.network.domain.rounds import Waiting, WaitingKind
from ldtrack.network.queries import triads_waiting
from ldtrack.pathways.domain import Progress, StepProgress, StepState
from ldtrack.reflection.queries import open_takeaways

MOST_ACTIONS = 2
"""Promises from coaching that get a line of their own; the others are counted."""


def next_for(
    session: Session,
    actor: Actor,
    ahead: CoachingAhead,
    progress: Progress | None,
    today: date,
    *,
    rater_key: str,
) -> tuple[Upcoming, ...]:
    """Everything that waits for the actor, soonest due first.

    The `rater_key` tells which questionnaires the actor has sent.
    """
    waits = what_waits(session, actor)
    return in_order(
        [
            *_coaching(ahead),
            *(_signatures(session, actor) if AGREEMENT in waits else ()),
            *(_steps(progress) if progress else ()),
            *(_placements(session, actor) if PLACEMENT in waits else ()),
            *_debriefs(session, actor, today),
            *_forms(session, actor, today, rater_key),
            *(_short(session, actor) if SHORT in waits else ()),
            *(_triads(session, actor, today) if TRIAD in waits else ()),
            *(_takeaways(session, actor) if TAKEAWAY in waits else ()),
        ]
    )


def _coaching(ahead: CoachingAhead) -> Iterator[Upcoming]:
    target = Target(endpoint="coaching.my_coaching")
    dated = [action for action in ahead.actions if action.due_on][:MOST_ACTIONS]
    rest = len(ahead.actions) - len(dated)
    if ahead.next_on is not None:
        yield Upcoming(
            due_on=ahead.next_on,
            text="Session with your coach",
            note=f"{plural(rest, 'action')} open" if rest else "",
            act="Prepare",
            target=target,
            never_late=True,
        )
    if ahead.n_to_answer:
        yield Upcoming(
            due_on=None,
            text=f"{plural(ahead.n_to_answer, 'milestone')} proposed to you",
            note="it counts once you agree"
            if ahead.n_to_answer == 1
            else "each counts once you agree",
            act="Look",
            target=target,
        )
    for action in dated:
        yield Upcoming(
            due_on=action.due_on,
            text=action.text,
            note="promised in coaching",
            act="Open",
            target=target,
        )


def _signatures(session: Session, actor: Actor) -> Iterator[Upcoming]:
    for one in to_sign(session, actor):
        own = one.person_id == actor.person_id
        yield Upcoming(
            due_on=None,
            text=f"Sign the agreement on {'your coaching' if own else f'{one.person}’s coaching'}",
            note="it says what a sponsor sees",
            act="Sign",
            target=Target(
                endpoint="coaching.agreement_version", values={"agreement_id": one.agreement_id}
            ),
        )


def _steps(progress: Progress) -> Iterator[Upcoming]:
    turned_to = progress.next_step
    for each in progress.steps:
        if each.state is StepState.OVERDUE or each is turned_to:
            yield _step(each)


def _step(each: StepProgress) -> Upcoming:
    return Upcoming(
        due_on=each.due_on,
        text=each.step.title,
        note=f"{each.step.kind.label.lower()} on your pathway",
        act="Open",
        target=Target(endpoint="dashboards.my_pathway"),
    )


def _placements(session: Session, actor: Actor) -> Iterator[Upcoming]:
    for one in asked(session, actor):
        offered = one.person_id == actor.person_id
        yield Upcoming(
            due_on=None,
            text=f"Answer the offer: {one.title}"
            if offered
            else f"Support for an application: {one.title}",
            note="the place is kept for you" if offered else "one of your people asks for it",
            act="Answer",
            target=Target(
                endpoint="assignments.placement" if offered else "assignments.support",
                values={"placement_id": one.placement_id},
            ),
        )


def _debriefs(session: Session, actor: Actor, today: date) -> Iterator[Upcoming]:
    for task in debriefs_due(session, actor, today):
        yield Upcoming(
            due_on=None,
            text=f"Debrief: {task.title}",
            note="until then its outcome does not count",
            act="Write",
            target=Target(
                endpoint="assignments.debrief", values={"placement_id": task.placement_id}
            ),
        )


def _forms(session: Session, actor: Actor, today: date, rater_key: str) -> Iterator[Upcoming]:
    for form in asked_of(session, actor, today, rater_key=rater_key):
        if form.sent:
            continue
        yield Upcoming(
            due_on=form.closes_on,
            text="Your own view for your 360" if form.is_self else f"360 for {form.subject}",
            note="about ten minutes",
            act="Answer",
            target=Target(
                endpoint="feedback.answer_own", values={"invitation_id": form.invitation_id}
            ),
        )


def _short(session: Session, actor: Actor) -> Iterator[Upcoming]:
    for short in asked_for(session, actor):
        yield Upcoming(
            due_on=None,
            text=f"Short feedback for {short.person}",
            note=f"on {short.competency}; two minutes",
            act="Answer",
            target=Target(
                endpoint="feedback.answer_short",
                values={"short_feedback_request_id": short.id},
            ),
        )


def _takeaways(session: Session, actor: Actor) -> Iterator[Upcoming]:
    for row in open_takeaways(session, actor):
        yield Upcoming(
            due_on=row.follow_up_on,
            text=row.what,
            note=f"{row.kind.label.lower()} you took along",
            act="Tell",
            target=Target(endpoint="reflection.tell_takeaway", values={"takeaway_id": row.id}),
            never_late=True,
        )


def _triads(session: Session, actor: Actor, today: date) -> Iterator[Upcoming]:
    for waiting in triads_waiting(session, actor, today):
        text, act = _of_triad(waiting)
        yield Upcoming(
            due_on=waiting.until,
            text=text,
            note=waiting.triad.purpose,
            act=act,
            target=Target(endpoint="network.triad", values={"triad_id": waiting.triad.id}),
        )


def _of_triad(waiting: Waiting) -> tuple[str, str]:
    if waiting.kind is WaitingKind.INVITED:
        return "You are asked to be one of three", "Look"
    if waiting.kind is WaitingKind.SILENT:
        return f"Nothing was heard of {waiting.name}: ask how they are", "Open"
    return "A word to your triad", "Check in"
