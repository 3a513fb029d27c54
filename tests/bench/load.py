"""Many people at once: a mixed load that does not wait for answers, and a 360 on its last minute.

Open loop: each request leaves when its time has come, however slow the earlier ones are, and its
duration counts from then. Everybody has signed in beforehand. Only this machine is spoken to.
"""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from ldtrack.access.domain import Role
from ldtrack.db.session import EVERYWHERE, Database
from ldtrack.people.models import Account, Membership
from tests.bench.crowd import Crowd
from tests.bench.server import cpu_ms, family, memory_mib
from tests.bench.wire import Answer, Fields, Visitor, ask, send, signed_in

_AT_ONCE = 64
_SHARE_OF_WRITES = 0.15
_READ = {
    Role.LEADER: ("/growth", "/pathway", "/coaching", "/feedback", "/journal", "/reviews"),
    Role.COACH: ("/caseload",),
    Role.SPONSOR: ("/portfolio", "/reviews/shared"),
    Role.HR: ("/today", "/people", "/competency-map", "/feedback/cycles", "/pathways", "/courses"),
}


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Somebody with a sign-in and the pages they open."""

    visitor: Visitor
    paths: tuple[str, ...]


@dataclass
class Tally:
    """What came back, and how long each took from the moment it was due."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, seconds: float, status: str) -> None:
        """Count one."""
        with self.lock:
            self.seconds.append(seconds)
            self.statuses[status] += 1

    def line(self, took: float) -> str:
        """Rate, percentiles and everything that was no good answer."""
        times = sorted(self.seconds)
        p50, p95, p99 = (1000 * times[int(len(times) * share)] for share in (0.5, 0.95, 0.99))
        bad = {word: n for word, n in self.statuses.items() if word not in ("200", "303")}
        return (
            f"{len(times)} requests, {len(times) / took:.1f} a second; p50 {p50:.0f} ms, "
            f"p95 {p95:.0f} ms, p99 {p99:.0f} ms; other answers: {bad or 'none'}"
        )


def callers_of(app: Flask, database: Database) -> list[Caller]:
    """Everybody who can sign in, with the first pages of their roles."""
    with database.reading() as session:
        rows = session.execute(
            select(Account.id, Membership.role)
            .join(Membership, Membership.account_id == Account.id)
            .where(Account.person_id.is_not(None)),
            execution_options=EVERYWHERE,
        ).all()
    paths: dict[int, tuple[str, ...]] = {}
    for account_id, role in rows:
        paths[account_id] = (*paths.get(account_id, ()), *_READ.get(Role(role), ()))
    return [
        Caller(visitor=signed_in(app, database, account_id), paths=known)
        for account_id, known in sorted(paths.items())
        if known
    ]


def print_load(
    app: Flask,
    database: Database,
    crowd: Crowd,
    port: int,
    pid: int,
    *,
    rate: float,
    seconds: float,
    seed: int,
) -> None:
    """Keep up the rate for so long, 85 % of it reading, and say how it went."""
    acts = _acts(app, database, crowd, port, Random(seed))
    tally = Tally()
    web = family(pid)
    for _ in range(50):
        next(acts)()
    memory, handles, spent = memory_mib(web), _handles(web), cpu_ms(web)
    began = time.perf_counter()
    random, due = Random(seed + 1), 0.0
    with ThreadPoolExecutor(_AT_ONCE) as people:
        while due < seconds:
            time.sleep(max(0.0, began + due - time.perf_counter()))
            people.submit(_timed, next(acts), began + due, tally)
            due += random.expovariate(rate)
    took = time.perf_counter() - began
    used = cpu_ms(web) - spent
    print(f"load, {rate:g} a second asked for: {tally.line(took)}")
    print(
        f"{used / len(tally.seconds):.1f} CPU ms a request, {used / took / 10:.0f} % of one core; "
        f"memory {memory:.0f} MiB before, {memory_mib(family(pid)):.0f} MiB after; "
        f"open files {handles} before, {_handles(family(pid))} after",
        flush=True,
    )


def _acts(
    app: Flask, database: Database, crowd: Crowd, port: int, random: Random
) -> Iterator[Callable[[], Answer]]:
    callers = callers_of(app, database)
    accounts = [crowd.acme.actor[who].account_id or 0 for who in ("coach", "leader")]
    coach, leader = (signed_in(app, database, account) for account in accounts)
    today = app.extensions["ldtrack.clock"].today().isoformat()
    while True:
        if random.random() >= _SHARE_OF_WRITES:
            caller = random.choice(callers)
            path = random.choice(caller.paths)
            yield partial(ask, port, path, caller.visitor.cookie)
        elif random.random() < 0.5:
            held: Fields = (*_key(), ("held_on", today), ("minutes", "45"), ("shared_note", "x"))
            yield partial(send, port, crowd.session_form, coach, held)
        else:
            entry: Fields = (*_key(), ("body", "A page of the journal."), ("prompt", "open"))
            yield partial(send, port, "/journal", leader, entry)


def _key() -> Fields:
    return (("idempotency_key", uuid4().hex),)


def _timed(act: Callable[[], Answer], due: float, tally: Tally) -> None:
    try:
        status = str(act().status)
    except (OSError, http.client.HTTPException) as error:
        status = type(error).__name__
    tally.note(time.perf_counter() - due, status)


def _handles(pids: Sequence[int]) -> int:
    return sum(len(os.listdir(Path(f"/proc/{pid}/fd"))) for pid in pids)
