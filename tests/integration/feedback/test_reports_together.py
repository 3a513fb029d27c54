"""Reports of several cycles about one leader, as they are made, stored and set side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Invitation, Release, Subject
from ldtrack.feedback.queries import ShownReport
from ldtrack.feedback.service.earlier import who_answered
from tests.infrastructure.feedback import (
    RATER_KEY,
    USUAL_SCORES,
    RunningCycle,
    answered_by,
    closed,
    opened,
)
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.feedback.test_past_cycles import sample


def again(
    session: Session,
    acme: SmallOrganisation,
    clock: SetClock,
    raters: Iterable[str],
    *,
    months: int = 1,
    asked: Mapping[str, str] | None = None,
) -> RunningCycle:
    """A later cycle about the leader in which these answer as they did before."""
    clock.instant += timedelta(days=30 * months)
    later = opened(
        session,
        acme,
        clock.now(),
        name=f"Held on {clock.now():%d %B %Y}",
        closes_on=clock.now().date() + timedelta(days=10),
        raters=asked,
    )
    answered_by(session, later, raters, clock.now())
    service.close_cycle(session, later.id, RATER_KEY, clock.now())
    return later


def report_of(session: Session, acme: SmallOrganisation, running: RunningCycle) -> ShownReport:
    return queries.first_reading(session, acme.actor["coach"], running.subject_id)


def printed(shown: ShownReport) -> list[dict[str, str]]:
    """By competency, what each group's figure says."""
    return [
        {group.group_key: group.figure.text for group in result.groups}
        for result in shown.report.release.competencies
    ]


BUT_ONE = [rater for rater in USUAL_SCORES if rater != "peer_4"]


def test_one_rater_less_leaves_bands_and_the_other_groups_as_they_were(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        closed(session, acme, clock.now())
        shown = report_of(session, acme, again(session, acme, clock, BUT_ONE))
    assert printed(shown) == [
        {"manager": "4.0", "peer": "between 3 and 5", "direct_report": "2.7"}
    ] * len(acme.competency)
    assert shown.verdict.rough == len(acme.competency)
    assert shown.verdict.elsewhere > 0
    assert {cells.reason.value for cells in shown.verdict.hidden} == {"between-cycles"}


def test_the_same_raters_have_the_same_figures(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        before = report_of(session, acme, closed(session, acme, clock.now()))
        after = report_of(session, acme, again(session, acme, clock, USUAL_SCORES))
    assert printed(after) == printed(before)
    assert after.verdict.rough == 0


def test_a_report_that_only_the_coach_has_read_counts_too(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        first = closed(session, acme, clock.now())
        later = again(session, acme, clock, BUT_ONE)
        states = set(session.scalars(select(Subject.state)))
        assert states == {SubjectState.WITH_COACH}
        assert first.subject_id != later.subject_id
        assert "between 3 and 5" in str(printed(report_of(session, acme, later)))


def test_somebody_is_the_same_as_a_person_and_at_an_address(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    """Else one who left and one who joined would look like two others."""
    with database.writing(acme.id) as session:
        first = closed(session, acme, clock.now())
        outside = Invitation.id == first.invitation["peer_1"]
        session.execute(update(Invitation).where(outside).values(person_id=None))
        moved = Invitation.id == first.invitation["peer_2"]
        session.execute(update(Invitation).where(moved).values(email="before@example.org"))
        later = again(session, acme, clock, USUAL_SCORES)
        found = who_answered(session, [acme.person["leader"]])
    assert found[first.subject_id] == found[later.subject_id]


def test_a_third_cycle_is_put_beside_both(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        closed(session, acme, clock.now())
        again(session, acme, clock, BUT_ONE)
        third = report_of(session, acme, again(session, acme, clock, USUAL_SCORES, months=2))
    # As in the first cycle; beside the second, somebody came, whose answer the two would tell.
    assert {figures["peer"] for figures in printed(third)} == {"4.0"}
    assert {figures["direct_report"] for figures in printed(third)} == {"2.7"}


def test_after_an_erasure_the_one_erased_counts_as_gone(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        first = closed(session, acme, clock.now())
        session.execute(delete(Invitation).where(Invitation.id == first.invitation["peer_4"]))
        shown = report_of(session, acme, again(session, acme, clock, BUT_ONE))
    assert {figures["peer"] for figures in printed(shown)} == {"between 3 and 5"}


def test_a_new_edition_of_the_first_is_put_beside_the_second(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    """Nothing of the first changed, so its figures are as they were."""
    with database.writing(acme.id) as session:
        first = closed(session, acme, clock.now())
        before = printed(report_of(session, acme, first))
        again(session, acme, clock, BUT_ONE)
        of_first = Release.subject_id == first.subject_id
        document = session.scalars(select(Release.document).where(of_first)).one()
        misspelt = {**document, "cycle": "Misspelt"}
        session.execute(update(Release).where(of_first).values(document=misspelt))
        number = service.make_again(session, acme.actor["hr"], first.subject_id, now=clock.now())
        assert number == 2
        assert printed(report_of(session, acme, first)) == before


def test_ratings_from_elsewhere_are_put_beside_if_their_raters_have_addresses(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    past = sample(acme, closed_on=date(2026, 3, 31), cycle="Held elsewhere")
    named = replace(
        past,
        ratings=tuple(replace(r, rater=f"{r.rater}@before.example") for r in past.ratings),
    )
    shown = {}
    for key, command in (("named", named), ("unknown", past)):
        with database.writing(acme.id) as session:
            service.import_past_cycle(session, acme.actor["hr"], command, now=clock.now())
            shown[key] = printed(report_of(session, acme, closed(session, acme, clock.now())))
            session.rollback()
    assert {figures["peer"] for figures in shown["named"]} == {"4.0"}
    asked_before = {r.competency_id for r in past.ratings}
    hidden = [figures["peer"].startswith("No exact figure") for figures in shown["unknown"]]
    assert sum(hidden) == len(asked_before)
