"""When another edition counts, levels are carried along the crosswalk and nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from ldtrack.competencies import queries, service
from ldtrack.competencies.domain import DescribeEdition, Relation
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.growth.domain import (
    AgainstTarget,
    Level,
    NotYetAssessed,
    PriorOrigin,
    State,
    combined,
    predict,
)
from ldtrack.growth.domain.person import CompetencyGrowth, PersonGrowth
from ldtrack.growth.queries import (
    SETTINGS,
    growth_in,
    growth_of,
    growth_of_people,
    shown_by_stage,
    shown_gates,
)
from ldtrack.pathways.domain import Gate
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
from tests.integration.growth.evidence import rated

ROLE = "Head of Operations"
BEFORE = date(2026, 6, 1)
MARK = date(2026, 9, 7)
TODAY = date(2026, 11, 20)
HOUR = timedelta(hours=1)


def _growth(session: Session, acme: SmallOrganisation, as_of: date = TODAY) -> PersonGrowth:
    hr, leader = acme.actor["hr"], acme.person["leader"]
    return growth_of(session, hr, leader, job_profile=ROLE, as_of=as_of)


def _by_key(growth: PersonGrowth) -> dict[str, CompetencyGrowth]:
    return {found.competency.key: found for found in growth.competencies}


def _level(found: CompetencyGrowth) -> Level:
    assert isinstance(found.standing, Level)
    return found.standing


def _observed(session: Session, acme: SmallOrganisation, clock: SetClock) -> None:
    """Each competency of the first edition is rated once, before the mark."""
    for number, (key, value) in enumerate(
        {"coaching-others": 3.6, "strategic-thinking": 3.0, "financial-acumen": 4.0}.items(), 1
    ):
        rated(session, acme, key, value, BEFORE, clock.now(), source_id=number)


def test_a_level_goes_along_with_the_same_mean_and_more_doubt(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        before = _by_key(_growth(session, acme, MARK))["coaching-others"]
        new = in_force(session, acme, MARK, clock.now() + HOUR)
        after = _by_key(_growth(session, acme))["coaching-others"]
    assert after.competency.id == new["coaching-others"]
    assert after.trajectory.prior.origin is PriorOrigin.CARRIED
    assert _level(after).mean == pytest.approx(_level(before).mean)
    silent = (TODAY - MARK).days / 365.25
    expected = _level(before).sd ** 2 + 0.25 + 0.15 * silent
    assert _level(after).sd ** 2 == pytest.approx(expected)
    assert (_level(after).carried, _level(after).n_pieces) == (True, 0)
    assert after.carried_words == "carried from edition 1"


def test_neither_part_of_a_split_shows_the_level_as_observed_until_it_is(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now() + HOUR
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        new = in_force(session, acme, MARK, now)
        parts = [new["strategic-thinking"], new["choosing"]]
        carried = [
            found for found in _growth(session, acme).competencies if found.competency.id in parts
        ]
        assert [(f.carried_words, f.carried and f.carried.relation) for f in carried] == [
            ("carried from edition 1", Relation.SPLIT)
        ] * 2
        # The whole is rated once more, as courses and milestones of the first edition still do.
        rated(session, acme, "strategic-thinking", 3.4, date(2026, 10, 1), now, source_id=11)
        of_whole = _by_key(_growth(session, acme))["choosing"]
        second = SmallOrganisation(**{**acme.__dict__, "competency": new})
        rated(session, second, "choosing", 3.5, date(2026, 10, 5), now, source_id=12)
        growth = _by_key(_growth(session, acme))
    assert (of_whole.carried_words, _level(of_whole).n_pieces) == ("carried from edition 1", 1)
    assert growth["choosing"].carried_words == ""
    assert growth["strategic-thinking"].carried_words == "carried from edition 1"
    assert [step.entry.noise_variance for step in growth["choosing"].trajectory.steps] == [
        pytest.approx(0.25 + 0.25),
        pytest.approx(0.25),
    ]


def test_merged_competencies_are_joined_by_precision(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        rated(session, acme, "coaching-others", 3.8, BEFORE, clock.now(), source_id=7, noise=0.1)
        olds = _by_key(_growth(session, acme, MARK))
        draft = second_edition(session, acme)
        service.publish_edition(session, hr, draft, now=now)
        walk = decide_all(session, acme, draft, now)
        one = keys_of(session, draft)["coaching-others"]
        both = [acme.competency["coaching-others"], acme.competency["financial-acumen"]]
        service.come_from(session, hr, walk, one, both, now=now)
        walk = walk_to(session, acme, draft)
        service.put_in_force(session, hr, walk, today=MARK, now=now)
        after = _by_key(_growth(session, acme, MARK))["coaching-others"]
    states = [
        State(mean=_level(olds[key]).mean, variance=_level(olds[key]).sd ** 2 + 0.25, on=MARK)
        for key in ("coaching-others", "financial-acumen")
    ]
    joined = combined(states)
    assert (_level(after).mean, _level(after).sd) == pytest.approx((joined.mean, joined.sd))
    assert after.carried is not None
    assert [source.competency.key for source in after.carried.sources] == [
        "coaching-others",
        "financial-acumen",
    ]


def test_what_is_retired_stays_readable_and_what_is_new_starts_unassessed(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        new = in_force(session, acme, MARK, clock.now() + HOUR)
        growth = _by_key(_growth(session, acme))
        old = growth["financial-acumen"]
        fresh = growth_in(
            session,
            acme.actor["hr"],
            acme.person["leader"],
            new["digital-sense"],
            job_profile=ROLE,
            as_of=TODAY,
        )
    assert old.competency.id == acme.competency["financial-acumen"]
    assert old.succeeded is not None
    assert (old.succeeded.relation, old.target) == (Relation.RETIRED, None)
    assert _level(old).mean == pytest.approx(3.8)
    assert "digital-sense" not in growth
    assert isinstance(fresh.standing, NotYetAssessed)


def test_a_day_before_the_mark_reads_as_it_did(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        then = _growth(session, acme, MARK - timedelta(days=1))
        in_force(session, acme, MARK, clock.now() + HOUR)
        now = _growth(session, acme, MARK - timedelta(days=1))
    assert now == then


def test_evidence_that_comes_late_and_is_dated_before_the_mark_moves_what_was_carried(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        in_force(session, acme, MARK, clock.now() + HOUR)
        before = _by_key(_growth(session, acme))["coaching-others"]
        rated(session, acme, "coaching-others", 5.0, BEFORE, clock.now(), source_id=20)
        after = _by_key(_growth(session, acme))["coaching-others"]
    assert _level(after).mean > _level(before).mean
    assert after.carried_words == "carried from edition 1"


def test_what_was_observed_of_the_new_edition_before_it_counted_joins_in(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        draft = second_edition(session, acme)
        service.publish_edition(session, hr, draft, now=now)
        second = SmallOrganisation(**{**acme.__dict__, "competency": keys_of(session, draft)})
        rated(session, second, "coaching-others", 2.0, date(2026, 8, 1), now, source_id=30)
        early = growth_in(
            session,
            hr,
            acme.person["leader"],
            second.competency["coaching-others"],
            job_profile="",
            as_of=MARK,
        )
        (old,) = (
            found
            for found in _growth(session, acme, MARK).competencies
            if found.competency.id == acme.competency["coaching-others"]
        )
        walk = decide_all(session, acme, draft, now)
        service.put_in_force(session, hr, walk, today=MARK, now=now)
        joined = _by_key(_growth(session, acme, MARK))["coaching-others"]
    own = predict(early.trajectory.last, MARK, SETTINGS)
    carried = predict(old.trajectory.last, MARK, SETTINGS)
    expected = combined([State(mean=carried.mean, variance=carried.variance + 0.25, on=MARK), own])
    assert (_level(joined).mean, _level(joined).sd) == pytest.approx((expected.mean, expected.sd))


def test_another_scale_stretches_levels_and_later_pieces_of_the_first_edition(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        old = _by_key(_growth(session, acme, MARK))["coaching-others"]
        draft = second_edition(session, acme)
        shorter_scale(session, acme, draft)
        service.publish_edition(session, hr, draft, now=now)
        walk = decide_all(session, acme, draft, now)
        service.read_levels(session, hr, walk, lowest=1, highest=3, now=now)
        walk = walk_to(session, acme, draft)
        service.put_in_force(session, hr, walk, today=MARK, now=now)
        carried = _by_key(_growth(session, acme, MARK))["coaching-others"]
        rated(session, acme, "coaching-others", 5.0, date(2026, 10, 1), now, source_id=40)
        later = _by_key(_growth(session, acme))["coaching-others"]
    assert _level(carried).mean == pytest.approx(1 + (_level(old).mean - 1) / 2)
    assert _level(carried).sd ** 2 == pytest.approx(_level(old).sd ** 2 / 4 + 0.25)
    (step,) = later.trajectory.steps
    assert step.entry.value == 3.0
    assert step.entry.noise_variance == pytest.approx(0.25 / 4 + 0.25)


def test_a_role_of_the_first_edition_alone_asks_along_the_crosswalk(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        new = in_force(session, acme, MARK, now)
        copied = next(
            row
            for row in queries.role_profiles(session)
            if row.framework_version_id != acme.framework_version_id
        )
        service.remove_profile(session, hr, copied.id, now=now)
        growth = _growth(session, acme)
    assert {found.competency.id: found.target for found in growth.targeted} == {
        new["coaching-others"]: 3,
        new["strategic-thinking"]: 4,
        new["choosing"]: 4,
    }


def test_a_gate_of_the_first_edition_is_met_by_what_became_of_it(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now() + HOUR
    old = acme.competency
    with database.writing(acme.id) as session:
        for number, key in enumerate(old, 50):
            rated(session, acme, key, 5.0, BEFORE, clock.now(), source_id=number, noise=0.05)
        new = in_force(session, acme, MARK, now)
        second = SmallOrganisation(**{**acme.__dict__, "competency": new})
        for number in (60, 61, 62):
            rated(session, second, "choosing", 1.0, MARK, now, source_id=number, noise=0.05)
        growth = _growth(session, acme)
    gates = {
        1: (old["coaching-others"], 3),
        2: (old["strategic-thinking"], 3),
        3: (old["financial-acumen"], 3),
        4: (new["choosing"], 2),
        5: (new["digital-sense"], 1),
    }
    # Seeing ahead would meet it, choosing does not; what is retired is met by its own evidence.
    asked = [
        Gate(id=id_, competency_id=competency_id, competency="", level=level)
        for id_, (competency_id, level) in gates.items()
    ]
    assert shown_gates(growth, asked) == {1, 3}
    share = shown_by_stage(growth, {7: asked})[7]
    assert (share.n_met, share.n_gates) == (2, 5)  # type: ignore[union-attr]
    assert isinstance(growth.competencies[0].against, AgainstTarget)


def test_the_chart_goes_on_across_the_mark(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        rated(session, acme, "coaching-others", 3.0, date(2026, 3, 2), clock.now(), source_id=70)
        in_force(session, acme, MARK, clock.now() + HOUR)
        growth = _by_key(_growth(session, acme))
    whole = growth["coaching-others"].line(with_evidence=True)
    assert [(mark.on, mark.label) for mark in whole.marks] == [(MARK, "Carried from edition 1")]
    assert [point.on for point in whole.points] == [
        date(2026, 3, 2),
        BEFORE,
        MARK,
        MARK,
        TODAY,
    ]
    up_to, carried = whole.points[2:4]
    assert up_to.level == pytest.approx(carried.level)
    assert carried.high - carried.low > up_to.high - up_to.low
    assert [dot.on for dot in whole.evidence] == [date(2026, 3, 2), BEFORE]
    # One day of evidence is a point, whichever edition it was in.
    single = growth["choosing"].line(with_evidence=True)
    assert [point.on for point in single.points] == [BEFORE]
    assert len(single.evidence) == 1
    retired = growth["financial-acumen"].line()
    assert [(mark.on, mark.label) for mark in retired.marks] == [(MARK, "Edition 2")]


def test_an_edition_may_be_succeeded_again(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        in_force(session, acme, MARK, now)
        (walk,) = queries.crossings(session).all
        third = service.start_edition(session, hr, walk.after_id, DescribeEdition(version="3"))
        service.publish_edition(session, hr, third, now=now + HOUR)
        both = queries.editions_to_walk(session, hr, walk.after_id, third)
        service.accept_proposals(session, hr, queries.crosswalk(session, *both), now=now)
        last = queries.crosswalk(session, *both)
        service.put_in_force(session, hr, last, today=date(2026, 10, 5), now=now)
        growth = _growth(session, acme)
    found = _by_key(growth)
    assert found["choosing"].carried_words == "carried from edition 2"
    assert {each.competency.framework_version_id for each in growth.targeted} == {third}
    first = [each.competency for each in growth.histories]
    assert sorted(row.key for row in first if row.id in acme.competency.values()) == [
        "coaching-others",
        "financial-acumen",
        "strategic-thinking",
    ]
    assert len(found["choosing"].pieces) == 1


def test_statements_do_not_grow_with_crosswalks_or_people(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        in_force(session, acme, MARK, clock.now() + HOUR)
    with database.reading(acme.id) as session, counted(database.engine) as one:
        _growth(session, acme)
    people = {acme.person[key]: ROLE for key in ("leader", "other_leader", "manager")}
    with database.reading(acme.id) as session, counted(database.engine) as several:
        found = growth_of_people(session, acme.actor["hr"], people, as_of=TODAY)
    assert (len(one), len(several)) == (4, 4)
    with database.reading(acme.id) as session:
        alone = _growth(session, acme)
    assert [each.standing for each in found[acme.person["leader"]].competencies] == [
        each.standing for each in alone.competencies
    ]
