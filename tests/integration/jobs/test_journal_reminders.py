"""Whoever set a rhythm is reminded when an entry is missing, once, and nobody is shown that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from ldtrack.core.clock import SetClock
from ldtrack.jobs.days import plan_days
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.outbox.models import Message
from ldtrack.reflection import service
from ldtrack.reflection.domain import WriteEntry
from ldtrack.reflection.domain.takeaways import (
    TakeAlong,
    TakeawayKind,
    TakeawayState,
    TellTakeaway,
)
from tests.infrastructure.organisation import SmallOrganisation


def _days_of_mails(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock, days: int
) -> list[int]:
    """Let days go by; after how many of them a mail was there."""
    began, found = clock.today(), list[int]()
    for _ in range(days):
        plan_days(workshop)
        work_off(workshop, KINDS)
        with workshop.database.reading(acme.id) as session:
            mails = session.scalars(select(Message)).all()
            assert {(mail.to_address, mail.discreet) for mail in mails} <= {
                ("amara.okafor@example.org", True)
            }
            found += [(clock.today() - began).days] * (len(mails) - len(found))
        clock.instant += timedelta(days=1)
    return found


def test_a_mail_comes_when_so_many_weeks_went_by_without_an_entry(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with workshop.database.writing(acme.id) as session:
        service.set_rhythm(session, leader, weeks=1, shown=False, today=clock.today())
    # A week after it was set, and a week after the first reminder.
    assert _days_of_mails(workshop, acme, clock, 15) == [7, 14]


def test_an_entry_puts_the_next_reminder_off(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with workshop.database.writing(acme.id) as session:
        service.set_rhythm(session, leader, weeks=2, shown=False, today=clock.today())
    assert _days_of_mails(workshop, acme, clock, 10) == []
    with workshop.database.writing(acme.id) as session:
        service.write(session, leader, WriteEntry(body="Hm."), now=clock.now())
    assert _days_of_mails(workshop, acme, clock, 15) == [14]


def test_who_wants_no_reminder_gets_none(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with workshop.database.writing(acme.id) as session:
        service.set_rhythm(session, leader, weeks=1, shown=False, today=date(2025, 1, 1))
        service.set_rhythm(session, leader, weeks=None, shown=False, today=date(2025, 1, 1))
    assert _days_of_mails(workshop, acme, clock, 2) == []


@pytest.mark.parametrize(
    ("remind", "state", "days"),
    [
        (True, TakeawayState.OPEN, [3]),
        (False, TakeawayState.OPEN, []),
        (True, TakeawayState.DONE, []),
    ],
)
def test_one_mail_says_that_somebody_wanted_to_look_again_and_not_at_what(
    workshop: Workshop,
    acme: SmallOrganisation,
    clock: SetClock,
    remind: bool,
    state: TakeawayState,
    days: list[int],
) -> None:
    leader = acme.actor["leader"]
    command = TakeAlong(
        kind=TakeawayKind.CONVERSATION,
        what="zebra-in-the-bag",
        follow_up_on=clock.today() + timedelta(days=3),
        remind=remind,
    )
    with workshop.database.writing(acme.id) as session:
        for _ in range(2):
            takeaway_id = service.take_along(session, leader, command, today=clock.today())
            told = TellTakeaway(state=state)
            service.tell_takeaway(session, leader, takeaway_id, told, today=clock.today())
    assert _days_of_mails(workshop, acme, clock, 8) == days
    with workshop.database.reading(acme.id) as session:
        assert "zebra" not in "".join(mail.body for mail in session.scalars(select(Message)))


def test_another_day_to_look_again_asks_for_another_mail(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    command = TakeAlong(
        kind=TakeawayKind.TASK, what="Ask.", follow_up_on=clock.today(), remind=True
    )
    with workshop.database.writing(acme.id) as session:
        takeaway_id = service.take_along(session, leader, command, today=clock.today())
    assert _days_of_mails(workshop, acme, clock, 2) == [0]
    with workshop.database.writing(acme.id) as session:
        later = replace(command, follow_up_on=clock.today() + timedelta(days=1))
        service.change_takeaway(session, leader, takeaway_id, later, today=clock.today())
    assert len(_days_of_mails(workshop, acme, clock, 3)) == 2
