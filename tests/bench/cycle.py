"""One large 360 cycle from launch to release: `python -m tests.bench.cycle --subjects 200`.

Eight raters a subject answer thirty statements. Each step is printed as CPU seconds of this
process and of PostgreSQL, if it is asked for; in all and for one subject, beside the same rows by
a bare cursor on an SQLite file.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func, insert, select, update

from ldtrack.access.domain import Actor, at_the_console
from ldtrack.app.tables import metadata
from ldtrack.core.ids import new_id
from ldtrack.db import migrate
from ldtrack.db.engine import engine_for
from ldtrack.db.session import Database
from ldtrack.evidence.models import Evidence
from ldtrack.feedback import service
from ldtrack.feedback.domain.commands import BuildQuestionnaire, NewCycle
from ldtrack.feedback.models import Cycle, Invitation, Item, Release, Subject
from ldtrack.people.models import Organisation, Person
from tests.bench.server import cpu_ms, family, postgres, settle
from tests.infrastructure.organisation import SmallOrganisation, found
from tests.infrastructure.sealing import SEAL

_Step = Callable[[Database, "Planned"], None]
_KEY = "for the bench"
_GROUPS = ("self", "manager", "peer", "peer", "peer", "report", "report", "report")
_STATEMENTS = 30
_NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
_DELIVERY = service.Delivery(rater_key=_KEY, base_url="https://ld.example.org")


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A draft with everybody in it."""

    organisation: int
    hr: Actor
    cycle_id: int
    items: list[int]


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--subjects", type=int, default=200)
    asked.add_argument("--postgres", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not given.postgres:
            _run(given.subjects, Path(folder), f"sqlite:///{Path(folder) / 'bench.db'}", [])
            return
        with postgres(Path(folder)) as (url, pids):
            _run(given.subjects, Path(folder), url, pids)


def _run(n: int, folder: Path, url: str, database_pids: list[int]) -> None:
    engine = engine_for(url)
    migrate.upgrade(engine, metadata())
    database = Database(engine, seal=SEAL)
    planned = _plan(database, n)
    settle(database)
    print(f"{n} subjects × {len(_GROUPS)} raters × {len(planned.items)} statements\n")
    print("| step | CPU s | of the database | ms a subject | bare cursor, CPU s | × bare |")
    print("|---|---|---|---|---|---|")
    floor = _Floor(folder / "floor.db", n)
    steps: dict[str, tuple[_Step, _Step]] = {
        "launch: keys, links, mails": (_launch, floor.launch),
        "all questionnaires sent": (_answer, floor.answers),
        "close, a hundred at a time": (_close, floor.close),
        "audit, report, evidence, mail": (_release, floor.releases),
        "sum up: profile and reliability": (_sum_up, floor.summary),
    }
    for name, (run, bare_rows) in steps.items():
        before = cpu_ms(_all(database_pids))
        spent = _cpu(partial(run, database, planned))
        stored = (cpu_ms(_all(database_pids)) - before) / 1000
        bare = _cpu(partial(bare_rows, database, planned))
        each = 1000 * (spent + stored) / n
        print(
            f"| {name} | {spent:.1f} | {f'{stored:.1f}' if database_pids else 'in it'} | "
            f"{each:.1f} | {bare:.2f} | {(spent + stored) / bare:.0f} |",
            flush=True,
        )
    engine.dispose()


def _all(pids: list[int]) -> list[int]:
    return [child for pid in pids for child in family(pid)]


def _launch(database: Database, planned: Planned) -> None:
    with database.writing(planned.organisation) as session:
        service.open_cycle(session, planned.hr, planned.cycle_id, now=_NOW, delivery=_DELIVERY)
    left = 1
    while left:
        with database.writing(planned.organisation) as session:
            left = service.invite_some(session, planned.cycle_id, now=_NOW, delivery=_DELIVERY)


def _answer(database: Database, planned: Planned) -> None:
    random = Random(7)
    with database.reading(planned.organisation) as session:
        invitations = list(session.scalars(select(Invitation.id)))
    for invitation in invitations:
        scores: dict[int, int | None] = {item: random.randint(1, 5) for item in planned.items}
        with database.writing(planned.organisation) as session:
            service.store_response(session, invitation, scores, {}, rater_key=_KEY, now=_NOW)


def _close(database: Database, planned: Planned) -> None:
    left = 1
    while left:
        with database.writing(planned.organisation) as session:
            left = service.end_some(session, planned.cycle_id, _KEY, _NOW)


def _release(database: Database, planned: Planned) -> None:
    left = 1
    while left:
        with database.writing(planned.organisation) as session:
            left = service.release_some(
                session, planned.cycle_id, now=_NOW, base_url="https://ld.example.org"
            )


def _sum_up(database: Database, planned: Planned) -> None:
    with database.reading(planned.organisation) as session:
        summary = service.summary_of(session, planned.cycle_id)
    if summary is None:
        raise SystemExit("There was a report left to make.")
    with database.writing(planned.organisation) as session:
        service.keep_summary(session, planned.cycle_id, summary, now=_NOW)


def _plan(database: Database, n: int) -> Planned:
    """An organisation of three people for each subject, and a draft that asks eight of each."""
    with database.writing() as session:
        acme = found(session, "Bench", _NOW)
        session.execute(
            update(Organisation).where(Organisation.id == acme.id).values(rater_budget=100)
        )
    console = at_the_console(acme.id)
    people = [_person(acme.id, number) for number in range(4 * n + n // 8 + 1)]
    with database.writing(acme.id) as session:
        session.execute(insert(Person), people)
        command = NewCycle(
            name="Large",
            opens_on=_NOW.date(),
            closes_on=date(2026, 12, 4),
            questionnaire=BuildQuestionnaire(
                framework_version_id=acme.framework_version_id,
                competency_ids=tuple(acme.competency.values()),
            ),
        )
        cycle_id = service.create_cycle(session, console, command, now=_NOW)
        form_id = session.scalars(select(Cycle.questionnaire_id).where(Cycle.id == cycle_id)).one()
        items = _more_items(session, acme, form_id)
        subjects = [
            {
                "id": new_id(),
                "organisation_id": acme.id,
                "cycle_id": cycle_id,
                "person_id": people[number]["id"],
                "for_coach": [],
            }
            for number in range(n)
        ]
        session.execute(insert(Subject), subjects)
        session.execute(insert(Invitation), list(_invitations(people, subjects, n)))
    return Planned(organisation=acme.id, hr=console, cycle_id=cycle_id, items=items)


def _more_items(session: Any, acme: SmallOrganisation, form_id: int) -> list[int]:
    """Thirty statements in all, ten on each competency."""
    here = session.scalar(select(func.count()).where(Item.questionnaire_id == form_id))
    competencies = list(acme.competency.values())
    for number in range(here, _STATEMENTS):
        session.add(
            Item(
                questionnaire_id=form_id,
                competency_id=competencies[number % len(competencies)],
                text=f"Statement {number}",
                position=number,
            )
        )
    session.flush()
    return list(session.scalars(select(Item.id).where(Item.questionnaire_id == form_id)))


def _person(organisation_id: int, number: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "organisation_id": organisation_id,
        "external_id": f"B{number}",
        "email": f"b{number}@bench.example",
        "first_name": "Person",
        "last_name": f"{number}",
    }


def _invitations(
    people: list[dict[str, Any]], subjects: list[dict[str, Any]], n: int
) -> Iterator[dict[str, Any]]:
    for number, subject in enumerate(subjects):
        raters = [number, 4 * n + number // 8]
        raters += [(number + step) % n for step in (1, 2, 3)]
        raters += [n + 3 * number + step for step in range(3)]
        for group, rater in zip(_GROUPS, raters, strict=True):
            person = people[rater]
            yield {
                "organisation_id": subject["organisation_id"],
                "subject_id": subject["id"],
                "person_id": person["id"],
                "name": f"Person {person['last_name']}",
                "email": person["email"],
                "group_key": "direct_report" if group == "report" else group,
            }


class _Floor:
    """As many rows of the same size by a bare cursor, one commit for each of ours."""

    def __init__(self, file: Path, n: int) -> None:
        self.n = n
        self.raters = n * len(_GROUPS)
        self.connection = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=wal", "synchronous=full", "secure_delete=on"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.execute("CREATE TABLE mail (id INTEGER PRIMARY KEY, body TEXT)")
        self.connection.execute("CREATE TABLE link (id INTEGER PRIMARY KEY, word TEXT)")
        self.connection.execute(
            "CREATE TABLE answer (response INTEGER, item INTEGER, score INTEGER,"
            " PRIMARY KEY (response, item)) WITHOUT ROWID"
        )
        self.connection.execute("CREATE TABLE report (id INTEGER PRIMARY KEY, document TEXT)")
        self.connection.execute("CREATE TABLE evidence (id INTEGER PRIMARY KEY, title TEXT)")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Cursor]:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        yield cursor
        cursor.execute("COMMIT")

    def launch(self, *_: object) -> None:
        """A mail and a link for every rater."""
        with self.writing() as cursor:
            rows = [(number, "x" * 900) for number in range(self.raters)]
            cursor.executemany("INSERT INTO mail VALUES (?, ?)", rows)
            cursor.executemany("INSERT INTO link VALUES (?, ?)", rows)

    def answers(self, *_: object) -> None:
        """Thirty rows for every rater, each questionnaire in a transaction."""
        for number in range(self.raters):
            with self.writing() as cursor:
                cursor.executemany(
                    "INSERT INTO answer VALUES (?, ?, 3)",
                    [(number, item) for item in range(_STATEMENTS)],
                )

    def close(self, *_: object) -> None:
        """Every answer read, deleted and written anew."""
        with self.writing() as cursor:
            rows = cursor.execute("SELECT * FROM answer").fetchall()
            cursor.execute("DELETE FROM answer")
            cursor.executemany("INSERT INTO answer VALUES (?, ?, ?)", rows)

    def releases(self, database: Database, planned: Planned) -> None:
        """A document for every subject, and the evidence."""
        with database.reading(planned.organisation) as session:
            size = len(str(session.scalars(select(Release.document).limit(1)).one()))
            evidence = session.scalar(select(func.count()).select_from(Evidence)) or 0
        with self.writing() as cursor:
            cursor.execute("SELECT * FROM answer").fetchall()
            rows = [(number, "x" * size) for number in range(self.n)]
            cursor.executemany("INSERT INTO report VALUES (?, ?)", rows)
            titles = [(number, "Large") for number in range(evidence)]
            cursor.executemany("INSERT INTO evidence VALUES (?, ?)", titles)

    def summary(self, *_: object) -> None:
        """Every answer and every document read, and one row written."""
        with self.writing() as cursor:
            cursor.execute("SELECT * FROM answer").fetchall()
            cursor.execute("SELECT * FROM report").fetchall()
            cursor.execute("INSERT INTO report VALUES (?, ?)", (self.n, "x"))


def _cpu(run: Callable[[], None]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


if __name__ == "__main__":
    main()
