"""A crosswalk is proposed, decided by people, and counts from the day it is put in force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.audit.models import AuditEvent
from ldtrack.competencies import models, queries, service
from ldtrack.competencies.domain import (
    Crossings,
    DescribeEdition,
    LevelMap,
    Relation,
    VersionState,
)
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from tests.infrastructure.next_edition import (
    decide_all,
    in_force,
    keys_of,
    second_edition,
    shorter_scale,
    walk_to,
)
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted

TODAY = date(2026, 11, 20)
HOUR = timedelta(hours=1)
"""The second edition is published later than the first."""


def test_nothing_is_decided_before_somebody_decides(
    database: Database, acme: SmallOrganisation
) -> None:
    with database.writing(acme.id) as session:
        draft = second_edition(session, acme)
        walk = walk_to(session, acme, draft)
        assert (walk.id, walk.successors, walk.new) == (None, {}, frozenset())
        assert walk.levels == LevelMap(before_lo=1, before_hi=5, after_lo=1, after_hi=5)
        assert session.scalars(select(models.Crosswalk)).all() == []


def test_what_is_decided_is_kept_and_may_be_decided_otherwise(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        draft = second_edition(session, acme)
        walk = decide_all(session, acme, draft, now)
        old, new = acme.competency, keys_of(session, draft)
        assert [walk.relation_of(id_) for id_ in old.values()] == [
            Relation.SAME,
            Relation.SPLIT,
            Relation.RETIRED,
        ]
        assert walk.new == {new["digital-sense"]}
        chosen = [new["digital-sense"]]
        service.continue_as(session, hr, walk, old["financial-acumen"], chosen, now=now)
        walk = walk_to(session, acme, draft)
        assert walk.relation_of(old["financial-acumen"]) is Relation.SAME
        assert walk.new == frozenset()
        both = [old["financial-acumen"], old["coaching-others"]]
        service.come_from(session, hr, walk, new["digital-sense"], both, now=now)
        walk = walk_to(session, acme, draft)
        assert walk.relation_to(new["digital-sense"]) is Relation.MERGED
        assert walk.relation_of(old["coaching-others"]) is Relation.SPLIT
        noted = session.scalars(
            select(AuditEvent.reason).where(AuditEvent.thing == "crosswalk")
        ).all()
        assert sorted(noted) == [
            "decided: Coaching others → Coaching others",
            "decided: Financial acumen → Digital sense",
            "decided: Financial acumen → retired",
            "decided: Financial acumen, Coaching others → Digital sense",
            "decided: Strategic thinking → Seeing ahead, Choosing",
            "decided: new → Digital sense",
        ]


def test_accepting_decides_what_is_open_and_leaves_what_somebody_decided(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        draft = second_edition(session, acme)
        walk = walk_to(session, acme, draft)
        service.continue_as(session, hr, walk, acme.competency["coaching-others"], (), now=now)
        walk = walk_to(session, acme, draft)
        same = service.accept_proposals(session, hr, walk, relation=Relation.SAME, now=now)
        assert same == 1
        walk = walk_to(session, acme, draft)
        assert walk.relation_of(acme.competency["strategic-thinking"]) is Relation.SAME
        assert walk.relation_of(acme.competency["coaching-others"]) is Relation.RETIRED
        new = keys_of(session, draft)
        one = new["digital-sense"]
        assert service.accept_proposals(session, hr, walk, competency_id=one, now=now) == 1
        walk = walk_to(session, acme, draft)
        assert walk.new == {one}
        # It was proposed together with its namesake, which a person retired.
        assert new["coaching-others"] in walk.open_after(new.values())


def test_a_competency_of_neither_edition_and_an_edition_out_of_order_are_refused(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        draft = second_edition(session, acme)
        walk = walk_to(session, acme, draft)
        stranger = acme.competency["financial-acumen"]
        with pytest.raises(RuleBroken, match="of these two editions"):
            service.continue_as(session, hr, walk, stranger, [stranger], now=now)
        with pytest.raises(NotVisible):
            queries.editions_to_walk(session, hr, draft, acme.framework_version_id)
        with pytest.raises(NotVisible):
            queries.editions_to_walk(session, hr, draft, draft)
        with pytest.raises(NotAllowed):
            service.continue_as(session, acme.actor["leader"], walk, stranger, (), now=now)


def test_nothing_is_put_in_force_before_all_is_said(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        draft = second_edition(session, acme)
        with pytest.raises(Conflict, match="Publish 2 first"):
            service.put_in_force(session, hr, walk_to(session, acme, draft), today=TODAY, now=now)
        shorter_scale(session, acme, draft)
        service.publish_edition(session, hr, draft, now=now)
        with pytest.raises(Conflict, match="7 of 7 competencies are not decided yet"):
            service.put_in_force(session, hr, walk_to(session, acme, draft), today=TODAY, now=now)
        walk = decide_all(session, acme, draft, now)
        assert walk.levels is None
        with pytest.raises(Conflict, match="the scales differ"):
            service.put_in_force(session, hr, walk, today=TODAY, now=now)
        for lowest, highest, field in ((0, 3, "lowest"), (1, 5, "highest"), (2, 2, "highest")):
            with pytest.raises(RuleBroken) as refused:
                service.read_levels(session, hr, walk, lowest=lowest, highest=highest, now=now)
            assert refused.value.field == field
        service.read_levels(session, hr, walk, lowest=1, highest=3, now=now)
        walk = walk_to(session, acme, draft)
        assert walk.level_map.read(4) == 2.5
        service.put_in_force(session, hr, walk, today=TODAY, now=now)
        with pytest.raises(Conflict, match="does not change as long as it is"):
            service.read_levels(session, hr, walk, lowest=1, highest=2, now=now)


def test_publishing_changes_no_role_and_the_crosswalk_in_force_does_from_its_day_on(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now, role = acme.actor["hr"], clock.now() + HOUR, "Head of Operations"
    with database.writing(acme.id) as session:
        draft = second_edition(session, acme)
        service.publish_edition(session, hr, draft, now=now)
        asked = queries.role_profile_of(session, role)
        assert asked is not None
        assert asked.framework_version_id == acme.framework_version_id
        assert queries.crossings(session) == Crossings()
        walk = decide_all(session, acme, draft, now)
        service.put_in_force(session, hr, walk, today=TODAY, now=now)
        before, after, ever = (
            queries.role_profile_of(session, role, day)
            for day in (TODAY - timedelta(days=1), TODAY, None)
        )
        assert before == asked
        assert after == ever
        assert after is not None
        assert after.framework_version_id == draft
        states = {row.version: row.state for row in queries.every_edition(session)}
        assert states == {"1": VersionState.RETIRED, "2": VersionState.PUBLISHED}
        assert [one.in_force_on for one in queries.crossings(session, TODAY).all] == [TODAY]
        assert queries.crossings(session, TODAY - timedelta(days=1)) == Crossings()


def test_an_edition_goes_on_as_one_other_only(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        in_force(session, acme, TODAY, now)
        later = service.start_edition(
            session,
            hr,
            acme.framework_version_id,
            DescribeEdition(version="3"),
        )
        service.publish_edition(session, hr, later, now=now + HOUR)
        walk = walk_to(session, acme, later)
        service.accept_proposals(session, hr, walk, now=now)
        with pytest.raises(Conflict, match="in force already"):
            service.put_in_force(session, hr, walk_to(session, acme, later), today=TODAY, now=now)


def test_all_crosswalks_are_read_in_one_statement(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        in_force(session, acme, TODAY, clock.now() + HOUR)
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        (walk,) = queries.crossings(session).all
    assert len(statements) == 1
    assert len(walk.successors) == 3


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"lowest": 1}, "ck_crosswalk_both_ends"),
        ({"lowest": 3, "highest": 3}, "ck_crosswalk_ends_in_order"),
        ({"in_force_on": TODAY}, "ck_crosswalk_day_and_moment"),
    ],
)
def test_the_table_refuses_what_makes_no_sense(
    fields: dict[str, object], constraint: str, database: Database, acme: SmallOrganisation
) -> None:
    with database.writing(acme.id) as session:
        kept = _kept(session, acme)
        for name, value in fields.items():
            setattr(kept, name, value)
        with pytest.raises(IntegrityError, match=constraint):
            session.flush()
        session.rollback()


def test_an_edition_does_not_succeed_itself(database: Database, acme: SmallOrganisation) -> None:
    with database.writing(acme.id) as session:
        _kept(session, acme).after_id = acme.framework_version_id
        with pytest.raises(IntegrityError, match="ck_crosswalk_two_editions"):
            session.flush()
        session.rollback()


@pytest.mark.parametrize("side", ["before_id", "after_id"])
def test_a_competency_is_retired_or_new_once_only(
    side: str, database: Database, acme: SmallOrganisation
) -> None:
    with database.writing(acme.id) as session:
        kept = _kept(session, acme)
        for _ in range(2):
            ends = {side: acme.competency["coaching-others"]}
            session.add(models.CrosswalkLink(crosswalk_id=kept.id, **ends))
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_a_link_has_an_end(database: Database, acme: SmallOrganisation) -> None:
    with database.writing(acme.id) as session:
        session.add(models.CrosswalkLink(crosswalk_id=_kept(session, acme).id))
        with pytest.raises(IntegrityError, match="ck_crosswalk_link_has_an_end"):
            session.flush()
        session.rollback()


def _kept(session: Session, acme: SmallOrganisation) -> models.Crosswalk:
    after = second_edition(session, acme)
    kept = models.Crosswalk(before_id=acme.framework_version_id, after_id=after)
    session.add(kept)
    session.flush()
    return kept
