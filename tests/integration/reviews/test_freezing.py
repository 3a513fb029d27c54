"""A review holds what is known on the day, for whom it is known, and does not change."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import end_relation
from ldtrack.coaching import service as coaching
from ldtrack.coaching.domain import Agree, LogSession, SponsorSees
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.reviews import service
from ldtrack.reviews.domain.codec import from_dict
from ldtrack.reviews.domain.document import ReviewDocument
from ldtrack.reviews.domain.kinds import Audience, Part
from ldtrack.reviews.domain.rows import AskForReview
from ldtrack.reviews.models import Review
from ldtrack.reviews.paper import html_of
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.reviews.conftest import Ask
from tests.integration.reviews.lived import COMMENT, DEBRIEF, NEVER, Lived


def stored(database: Database, acme: SmallOrganisation, review_id: int) -> dict[str, Any]:
    with database.reading(acme.id) as session:
        return session.get_one(Review, review_id).snapshot


def document(database: Database, acme: SmallOrganisation, review_id: int) -> ReviewDocument:
    return from_dict(stored(database, acme, review_id))


def test_the_leaders_own_edition_holds_every_part_of_the_year(
    database: Database, acme: SmallOrganisation, lived: Lived, ask: Ask
) -> None:
    review = document(database, acme, ask())
    assert (review.as_of, review.audience) == (date(2026, 11, 20), Audience.LEADER)
    assert [part.name for part in review.competencies] == [
        "Coaching others",
        "Strategic thinking",
        "Financial acumen",
    ]
    assert [bool(part.standing) for part in review.competencies] == [True, True, False]
    assert review.feedback is not None
    assert review.feedback.title == "Spring 2026"
    assert review.feedback.n_comments == 4
    assert [group.name for group in review.feedback.groups] == [
        "Manager",
        "Peers",
        "Direct reports",
    ]
    assert review.pathway is not None
    assert [(stage.done, stage.steps) for stage in review.pathway.stages] == [(1, 3), (2, 2)]
    assert [course.result for course in review.courses] == ["Scored 88 of 100"]
    assert review.coaching is not None
    assert (review.coaching.held, review.coaching.agreed) == (1, 8)
    assert (review.coaching.actions_open, review.coaching.actions_slipped) == (1, 1)
    (assignment,) = review.assignments
    assert (assignment.outcome_word, assignment.confirmed_by) == ("Confirmed", "Maya Singh")
    assert [debrief.learned for debrief in assignment.debriefs] == [DEBRIEF]
    assert len(review.goals) == 3


def test_what_was_said_in_confidence_and_what_is_not_out_is_in_no_edition(
    database: Database, acme: SmallOrganisation, lived: Lived, ask: Ask
) -> None:
    for audience in Audience:
        held = json.dumps(stored(database, acme, ask(audience)))
        assert [marker for marker in NEVER if marker in held] == []


def test_a_sponsor_edition_holds_no_comment_no_debrief_and_no_self_rating(
    database: Database, acme: SmallOrganisation, lived: Lived, ask: Ask
) -> None:
    review_id = ask(Audience.SPONSOR)
    held = json.dumps(stored(database, acme, review_id))
    assert [marker for marker in (COMMENT, DEBRIEF) if marker in held] == []
    review = document(database, acme, review_id)
    assert review.feedback is not None
    assert [(line.own, line.cells, line.items) for line in review.feedback.lines] == [
        (None, (), ())
    ]
    assert [(part.points, part.pieces, part.moved) for part in review.competencies] == [
        ((), (), None)
    ] * 3
    assert (review.goals, review.questions, review.picture.says_something) == ((), (), False)
    assert [course.result for course in review.courses] == [""]
    assert review.coaching is not None
    assert review.coaching.actions_open is None


_FOUND: dict[Part, Callable[[ReviewDocument], bool]] = {
    Part.PROGRESS: lambda review: bool(review.pathway and review.courses),
    Part.MILESTONES: lambda review: bool(review.coaching and review.coaching.milestones),
    Part.SESSION_COUNTS: lambda review: bool(review.coaching and review.coaching.held == 1),
    Part.OUTCOMES: lambda review: bool(review.assignments),
    Part.LEVELS: lambda review: bool(review.competencies),
    Part.FEEDBACK: lambda review: review.feedback is not None,
}


@pytest.mark.parametrize("part", list(Part))
def test_a_sponsor_edition_holds_exactly_the_parts_that_were_agreed(
    part: Part,
    database: Database,
    acme: SmallOrganisation,
    lived: Lived,
    ask: Ask,
    clock: SetClock,
) -> None:
    with database.writing(acme.id) as session:
        coaching.agree(
            session,
            acme.actor["hr"],
            lived.engagement_id,
            Agree(
                agreed_on=date(2026, 10, 1),
                purpose="As before.",
                sponsor_sees=frozenset({SponsorSees(part.value)}),
            ),
            now=clock.now(),
        )
    review = document(database, acme, ask(Audience.SPONSOR))
    assert [each for each, found in _FOUND.items() if found(review)] == [part]
    assert review.parts == (part,)
    assert review.number in html_of(review)
    held = json.dumps(stored(database, acme, ask(Audience.SPONSOR)))
    if part is not Part.LEVELS:
        assert '"standing"' not in held
        assert review.pathway is None or not review.pathway.has_gates
        assert [each.claims for each in review.assignments] in ([], [()])


def test_what_happens_later_does_not_change_it(
    database: Database, acme: SmallOrganisation, lived: Lived, ask: Ask, clock: SetClock
) -> None:
    review_id = ask()
    before = stored(database, acme, review_id)
    with database.writing(acme.id) as session:
        coaching.log_session(
            session,
            acme.actor["coach"],
            lived.engagement_id,
            LogSession(
                held_on=date(2026, 11, 19), minutes=60, milestones_met=(lived.milestone_id,)
            ),
            now=clock.now(),
        )
    assert stored(database, acme, review_id) == before
    after = document(database, acme, ask())
    assert after.coaching is not None
    assert after.coaching.held == 1 + 1


def test_nothing_agreed_means_no_sponsor_edition(
    database: Database, acme: SmallOrganisation, ask: Ask
) -> None:
    with pytest.raises(RuleBroken, match="Nothing was agreed yet"):
        ask(Audience.SPONSOR)


def test_without_a_sponsor_there_is_nobody_to_make_it_for(
    database: Database, acme: SmallOrganisation, lived: Lived, ask: Ask, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        end_relation(
            session,
            kind=RelationshipKind.SPONSOR,
            person_id=acme.person["leader"],
            holder_id=acme.person["sponsor"],
            ended_on=clock.today(),
        )
    with pytest.raises(RuleBroken, match="There is no sponsor"):
        ask(Audience.SPONSOR)


def test_somebody_without_role_and_evidence_has_nothing_to_review(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    command = AskForReview(person_id=acme.person["peer_1"], audience=Audience.LEADER)
    with database.writing(acme.id) as session, pytest.raises(RuleBroken, match="nothing to say"):
        service.ask_for_review(session, acme.actor["hr"], command, now=clock.now())


@pytest.mark.parametrize("by", ["coach", "manager", "sponsor", "other_leader", "administrator"])
def test_only_the_leader_and_hr_have_one_made(
    by: str, database: Database, acme: SmallOrganisation, ask: Ask
) -> None:
    with pytest.raises(NotAllowed):
        ask(by=by)


def test_another_organisations_hr_finds_nobody_to_review(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    command = AskForReview(person_id=acme.person["leader"], audience=Audience.LEADER)
    with database.writing(rival.id) as session, pytest.raises(NotVisible):
        service.ask_for_review(session, rival.actor["hr"], command, now=clock.now())


def test_numbers_are_drawn_and_never_the_same_twice(
    database: Database, acme: SmallOrganisation, lived: Lived, ask: Ask
) -> None:
    for _ in range(3):
        ask()
    with database.reading(acme.id) as session:
        numbers = session.scalars(select(Review.number)).all()
    assert len(set(numbers)) == 3
    assert all(number.startswith("LR-2026-") for number in numbers)


def test_what_it_asks_of_the_database_does_not_grow_with_the_year(
    database: Database, acme: SmallOrganisation, lived: Lived, ask: Ask, clock: SetClock
) -> None:
    def asked() -> int:
        with counted(database.engine) as statements:
            ask()
        return len(statements)

    first = asked()
    with database.writing(acme.id) as session:
        for day in (3, 4, 5):
            coaching.log_session(
                session,
                acme.actor["coach"],
                lived.engagement_id,
                LogSession(held_on=date(2026, 11, day), minutes=30),
                now=clock.now(),
            )
    assert asked() == first
