"""What a part of a file asks of the database, which must not grow with the rows in it."""

from __future__ import annotations

from functools import partial
from io import BytesIO

import pytest
from sqlalchemy import func, select

from ldtrack.core.clock import SetClock
from ldtrack.courses.models import Completion
from ldtrack.db.session import Database
from ldtrack.evidence.models import Evidence
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.service import carrying_out, keeping, looking
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.courses.makers import a_course


def _people(count: int) -> bytes:
    rows = (f"X{n},x{n}@example.org,Kim,{f'X{n // 10}' if n else ''}\n" for n in range(count))
    return ("external_id,email,first_name,manager_external_id\n" + "".join(rows)).encode()


def _completions(count: int) -> bytes:
    rows = (f"X{n},LC-101,2026-01-{n % 28 + 1:02},{n % 101},100\n" for n in range(count))
    return ("external_id,course_code,completed_on,score,score_max\n" + "".join(rows)).encode()


def _stored(
    database: Database, acme: SmallOrganisation, clock: SetClock, kind: ImportKind, raw: bytes
) -> int:
    """How many statements storing takes, its looking not counted."""
    ready, hr, now = partial(database.writing, acme.id), acme.actor["hr"], clock.now()
    with ready() as session:
        run_id = keeping.begin(session, hr, kind, BytesIO(raw), name="all.csv", now=now)
    looking.look(ready, run_id, now=now)
    with ready() as session:
        carrying_out.say_yes(
            session, hr, run_id, skip_bad=False, leavers=False, now=now, due_at=now
        )
    with counted(database.engine) as statements:
        carrying_out.go_on(ready, run_id, now)
    return len(statements)


# A full part asks twice for its 2,000 people, 500 at a time: three times more than for a few.
@pytest.mark.parametrize(
    ("count", "first", "again"), [(20, 19, 17), (400, 19, 17), (2_000, 19 + 2 * 3, 17 + 2 * 3)]
)
def test_completions_of_a_part_are_written_by_one_statement_for_each_table(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    count: int,
    first: int,
    again: int,
) -> None:
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now(), levels={"strategic-thinking": 3, "coaching-others": 2})
    _stored(database, acme, clock, ImportKind.PEOPLE, _people(count))
    assert _stored(database, acme, clock, ImportKind.COMPLETIONS, _completions(count)) == first
    assert _stored(database, acme, clock, ImportKind.COMPLETIONS, _completions(count)) == again
    with database.reading(acme.id) as session:
        assert session.scalar(select(func.count(Completion.id))) == count
        assert session.scalar(select(func.count(Evidence.id))) == 2 * count


@pytest.mark.parametrize("count", [20, 400])
def test_a_part_of_people_and_their_lines_ask_as_much_whatever_is_in_them(
    database: Database, acme: SmallOrganisation, clock: SetClock, count: int
) -> None:
    assert _stored(database, acme, clock, ImportKind.PEOPLE, _people(count)) == 34
    assert _stored(database, acme, clock, ImportKind.PEOPLE, _people(count)) == 29
