"""Prints what the application costs: `python -m tests.bench --scale 4 [--postgres]`.

It loads the demo so many times over, starts the server as it is deployed, and prints one table of
pages beside a floor from the same run, then folds, PDFs and imports. It asserts nothing.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from ldtrack.app import create_app
from ldtrack.app.tables import metadata
from ldtrack.config.settings import load
from ldtrack.db.session import EVERYWHERE, Database
from tests.bench import work
from tests.bench.crowd import gather
from tests.bench.deadline import print_deadline
from tests.bench.kills import trial
from tests.bench.load import print_load
from tests.bench.pages import Measured, pages
from tests.bench.server import Server, cpu_ms, family, memory_mib, postgres, serving, settle
from tests.bench.wire import signed_in
from tests.infrastructure.statements import counted

_TIMES = 60


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--scale", type=int, default=1)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--kills", type=int, help="only kill the server so often, see kills.py")
    asked.add_argument("--seed", type=int, default=1, help="of the moments of the kills")
    asked.add_argument("--pages", action="store_true", help="only the table of pages")
    asked.add_argument("--load", action="store_true", help="only a mixed load and a deadline")
    asked.add_argument("--rate", type=float, default=20, help="requests a second of the load")
    asked.add_argument("--seconds", type=float, default=120, help="how long the load lasts")
    asked.add_argument("--raters", type=int, default=200, help="how many send in the last minute")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        if not given.postgres:
            _run(given, instance, f"sqlite:///{instance / 'ldtrack.db'}", [])
            return
        with postgres(instance) as (url, database_pids):
            _run(given, instance, url, database_pids)


def _run(given: argparse.Namespace, instance: Path, url: str, database_pids: list[int]) -> None:
    os.environ["LDTRACK_INSTANCE"] = str(instance)
    os.environ["LDTRACK_DATABASE_URL"] = url
    _command("db", "upgrade")
    if given.kills:
        toll = trial(instance, url, kills=given.kills, seed=given.seed, raters=given.kills * 12)
        print(toll.lines(), *toll.faults, sep="\n")
    else:
        _command("demo", "load", "--scale", str(given.scale))
        if given.load:
            _load(given, instance)
        else:
            _measure(instance, database_pids, only_pages=given.pages)


def _command(*arguments: str) -> None:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "ldtrack", *arguments], check=True)
    print(f"{' '.join(arguments)}: {time.perf_counter() - began:.1f} s", flush=True)


def _load(given: argparse.Namespace, instance: Path) -> None:
    settings = load(instance)
    app = create_app(settings)
    database: Database = app.extensions["ldtrack.database"]
    now = app.extensions["ldtrack.clock"].now()
    crowd = gather(database, "Crowd", settings.rater_key, now, given.raters)
    with serving(instance, settings.database, queue="embedded") as server:
        where = {"port": server.port, "pid": server.pid, "seed": given.seed}
        print_load(app, database, crowd, rate=given.rate, seconds=given.seconds, **where)
        print_deadline(app, database, crowd, seconds=60, **where)


def _measure(instance: Path, database_pids: list[int], *, only_pages: bool) -> None:
    settings = replace(load(instance), queue="external")
    app = create_app(settings)
    database: Database = app.extensions["ldtrack.database"]
    settle(database)
    _print_volume(database)
    measured = pages(app, database)
    cookies = {
        page.account_id: signed_in(app, database, page.account_id).cookie for page in measured
    }
    with serving(instance, settings.database) as server:
        _print_pages(app, database, server, measured, cookies, database_pids)
        print(f"\nmemory, one web worker and its parent: {memory_mib(family(server.pid)):.0f} MiB")
        _print_rate(server, measured[1], cookies)
    if only_pages:
        return
    print()
    work.print_folds()
    work.print_imports(app)
    work.print_reviews(app)


def _print_volume(database: Database) -> None:
    with database.reading() as session:
        for name in ("person", "evidence", "subject", "response", "answer", "coaching_session"):
            table = metadata().tables[name]
            count = session.scalar(
                select(func.count()).select_from(table), execution_options=EVERYWHERE
            )
            print(f"{name}: {count}", end="  ")
    print("\n")


def _print_pages(
    app: Flask,
    database: Database,
    server: Server,
    measured: list[Measured],
    cookies: dict[int, str],
    database_pids: list[int],
) -> None:
    columns = ["page", "CPU ms web", "× floor", "CPU ms database"]
    columns += ["statements", "bytes", "median ms", "p95 ms"]
    print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    floor = 0.0
    for page in measured:
        cookie = cookies[page.account_id]
        for _ in range(5):
            status, size = server.get(page.path, cookie)
            if status != 200:
                raise SystemExit(f"{page.name}: {page.path} answered {status}")
        web, stored = family(server.pid), _all(database_pids)
        before, before_stored, walls = cpu_ms(web), cpu_ms(stored), []
        for _ in range(_TIMES):
            began = time.perf_counter()
            server.get(page.path, cookie)
            walls.append((time.perf_counter() - began) * 1000)
        spent = (cpu_ms(web) - before) / _TIMES
        spent_stored = (cpu_ms(_all(database_pids)) - before_stored) / _TIMES
        floor = floor or spent
        walls.sort()
        print(
            f"| {page.name} | {spent:.1f} | {spent / floor:.1f} | "
            f"{f'{spent_stored:.1f}' if database_pids else 'in web'} | "
            f"{_statements(app, database, page, cookie)} | {size} | "
            f"{statistics.median(walls):.1f} | {walls[int(len(walls) * 0.95)]:.1f} |",
            flush=True,
        )


def _print_rate(server: Server, page: Measured, cookies: dict[int, str]) -> None:
    """Requests a second with eight visitors, each opening the page again and again."""
    ends = time.perf_counter() + 5
    counts = [0] * 8

    def visit(number: int) -> None:
        while time.perf_counter() < ends:
            server.get(page.path, cookies[page.account_id])
            counts[number] += 1

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    print(f"{page.name} at eight visitors: {sum(counts) / 5:.0f} requests a second")


def _statements(app: Flask, database: Database, page: Measured, cookie: str) -> int:
    with counted(database.engine) as statements:
        answer = app.test_client(use_cookies=False).get(page.path, headers={"Cookie": cookie})
    if answer.status_code != 200:
        raise SystemExit(f"{page.path} answered {answer.status_code}")
    return len(statements)


def _all(pids: list[int]) -> list[int]:
    return [child for pid in pids for child in family(pid)]


if __name__ == "__main__":
    main()
