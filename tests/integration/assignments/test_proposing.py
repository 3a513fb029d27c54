"""Openings that are proposed, answered, changed and closed, and who is told and sees it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments import queries, service
from ldtrack.assignments.domain import Develops, PlacementState, PostingActKind, PostingState
from ldtrack.audit.models import AuditEvent
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.outbox.models import Message
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.assignments.makers import opening

AHEAD = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 6, 30)}
YES = service.Answer(publish=True, word="Just what the sites need.")
NO = service.Answer(publish=False, word="Say what success looks like in numbers.")


def drafted(session: Session, acme: SmallOrganisation, **changes: Any) -> int:
    """A draft that the manager wrote."""
    return service.draft_opening(
        session, acme.actor["manager"], opening(acme, **{**AHEAD, **changes})
    )


def proposed(session: Session, acme: SmallOrganisation, now: datetime) -> int:
    posting_id = drafted(session, acme)
    service.propose_opening(session, acme.actor["manager"], posting_id, now=now)
    return posting_id


def _readers(session: Session, acme: SmallOrganisation, posting_id: int) -> set[str]:
    return {name for name, actor in acme.actor.items() if _reads(session, actor, posting_id)}


def _reads(session: Session, actor: Actor, posting_id: int) -> bool:
    try:
        queries.posting(session, actor, posting_id)
    except NotVisible:
        return False
    return True


def _mail(session: Session, subject: str) -> list[tuple[str, str]]:
    rows = session.execute(
        select(Message.to_name, Message.body)
        .where(Message.subject.like(f"{subject}%"))
        .order_by(Message.to_name)
    )
    return [(name, body) for name, body in rows]


def test_a_draft_is_its_authors_a_proposal_is_hrs_too_and_everybody_reads_what_is_published(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        posting_id = drafted(session, acme)
        assert _readers(session, acme, posting_id) == {"manager"}
        service.propose_opening(session, acme.actor["manager"], posting_id, now=now)
        assert _readers(session, acme, posting_id) == {"manager", "sponsor", "hr"}
        assert [row.id for row in queries.proposed(session, acme.actor["hr"])] == [posting_id]
        assert queries.proposed(session, acme.actor["sponsor"]) == []
        service.answer_proposal(session, acme.actor["hr"], posting_id, YES, now=now)
        assert _readers(session, acme, posting_id) == set(acme.actor)
        assert queries.proposed(session, acme.actor["hr"]) == []


def test_nothing_lists_or_names_an_opening_that_is_not_published(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    today = clock.today()
    strategic = acme.competency["strategic-thinking"]
    with database.writing(acme.id) as session:
        hidden = [drafted(session, acme), proposed(session, acme, clock.now())]
        for actor in acme.actor.values():
            assert queries.postings(session, actor) == ([], 0)
            assert queries.open_postings(session, actor, today) == []
            assert queries.asked_by_openings(session, actor, queries.Wanted(), today) == {}
        assert queries.postings_named(session, hidden) == {}
        assert queries.postings_for(session, [strategic]) == {}
        assert queries.openings_for(session, [strategic], today) == []
        with pytest.raises(NotVisible):
            service.apply(session, acme.actor["leader"], hidden[1], now=clock.now())
        for posting_id in hidden:
            with pytest.raises(NotVisible):
                service.place(
                    session,
                    acme.actor["hr"],
                    service.Place(
                        posting_id=posting_id,
                        person_id=acme.person["leader"],
                        starts_on=today,
                    ),
                    now=clock.now(),
                )


def test_what_is_sent_back_is_a_draft_with_a_word_and_can_be_proposed_again(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, owner, hr = clock.now(), acme.actor["manager"], acme.actor["hr"]
    with database.writing(acme.id) as session:
        posting_id = proposed(session, acme, now)
        with pytest.raises(RuleBroken, match="what it lacks"):
            service.answer_proposal(session, hr, posting_id, service.Answer(publish=False), now=now)
        service.answer_proposal(session, hr, posting_id, NO, now=now)
        assert _readers(session, acme, posting_id) == {"manager"}
        [(name, body)] = _mail(session, "Sent back: ")
        assert (name, NO.word in body) == ("Maya Singh", True)
        service.change_draft(
            session, owner, posting_id, opening(acme, measure="Scrap below 2%", **AHEAD)
        )
        service.propose_opening(session, owner, posting_id, now=now)
        service.answer_proposal(session, hr, posting_id, YES, now=now)
        acts = queries.posting_acts(session, posting_id)
    assert [(act.kind, act.by_id, act.word) for act in acts] == [
        (PostingActKind.PROPOSED, acme.person["manager"], ""),
        (PostingActKind.SENT_BACK, acme.person["hr"], NO.word),
        (PostingActKind.PROPOSED, acme.person["manager"], ""),
        (PostingActKind.PUBLISHED, acme.person["hr"], YES.word),
    ]


def test_what_is_done_with_an_opening_is_audited(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        posting_id = proposed(session, acme, now)
        service.answer_proposal(session, acme.actor["hr"], posting_id, YES, now=now)
        noted = session.execute(
            select(AuditEvent.account_id, AuditEvent.reason)
            .where(AuditEvent.thing == "posting", AuditEvent.thing_id == posting_id)
            .order_by(AuditEvent.reason)
        ).all()
    assert [tuple(row) for row in noted] == [
        (acme.actor["manager"].account_id, "proposed it"),
        (acme.actor["hr"].account_id, f"published it: {YES.word}"),
    ]


def test_a_proposal_is_taken_back_and_a_draft_thrown_away_by_its_author_alone(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, owner = clock.now(), acme.actor["manager"]
    with database.writing(acme.id) as session:
        posting_id = proposed(session, acme, now)
        with pytest.raises(Conflict):
            service.discard_draft(session, owner, posting_id)
        with pytest.raises(NotAllowed):
            service.take_proposal_back(session, acme.actor["hr"], posting_id, now=now)
        service.take_proposal_back(session, owner, posting_id, now=now)
        for other in ("hr", "sponsor", "leader"):
            with pytest.raises(NotVisible):
                service.discard_draft(session, acme.actor[other], posting_id)
        service.discard_draft(session, owner, posting_id)
        assert not _reads(session, owner, posting_id)


@pytest.mark.parametrize("who", ["manager", "leader", "coach", "sponsor"])
def test_nobody_but_hr_publishes_or_proposes_for_somebody_else(
    database: Database, acme: SmallOrganisation, clock: SetClock, who: str
) -> None:
    other = acme.person["other_coach"]
    with database.writing(acme.id) as session:
        with pytest.raises(NotAllowed):
            service.post_opening(session, acme.actor[who], opening(acme, **AHEAD), now=clock.now())
        with pytest.raises(NotAllowed):
            service.draft_opening(session, acme.actor[who], opening(acme, owner_id=other, **AHEAD))


def test_hr_keeps_a_draft_and_publishes_it_without_a_proposal(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        posting_id = service.draft_opening(session, hr, opening(acme, **AHEAD))
        assert _readers(session, acme, posting_id) == {"hr"}
        service.propose_opening(session, hr, posting_id, now=clock.now())
        assert queries.posting(session, hr, posting_id).state is PostingState.PUBLISHED


def test_whoever_applied_reads_what_was_changed_and_nothing_of_better_words(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, hr = clock.now(), acme.actor["hr"]
    strategic, coaching = acme.competency["strategic-thinking"], acme.competency["coaching-others"]
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(session, hr, opening(acme, **AHEAD), now=now)
        service.apply(session, acme.actor["leader"], posting_id, now=now)
        service.change_opening(
            session, hr, posting_id, opening(acme, description="In plain words.", **AHEAD), now=now
        )
        assert _mail(session, "Changed: ") == []
        service.change_opening(
            session,
            hr,
            posting_id,
            opening(
                acme,
                starts_on=date(2027, 2, 1),
                ends_on=date(2027, 6, 30),
                places=2,
                location="Leeds",
                develops=(Develops(competency_id=strategic, level=5),),
            ),
            now=now,
        )
        [(name, body)] = _mail(session, "Changed: ")
        kinds = [act.kind for act in queries.posting_acts(session, posting_id)]
    assert name == "Amara Okafor"
    assert [
        line
        for line in body.splitlines()
        if line.startswith(("It runs", "It has", "It asks", "It no", "Where"))
    ] == [
        "It runs from 1 Feb 2027 to 30 Jun 2027; before: 4 Jan 2027 to 30 Jun 2027.",
        "It has places for 2; before: 1.",
        "Where: Leeds; before: not said.",
        "It asks for Strategic thinking, level 5; before: 4.",
        "It no longer asks for Coaching others.",
    ]
    assert coaching != strategic
    assert kinds == [PostingActKind.PUBLISHED, *2 * [PostingActKind.CHANGED]]


@pytest.mark.parametrize(
    ("declines", "state", "said"),
    [
        (False, PlacementState.PROPOSED, "you will have an answer"),
        (True, PlacementState.DECLINED, "Thank you for having applied"),
    ],
)
def test_who_waits_when_it_closes_is_told_why_and_what_becomes_of_it(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    declines: bool,
    state: PlacementState,
    said: str,
) -> None:
    now, owner = clock.now(), acme.actor["manager"]
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(
            session, acme.actor["hr"], opening(acme, **AHEAD), now=now
        )
        one = service.apply(session, acme.actor["leader"], posting_id, now=now)
        with pytest.raises(RuleBroken, match="Say why"):
            service.close_opening(
                session, owner, posting_id, service.CloseOpening(reason=" "), now=now
            )
        closing = service.CloseOpening(reason="The line moves to Poland.", declines=declines)
        assert service.close_opening(session, owner, posting_id, closing, now=now) == 1
        [(name, body)] = _mail(session, "Closed: ")
        row = queries.placement(session, acme.actor["leader"], one)
        with pytest.raises(Conflict):
            service.close_opening(session, owner, posting_id, closing, now=now)
    assert (name, said in body, closing.reason in body) == ("Amara Okafor", True, True)
    assert (row.state, row.reason) == (state, closing.reason if declines else "")


@pytest.mark.parametrize("who", ["leader", "coach", "other_leader"])
def test_only_hr_and_those_who_answer_for_it_close_an_opening(
    database: Database, acme: SmallOrganisation, clock: SetClock, who: str
) -> None:
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(
            session, acme.actor["hr"], opening(acme, **AHEAD), now=clock.now()
        )
        with pytest.raises(NotAllowed):
            service.close_opening(
                session,
                acme.actor[who],
                posting_id,
                service.CloseOpening(reason="No."),
                now=clock.now(),
            )


def test_another_organisation_finds_no_proposal_and_answers_none(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        posting_id = proposed(session, acme, clock.now())
    with database.writing(rival.id) as session:
        assert queries.proposed(session, rival.actor["hr"]) == []
        with pytest.raises(NotVisible):
            service.answer_proposal(session, rival.actor["hr"], posting_id, YES, now=clock.now())


def test_a_template_keeps_what_is_not_of_one_occasion(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, hr = clock.now(), acme.actor["hr"]
    strategic = acme.competency["strategic-thinking"]
    heavy = (Develops(competency_id=strategic, level=4, weight=3, is_critical=False),)
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(
            session, hr, opening(acme, develops=heavy, location="Leeds", **AHEAD), now=now
        )
        template_id = service.keep_as_template(session, hr, posting_id, "A shift turned around")
        with pytest.raises(RuleBroken, match="of that name"):
            service.keep_as_template(session, hr, posting_id, "A shift turned around")
        row = queries.template(session, template_id)
        assert (row.title, row.n_days, row.location, row.develops) == (
            "A shift turned around",
            (AHEAD["ends_on"] - AHEAD["starts_on"]).days,
            "Leeds",
            heavy,
        )
        with pytest.raises(NotAllowed):
            service.drop_template(session, acme.actor["manager"], template_id)
        service.drop_template(session, hr, template_id)
        assert queries.templates(session) == []
