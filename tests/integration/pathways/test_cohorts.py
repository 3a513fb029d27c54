"""Cohorts: listed with what is overdue, renamed, united, left by some, removed when empty."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from ldtrack.audit.models import AuditEvent
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.feedback.domain.pulses.commands import WritePulse
from ldtrack.feedback.models import Pulse
from ldtrack.feedback.service.pulses import draft_pulse
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import BeginPilot, CohortRow, WriteRule
from ldtrack.pathways.models import Cohort
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.pathways.makers import Made, a_pathway, enrolled


@pytest.fixture
def made(database: Database, acme: SmallOrganisation, clock: SetClock) -> Made:
    with database.writing(acme.id) as session:
        return a_pathway(session, acme, clock.now())


@pytest.fixture
def autumn(database: Database, acme: SmallOrganisation, clock: SetClock, made: Made) -> int:
    """The leader and another travel with Autumn, the manager with Winter."""
    now = clock.now()
    with database.writing(acme.id) as session:
        for who, cohort in (
            ("leader", "Autumn"),
            ("other_leader", "Autumn"),
            ("manager", "Winter"),
        ):
            enrolled(session, acme, made, now, who=who, cohort=cohort)
    return id_of(database, acme, "Autumn")


def id_of(database: Database, acme: SmallOrganisation, name: str) -> int:
    with database.reading(acme.id) as session:
        return session.scalars(select(Cohort.id).where(Cohort.name == name)).one()


def named(database: Database, acme: SmallOrganisation) -> dict[str, str]:
    """The cohort of everybody who is enrolled, by the key of the person."""
    keys = {person_id: key for key, person_id in acme.person.items()}
    with database.reading(acme.id) as session:
        rows = queries.active_enrolments(session, acme.actor["hr"])
    return {keys[row.person_id]: row.cohort for row in rows}


def test_cohorts_are_listed_with_their_pathways_and_how_many_are_late(
    database: Database, acme: SmallOrganisation, clock: SetClock, autumn: int
) -> None:
    with database.writing(acme.id) as session:
        session.add(Cohort(name="Empty"))
    asked = []
    for search in ("", "aut"):
        with database.reading(acme.id) as session, counted(database.engine) as statements:
            rows, total = queries.cohort_lines(
                session, acme.actor["hr"], clock.today(), search=search
            )
        asked.append(len(statements))
        found = [
            (row.name, row.n_active, row.n_people, row.n_late, [each.title for each in row.on])
            for row in rows
        ]
        assert (found, total) == (
            [("Autumn", 2, 2, 2, ["To lead others"])]
            if search
            else [
                ("Autumn", 2, 2, 2, ["To lead others"]),
                ("Empty", 0, 0, 0, []),
                ("Winter", 1, 1, 1, ["To lead others"]),
            ],
            1 if search else 3,
        )
    assert asked == [7, 7]
    assert autumn


def test_a_rename_reaches_everybody_and_the_rule_that_brings_people(
    database: Database, acme: SmallOrganisation, clock: SetClock, made: Made, autumn: int
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        pathway_id = queries.cover(session, hr, made.version_id).pathway_id
        rule = WriteRule(job_profiles=("Head of Operations",), into_cohort="Autumn")
        service.write_rule(session, hr, pathway_id, rule, now=now)
        service.rename_cohort(session, hr, autumn, "Autumn 2026", now=now)
        kept = queries.rule_of(session, hr, pathway_id)
        with pytest.raises(RuleBroken, match="Merge the two instead"):
            service.rename_cohort(session, hr, autumn, "Winter", now=now)
    assert kept is not None
    assert kept.into_cohort == "Autumn 2026"
    assert named(database, acme) == {
        "leader": "Autumn 2026",
        "other_leader": "Autumn 2026",
        "manager": "Winter",
    }


def test_a_merged_cohort_is_gone_and_pilots_and_rules_name_the_other(
    database: Database, acme: SmallOrganisation, clock: SetClock, made: Made, autumn: int
) -> None:
    hr, now, winter = acme.actor["hr"], clock.now(), id_of(database, acme, "Winter")
    with database.writing(acme.id) as session:
        pathway_id = queries.cover(session, hr, made.version_id).pathway_id
        rule = WriteRule(cohort_id=autumn, into_cohort="Autumn")
        service.write_rule(session, hr, pathway_id, rule, now=now)
        tried = BeginPilot(cohort="Autumn", aim="Whether it works.", ends_on=now.date())
        service.begin_pilot(session, hr, made.version_id, tried, now=now)
        assert service.merge_cohorts(session, hr, autumn, winter, now=now) == 2
    with database.reading(acme.id) as session:
        kept = queries.rule_of(session, hr, pathway_id)
        pilot = queries.pilot_of(session, hr, made.version_id)
        with pytest.raises(NotVisible):
            queries.cohort(session, hr, autumn)
    assert kept is not None
    assert pilot is not None
    assert (kept.cohort_id, kept.into_cohort, pilot.cohort) == (winter, "Winter", "Winter")
    assert set(named(database, acme).values()) == {"Winter"}


def test_a_trust_pulse_joins_no_series_of_the_cohort_that_its_own_was_merged_into(
    database: Database, acme: SmallOrganisation, clock: SetClock, autumn: int
) -> None:
    hr, now, winter = acme.actor["hr"], clock.now(), id_of(database, acme, "Winter")
    with database.writing(acme.id) as session:
        pulse_id = draft_pulse(
            session,
            hr,
            WritePulse(name="Together", closes_on=now.date()),
            now=now,
            people=[acme.person["leader"]],
            group_name="Autumn",
            cohort_id=autumn,
        )
        service.merge_cohorts(session, hr, autumn, winter, now=now)
    with database.reading(acme.id) as session:
        assert session.get_one(Pulse, pulse_id).cohort_id is None


def test_some_move_to_another_cohort_and_the_others_stay(
    database: Database, acme: SmallOrganisation, clock: SetClock, autumn: int
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        rows, total = queries.travelling(session, hr, autumn)
        assert ([row.name for row in rows], total) == (["Ben Li", "Amara Okafor"], 2)
        moved = service.move_to_cohort(session, hr, autumn, [rows[0].id], "Spring", now=now)
        with pytest.raises(Conflict, match="Look again"):
            service.move_to_cohort(session, hr, autumn, [rows[0].id], "Winter", now=now)
        with pytest.raises(RuleBroken, match="in this cohort already"):
            service.move_to_cohort(session, hr, autumn, [rows[1].id], "Autumn", now=now)
    assert moved == 1
    assert named(database, acme) == {
        "leader": "Autumn",
        "other_leader": "Spring",
        "manager": "Winter",
    }


def test_those_who_try_a_version_first_stay_together_while_it_is_a_pilot(
    database: Database, acme: SmallOrganisation, clock: SetClock, made: Made, autumn: int
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    tried = BeginPilot(cohort="Autumn", aim="Whether it works.", ends_on=now.date())
    with database.writing(acme.id) as session:
        service.begin_pilot(session, hr, made.version_id, tried, now=now)
        rows, _ = queries.travelling(session, hr, autumn)
        with pytest.raises(RuleBroken, match="pilot for “Autumn”"):
            service.move_to_cohort(session, hr, autumn, [rows[0].id], "Winter", now=now)


def test_only_a_cohort_that_nothing_names_is_removed(
    database: Database, acme: SmallOrganisation, clock: SetClock, made: Made, autumn: int
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        empty = Cohort(name="Empty")
        session.add(empty)
        session.flush()
        with pytest.raises(Conflict, match="Merge it instead"):
            service.remove_cohort(session, hr, autumn, now=now)
        pathway_id = queries.cover(session, hr, made.version_id).pathway_id
        rule = WriteRule(job_profiles=("Buyer",), into_cohort="Empty")
        service.write_rule(session, hr, pathway_id, rule, now=now)
        with pytest.raises(Conflict, match="Merge it instead"):
            service.remove_cohort(session, hr, empty.id, now=now)
        service.remove_rule(session, hr, pathway_id, now=now)
        service.remove_cohort(session, hr, empty.id, now=now)
        assert [row.name for row in queries.cohorts(session)] == ["Autumn", "Winter"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("autumn", "Autumn"),
        ("Autum", "Autumn"),
        ("Autumn", None),
        ("Spring", None),
        ("Autumn 2027", None),
        ("", None),
    ],
)
def test_a_slip_is_known_from_a_new_name(
    database: Database, acme: SmallOrganisation, autumn: int, typed: str, meant: str | None
) -> None:
    assert autumn
    with database.reading(acme.id) as session:
        assert queries.cohort_meant(session, typed) == meant
        assert queries.cohort_meant(session, typed, but="Autumn") is None


def test_only_hr_works_with_cohorts(
    database: Database, acme: SmallOrganisation, clock: SetClock, autumn: int
) -> None:
    now, winter = clock.now(), id_of(database, acme, "Winter")
    for who in ("leader", "coach", "manager", "sponsor"):
        actor = acme.actor[who]
        with database.writing(acme.id) as session:
            assert queries.cohort_lines(session, actor, clock.today()) == ([], 0)
            with pytest.raises(NotVisible):
                queries.cohort(session, actor, autumn)
            with pytest.raises(NotAllowed):
                service.rename_cohort(session, actor, autumn, "X", now=now)
            with pytest.raises(NotAllowed):
                service.merge_cohorts(session, actor, autumn, winter, now=now)
            with pytest.raises(NotAllowed):
                service.move_to_cohort(session, actor, autumn, [], "X", now=now)
            with pytest.raises(NotAllowed):
                service.remove_cohort(session, actor, autumn, now=now)


def test_a_cohort_of_another_organisation_is_not_there(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, autumn: int
) -> None:
    with database.reading(rival.id) as session, pytest.raises(NotVisible):
        queries.cohort(session, rival.actor["hr"], autumn)


def test_what_was_done_with_cohorts_is_in_the_audit(
    database: Database, acme: SmallOrganisation, clock: SetClock, autumn: int
) -> None:
    hr, now, winter = acme.actor["hr"], clock.now(), id_of(database, acme, "Winter")
    with database.writing(acme.id) as session:
        service.rename_cohort(session, hr, autumn, "Harvest", now=now)
        service.merge_cohorts(session, hr, autumn, winter, now=now)
    with database.reading(acme.id) as session:
        said = session.scalars(
            select(AuditEvent.reason).where(AuditEvent.reason != "", AuditEvent.thing != "person")
        ).all()
    assert sorted(said) == [
        "Into the cohort Winter",
        "Into the cohort Winter",
        "Merged: Harvest → Winter",
        "Renamed: Autumn → Harvest",
    ]


def test_what_ties_a_cohort_is_said(
    database: Database, acme: SmallOrganisation, clock: SetClock, made: Made, autumn: int
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    tried = BeginPilot(cohort="Autumn", aim="Whether it works.", ends_on=now.date())
    with database.writing(acme.id) as session:
        service.begin_pilot(session, hr, made.version_id, tried, now=now)
        ties = queries.ties_of(session, CohortRow(id=autumn, name="Autumn"))
    assert (ties.n_enrolments, ties.pilots, ties.rules, ties.is_free) == (
        2,
        ("To lead others",),
        (),
        False,
    )
