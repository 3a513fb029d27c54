"""How a cycle is held: said in the draft, obeyed to the end, only stricter in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.answers import RaterGroup
from ldtrack.feedback.domain.commands import CopyCycle, WrittenComment
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.pulses.rows import PROCESS_KINDS, PulseState
from ldtrack.feedback.domain.rows import USUAL_GROUPS
from ldtrack.feedback.domain.scores import Weighting
from ldtrack.feedback.domain.settings import Tightening, settings_of
from ldtrack.feedback.domain.timeline import CycleState, Pace, SubjectState
from ldtrack.feedback.models import Cycle, Pulse, Subject
from ldtrack.feedback.queries.groups import usual_groups
from ldtrack.feedback.service.pulses import ask_about_process
from ldtrack.outbox.models import Job, Message
from ldtrack.people.queries import rater_budget, rater_floor
from tests.infrastructure.feedback import (
    RATER_KEY,
    USUAL_SCORES,
    RunningCycle,
    answer,
    answered_by,
    delivery,
    opened,
    set_up,
)
from tests.infrastructure.organisation import SmallOrganisation


def state_of(session: Session, running: RunningCycle) -> str:
    return session.scalars(select(Subject.state).where(Subject.id == running.subject_id)).one()


def answered_with_words(session: Session, running: RunningCycle, clock: SetClock) -> None:
    """Everybody answers and writes something, so that there are comments to be read."""
    words = {"keep": WrittenComment(text="Go on like this.")}
    for rater, score in USUAL_SCORES.items():
        answer(session, running, rater, score, clock.now(), comments=words)


def ended(
    session: Session, acme: SmallOrganisation, clock: SetClock, **settings: object
) -> RunningCycle:
    """A cycle held like this that everybody answered and that closed."""
    running = opened(session, acme, clock.now(), settings=settings)
    answered_with_words(session, running, clock)
    service.close_cycle(session, running.id, RATER_KEY, clock.now())
    return running


def test_what_a_draft_is_told_is_kept(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now())
        wanted = replace(
            settings_of(queries.cycle(session, hr, planned.id)),
            k=4,
            kept_months=6,
            pace=Pace.ROLLING,
            days=14,
            nominates=Nominates.LEADER,
            approves=Approves.MANAGER,
            nominate_until=date(2026, 11, 25),
            coach_led=False,
            moderator_id=acme.person["coach"],
            weighting=Weighting.RATER,
            tells_who_answered=False,
            reminder_days=(10, 3),
        )
        service.change_settings(session, hr, planned.id, wanted, now=clock.now())
        assert settings_of(queries.cycle(session, hr, planned.id)) == wanted


def test_settings_without_a_meaning_are_not_kept(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now())
        before = settings_of(queries.cycle(session, hr, planned.id))
        odd = replace(
            before,
            days=14,
            approves=Approves.MANAGER,
            nominate_until=date(2026, 11, 25),
            reminder_days=(2, 7, 2),
        )
        service.change_settings(session, hr, planned.id, odd, now=clock.now())
        assert settings_of(queries.cycle(session, hr, planned.id)) == replace(
            before, reminder_days=(7, 2)
        )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"k": 2}, "k"),
        ({"k": 11}, "k"),
        ({"pace": Pace.ROLLING}, "days"),
        ({"pace": Pace.ROLLING, "days": 91}, "days"),
        ({"weighting": Weighting.PRECISION}, "weighting"),
        ({"nominates": Nominates.LEADER, "nominate_until": date(2027, 1, 1)}, "nominate_until"),
        ({"reminder_days": (1, 2, 3, 4, 5, 6)}, "reminder_days"),
        ({"reminder_days": (61,)}, "reminder_days"),
    ],
)
def test_settings_that_cannot_be_are_refused_at_their_field(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    change: dict[str, object],
    field: str,
) -> None:
    with database.writing(acme.id) as session, pytest.raises(RuleBroken) as refused:
        set_up(session, acme, clock.now(), settings=change)
    assert refused.value.field == field


def test_somebody_of_another_organisation_cannot_read_comments_first(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session, pytest.raises(NotVisible):
        set_up(session, acme, clock.now(), settings={"moderator_id": rival.person["coach"]})


def test_settings_and_groups_are_fixed_when_a_cycle_begins(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        row = queries.cycle(session, hr, running.id)
        with pytest.raises(Conflict):
            service.change_settings(session, hr, running.id, settings_of(row), now=clock.now())
        with pytest.raises(Conflict):
            service.set_groups(session, hr, running.id, row.groups, now=clock.now())


def test_anonymity_becomes_stricter_after_answers_and_never_weaker(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["peer_1"], clock.now())
        change = Tightening(
            k=4, kept_months=12, tells_who_answered=False, floors={"direct_report": 5}
        )
        service.tighten(session, hr, running.id, change, now=clock.now())
        row = queries.cycle(session, hr, running.id)
        assert (row.k, row.kept_months, row.tells_who_answered) == (4, 12, False)
        assert {g.key: g.floor_over(row.k) for g in row.groups}["direct_report"] == 5
        for weaker, field in (
            (replace(change, k=3), "k"),
            (replace(change, kept_months=13), "kept_months"),
            (replace(change, tells_who_answered=True), "tells_who_answered"),
            (replace(change, floors={"direct_report": 4}), "direct_report"),
        ):
            with pytest.raises(RuleBroken) as refused:
                service.tighten(session, hr, running.id, weaker, now=clock.now())
            assert refused.value.field == field


def test_a_cycle_that_has_closed_promises_nothing_new(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = ended(session, acme, clock)
        change = Tightening(k=5, kept_months=24, tells_who_answered=True, floors={})
        with pytest.raises(Conflict):
            service.tighten(session, acme.actor["hr"], running.id, change, now=clock.now())


def test_answers_kept_for_less_long_are_deleted_earlier(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        rolling = {"pace": Pace.ROLLING, "days": 7}
        running = opened(session, acme, clock.now(), settings=rolling, closes_on=date(2027, 6, 30))
        service.start_subject(session, hr, running.subject_id, now=clock.now(), delivery=delivery())
        answered_by(session, running, USUAL_SCORES, clock.now())
        service.close_subject(session, hr, running.subject_id, rater_key=RATER_KEY, now=clock.now())
        change = Tightening(k=3, kept_months=6, tells_who_answered=True, floors={})
        service.tighten(session, hr, running.id, change, now=clock.now())
        due = session.scalars(select(Job.due_at).where(Job.kind == "feedback.forget")).one()
        assert due.date() == date(2027, 5, 1)


def test_the_groups_of_the_organisation_are_copied_into_a_new_cycle(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        assert usual_groups(session) == USUAL_GROUPS
        own = (
            *USUAL_GROUPS[:2],
            replace(USUAL_GROUPS[2], name="Colleagues", floor=5, least=3, most=8),
            RaterGroup(key="", name="Project partners", least=1),
        )
        service.set_usual(session, hr, own, floor=4, budget=12, now=clock.now())
        assert rater_floor(session, acme.id) == 4
        assert rater_budget(session, acme.id) == 12
        planned = set_up(session, acme, clock.now(), raters={"leader": "self"})
        groups = queries.cycle(session, hr, planned.id).groups
        assert groups == (*own[:3], replace(own[3], key="project_partners"))
        service.set_usual(session, hr, USUAL_GROUPS, floor=4, budget=12, now=clock.now())
        assert queries.cycle(session, hr, planned.id).groups == groups


def test_the_floor_of_the_organisation_is_raised_and_never_lowered_again(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        service.set_usual(session, hr, USUAL_GROUPS, floor=5, budget=8, now=clock.now())
        with pytest.raises(RuleBroken, match="It is 5; it can be raised, but never lowered"):
            service.set_usual(session, hr, USUAL_GROUPS, floor=4, budget=8, now=clock.now())
    with database.reading(acme.id) as session:
        assert rater_floor(session, acme.id) == 5


def test_a_group_that_somebody_is_asked_in_cannot_be_taken_away(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now(), raters={"peer_1": "peer"})
        without = [group for group in USUAL_GROUPS if group.key != "peer"]
        with pytest.raises(RuleBroken, match="“Peers”"):
            service.set_groups(session, hr, planned.id, without, now=clock.now())
        service.set_groups(session, hr, planned.id, USUAL_GROUPS[:3], now=clock.now())
        assert len(queries.cycle(session, hr, planned.id).groups) == 3


def test_a_floor_of_a_group_is_obeyed_in_the_report(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now())
        groups = [
            replace(group, floor=6) if group.key == "peer" else group for group in USUAL_GROUPS
        ]
        service.set_groups(session, hr, planned.id, groups, now=clock.now())
        service.open_cycle(session, hr, planned.id, now=clock.now(), delivery=delivery())
        answered_by(session, planned, USUAL_SCORES, clock.now())
        service.close_cycle(session, planned.id, RATER_KEY, clock.now())
        shown = queries.first_reading(session, acme.actor["coach"], planned.subject_id)
        named = [group.name for group in shown.report.release.groups]
    assert named == ["Self", "Manager", "Peers and Direct reports"]


def test_without_debriefs_reports_are_out_at_once(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        assert state_of(session, ended(session, acme, clock, coach_led=False)) == "released"


def test_a_report_waits_for_whoever_reads_its_comments_first_and_then_for_the_coach(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    reader = replace(acme.actor["hr"], person_id=acme.person["peer_1"])
    with database.writing(acme.id) as session:
        running = ended(session, acme, clock, moderator_id=acme.person["peer_1"])
        assert state_of(session, running) == "audited"
        for other in ("coach", "leader", "hr"):
            with pytest.raises(NotVisible):
                service.finish_moderation(
                    session, acme.actor[other], running.subject_id, now=clock.now()
                )
        with pytest.raises(NotVisible):
            queries.first_reading(session, acme.actor["coach"], running.subject_id)
        service.finish_moderation(session, reader, running.subject_id, now=clock.now())
        assert state_of(session, running) == "with the coach"


def test_whoever_reads_comments_first_is_told_that_reports_wait(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(
            session, acme, clock.now(), settings={"moderator_id": acme.person["peer_1"]}
        )
        answered_with_words(session, running, clock)
        service.end_some(session, running.id, RATER_KEY, clock.now())
        service.release_some(
            session, running.id, now=clock.now(), base_url="https://ld.example.org"
        )
        told = session.scalars(
            select(Message.to_address).where(Message.subject.startswith("Comments to read"))
        )
        assert told.all() == ["petra.kline@example.org"]


def test_when_nobody_reads_comments_first_any_more_reports_go_on(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = ended(session, acme, clock, moderator_id=acme.person["peer_1"], coach_led=False)
        service.name_moderator(session, acme.actor["hr"], running.id, None, now=clock.now())
        assert state_of(session, running) == "released"


def test_a_copy_keeps_how_it_was_held_and_asks_for_new_nominations(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    kept = {
        "k": 4,
        "coach_led": False,
        "weighting": Weighting.RATER,
        "tells_who_answered": False,
        "kept_months": 9,
        "reminder_days": (5, 1),
        "nominates": Nominates.LEADER,
        "approves": Approves.COACH,
        "nominate_until": date(2026, 11, 18),
    }
    with database.writing(acme.id) as session:
        first = set_up(session, acme, clock.now(), settings=kept)
        command = CopyCycle(name="Again", opens_on=date(2027, 5, 20), closes_on=date(2027, 6, 3))
        made = service.copy_cycle(session, hr, first.id, command, now=clock.now())
        before, after = queries.cycle(session, hr, first.id), queries.cycle(session, hr, made)
        assert settings_of(after) == replace(
            settings_of(before), nominate_until=date(2027, 5, 20 - 2)
        )
        assert after.groups == before.groups
        assert after.questionnaire_id == before.questionnaire_id
        assert (after.state, after.n_subjects, after.n_invited) == (CycleState.DRAFT, 1, 0)
        copied = session.scalars(select(Cycle.copied_from_id).where(Cycle.id == made)).one()
        assert copied == first.id
        again = session.scalars(select(Subject).where(Subject.cycle_id == made)).one()
        assert (again.person_id, again.state) == (acme.person["leader"], SubjectState.DRAFT)
        asks_how_it_was = select(Pulse.kind).where(Pulse.cycle_id == made)
        assert session.scalars(asks_how_it_was).all() == []
        with pytest.raises(RuleBroken, match="that name"):
            service.copy_cycle(session, hr, first.id, command, now=clock.now())


def test_a_copy_of_a_cycle_that_asked_how_it_was_asks_again(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        first = set_up(session, acme, clock.now())
        ask_about_process(session, hr, first.id, now=clock.now())
        command = CopyCycle(name="Again", opens_on=date(2027, 5, 20), closes_on=date(2027, 6, 3))
        made = service.copy_cycle(session, hr, first.id, command, now=clock.now())
        pulses = session.scalars(
            select(Pulse).where(Pulse.cycle_id == made).order_by(Pulse.kind)
        ).all()
    assert [(one.kind, one.state, one.name, one.opens_on) for one in pulses] == [
        (kind, PulseState.DRAFT, "Again", date(2027, 6, 3)) for kind in sorted(PROCESS_KINDS)
    ]
