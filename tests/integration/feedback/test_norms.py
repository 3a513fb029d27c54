"""Norms: loaded ones, the organisation's own, and which of them a report prints."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.exchange import norms_import
from ldtrack.exchange.norms_import import NormSetting
from ldtrack.feedback import queries, service
from ldtrack.feedback.models import NormSet, NormValue
from ldtrack.feedback.queries.norms import norm_sets
from tests.infrastructure.feedback import closed
from tests.infrastructure.organisation import SmallOrganisation

FILE = b"competency_id,mean,low,high\ncoaching-others,3.7,3.3,4.1\n"


def setting(acme: SmallOrganisation, as_of: date = date(2026, 1, 30)) -> NormSetting:
    return NormSetting(
        framework_version_id=acme.framework_version_id,
        source="A publisher",
        population="Managers in public services",
        n_leaders=900,
        as_of=as_of,
    )


def load(session: Session, acme: SmallOrganisation, clock: SetClock, raw: bytes = FILE) -> None:
    report = norms_import.import_file(
        session, acme.actor["hr"], raw, setting(acme), now=clock.now()
    )
    assert report.stored


def test_a_loaded_norm_is_printed_with_all_that_has_to_stand_beside_it(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        load(session, acme, clock)
        running = closed(session, acme, clock.now())
        norm = queries.first_reading(
            session, acme.actor["coach"], running.subject_id
        ).report.insights.norm
    assert norm is not None
    assert (norm.source, norm.population, norm.n_leaders, norm.as_of) == (
        "A publisher",
        "Managers in public services",
        "900",
        date(2026, 1, 30),
    )
    assert [(b.competency_id, b.low, b.high) for b in norm.bands] == [
        (acme.competency["coaching-others"], 3.3, 4.1)
    ]


def test_the_same_norm_twice_changes_nothing_and_can_be_forgotten(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        load(session, acme, clock)
        again = norms_import.import_file(session, hr, FILE, setting(acme), now=clock.now())
        assert (again.added, again.unchanged, again.stored) == (0, 1, True)
        (row,) = norm_sets(session, hr)
        with pytest.raises(NotAllowed):
            service.drop_norms(session, acme.actor["coach"], row.id, now=clock.now())
    with database.writing(rival.id) as session, pytest.raises(NotVisible):
        service.drop_norms(session, rival.actor["hr"], row.id, now=clock.now())
    with database.writing(acme.id) as session:
        service.drop_norms(session, hr, row.id, now=clock.now())
        assert norm_sets(session, hr) == []


def test_rows_that_do_not_fit_the_framework_are_named_and_nothing_is_stored(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    raw = b"competency_id,mean,low,high\nflying,3,2,4\ncoaching-others,3.7,3.3,6\n"
    with database.writing(acme.id) as session:
        report = norms_import.import_file(
            session, acme.actor["hr"], raw, setting(acme), now=clock.now()
        )
        assert [(p.line, p.column) for p in report.problems] == [(2, "competency_id"), (3, "high")]
        ahead = setting(acme, clock.now().date() + timedelta(days=1))
        late = norms_import.import_file(session, acme.actor["hr"], FILE, ahead, now=clock.now())
        assert [p.reason for p in late.problems] == ["Its day lies in the future."]
        assert norm_sets(session, acme.actor["hr"]) == []


def test_too_few_leaders_make_no_norm_of_their_own(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        service.pass_on(session, acme.actor["coach"], running.subject_id, now=clock.now())
        with pytest.raises(RuleBroken, match="30 leaders"):
            service.make_norms_by_hand(
                session, acme.actor["hr"], acme.framework_version_id, now=clock.now()
            )


@pytest.mark.parametrize(
    ("others", "source"),
    [
        (range(1, 31), "This organisation"),
        # The reader's coach has read the reports of all but four behind the band.
        (range(1, 5), "A publisher"),
    ],
)
def test_an_own_norm_is_printed_unless_the_reader_knows_most_of_it(
    database: Database, acme: SmallOrganisation, clock: SetClock, others: range, source: str
) -> None:
    with database.writing(acme.id) as session:
        load(session, acme, clock)
        own = NormSet(
            framework_version_id=acme.framework_version_id,
            is_own=True,
            source="This organisation",
            population="Leaders here",
            n_leaders=30,
            as_of=clock.now().date(),
        )
        session.add(own)
        session.flush()
        session.add(
            NormValue(
                norm_set_id=own.id,
                competency_id=acme.competency["coaching-others"],
                mean=3.5,
                low=3.0,
                high=4.0,
                leaders=[acme.person["leader"], *others],
            )
        )
        session.flush()
        running = closed(session, acme, clock.now())
        norm = queries.first_reading(
            session, acme.actor["coach"], running.subject_id
        ).report.insights.norm
    assert norm is not None
    assert norm.source == source


def test_a_band_must_ascend_in_the_database_too(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        load(session, acme, clock)
    with pytest.raises(Exception, match="band_ascends"), database.writing(acme.id) as session:
        session.execute(update(NormValue).values(low=5.0))
    with database.reading(acme.id) as session:
        assert session.scalars(select(NormValue.low)).all() == [3.3]
