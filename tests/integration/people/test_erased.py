"""Somebody who is erased takes along what is theirs alone; what is another's too stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import at_the_console
from ldtrack.app.tables import metadata
from ldtrack.assignments.models import Debrief, Outcome, Placement, Posting
from ldtrack.audit.models import AuditEvent
from ldtrack.cli.erasing import erase_everywhere
from ldtrack.coaching.domain import ActionState
from ldtrack.coaching.models import (
    CoachingAction,
    CoachingSession,
    Engagement,
    Milestone,
    PrivateNote,
    SessionDraft,
    SessionNote,
)
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import RuleBroken
from ldtrack.db.session import Database
from ldtrack.evidence.models import Evidence
from ldtrack.feedback.models import Pulse, PulseResponse, ShortFeedback
from ldtrack.pathways.models import Enrolment, Waiver
from ldtrack.people.models import Account, Person
from ldtrack.reviews.models import Review
from tests.infrastructure.feedback import RATER_KEY
from tests.infrastructure.full_house import AMARA, FullHouse, build
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.feedback.test_leaving import occurrences
from tests.policy.marks import MARK

KEPT = (
    CoachingSession,
    Debrief,
    Engagement,
    Enrolment,
    Evidence,
    Milestone,
    Outcome,
    Placement,
    Review,
    ShortFeedback,
    Waiver,
)


@pytest.fixture
def house(database: Database) -> FullHouse:
    """One of everything, on either engine."""
    return build(database)


@contextmanager
def _for_a_moment(database: Database, acme: SmallOrganisation) -> Iterator[Session]:
    """A session whose doings are taken back, so that one house is enough for several tries."""
    with database.session(writes=True, organisation_id=acme.id) as session:
        yield session
        session.rollback()


def _erase(session: Session, acme: SmallOrganisation, key: str, clock: SetClock) -> set[str]:
    """Have the openings handed over, erase somebody, and say which texts of Amara's are gone."""
    others = acme.person["report_3" if key == "hr" else "hr"]
    answered_for = Posting.owner_id == acme.person[key]
    session.execute(update(Posting).where(answered_for).values(owner_id=others))
    before = _texts(session)
    _erase_at_once(session, acme, key, clock)
    return before - _texts(session)


def _erase_at_once(session: Session, acme: SmallOrganisation, key: str, clock: SetClock) -> None:
    actor, now = at_the_console(acme.id), clock.now()
    erase_everywhere(session, actor, acme.person[key], rater_key=RATER_KEY, now=now)


def _texts(session: Session) -> set[str]:
    return {
        kind
        for table in metadata().sorted_tables
        for row in session.execute(select(table))
        for whose, kind in MARK.findall(repr(row))
        if whose == AMARA
    }


def _ids(session: Session) -> list[set[int]]:
    return [set(session.scalars(select(table.id))) for table in KEPT]


def test_of_what_a_leader_has_only_what_was_the_erased_persons_alone_is_gone(
    database: Database, house: FullHouse, clock: SetClock
) -> None:
    acme, gone = house.acme, {}
    for key in ("coach", "other_coach", "manager", "sponsor", "hr", "peer_1"):
        with _for_a_moment(database, acme) as session:
            before, events = _ids(session), set(session.scalars(select(AuditEvent.id)))
            address = session.get_one(Person, acme.person[key]).email
            gone[key] = _erase(session, acme, key, clock)
            assert _ids(session) == before, key
            assert set(session.scalars(select(AuditEvent.id))) > events, key
            account_id = acme.actor[key].account_id if key in acme.actor else None
            assert session.scalars(select(Account).where(Account.id == account_id)).all() == []
            assert occurrences(session, str(acme.person[key])) == [], key
            assert occurrences(session, address) == [], key
    # A file that was brought in may name anybody, so what is kept of it goes with each.
    assert {key: marks - {"upload"} for key, marks in gone.items() if "upload" in marks} == {
        "coach": {"action-coach", "action-word", "about-coach"},
        "other_coach": set(),
        # Openings that were never published are nobody's without whoever wrote them.
        "manager": {"posting-draft", "posting-proposed", "short-question"},
        "sponsor": set(),
        "hr": set(),
        "peer_1": {"comment-open-peer", "comment-open-for-the-coach", "pulse-words-open"},
    }


def test_coaching_ends_with_an_erased_coach_and_stays_with_the_leader(
    database: Database, house: FullHouse, clock: SetClock
) -> None:
    acme = house.acme
    with database.writing(acme.id) as session:
        (running,) = session.scalars(
            select(Engagement).where(Engagement.coach_id == acme.person["coach"])
        )
        _erase(session, acme, "coach", clock)
        session.refresh(running)
        assert (running.coach_id, running.ends_on) == (None, clock.today())
        here = CoachingSession.engagement_id == running.id
        notes = select(SessionNote.author_id).join(CoachingSession).where(here)
        promised = select(CoachingAction.owner_id).where(CoachingAction.engagement_id == running.id)
        assert session.scalars(notes).all() == [None]
        assert session.scalars(promised).all() == [acme.person["leader"]]
        for sealed in (PrivateNote.author_id, SessionDraft.author_id):
            assert acme.person["coach"] not in session.scalars(select(sealed)).all()


def test_what_was_done_stays_and_what_was_only_begun_goes(
    database: Database, house: FullHouse, clock: SetClock
) -> None:
    acme = house.acme
    theirs = CoachingAction.owner_id == acme.person["coach"]
    with _for_a_moment(database, acme) as session:
        session.execute(
            update(CoachingAction)
            .where(theirs)
            .values(state=ActionState.DONE, settled_on=clock.today())
        )
        gone = _erase(session, acme, "coach", clock)
        assert gone == {"about-coach", "upload"}
    begun = Debrief.author_id == acme.person["peer_1"]
    with _for_a_moment(database, acme) as session:
        session.execute(update(Debrief).where(begun).values(held_on=None))
        assert "debrief-peer" in _erase(session, acme, "peer_1", clock)
    with _for_a_moment(database, acme) as session:
        results = session.execute(select(Pulse.id, Pulse.result, Pulse.marks)).all()
        # Petra alone answered the two pulses that are open.
        assert len(session.scalars(select(PulseResponse.id)).all()) == 2
        _erase(session, acme, "peer_1", clock)
        assert session.scalars(select(PulseResponse.id)).all() == []
        assert session.execute(select(Pulse.id, Pulse.result, Pulse.marks)).all() == results


def test_whoever_answers_for_an_opening_hands_it_over_first(
    database: Database, house: FullHouse, clock: SetClock
) -> None:
    with (
        pytest.raises(RuleBroken, match="hand that over first"),
        database.writing(house.acme.id) as session,
    ):
        _erase_at_once(session, house.acme, "manager", clock)
