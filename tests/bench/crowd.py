"""An organisation with a coach, a leader and an open 360 cycle with as many raters as wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.coaching.domain import LogSession, OpenEngagement, SetMilestone
from ldtrack.coaching.service import log_session, open_engagement
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback import service
from ldtrack.feedback.domain.commands import AskRater, BuildQuestionnaire, NewCycle
from ldtrack.feedback.domain.keys import link_word, response_id
from ldtrack.feedback.models import Invitation, Subject
from ldtrack.feedback.queries.cycles import cycle as read_cycle
from ldtrack.feedback.queries.questionnaires import questionnaire
from ldtrack.outbox.models import Message
from ldtrack.people.service.directory import AddPerson, add_person
from tests.infrastructure.milestones import agreed_milestone
from tests.infrastructure.organisation import SmallOrganisation, found

_RATERS_EACH = 8


@dataclass(frozen=True, kw_only=True)
class Rater:
    """Somebody with a link, and where the answers will lie."""

    word: str
    response_id: int


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Ids of what the writers write to; `screens` has the names of the items on each screen."""

    acme: SmallOrganisation
    engagement_id: int
    raters: tuple[Rater, ...]
    screens: tuple[tuple[int, ...], ...]
    question: str

    @property
    def session_form(self) -> str:
        """Where the coach logs a session."""
        return f"/coaching/engagements/{encode(self.engagement_id)}/sessions/new"

    @property
    def review_form(self) -> str:
        """Where the leader asks for a review."""
        return f"/people/{encode(self.acme.person['leader'])}/reviews/new"


def gather(database: Database, name: str, rater_key: str, now: datetime, raters: int) -> Crowd:
    """Store all of it; `raters` is rounded up so that everybody has equally many."""
    with database.writing() as session:
        acme = found(session, name, now, domain=f"{name.lower()}.example")
    with database.writing(acme.id) as session:
        engagement_id = _coaching(session, acme, now)
    with database.writing(acme.id) as session:
        cycle_id = _cycle(session, acme, rater_key, now, subjects=-(-raters // _RATERS_EACH))
    with database.reading(acme.id) as session:
        row = read_cycle(session, acme.actor["hr"], cycle_id)
        keys = {
            invitation_id: key or b""
            for invitation_id, key in session.execute(
                select(Invitation.id, Subject.key)
                .join(Subject, Subject.id == Invitation.subject_id)
                .where(Subject.cycle_id == cycle_id)
            )
        }
        form = questionnaire(session, row.questionnaire_id)
    return Crowd(
        acme=acme,
        engagement_id=engagement_id,
        raters=tuple(
            Rater(word=link_word(rater_key, key, id_), response_id=response_id(rater_key, key, id_))
            for id_, key in sorted(keys.items())
        ),
        screens=tuple(
            tuple(item.id for item in form.items_of(competency))
            for competency in form.competency_ids
        ),
        question=form.questions[0].key,
    )


def _coaching(session: Session, acme: SmallOrganisation, now: datetime) -> int:
    leader, coach = acme.person["leader"], acme.actor["coach"]
    engagement_id = open_engagement(
        session,
        acme.actor["hr"],
        OpenEngagement(
            coach_id=acme.person["coach"],
            person_id=leader,
            starts_on=date(2026, 1, 5),
            sessions_agreed=8,
        ),
        now=now,
    )
    # A review needs some evidence to be about.
    met = agreed_milestone(
        session,
        coach,
        acme.actor["leader"],
        SetMilestone(
            person_id=leader,
            competency_id=acme.competency["coaching-others"],
            title="Listens to the end",
            level=3,
        ),
        now=now,
    )
    # What is counted afterwards are the letters that the trial itself asks for.
    session.execute(delete(Message))
    log_session(
        session,
        coach,
        engagement_id,
        LogSession(
            held_on=now.date() - timedelta(days=1),
            minutes=60,
            unsigned_reason="It could not wait",
            milestones_met=(met,),
        ),
        now=now,
    )
    return engagement_id


def _cycle(
    session: Session, acme: SmallOrganisation, rater_key: str, now: datetime, *, subjects: int
) -> int:
    hr = acme.actor["hr"]
    cycle_id = service.create_cycle(
        session,
        hr,
        NewCycle(
            name="For the crowd",
            opens_on=now.date(),
            closes_on=now.date() + timedelta(days=14),
            questionnaire=BuildQuestionnaire(
                framework_version_id=acme.framework_version_id,
                competency_ids=tuple(acme.competency.values()),
                per_competency=2,
            ),
        ),
        now=now,
    )
    for number in range(subjects):
        person = AddPerson(
            external_id=f"C{number}",
            email=f"c{number}@crowd.example",
            first_name="Cleo",
            last_name=f"Number {number}",
        )
        person_id = add_person(session, person)
        subject_id = service.add_subject(session, hr, cycle_id, person_id, now=now)
        for rater in range(_RATERS_EACH):
            asked = AskRater(
                group_key="peer",
                name=f"Robin {number}.{rater}",
                email=f"r{number}.{rater}@crowd.example",
            )
            service.invite(session, hr, subject_id, asked, now=now)
    # Without an address no mail is written.
    delivery = service.Delivery(rater_key=rater_key)
    service.open_cycle(session, hr, cycle_id, now=now, delivery=delivery)
    return cycle_id
