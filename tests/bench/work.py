"""What is measured besides pages: folds, imports and PDFs, each beside a floor of the same run."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from flask import Flask
from sqlalchemy import text

from ldtrack.access.domain import Role, at_the_console
from ldtrack.db.session import Database
from ldtrack.evidence.domain import Entry, EvidenceForm, Scale, SourceKind
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.service.at_once import import_file
from ldtrack.growth.domain import FoldSettings, fold, prior_of_scale
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.people.queries import organisations, people_with_role
from ldtrack.reviews.domain.kinds import Audience
from ldtrack.reviews.domain.rows import AskForReview
from ldtrack.reviews.service import ask_for_review

_PEOPLE = 20_000


def print_folds() -> None:
    """Pieces of evidence folded a second, in histories of ten pieces."""
    random, settings, scale = Random(7), FoldSettings(), Scale(1, 5)
    histories = [
        [
            Entry(
                entry_id=number,
                person_id=1,
                competency_id=1,
                source_kind=SourceKind.COACH_RATING,
                source_id=number,
                form=EvidenceForm.GRADED,
                observed_on=date(2025, 1, 1) + timedelta(days=30 * number),
                recorded_at=None,
                title="",
                author=None,
                value=random.uniform(1, 5),
                noise_variance=0.25,
            )
            for number in range(10)
        ]
        for _ in range(2_000)
    ]
    seconds = _timed(
        lambda: [fold(history, prior_of_scale(scale, settings), settings) for history in histories]
    )
    plain = _timed(lambda: [sum(entry.value or 0 for entry in history) for history in histories])
    print(
        f"folds: {len(histories) / seconds:.0f} trajectories of ten pieces a second "
        f"({seconds / plain:.0f} × the sum of the same values)"
    )


def print_imports(app: Flask) -> None:
    """Rows of people imported a second, beside bare inserts of as many rows."""
    database: Database = app.extensions["ldtrack.database"]
    clock = app.extensions["ldtrack.clock"]
    with database.reading() as session:
        organisation_id = organisations(session)[0][0]
    lines = ["external_id,email,first_name,last_name,unit,manager_external_id"]
    lines += [
        f"X{number},x{number}@import.example,First,Last {number},Imported,"
        + (f"X{number // 10}" if number >= 10 else "")
        for number in range(_PEOPLE)
    ]
    raw = "\n".join(lines).encode()

    def run() -> None:
        with database.writing(organisation_id) as session:
            import_file(
                session, at_the_console(organisation_id), ImportKind.PEOPLE, raw, now=clock.now()
            )

    first = _timed(run)
    again = _timed(run)

    def bare() -> None:
        with database.engine.begin() as connection:
            connection.execute(text("CREATE TABLE bench_floor (a BIGINT PRIMARY KEY, b TEXT)"))
            connection.execute(
                text("INSERT INTO bench_floor VALUES (:a, :b)"),
                [{"a": number, "b": f"Last {number}"} for number in range(_PEOPLE)],
            )
            connection.execute(text("DROP TABLE bench_floor"))

    floor = _timed(bare)
    print(
        f"people import: {_PEOPLE / first:.0f} rows a second "
        f"({first / floor:.0f} × bare inserts); the same file again: {_PEOPLE / again:.0f}"
    )


def print_reviews(app: Flask) -> None:
    """Seconds for the reviews of the leaders with accounts, one after the other in a worker."""
    shop: Workshop = app.extensions["ldtrack.queue"].workshop
    work_off(shop, KINDS)
    with shop.database.reading() as session:
        organisation_id = organisations(session)[-1][0]
    console = at_the_console(organisation_id)
    with shop.database.reading(organisation_id) as session:
        leaders = [row.id for row in people_with_role(session, Role.LEADER)]
    for count in (1, min(10, len(leaders))):
        with shop.database.writing(organisation_id) as session:
            for leader in leaders[:count]:
                command = AskForReview(person_id=leader, audience=Audience.LEADER)
                ask_for_review(session, console, command, now=shop.clock.now())
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = _timed(lambda: work_off(shop, KINDS))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(
            f"reviews: {count} in {seconds:.1f} s, {cpu / count:.1f} CPU s of the child each; "
            f"largest child so far {after.ru_maxrss / 1024:.0f} MiB"
        )


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
