"""Kills the server again and again while people store things, and looks at what is left.

Nothing that was acknowledged may be lost, nothing sent twice may be there twice, nothing may be
there that nobody sent, and what was left to do must be done once.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from ldtrack.app import create_app
from ldtrack.config.settings import load
from ldtrack.db.session import Database
from tests.bench.crowd import Crowd, gather
from tests.bench.found_again import (
    faults_of_jobs,
    faults_of_writes,
    integrity_faults,
    let_time_pass,
)
from tests.bench.server import family, free_port, start, wait_for
from tests.bench.wire import nobody, signed_in
from tests.bench.writers import Asker, Coach, Leader, Raters, Writer

_WORKER_ONLY = 0.2
"""Share of kills that hit the worker alone, whose parent starts another."""

_PRINTS_EVERY = 4
"""Kills between two reviews: their printing takes more of a processor than all the rest."""


@dataclass
class Toll:
    """What came of it."""

    kills: int = 0
    acknowledged: dict[str, int] = field(default_factory=dict)
    sent_again: int = 0
    refused: dict[int, int] = field(default_factory=dict)
    seconds_away: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many writes were acknowledged."""
        return sum(self.acknowledged.values())

    def lines(self) -> str:
        """The figures in words."""
        away = sorted(self.seconds_away)
        each = ", ".join(f"{count} × {kind}" for kind, count in self.acknowledged.items())
        return (
            f"{self.kills} kills, {self.total} writes acknowledged ({each}), "
            f"{self.sent_again} tries cut off, refused by status {self.refused or 'none'}; "
            f"back after {statistics.median(away):.1f} s in the median, {away[-1]:.1f} s at most; "
            f"{len(self.faults)} faults"
        )


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The installation under trial."""

    instance: Path
    url: str
    database: Database
    crowd: Crowd
    port: int
    writers: tuple[Writer, ...]


def trial(
    instance: Path,
    url: str,
    *,
    kills: int,
    seed: int,
    raters: int,
    seconds: float = 4,
    patient: bool = True,
) -> Toll:
    """Kill so often, each time after up to so many seconds of writing.

    `patient` waits at the end until holds of jobs run out by themselves, as in real life.
    """
    random = Random(seed)
    ground = _set_up(instance, url, random, raters)
    toll = Toll()
    server = start(instance, url, ground.port)
    try:
        wait_for(ground.port)
        for _ in range(kills):
            for writer in ground.writers:
                if toll.kills % _PRINTS_EVERY == 0 or not isinstance(writer, Asker):
                    writer.begin()
            time.sleep(random.uniform(0.1, seconds))
            server = _kill(ground, server, random, toll)
            toll.faults += _look(ground)
            if toll.kills % 20 == 0:
                _count(ground, toll)
                print(toll.lines(), flush=True)
        if not patient:
            # Only once nobody is there to take anything more: what the old server takes in the
            # meantime it holds for two minutes, which nobody here waits for.
            _stop(server)
            let_time_pass(ground.database)
            # A server that starts looks at once for what was left behind.
            server = start(ground.instance, ground.url, ground.port)
        toll.faults += faults_of_jobs(
            ground.database,
            documents=instance / "documents",
            mail=instance / "mail",
            patience=(300 if patient else 90) + 15 * toll.kills,
        )
    finally:
        for writer in ground.writers:
            writer.end()
        _stop(server)
        ground.database.engine.dispose()
    _count(ground, toll)
    return toll


def _set_up(instance: Path, url: str, random: Random, raters: int) -> Ground:
    settings = load(instance, os.environ | {"LDTRACK_DATABASE_URL": url})
    app = create_app(settings)
    database: Database = app.extensions["ldtrack.database"]
    now = app.extensions["ldtrack.clock"].now()
    crowd = gather(database, "Crowd", settings.rater_key, now, raters)
    port = free_port()
    coach, leader = (crowd.acme.actor[key].account_id or 0 for key in ("coach", "leader"))
    here = {"coach": signed_in(app, database, coach), "leader": signed_in(app, database, leader)}
    half = len(crowd.raters) // 2
    writers = (
        Coach(here["coach"], port, crowd, now.date()),
        Leader(here["leader"], port),
        Asker(here["leader"], port, crowd),
        Raters(nobody(app), port, crowd, list(crowd.raters[:half]), Random(random.random())),
        Raters(nobody(app), port, crowd, list(crowd.raters[half:]), Random(random.random())),
    )
    return Ground(
        instance=instance, url=url, database=database, crowd=crowd, port=port, writers=writers
    )


def _kill(
    ground: Ground, server: subprocess.Popen[bytes], random: Random, toll: Toll
) -> subprocess.Popen[bytes]:
    workers = family(server.pid)[1:2]
    if workers and random.random() < _WORKER_ONLY:
        os.kill(workers[0], signal.SIGKILL)
    else:
        server = _another(ground, server)
    toll.kills += 1
    toll.seconds_away.append(wait_for(ground.port))
    return server


def _another(ground: Ground, server: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    _stop(server)
    return start(ground.instance, ground.url, ground.port)


def _stop(server: subprocess.Popen[bytes]) -> None:
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def _count(ground: Ground, toll: Toll) -> None:
    acknowledged, refused = Counter[str](), Counter[int]()
    for writer in ground.writers:
        acknowledged[writer.kind] += writer.acknowledged
        refused.update(writer.refused)
    toll.acknowledged, toll.refused = dict(acknowledged), dict(refused)
    toll.sent_again = sum(writer.sent_again for writer in ground.writers)


def _look(ground: Ground) -> list[str]:
    """Let everybody finish what was cut off, then count."""
    for writer in ground.writers:
        writer.hold()
    if not all(writer.is_resting(90) for writer in ground.writers):
        return ["somebody's write was never taken"]
    return [
        *integrity_faults(ground.database, ground.instance),
        *faults_of_writes(ground.database, ground.writers),
    ]
