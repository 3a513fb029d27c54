"""A file is kept with its thing, bounded by what it is for, and goes when its thing is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import RuleBroken
from ldtrack.courses.models import Certificate
from ldtrack.db.session import Database
from ldtrack.files.domain import FileUse
from ldtrack.files.queries import files_of
from ldtrack.files.service import LOOSE_FOR, keep_file, tidy_files
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.courses.test_certificates import PDF, handed_in


def kept(session: Session, acme: SmallOrganisation, clock: SetClock, raw: bytes = PDF) -> int:
    return keep_file(
        session,
        raw,
        use=FileUse.AGREEMENT,
        person_id=acme.person["leader"],
        name="paper.pdf",
        now=clock.now(),
    )


def test_a_file_is_no_larger_than_its_use_allows(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        with pytest.raises(RuleBroken, match="at most 5 MB"):
            kept(session, acme, clock, PDF + bytes(5_000_000))
        with pytest.raises(RuleBroken, match="This file is empty"):
            kept(session, acme, clock, b"")
        assert files_of(session, acme.person["leader"]) == []


def test_files_are_counted_for_each_use(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        for _ in range(FileUse.AGREEMENT.most_each):
            kept(session, acme, clock)
        with pytest.raises(RuleBroken, match="20 files are kept already"):
            kept(session, acme, clock)
        handed_in(session, acme, clock)
        assert len(files_of(session, acme.person["leader"])) == 20 + 1


def test_what_belongs_to_nothing_any_more_goes_after_a_day(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    later = clock.now() + LOOSE_FOR + timedelta(seconds=1)
    for organisation in (acme, rival):
        with database.writing(organisation.id) as session:
            handed_in(session, organisation, clock)
            handed_in(session, organisation, clock)
    with database.writing() as session:
        assert tidy_files(session, later) == 0
    with database.writing(acme.id) as session:
        session.execute(delete(Certificate))
    with database.writing() as session:
        assert tidy_files(session, clock.now() + LOOSE_FOR) == 0
        assert tidy_files(session, later) == 2
    with database.reading(rival.id) as session:
        assert len(files_of(session, rival.person["leader"])) == 2
