"""Who may know of a review, who may open it, and when that ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import end_relation
from ldtrack.audit.models import AuditEvent
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.reviews import queries, service
from ldtrack.reviews.domain.kinds import Audience, ReviewState
from ldtrack.reviews.domain.rows import Sent
from ldtrack.reviews.links import Links
from ldtrack.reviews.models import Review
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.reviews.conftest import Ask
from tests.integration.reviews.lived import Lived

LINKS = Links(keys=("secret",))
FILE = "a" * 64


def as_printed(
    database: Database, acme: SmallOrganisation, review_id: int, clock: SetClock
) -> None:
    """What the job does once there is a file."""
    with database.writing(acme.id) as session:
        review = session.get_one(Review, review_id)
        service.printed(
            session,
            review_id,
            FILE,
            was_agreed=review.agreed_on is not None,
            links=LINKS,
            now=clock.now(),
        )


@pytest.fixture
def own(
    database: Database, acme: SmallOrganisation, lived: Lived, ask: Ask, clock: SetClock
) -> int:
    """The leader's own edition, printed."""
    review_id = ask()
    as_printed(database, acme, review_id, clock)
    return review_id


@pytest.fixture
def draft(
    database: Database, acme: SmallOrganisation, lived: Lived, ask: Ask, clock: SetClock
) -> int:
    """A sponsor edition that waits for the leader's answer."""
    review_id = ask(Audience.SPONSOR)
    as_printed(database, acme, review_id, clock)
    return review_id


@pytest.fixture
def shared(database: Database, acme: SmallOrganisation, draft: int, clock: SetClock) -> int:
    """A sponsor edition to which the leader said yes."""
    with database.writing(acme.id) as session:
        service.agree(session, acme.actor["leader"], draft, "", now=clock.now())
    as_printed(database, acme, draft, clock)
    return draft


def may_open(database: Database, acme: SmallOrganisation, review_id: int) -> dict[str, bool | None]:
    """For everybody with an account: may open, knows of it only, or (None) does not know."""
    found: dict[str, bool | None] = {}
    with database.reading(acme.id) as session:
        for who, actor in acme.actor.items():
            try:
                found[who] = queries.review(session, actor, review_id).may_open
            except NotVisible:
                found[who] = None
    return found


NOBODY = dict.fromkeys(
    ["hr", "coach", "other_coach", "leader", "other_leader", "manager", "sponsor", "administrator"]
)
KNOWN = {**NOBODY, "hr": False, "leader": True, "coach": True}


def test_the_own_edition_is_the_leaders_and_the_coachs_and_hr_knows_of_it(
    database: Database, acme: SmallOrganisation, own: int
) -> None:
    assert may_open(database, acme, own) == KNOWN


def test_a_sponsor_edition_is_not_the_sponsors_before_the_yes(
    database: Database, acme: SmallOrganisation, draft: int
) -> None:
    assert may_open(database, acme, draft) == KNOWN


def test_after_the_yes_it_is_the_sponsors_too(
    database: Database, acme: SmallOrganisation, shared: int
) -> None:
    assert may_open(database, acme, shared) == {**KNOWN, "sponsor": True}
    with database.reading(acme.id) as session:
        given = queries.shared_with(session, acme.actor["sponsor"])
    assert [row.id for row in given] == [shared]


@pytest.mark.parametrize("said", ["refuse", "withdraw"])
def test_a_no_and_a_yes_taken_back_look_to_the_sponsor_as_if_there_were_none(
    said: str, database: Database, acme: SmallOrganisation, draft: int, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        if said == "withdraw":
            service.agree(session, leader, draft, "", now=clock.now())
        getattr(service, said)(session, leader, draft, now=clock.now())
    assert may_open(database, acme, draft) == KNOWN
    with database.reading(acme.id) as session:
        assert queries.shared_with(session, acme.actor["sponsor"]) == []
        assert queries.review(session, leader, draft).state is ReviewState.REFUSED


def test_an_answer_is_given_once(
    database: Database, acme: SmallOrganisation, shared: int, clock: SetClock
) -> None:
    leader, now = acme.actor["leader"], clock.now()
    with database.writing(acme.id) as session:
        with pytest.raises(Conflict):
            service.agree(session, leader, shared, "again", now=now)
        with pytest.raises(Conflict):
            service.refuse(session, leader, shared, now=now)


@pytest.mark.parametrize("who", ["hr", "coach", "sponsor", "other_leader", "manager"])
def test_nobody_but_the_leader_answers(
    who: str, database: Database, acme: SmallOrganisation, draft: int, clock: SetClock
) -> None:
    with database.writing(acme.id) as session, pytest.raises((NotAllowed, NotVisible)):
        service.agree(session, acme.actor[who], draft, "", now=clock.now())


def test_the_own_edition_cannot_be_agreed_to(
    database: Database, acme: SmallOrganisation, own: int, clock: SetClock
) -> None:
    with database.writing(acme.id) as session, pytest.raises(NotVisible):
        service.agree(session, acme.actor["leader"], own, "", now=clock.now())


def test_a_word_to_the_sponsor_has_an_end(
    database: Database, acme: SmallOrganisation, draft: int, clock: SetClock
) -> None:
    with database.writing(acme.id) as session, pytest.raises(RuleBroken):
        service.agree(session, acme.actor["leader"], draft, "x" * 2_001, now=clock.now())


def test_another_organisation_finds_nothing(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, shared: int
) -> None:
    with database.reading(rival.id) as session:
        for actor in rival.actor.values():
            with pytest.raises(NotVisible):
                queries.review(session, actor, shared)


def _sent(acme: SmallOrganisation, review_id: int) -> Sent:
    return Sent(review_id=review_id, sponsor_id=acme.person["sponsor"], until=date(2026, 12, 4))


def test_the_link_opens_it_until_its_last_day_is_over(
    database: Database, acme: SmallOrganisation, shared: int
) -> None:
    sent = _sent(acme, shared)
    with database.session(writes=False) as session:
        found = queries.sent_review(session, sent, datetime(2026, 12, 4, 23, 59, tzinfo=UTC))
        assert (found.person, found.sponsor, found.content_hash) == (
            "Amara Okafor",
            "Sofia Berg",
            FILE,
        )
    with database.session(writes=False) as session, pytest.raises(NotVisible):
        queries.sent_review(session, sent, datetime(2026, 12, 5, tzinfo=UTC))


def test_the_link_is_dead_before_the_yes_and_after_it_was_taken_back(
    database: Database, acme: SmallOrganisation, draft: int, clock: SetClock
) -> None:
    sent = _sent(acme, draft)
    with database.session(writes=False) as session, pytest.raises(NotVisible):
        queries.sent_review(session, sent, clock.now())
    with database.writing(acme.id) as session:
        service.agree(session, acme.actor["leader"], draft, "", now=clock.now())
    as_printed(database, acme, draft, clock)
    with database.session(writes=False) as session:
        queries.sent_review(session, sent, clock.now())
    with database.writing(acme.id) as session:
        service.withdraw(session, acme.actor["leader"], draft, now=clock.now())
    with database.session(writes=False) as session, pytest.raises(NotVisible):
        queries.sent_review(session, sent, clock.now())


def test_the_link_and_the_page_end_with_the_sponsorship(
    database: Database, acme: SmallOrganisation, shared: int, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        end_relation(
            session,
            kind=RelationshipKind.SPONSOR,
            person_id=acme.person["leader"],
            holder_id=acme.person["sponsor"],
            ended_on=clock.today(),
        )
    with database.session(writes=False) as session, pytest.raises(NotVisible):
        queries.sent_review(session, _sent(acme, shared), clock.now())
    former = replace(acme.actor["sponsor"], sponsors=frozenset[int]())
    with database.reading(acme.id) as session:
        assert queries.shared_with(session, former) == []
        with pytest.raises(NotVisible):
            queries.review(session, former, shared)


def test_a_link_for_somebody_else_or_for_another_edition_is_dead(
    database: Database, acme: SmallOrganisation, shared: int, own: int, clock: SetClock
) -> None:
    wrong = (
        replace(_sent(acme, shared), sponsor_id=acme.person["manager"]),
        _sent(acme, own),
        _sent(acme, own + 1),
    )
    for sent in wrong:
        with database.session(writes=False) as session, pytest.raises(NotVisible):
            queries.sent_review(session, sent, clock.now())


def test_every_opening_leaves_a_trace_and_the_leader_is_shown_the_others(
    database: Database, acme: SmallOrganisation, shared: int, clock: SetClock
) -> None:
    for who in ("leader", "coach", "sponsor"):
        with database.reading(acme.id) as session:
            row = queries.review(session, acme.actor[who], shared)
        clock.instant += timedelta(minutes=1)
        service.note_opening(database, acme.actor[who], row, now=clock.now())
    with database.session(writes=False) as session:
        behind = queries.sent_review(session, _sent(acme, shared), clock.now())
    clock.instant += timedelta(minutes=1)
    service.note_opening_by_link(database, behind, now=clock.now())
    with database.reading(acme.id) as session:
        opened = queries.openings_of(session, acme.person["leader"])
        count = session.scalars(
            select(AuditEvent.id).where(AuditEvent.action == "reviews.review:read")
        ).all()
    assert [each.who for each in opened] == [
        "Your sponsor, by the link sent to Sofia Berg",
        "Your sponsor, Sofia Berg",
        "Your coach, Ines Marques",
    ]
    assert len(count) == 3 + 1


def test_a_list_asks_the_database_as_often_for_one_review_as_for_three(
    database: Database, acme: SmallOrganisation, own: int, ask: Ask
) -> None:
    leader = acme.actor["leader"]

    def asked() -> int:
        with database.reading(acme.id) as session, counted(database.engine) as statements:
            queries.reviews_of(session, leader, acme.person["leader"])
        return len(statements)

    assert asked() == 2
    ask()
    ask(Audience.SPONSOR)
    assert asked() == 2
