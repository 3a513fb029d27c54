"""A cycle as a whole: who may open its page, what is on it, and a report made again from it."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback import service
from ldtrack.feedback.domain.plain_json import plain
from ldtrack.feedback.domain.profile import EVERYBODY, Measure, ProfileCell
from ldtrack.feedback.models import CycleSummary, Response
from tests.infrastructure.feedback import RATER_KEY, USUAL_SCORES, RunningCycle, answered_by
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit


@pytest.fixture
def closed(
    database: Database, acme: SmallOrganisation, clock: SetClock, running: RunningCycle
) -> RunningCycle:
    """Everybody answered; the coach has the report."""
    with database.writing(acme.id) as session:
        answered_by(session, running, USUAL_SCORES, clock.now())
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
    return running


def test_hr_and_the_coach_open_it_and_the_leader_when_their_report_is_out(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation, closed: RunningCycle
) -> None:
    page = f"/feedback/cycles/{encode(closed.id)}/profile"
    visitors = {role: visit(actor) for role, actor in acme.actor.items()}
    visitors["rival_hr"] = visit(rival.actor["hr"])

    def may(address: str) -> set[str]:
        return {role for role, v in visitors.items() if v.get(address).status_code == 200}

    assert may(page) == may(f"{page}.csv") == {"hr", "coach"}
    visitors["coach"].post(f"/feedback/debriefs/{encode(closed.subject_id)}/pass-on")
    assert may(page) == {"hr", "coach", "leader"}


def test_before_it_closes_there_is_no_profile(
    visit: Visit, acme: SmallOrganisation, running: RunningCycle
) -> None:
    assert (
        visit(acme.actor["hr"]).get(f"/feedback/cycles/{encode(running.id)}/profile").status_code
        == 404
    )


def test_one_leader_is_no_cohort_and_the_page_says_so(
    visit: Visit, acme: SmallOrganisation, closed: RunningCycle
) -> None:
    text = visit(acme.actor["hr"]).get(f"/feedback/cycles/{encode(closed.id)}/profile").text
    assert "Too few leaders to show them together." in text
    assert "That cannot be said yet: it takes ten leaders" in text
    file = visit(acme.actor["hr"]).get(f"/feedback/cycles/{encode(closed.id)}/profile.csv").text
    assert file.removeprefix("\ufeff").split() == ["Cut,Competency,What,Leaders,Figure"]


def test_hr_reads_reasons_and_counts_and_no_figure(
    visit: Visit, acme: SmallOrganisation, closed: RunningCycle
) -> None:
    text = visit(acme.actor["hr"]).get(f"/feedback/cycles/{encode(closed.id)}/profile").text
    assert "cleared, 0 cells hidden" in text
    assert "3.6" not in text
    coach = visit(acme.actor["coach"]).get(f"/feedback/cycles/{encode(closed.id)}/profile").text
    assert "What the audit of each report said" not in coach


def test_a_report_is_made_again_or_the_reason_is_told(
    visit: Visit, database: Database, acme: SmallOrganisation, closed: RunningCycle
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/feedback/subjects/{encode(closed.subject_id)}/make-again"
    page = f"/feedback/cycles/{encode(closed.id)}/profile"
    assert hr.post(address).status_code == 303
    assert "Nothing has changed since this report was made." in hr.get(page).text
    with database.writing(acme.id) as session:
        one = session.scalars(select(Response.id).where(Response.group_key == "peer")).first()
        session.execute(delete(Response).where(Response.id == one))
    hr.post(address)
    assert "so the old one stays" in hr.get(page).text
    assert visit(acme.actor["coach"]).post(address).status_code == 403


def test_a_sponsor_reads_a_profile_that_shows_something(
    visit: Visit, database: Database, acme: SmallOrganisation, closed: RunningCycle
) -> None:
    page = f"/feedback/cycles/{encode(closed.id)}/profile"
    sponsor = visit(acme.actor["sponsor"])
    assert sponsor.get(page).status_code == 404
    with database.writing(acme.id) as session:
        summary = session.scalars(select(CycleSummary)).one()
        cell = ProfileCell(
            cut=EVERYBODY,
            competency_id=acme.competency["coaching-others"],
            measure=Measure.OTHERS,
            people=(acme.person["leader"], 1, 2, 3, 4, 5),
            mean=3.4,
        )
        summary.profile = {**summary.profile, "cuts": [EVERYBODY], "cells": [plain(cell)]}
    text = sponsor.get(page).text
    assert "3.4 (n 6)" in text
    assert "What the audit of each report said" not in text
