"""A leader's year with a little of everything, and words in it that may never be printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.assignments import service as assignments
from ldtrack.coaching import service as coaching
from ldtrack.coaching.domain import (
    Agree,
    LogSession,
    NewAction,
    OpenEngagement,
    SetMilestone,
    SponsorSees,
)
from ldtrack.courses.domain import RecordCompletion
from ldtrack.courses.service import record_completion
from ldtrack.feedback import service as feedback
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle, Subject
from ldtrack.feedback.service import PastRating, PastRatings
from ldtrack.reflection import service as reflection
from ldtrack.reflection.domain import WriteEntry
from tests.infrastructure.milestones import agreed_milestone
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.assignments.makers import LOOKED_BACK, answers, placed
from tests.integration.pathways.makers import a_pathway, enrolled

PRIVATE = "MARKER-PRIVATE-NOTE"
SHARED = "MARKER-SHARED-NOTE"
JOURNAL = "MARKER-JOURNAL"
COMMENT = "MARKER-COMMENT"
UNRELEASED = "MARKER-UNRELEASED"
DEBRIEF = "MARKER-DEBRIEF"
NEVER = (PRIVATE, SHARED, JOURNAL, UNRELEASED)
"""What no edition may hold."""


@dataclass(frozen=True, kw_only=True)
class Lived:
    """Ids of what a test may want to change."""

    engagement_id: int
    milestone_id: int


def live(
    session: Session,
    acme: SmallOrganisation,
    now: datetime,
    *,
    sponsor_sees: frozenset[SponsorSees] = frozenset(SponsorSees),
) -> Lived:
    """Coaching, a pathway with a course, an assignment, two 360s of which one is out, a journal."""
    engagement_id, milestone_id = _coaching(session, acme, now, sponsor_sees)
    made = a_pathway(session, acme, now)
    enrolled(session, acme, made, now, cohort="Autumn 2026")
    record_completion(
        session,
        acme.actor["hr"],
        RecordCompletion(
            course_id=made.course_id,
            person_id=acme.person["leader"],
            completed_on=date(2026, 10, 20),
            score=88,
            score_max=100,
        ),
        now=now,
    )
    placement_id = placed(session, acme, now)
    assignments.confirm_outcome(
        session, acme.actor["manager"], placement_id, answers(acme), now=now
    )
    assignments.write_debrief(
        session,
        acme.actor["leader"],
        placement_id,
        assignments.WriteDebrief(
            outcome=LOOKED_BACK.outcome, learned=DEBRIEF, next_action=LOOKED_BACK.next_action
        ),
        now=now,
    )
    _feedback(session, acme, now, cycle="Spring 2026", said=COMMENT, day=date(2026, 6, 30))
    _feedback(session, acme, now, cycle=UNRELEASED, said=UNRELEASED, day=date(2026, 11, 10))
    _take_back(session, UNRELEASED)
    reflection.write(
        session,
        acme.actor["leader"],
        WriteEntry(body=JOURNAL, reader_ids=(acme.person["coach"],)),
        now=now,
    )
    return Lived(engagement_id=engagement_id, milestone_id=milestone_id)


def _coaching(
    session: Session, acme: SmallOrganisation, now: datetime, sees: frozenset[SponsorSees]
) -> tuple[int, int]:
    engagement_id = coaching.open_engagement(
        session,
        acme.actor["hr"],
        OpenEngagement(
            coach_id=acme.person["coach"],
            person_id=acme.person["leader"],
            starts_on=date(2026, 9, 1),
            sessions_agreed=8,
        ),
        now=now,
    )
    coaching.agree(
        session,
        acme.actor["hr"],
        engagement_id,
        Agree(
            agreed_on=date(2026, 9, 1),
            purpose="To lead the night shift through others.",
            sponsor_sees=sees,
        ),
        now=now,
    )
    milestones = [
        agreed_milestone(
            session,
            acme.actor["coach"],
            acme.actor["leader"],
            SetMilestone(
                person_id=acme.person["leader"],
                competency_id=acme.competency["coaching-others"],
                title=title,
                level=3,
                due_on=due_on,
            ),
            now=now,
        )
        for title, due_on in (
            ("Runs a team review alone", None),
            ("Gives feedback within the week", date(2027, 2, 1)),
        )
    ]
    coaching.log_session(
        session,
        acme.actor["coach"],
        engagement_id,
        LogSession(
            held_on=date(2026, 11, 2),
            minutes=60,
            competency_ids=(acme.competency["coaching-others"],),
            shared_note=SHARED,
            private_note=PRIVATE,
            milestones_met=(milestones[0],),
            new_actions=(
                NewAction(
                    owner_id=acme.person["leader"],
                    text="Write down three questions before each review",
                    due_on=date(2026, 11, 12),
                ),
            ),
        ),
        now=now,
    )
    return engagement_id, milestones[1]


def _feedback(
    session: Session,
    acme: SmallOrganisation,
    now: datetime,
    *,
    cycle: str,
    said: str,
    day: date,
) -> None:
    scores = {"self": (5,), "manager": (4,), "peer": (4, 3, 4, 5), "direct_report": (3, 2, 3)}
    ratings = tuple(
        PastRating(
            person_id=acme.person["leader"],
            rater=f"{group}-{number}",
            group=group,
            item=f"{cycle}: asks before telling",
            competency_id=acme.competency["coaching-others"],
            score=score,
            comment=f"{said} {group} {number}" if group == "peer" else "",
        )
        for group, given in scores.items()
        for number, score in enumerate(given)
    )
    feedback.import_past_cycle(
        session,
        acme.actor["hr"],
        PastRatings(
            cycle=cycle,
            closed_on=day,
            framework_version_id=acme.framework_version_id,
            ratings=ratings,
        ),
        now=now,
    )


def _take_back(session: Session, cycle: str) -> None:
    """As if the coach had not passed the report on yet, and so nothing of it were evidence."""
    from ldtrack.evidence.models import Evidence

    subject = session.scalars(
        select(Subject).join(Cycle, Cycle.id == Subject.cycle_id).where(Cycle.name == cycle)
    ).one()
    subject.state, subject.released_on = SubjectState.WITH_COACH, None
    for row in session.scalars(select(Evidence).where(Evidence.title.contains(cycle))):
        session.delete(row)
    session.flush()
