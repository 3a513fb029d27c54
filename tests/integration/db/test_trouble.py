"""What a database says when it cannot do its work is told apart from faults of ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError

from ldtrack.core.clock import SetClock
from ldtrack.db.engine import engine_for
from ldtrack.db.session import Database
from ldtrack.db.trouble import Trouble, trouble_of
from ldtrack.people.models import Organisation
from ldtrack.people.service.directory import found_organisation


def _trouble(act: Callable[[], object]) -> Trouble | None:
    with pytest.raises(DBAPIError) as caught:
        act()
    return trouble_of(caught.value)


def test_whoever_waits_too_long_for_another_is_told_that_it_is_busy(
    database: Database, clock: SetClock
) -> None:
    with database.writing() as session:
        found_organisation(session, name="Acme", created_at=clock.now())
    engine = engine_for(database.engine.url.render_as_string(hide_password=False), patience=0.2)

    def rename() -> None:
        with Database(engine).writing() as second:
            second.scalars(select(Organisation).with_for_update()).one().name = "Other"

    with database.writing() as first:
        first.scalars(select(Organisation).with_for_update()).one().name = "Renamed"
        first.flush()
        assert _trouble(rename) == Trouble.BUSY
    rename()
    engine.dispose()


def test_a_file_that_may_not_grow_is_told_to_be_full_and_holds_nothing_of_it(
    sqlite_database: Database, clock: SetClock
) -> None:
    with sqlite_database.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    sqlite_database.engine.dispose()
    event.listen(
        sqlite_database.engine,
        "connect",
        lambda connection, _: connection.execute(f"PRAGMA max_page_count={pages}"),
    )

    def found_many() -> None:
        with sqlite_database.writing() as session:
            for number in range(500):
                found_organisation(session, name=f"{number:0200}", created_at=clock.now())

    assert _trouble(found_many) == Trouble.FULL
    with sqlite_database.reading() as session:
        assert session.scalars(select(Organisation.id)).all() == []


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////nowhere/at/all.db",
        pytest.param(
            "postgresql+psycopg://nobody@/nothing?host=/nowhere", marks=pytest.mark.postgres
        ),
    ],
)
def test_a_database_that_cannot_be_reached_is_told_to_be_away(url: str) -> None:
    engine = engine_for(url)
    assert _trouble(lambda: engine.connect()) == Trouble.AWAY


def test_a_fault_of_ours_is_no_trouble(database: Database) -> None:
    def ask() -> None:
        with database.reading() as session:
            session.execute(text("SELECT nonsense FROM nowhere"))

    assert _trouble(ask) is None
