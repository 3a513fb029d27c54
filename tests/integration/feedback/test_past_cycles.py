"""Ratings of the past become closed cycles with audited reports, once."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.evidence.queries import entries_for
from ldtrack.feedback import queries, service
from ldtrack.feedback.models import Release, Response
from ldtrack.feedback.service import PastRating, PastRatings
from tests.infrastructure.organisation import SmallOrganisation

SAMPLE = Path(__file__).parents[2] / "data" / "ratings_360.csv"


def sample(acme: SmallOrganisation, **changes: object) -> PastRatings:
    """The shipped file, its competencies taken for two of ours."""
    with SAMPLE.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ours = dict(zip(dict.fromkeys(r["competency_id"] for r in rows), acme.competency, strict=False))
    ratings = tuple(
        PastRating(
            person_id=acme.person["leader"],
            rater=row["rater_id"],
            group=row["rater_group"],
            item=row["item_id"],
            competency_id=acme.competency[ours[row["competency_id"]]],
            score=int(row["score"]) if row["score"].isdigit() else None,
            comment=row["comment"],
        )
        for row in rows
    )
    values: dict[str, object] = {
        "cycle": "2026-H1",
        "closed_on": date(2026, 6, 30),
        "framework_version_id": acme.framework_version_id,
        "ratings": ratings,
    }
    return PastRatings(**{**values, **changes})  # type: ignore[arg-type]  # put together by name


def test_a_file_becomes_one_report_and_evidence_and_no_answer_is_kept(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, leader = acme.actor["hr"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        done = service.import_past_cycle(session, hr, sample(acme), now=clock.now())
        assert (done.added, done.unchanged) == (1, 0)
        (row,) = queries.released_reports(session, leader, acme.person["leader"])
        report = queries.report(session, leader, row.release_id).report
        assert (report.cycle, report.closed_on) == ("2026-H1", date(2026, 6, 30))
        assert [group.name for group in report.release.groups] == [
            "Self",
            "Manager",
            "Peers",
            "Direct reports and Stakeholders",
        ]
        assert session.scalars(select(Response.id)).all() == []
        entries = entries_for(session, leader, acme.person["leader"])
        assert [e.observed_on for found in entries.values() for e in found] == [
            date(2026, 6, 30)
        ] * len(report.competencies)


def test_importing_twice_changes_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        first = service.import_past_cycle(session, hr, sample(acme), now=clock.now())
        before = session.execute(select(Release.id, Release.document)).all()
        second = service.import_past_cycle(session, hr, sample(acme), now=clock.now())
        assert (second.cycle_id, second.added, second.unchanged) == (first.cycle_id, 0, 1)
        assert session.execute(select(Release.id, Release.document)).all() == before


def test_files_that_cannot_be_are_refused(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    one = sample(acme).ratings[0]
    with database.writing(acme.id) as session:
        for changes, sentence in (
            ({"ratings": ()}, "no ratings"),
            ({"closed_on": date(2027, 1, 1)}, "in the future"),
            ({"ratings": (replace(one, score=9),)}, "Scores go from 1 to 5"),
            ({"ratings": (replace(one, group="friends"),)}, "no rater group"),
            (
                {"ratings": (replace(one, competency_id=rival.competency["coaching-others"]),)},
                "not of this framework",
            ),
        ):
            with pytest.raises(RuleBroken, match=sentence), session.begin_nested():
                service.import_past_cycle(session, hr, sample(acme, **changes), now=clock.now())
        strangers = (replace(one, person_id=rival.person["leader"]),)
        with pytest.raises(NotVisible):
            service.import_past_cycle(session, hr, sample(acme, ratings=strangers), now=clock.now())
        service.import_past_cycle(session, hr, sample(acme), now=clock.now())
        other_day = sample(acme, closed_on=date(2026, 5, 1))
        with pytest.raises(RuleBroken, match="another cycle"):
            service.import_past_cycle(session, hr, other_day, now=clock.now())
