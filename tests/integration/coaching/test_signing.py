"""Agreements: written, signed by all whom they concern, and then what a sponsor sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import end_relation, relate
from ldtrack.coaching import pages, queries, service
from ldtrack.coaching.domain import Agree, LogSession, SponsorSees
from ldtrack.coaching.domain.agreements import AgreementState, Goal
from ldtrack.coaching.models import Agreement, AgreementParty
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.dashboards.queries.asked import asked_of
from ldtrack.db.session import Database
from ldtrack.outbox.models import Job, Message
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.coaching.signing import SITE, THREE, said, sent, sign, without

LEVELS = frozenset({SponsorSees.LEVELS})
MILESTONES = frozenset({SponsorSees.MILESTONES})


def _seen(session: Session, acme: SmallOrganisation) -> frozenset[SponsorSees]:
    """What the sponsor sees, asked in both ways; they have to agree."""
    person_id, sponsor = acme.person["leader"], acme.actor["sponsor"]
    one = queries.sponsor_sees(session, person_id, reader=sponsor)
    rows = queries.sponsored(session, [person_id], sponsor_id=sponsor.person_id)
    assert rows[person_id].sees == one
    return one


def _states(session: Session, acme: SmallOrganisation, unsigned_id: int) -> list[str]:
    heads = queries.versions_of(session, acme.actor["hr"], unsigned_id)
    return [head.state.value for head in reversed(heads)]


def test_a_sponsor_sees_what_was_signed_and_only_once_the_last_of_the_three_has_signed(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        hr = acme.actor["hr"]
        draft = service.write_agreement(session, hr, unsigned_id, said(acme), now=now)
        seen = [_seen(session, acme)]
        service.send_agreement(session, hr, draft, now=now, base_url=SITE)
        seen.append(_seen(session, acme))
        for who in THREE:
            sign(session, acme, draft, [who], now=now)
            seen.append(_seen(session, acme))
    nothing: frozenset[SponsorSees] = frozenset()
    assert seen == [nothing, nothing, nothing, nothing, MILESTONES]


def test_what_hr_recorded_counts_until_a_signed_one_takes_its_place(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now, hr = clock.now(), acme.actor["hr"]
    recorded = Agree(agreed_on=date(2026, 9, 1), purpose="", sponsor_sees=LEVELS)
    with database.writing(acme.id) as session:
        service.agree(session, hr, unsigned_id, recorded, now=now)
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=now)
        before = (_seen(session, acme), _states(session, acme, unsigned_id))
        assert sign(session, acme, agreement_id, now=now) == [False, False, True]
        after = (_seen(session, acme), _states(session, acme, unsigned_id))
        with pytest.raises(Conflict, match="A signed agreement is in force"):
            service.agree(session, hr, unsigned_id, recorded, now=now)
    assert before == (LEVELS, ["recorded", "signing"])
    assert after == (MILESTONES, ["replaced", "in_force"])


def test_a_new_version_asks_everybody_again_and_the_old_one_holds_until_all_have_signed(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        first = sent(session, acme, unsigned_id, said(acme), now=now)
        sign(session, acme, first, now=now)
        second = sent(session, acme, unsigned_id, said(acme, sees=LEVELS), now=now)
        version = queries.version(session, acme.actor["leader"], second)
        assert [one.signed_at for one in version.parties] == [None, None, None]
        sign(session, acme, second, ["sponsor", "coach"], now=now)
        before = (_seen(session, acme), _states(session, acme, unsigned_id))
        sign(session, acme, second, ["leader"], now=now)
        after = (_seen(session, acme), _states(session, acme, unsigned_id))
    assert before == (MILESTONES, ["in_force", "signing"])
    assert after == (LEVELS, ["replaced", "in_force"])


def test_a_sponsor_who_came_later_has_signed_nothing_and_sees_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now, person_id = clock.now(), acme.person["leader"]
    newcomer = replace(acme.actor["manager"], sponsors=frozenset({person_id}))
    with database.writing(acme.id) as session:
        sign(session, acme, sent(session, acme, unsigned_id, said(acme), now=now), now=now)
        relate(
            session,
            kind=RelationshipKind.SPONSOR,
            holder_id=acme.person["manager"],
            person_id=person_id,
            starts_on=clock.today(),
        )
        assert queries.sponsor_sees(session, person_id, reader=newcomer) == frozenset()
        rows = queries.sponsored(session, [person_id], sponsor_id=newcomer.person_id)
        assert rows[person_id].sees == frozenset()
        assert _seen(session, acme) == MILESTONES
        # The next version asks both.
        second = sent(session, acme, unsigned_id, said(acme, sees=LEVELS), now=now)
        sign(session, acme, second, THREE, now=now)
        assert _seen(session, acme) == MILESTONES
        service.sign_agreement(session, newcomer, second, "Maya", now=now, base_url=SITE)
        assert queries.sponsor_sees(session, person_id, reader=newcomer) == LEVELS


def test_nothing_changes_in_a_version_once_it_was_sent(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now, leader = clock.now(), acme.actor["leader"]
    with database.writing(acme.id) as session:
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=now)
        other = said(acme, sees=SponsorSees)
        with pytest.raises(Conflict, match="A version is being signed"):
            service.write_agreement(session, leader, unsigned_id, other, now=now)
        with pytest.raises(Conflict, match="It is no draft any more"):
            service.discard_agreement(session, leader, agreement_id)
        with pytest.raises(Conflict, match="It was sent already"):
            service.send_agreement(session, leader, agreement_id, now=now, base_url=SITE)


def test_signatures_under_another_text_bring_nothing_into_force(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=now)
        sign(session, acme, agreement_id, ["leader", "coach"], now=now)
        # No page does this; somebody with a hand in the database might.
        session.execute(update(Agreement).values(sponsor_sees=["feedback"]))
        assert sign(session, acme, agreement_id, ["sponsor"], now=now) == [False]
        assert _seen(session, acme) == frozenset()


def test_to_sign_twice_changes_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=now)
        sign(session, acme, agreement_id, ["leader"], now=now)
        later = now + timedelta(hours=1)
        sign(session, acme, agreement_id, ["leader"], now=later)
        found = queries.version(session, acme.actor["leader"], agreement_id)
        own = found.party(acme.person["leader"])
        assert own is not None
        assert own.signed_at == now
        assert [one.kind.value for one in found.waits_for] == ["coach", "sponsor"]
        assert sign(session, acme, agreement_id, ["coach", "sponsor"], now=now) == [False, True]
        assert sign(session, acme, agreement_id, ["sponsor"], now=later) == [True]


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor"])
def test_whoever_is_asked_may_refuse_with_a_word_and_what_held_before_goes_on(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int, who: str
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        sign(session, acme, sent(session, acme, unsigned_id, said(acme), now=now), now=now)
        second = sent(session, acme, unsigned_id, said(acme, sees=LEVELS), now=now)
        service.refuse_agreement(
            session, acme.actor[who], second, "No levels", now=now, base_url=SITE
        )
        found = queries.version(session, acme.actor["hr"], second)
        assert (found.state, found.word) == (AgreementState.REFUSED, "No levels")
        assert found.closed_by == acme.actor[who].name
        with pytest.raises(Conflict, match="not to be signed any more"):
            sign(session, acme, second, ["coach"], now=now)
        assert _seen(session, acme) == MILESTONES


def test_the_leader_alone_may_end_what_is_in_force_and_a_sponsor_sees_nothing_more(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now = clock.now()
    recorded = Agree(agreed_on=date(2026, 9, 1), purpose="", sponsor_sees=LEVELS)
    with database.writing(acme.id) as session:
        service.agree(session, acme.actor["hr"], unsigned_id, recorded, now=now)
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=now)
        sign(session, acme, agreement_id, now=now)
        for who in ("coach", "hr", "sponsor"):
            with pytest.raises(NotAllowed):
                service.withdraw_agreement(
                    session, acme.actor[who], agreement_id, "No", now=now, base_url=SITE
                )
        leader = acme.actor["leader"]
        service.withdraw_agreement(session, leader, agreement_id, "Not now", now=now, base_url=SITE)
        assert _seen(session, acme) == frozenset()
        assert _states(session, acme, unsigned_id) == ["replaced", "withdrawn"]


def test_who_may_read_write_and_sign(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now = clock.now()
    people = ("leader", "coach", "hr", "sponsor", "manager", "other_coach", "administrator")
    with database.writing(acme.id) as session:
        hr = acme.actor["hr"]
        draft = service.write_agreement(session, hr, unsigned_id, said(acme), now=now)
        readers = [{who for who in people if _reads(session, acme, who, draft)}]
        service.send_agreement(session, hr, draft, now=now, base_url=SITE)
        readers.append({who for who in people if _reads(session, acme, who, draft)})
        for who in ("hr",):
            with pytest.raises(NotAllowed):
                sign(session, acme, draft, [who], now=now)
        for who in ("manager", "other_coach", "administrator"):
            with pytest.raises(NotVisible):
                sign(session, acme, draft, [who], now=now)
        with pytest.raises(NotVisible):
            service.write_agreement(
                session, acme.actor["sponsor"], unsigned_id, said(acme), now=now
            )
        gone = without(acme.actor["sponsor"], acme.person["leader"])
        with pytest.raises(NotVisible):
            queries.version(session, gone, draft)
    assert readers == [{"leader", "coach", "hr"}, {"leader", "coach", "hr", "sponsor"}]


def _reads(session: Session, acme: SmallOrganisation, who: str, agreement_id: int) -> bool:
    try:
        queries.version(session, acme.actor[who], agreement_id)
    except NotVisible:
        return False
    return True


def test_the_line_manager_signs_where_that_was_wished(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        command = said(acme, with_manager=True)
        agreement_id = sent(session, acme, unsigned_id, command, now=now)
        assert sign(session, acme, agreement_id, now=now) == [False, False, False]
        [waits] = queries.to_sign(session, acme.actor["manager"])
        assert (waits.agreement_id, waits.person) == (agreement_id, "Amara Okafor")
        assert sign(session, acme, agreement_id, ["manager"], now=now) == [True]
        assert queries.to_sign(session, acme.actor["manager"]) == []


def test_nothing_is_ticked_for_a_sponsor_whom_there_is_not(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now, hr = clock.now(), acme.actor["hr"]
    with database.writing(acme.id) as session:
        end_relation(
            session,
            kind=RelationshipKind.SPONSOR,
            person_id=acme.person["leader"],
            holder_id=acme.person["sponsor"],
            ended_on=clock.today(),
        )
        draft = service.write_agreement(session, hr, unsigned_id, said(acme), now=now)
        later = now + timedelta(days=1)
        with pytest.raises(RuleBroken, match="Nobody sponsors this leader yet"):
            service.send_agreement(session, hr, draft, now=later, base_url=SITE)
        session.rollback()


@pytest.mark.parametrize(
    ("goals", "sentence"),
    [((4, 4), "Name a competency once"), ((9,), "Choose a level that the competency has")],
)
def test_goals_name_a_competency_once_and_a_level_that_it_has(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    unsigned_id: int,
    goals: tuple[int, ...],
    sentence: str,
) -> None:
    about = acme.competency["coaching-others"]
    command = replace(
        said(acme), goals=tuple(Goal(competency_id=about, level=level) for level in goals)
    )
    with database.writing(acme.id) as session, pytest.raises(RuleBroken, match=sentence):
        service.write_agreement(session, acme.actor["hr"], unsigned_id, command, now=clock.now())


@pytest.mark.parametrize(
    ("state", "name"),
    [(AgreementState.DRAFT, "uq_agreement_open"), (AgreementState.IN_FORCE, "in_force")],
)
def test_the_table_keeps_one_open_version_and_one_in_force(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    unsigned_id: int,
    state: AgreementState,
    name: str,
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        session.add_all(
            Agreement(
                engagement_id=unsigned_id,
                number=number,
                state=state,
                agreed_on=clock.today(),
                recorded_at=now,
                sent_at=None if state is AgreementState.DRAFT else now,
            )
            for number in (1, 2)
        )
        # SQLite names the column, PostgreSQL the index.
        with pytest.raises(IntegrityError, match=f"{name}|agreement.engagement_id"):
            session.flush()
        session.rollback()


def test_those_who_are_asked_get_a_mail_and_those_who_have_not_signed_a_reminder(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=now)
        asked = set(session.scalars(select(Message.to_name)))
        sign(session, acme, agreement_id, ["leader"], now=now)
        job = session.scalars(select(Job).where(Job.kind == service.REMIND_TO_SIGN)).one()
        assert (job.thing_id, job.due_at) == (agreement_id, now + timedelta(days=5))
        later = now + timedelta(days=5)
        again = service.remind_to_sign(session, agreement_id, now=later, base_url=SITE)
        reminded = session.scalars(
            select(Message.to_name).where(Message.subject.startswith("Still to be signed"))
        ).all()
        assert again == later + timedelta(days=5)
        long_after = now + timedelta(days=29)
        assert service.remind_to_sign(session, agreement_id, now=long_after, base_url=SITE) is None
        sign(session, acme, agreement_id, ["coach", "sponsor"], now=now)
        assert service.remind_to_sign(session, agreement_id, now=later, base_url=SITE) is None
        told = session.scalars(
            select(Message.to_name).where(Message.subject.startswith("Signed by all"))
        ).all()
    assert asked == {"Amara Okafor", "Ines Marques", "Sofia Berg"}
    assert sorted(reminded) == ["Ines Marques", "Sofia Berg"]
    assert sorted(told) == sorted(asked)


def test_what_is_still_to_be_signed_when_coaching_ends_is_withdrawn(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now, hr = clock.now(), acme.actor["hr"]
    with database.writing(acme.id) as session:
        sign(session, acme, sent(session, acme, unsigned_id, said(acme), now=now), now=now)
        second = sent(session, acme, unsigned_id, said(acme, sees=LEVELS), now=now)
        service.end_engagement(session, hr, unsigned_id, now=now)
        assert queries.version(session, hr, second).word == "The coaching ended."
        assert queries.to_sign(session, acme.actor["sponsor"]) == []
        # The last report is written after the last session.
        assert _seen(session, acme) == MILESTONES
        with pytest.raises(NotVisible):
            queries.version(session, without(acme.actor["coach"], acme.person["leader"]), second)


def test_whoever_is_forgotten_leaves_that_they_signed_and_no_name(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=now)
        sign(session, acme, agreement_id, now=now)
        service.forget_signatures(session, acme.person["sponsor"])
    with database.reading(acme.id) as session:
        rows = session.execute(
            select(AgreementParty.kind, AgreementParty.signed_as, AgreementParty.signed_at)
        ).all()
    assert {(kind, name) for kind, name, _ in rows} == {
        ("leader", "Amara Okafor"),
        ("coach", "Ines Marques"),
        ("sponsor", ""),
    }
    assert {signed_at for *_, signed_at in rows} == {now}


def test_a_version_is_read_in_few_statements(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    with database.writing(acme.id) as session:
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=clock.now())
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        queries.version(session, acme.actor["leader"], agreement_id)
    assert len(statements) == 4


def test_before_an_agreement_is_signed_a_session_says_why_and_later_ones_need_not(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    coach, now = acme.actor["coach"], clock.now()
    without = LogSession(held_on=date(2026, 11, 18), minutes=60)
    with database.writing(acme.id) as session:
        with pytest.raises(RuleBroken, match="Say why it was held") as refused:
            service.log_session(session, coach, unsigned_id, without, now=now)
        because = replace(without, unsigned_reason="The job began on Monday")
        first = service.log_session(session, coach, unsigned_id, because, now=now)
        second = service.log_session(session, coach, unsigned_id, without, now=now)
        held = queries.sessions_of(session, acme.actor["leader"], acme.person["leader"])
    assert refused.value.field == "unsigned_reason"
    assert {row.id: row.unsigned_reason for row in held} == {
        first: "The job began on Monday",
        second: "",
    }


def test_once_it_is_signed_nobody_is_asked_why_and_no_reason_is_kept(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    coach, now = acme.actor["coach"], clock.now()
    command = LogSession(held_on=date(2026, 11, 18), minutes=60, unsigned_reason="No need")
    with database.writing(acme.id) as session:
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=now)
        assert queries.asks_why(session, unsigned_id)
        sign(session, acme, agreement_id, now=now)
        assert not queries.asks_why(session, unsigned_id)
        service.log_session(session, coach, unsigned_id, command, now=now)
        [held] = queries.sessions_of(session, coach, acme.person["leader"])
    assert held.unsigned_reason == ""


def test_a_leader_takes_along_what_was_agreed_and_a_sponsor_only_that_they_signed(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        sign(session, acme, sent(session, acme, unsigned_id, said(acme), now=now), now=now)
        own, sponsors = (
            pages.own_record(session, acme.actor[who], now=now) for who in ("leader", "sponsor")
        )
    [agreement] = own["agreements"]
    assert (agreement["purpose"], agreement["sponsor_sees"]) == ("Lead by asking", ["milestones"])
    assert agreement["goals"] == [
        {"competency": "Coaching others", "level": 4, "how_it_will_show": "Asks first"}
    ]
    assert [one["name"] for one in agreement["signed_by"]] == [
        "Amara Okafor",
        "Ines Marques",
        "Sofia Berg",
    ]
    assert sponsors["agreements"] == []
    [signature] = sponsors["signatures"]
    assert (signature["on_the_coaching_of"], signature["as"]) == ("Amara Okafor", "sponsor")
    assert "Lead by asking" not in str(sponsors)


def test_what_a_sponsor_is_asked_is_asked_of_two_rooms_in_one_statement(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    with database.writing(acme.id) as session:
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=clock.now())
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        outcomes, to_sign = asked_of(session, acme.actor["sponsor"], clock.today())
    assert outcomes == []
    assert [(one.agreement_id, one.person, one.sent_at) for one in to_sign] == [
        (agreement_id, "Amara Okafor", clock.now())
    ]
    assert len(statements) == 1
