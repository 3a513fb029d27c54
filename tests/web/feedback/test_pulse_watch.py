"""Watching the pages of pulses while answers come in: nothing moves but HR's shielded count."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback import service as cycles
from ldtrack.feedback.domain.pulses.commands import AskFollowUp
from ldtrack.feedback.domain.pulses.rows import Given
from ldtrack.feedback.queries.pulses.answering import by_invitation
from ldtrack.feedback.service import pulses as service
from tests.infrastructure.feedback import RATER_KEY, closed, delivery
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.pulses import (
    PEOPLE,
    RunningPulse,
    answer_to,
    opened_pulse,
    running_pulse,
)
from tests.infrastructure.web import Visit
from tests.web.feedback.test_live_watch import seen_by


@pytest.fixture
def pulse(database: Database, acme: SmallOrganisation, clock: SetClock) -> RunningPulse:
    """An open pulse of five people."""
    with database.writing(acme.id) as session:
        return opened_pulse(session, acme, clock.now())


def _pages(pulse_id: int) -> list[str]:
    at = f"/feedback/pulses/{encode(pulse_id)}"
    question = f"/feedback/questions/{encode(pulse_id)}"
    return ["/feedback", "/feedback/pulses", at, f"{at}/result", f"{at}/words", question]


def test_no_page_of_those_who_are_asked_or_stand_near_moves_by_a_byte(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    pulse: RunningPulse,
) -> None:
    pages = _pages(pulse.id)
    watchers = {
        role: visit(acme.actor[role])
        for role in ("leader", "coach", "manager", "sponsor", "administrator")
    }
    before = {role: seen_by(watcher, pages) for role, watcher in watchers.items()}
    for person in PEOPLE[:4]:
        with database.writing(acme.id) as session:
            answer_to(session, pulse, person, 4, clock.now(), words=f"Marked by {person}")
    assert {role: seen_by(watcher, pages) for role, watcher in watchers.items()} == before


def test_hr_sees_a_count_that_is_no_finer_than_the_result_will_be(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    pulse: RunningPulse,
) -> None:
    hr, pages = visit(acme.actor["hr"]), _pages(pulse.id)
    listed = f"/feedback/pulses/{encode(pulse.id)}"
    before, moved = seen_by(hr, pages), {}
    for number, person in enumerate(PEOPLE, start=1):
        with database.writing(acme.id) as session:
            answer_to(session, pulse, person, 4, clock.now())
        after = seen_by(hr, pages)
        moved[number] = sorted(page for page in pages if after[page] != before[page])
        before = after
    both = ["/feedback/pulses", listed]
    # "Fewer than 3", then "3 or more" for three and four, then the number.
    assert moved == {1: [], 2: [], 3: both, 4: [], 5: both}
    with database.writing(acme.id) as session:
        answer_to(session, pulse, "peer_1", 1, clock.now(), words="Changed my mind")
    assert seen_by(hr, pages) == before


def test_a_question_back_moves_nothing_before_it_has_closed(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        cycle = closed(session, acme, clock.now())
        cycles.pass_on(session, acme.actor["coach"], cycle.subject_id, now=clock.now())
        pulse_id = service.ask_follow_up(
            session,
            acme.actor["leader"],
            cycle.subject_id,
            AskFollowUp(about="", question="What helps?", closes_on=date(2026, 11, 28)),
            now=clock.now(),
            delivery=delivery(),
        )
        running = running_pulse(session, acme, pulse_id)
    pages = _pages(pulse_id)
    watchers = {role: visit(acme.actor[role]) for role in ("leader", "coach", "hr")}
    before = {role: seen_by(watcher, pages) for role, watcher in watchers.items()}
    for invitation_id in running.invitation.values():
        with database.writing(acme.id) as session:
            asked = by_invitation(
                session, invitation_id, rater_key=RATER_KEY, today=clock.now().date()
            )
            service.answer_pulse(session, asked, Given(words="Marked"), now=clock.now())
    assert {role: seen_by(watcher, pages) for role, watcher in watchers.items()} == before
