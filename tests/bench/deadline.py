"""The last minute of a 360: every rater opens the link, answers everything, and sends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from random import Random

from flask import Flask

from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.bench.crowd import Crowd, Rater
from tests.bench.found_again import faults_of_responses
from tests.bench.load import Tally
from tests.bench.server import cpu_ms, family
from tests.bench.wire import Answer, Fields, Visitor, ask, nobody, send
from tests.bench.writers import Filled


def print_deadline(
    app: Flask, database: Database, crowd: Crowd, port: int, pid: int, *, seconds: float, seed: int
) -> None:
    """All raters of the crowd within so many seconds; what they were told must be in the rows."""
    tally, random = Tally(), Random(seed)
    filled: dict[int, Filled] = {}
    web = family(pid)
    spent, began = cpu_ms(web), time.perf_counter()

    def come(rater: Rater, due: float, seed: float) -> None:
        time.sleep(due)
        filled[rater.response_id] = _answer_all(crowd, rater, port, nobody(app), tally, seed)

    raters = [
        threading.Thread(target=come, args=(rater, random.uniform(0, seconds), random.random()))
        for rater in crowd.raters
    ]
    for one in raters:
        one.start()
    for one in raters:
        one.join()
    took, used = time.perf_counter() - began, cpu_ms(web) - spent
    faults = faults_of_responses(database, filled)
    sent = sum(one.is_sent for one in filled.values())
    print(f"deadline, {len(crowd.raters)} raters in {seconds:g} s: {tally.line(took)}")
    print(
        f"{sent} were thanked, the last after {took:.0f} s; "
        f"{len(faults)} lost, doubled or changed; "
        f"{used / len(crowd.raters):.0f} CPU ms a rater",
        *faults,
        sep="\n",
        flush=True,
    )


def _answer_all(
    crowd: Crowd, rater: Rater, port: int, visitor: Visitor, tally: Tally, seed: float
) -> Filled:
    random, filled, link = Random(seed), Filled(), f"/r/{rater.word}"
    _noted(tally, lambda: ask(port, link, visitor.cookie))
    for number, items in enumerate(crowd.screens, start=1):
        scores = {item: random.randint(1, 5) for item in items}
        form = tuple((f"i_{encode(item)}", str(score)) for item, score in scores.items())
        if _step(tally, port, f"{link}/{number}", visitor, form):
            filled.scores |= scores
    words = f"comment {seed}"
    form = ((f"q_{crowd.question}", words),)
    if _step(tally, port, f"{link}/{len(crowd.screens) + 1}", visitor, form):
        filled.comment = words
    filled.is_sent = _step(tally, port, f"{link}/review", visitor, ())
    return filled


def _step(tally: Tally, port: int, path: str, visitor: Visitor, form: Fields) -> bool:
    _noted(tally, lambda: ask(port, path, visitor.cookie))
    return _noted(tally, lambda: send(port, path, visitor, form)) == 303


def _noted(tally: Tally, act: Callable[[], Answer]) -> int:
    began = time.perf_counter()
    status = act().status
    tally.note(time.perf_counter() - began, str(status))
    return status
