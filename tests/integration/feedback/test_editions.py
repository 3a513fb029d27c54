"""A report made again: a new edition where that gives nobody away, else the reason why not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from ldtrack.competencies.models import Competency
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed, RuleBroken
from ldtrack.db.session import Database
from ldtrack.evidence.domain import EvidenceForm
from ldtrack.evidence.queries import entries_for
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.history import history_from_dict
from ldtrack.feedback.domain.verdict import Verdict
from ldtrack.feedback.models import Release, Response, Subject
from tests.infrastructure.feedback import RATER_KEY, RunningCycle, answered_by, closed, opened
from tests.infrastructure.organisation import SmallOrganisation


def again(session: Session, acme: SmallOrganisation, running: RunningCycle, clock: SetClock) -> int:
    return service.make_again(session, acme.actor["hr"], running.subject_id, now=clock.now())


def rename(session: Session, acme: SmallOrganisation) -> None:
    """Change something that a report prints and that has nothing to do with raters."""
    id_ = acme.competency["coaching-others"]
    session.execute(update(Competency).where(Competency.id == id_).values(name="Coaching people"))


def test_a_release_keeps_its_history_and_what_its_audit_said(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        stored = session.scalars(select(Release.history)).one()
        shown = queries.first_reading(session, acme.actor["coach"], running.subject_id)
        keys = set(session.scalars(select(Response.id).where(Response.group_key == "peer")))
    assert stored is not None
    history = history_from_dict(stored)
    assert dict(history.cells)["peer"] == keys
    assert shown.verdict == Verdict(k=3, figures=len(history.figures))


def test_nothing_changed_makes_no_edition(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        with pytest.raises(RuleBroken, match="Nothing has changed"):
            again(session, acme, running, clock)
        assert session.scalar(select(func.count()).select_from(Release)) == 1


def test_a_new_edition_takes_the_place_of_the_old_one_which_stays_readable(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, coach = acme.actor["leader"], acme.actor["coach"]
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        service.pass_on(session, coach, running.subject_id, now=clock.now())
        (before,) = queries.released_reports(session, leader, acme.person["leader"])
        rename(session, acme)
        clock.instant += timedelta(days=1)
        assert again(session, acme, running, clock) == 2
        (row,) = queries.released_reports(session, leader, acme.person["leader"])
        old = queries.report(session, leader, before.release_id)
        new = queries.report(session, leader, row.release_id)
        assert (old.number, old.newer_id, new.number, new.newer_id) == (1, new.release_id, 2, None)
        assert old.report.competencies[0].name == "Coaching others"
        assert new.report.competencies[0].name == "Coaching people"
        assert new.report.release.competencies == old.report.release.competencies
        assert new.verdict.earlier == old.verdict.figures
        entries = entries_for(session, leader, acme.person["leader"])
        told = entries[acme.competency["coaching-others"]]
        in_force = [e.source_id for e in told if e.form is not EvidenceForm.WITHDRAWN]
        assert in_force == [new.release_id]


def test_after_an_erasure_the_old_edition_stays_and_says_why(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        one = session.scalars(select(Response.id).where(Response.group_key == "peer")).first()
        session.execute(delete(Response).where(Response.id == one))
        with pytest.raises(RuleBroken, match="fewer than 3 people were taken away"):
            again(session, acme, running, clock)
        assert session.scalar(select(func.count()).select_from(Release)) == 1


def test_answers_that_are_forgotten_make_no_edition_and_leave_no_keys(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        service.forget_answers(session, running.id, now=clock.now() + timedelta(days=800))
        assert session.scalars(select(Release.history)).one() is None
        assert session.scalars(select(Release.counted)).one() is not None
        with pytest.raises(RuleBroken, match="are gone"):
            again(session, acme, running, clock)


def test_only_hr_makes_a_report_again(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        with pytest.raises(NotAllowed):
            service.make_again(session, acme.actor["coach"], running.subject_id, now=clock.now())


def second_cycle(
    session: Session, acme: SmallOrganisation, clock: SetClock, raters: list[str]
) -> queries.ShownReport:
    """A first cycle that everybody answered, and a second one that these raters did."""
    coach = acme.actor["coach"]
    first = closed(session, acme, clock.now())
    service.pass_on(session, coach, first.subject_id, now=clock.now())
    clock.instant += timedelta(days=30)
    later = opened(
        session,
        acme,
        clock.now(),
        name="A month later",
        closes_on=clock.now().date() + timedelta(days=10),
    )
    answered_by(session, later, raters, clock.now())
    service.close_cycle(session, later.id, RATER_KEY, clock.now())
    return queries.first_reading(session, coach, later.subject_id)


def test_the_same_raters_let_the_change_be_shown(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        everybody = [*acme.person.keys() & _RATERS]
        since = second_cycle(session, acme, clock, everybody).report.insights.since
    assert since is not None
    assert (since.cycle, {c.comparison.value for c in since.changes}) == ("Autumn 2026", {"change"})
    assert {(c.difference, c.word.value if c.word else "") for c in since.changes} == {
        (0.0, "no clear change")
    }


def test_one_rater_less_leaves_bands_and_no_number(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        but_one = [*(acme.person.keys() & _RATERS) - {"peer_4"}]
        since = second_cycle(session, acme, clock, but_one).report.insights.since
    assert since is not None
    assert {(c.comparison.value, c.difference, c.before) for c in since.changes} == {
        ("bands", None, "between 3 and 4")
    }


_RATERS = {
    "leader",
    "manager",
    "peer_1",
    "peer_2",
    "peer_3",
    "peer_4",
    "report_1",
    "report_2",
    "report_3",
}


def test_a_report_that_waits_for_the_coach_is_not_compared_with(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        closed(session, acme, clock.now())
        clock.instant += timedelta(days=30)
        later = opened(
            session,
            acme,
            clock.now(),
            name="A month later",
            closes_on=clock.now().date() + timedelta(days=10),
        )
        answered_by(session, later, [*_RATERS], clock.now())
        service.close_cycle(session, later.id, RATER_KEY, clock.now())
        shown = queries.first_reading(session, acme.actor["coach"], later.subject_id)
        assert shown.report.insights.since is None
        assert session.scalars(select(Subject.state)).all()
