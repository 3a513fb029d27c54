"""Making the reports of a cycle in the background."""

from __future__ import annotations

from sqlalchemy import select

from ldtrack.core.clock import SetClock
from ldtrack.feedback import service
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle, CycleSummary, Subject
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.models import Job
from tests.infrastructure.feedback import (
    RATER_KEY,
    USUAL_SCORES,
    RunningCycle,
    answered_by,
    delivery,
    set_up,
)
from tests.infrastructure.organisation import SmallOrganisation

SECOND = ("other_leader", "peer_1", "peer_2", "peer_3")


def test_a_report_that_fails_keeps_nobody_elses_from_being_made(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    first, second = _ended_about_two(workshop, acme, clock)
    _rename_group(workshop, acme, first.id, "direct_report", "gone")
    work_off(workshop, KINDS)
    assert _states(workshop, acme) == {
        first.subject_id: SubjectState.CLOSED,
        second: SubjectState.RELEASED,
    }
    with workshop.database.reading(acme.id) as session:
        job = session.scalars(select(Job).where(Job.kind == "feedback.release")).one()
        assert (job.state, job.problem) == (JobState.WAITING, "ReportNotMade")
        assert session.scalars(select(CycleSummary)).all() == []
        due_at = job.due_at

    _rename_group(workshop, acme, first.id, "gone", "direct_report")
    clock.instant = due_at
    work_off(workshop, KINDS)
    assert _states(workshop, acme) == {
        first.subject_id: SubjectState.WITH_COACH,
        second: SubjectState.RELEASED,
    }
    with workshop.database.reading(acme.id) as session:
        assert len(session.scalars(select(CycleSummary)).all()) == 1


def _ended_about_two(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> tuple[RunningCycle, int]:
    """A closed cycle about two leaders, the second of whom has no direct reports."""
    now, hr = clock.now(), acme.actor["hr"]
    with workshop.database.writing(acme.id) as session:
        running = set_up(session, acme, now)
        about = acme.person["other_leader"]
        second = service.add_subject(session, hr, running.id, about, now=now)
        invitation = {}
        for rater in SECOND:
            group = "self" if rater == "other_leader" else "peer"
            asked = AskRater(group_key=group, person_id=acme.person[rater])
            invitation[rater] = service.invite(session, hr, second, asked, now=now)
        service.open_cycle(session, hr, running.id, now=now, delivery=delivery())
        answered_by(session, running, USUAL_SCORES, now)
        for rater in SECOND:
            service.store_response(
                session,
                invitation[rater],
                {item.id: 4 for item in running.form.items},
                {},
                rater_key=RATER_KEY,
                now=now,
            )
        service.end_some(session, running.id, RATER_KEY, now)
    return running, second


def _rename_group(
    workshop: Workshop, acme: SmallOrganisation, cycle_id: int, key: str, other: str
) -> None:
    with workshop.database.writing(acme.id) as session:
        cycle = session.get_one(Cycle, cycle_id)
        cycle.groups = [
            {**group, "key": other if group["key"] == key else group["key"]}
            for group in cycle.groups
        ]


def _states(workshop: Workshop, acme: SmallOrganisation) -> dict[int, str]:
    with workshop.database.reading(acme.id) as session:
        return dict(session.execute(select(Subject.id, Subject.state)).all())
