"""An import that is killed at any statement goes on where it stopped, and does nothing twice."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from ldtrack.access.models import Relationship
from ldtrack.core.clock import SetClock
from ldtrack.courses.models import Completion
from ldtrack.db.engine import engine_for
from ldtrack.db.session import Database
from ldtrack.evidence.models import Evidence
from ldtrack.exchange.domain import LOOK, STORE, TAKE_BACK, ImportKind, ImportState
from ldtrack.exchange.models import ImportRun
from ldtrack.exchange.service import carrying_out, keeping
from ldtrack.exchange.service.at_once import import_file
from ldtrack.outbox.service import ask
from ldtrack.people.models import Person, Unit
from ldtrack.people.queries import part_of_everybody
from tests.infrastructure.database import TODAY
from tests.infrastructure.organisation import SmallOrganisation, found
from tests.integration.courses.makers import a_course
from tests.reliability.conftest import Ground

pytestmark = pytest.mark.slow

PEOPLE = 1_500
COMPLETIONS = 4_500


class Runners:
    """Lets one runner after the other die, each at another statement, until the work is done."""

    def __init__(self, ground: Ground, seed: int) -> None:
        self.ground = ground
        self.database = Database(engine_for(ground.url))
        self.clock = SetClock(TODAY)
        self.draw = random.Random(seed)
        self.kills = 0

    def do(self, organisation_id: int, kind: str, run_id: int) -> None:
        """Have the job done; every dead runner is followed by another one a while later."""
        command = [sys.executable, "-m", "tests.reliability.dying_importer", self.ground.url]
        for n in range(40):
            with self.database.writing(organisation_id) as session:
                ask(session, kind=kind, thing_id=run_id, due_at=self.clock.now())
            last = self.draw.randint(10, 60) * (1 + n)
            at = self.clock.now().isoformat()
            done = subprocess.run([*command, str(self.ground.instance), at, str(last)], check=False)
            if done.returncode == 0:
                return
            assert done.returncode == -signal.SIGKILL
            self.kills += 1
            self.clock.instant += timedelta(minutes=3)
        raise AssertionError("the work never came to an end")


def _people() -> bytes:
    rows = (
        f"K{n},k{n}@example.org,Kim {n},{f'K{n // 10}' if n else ''},Team {n % 30},Group\n"
        for n in range(PEOPLE)
    )
    return (
        "external_id,email,first_name,manager_external_id,unit,unit_parent\n" + "".join(rows)
    ).encode()


def _completions() -> bytes:
    rows = (
        f"K{n % PEOPLE},LC-101,2026-0{1 + n // PEOPLE}-01,{n % 101},100\n"
        for n in range(COMPLETIONS)
    )
    return ("external_id,course_code,completed_on,score,score_max\n" + "".join(rows)).encode()


def _brought_in(runners: Runners, acme: SmallOrganisation, kind: ImportKind, raw: bytes) -> int:
    hr, now = acme.actor["hr"], runners.clock.now()
    with runners.database.writing(acme.id) as session:
        run_id = keeping.begin(session, hr, kind, BytesIO(raw), name="all.csv", now=now)
    runners.do(acme.id, LOOK, run_id)
    with runners.database.writing(acme.id) as session:
        carrying_out.say_yes(
            session, hr, run_id, skip_bad=False, leavers=False, now=now, due_at=now
        )
    runners.do(acme.id, STORE, run_id)
    return run_id


def _taken_back(runners: Runners, acme: SmallOrganisation, run_id: int) -> None:
    now = runners.clock.now()
    with runners.database.writing(acme.id) as session:
        carrying_out.take_back(session, acme.actor["hr"], run_id, now=now, due_at=now)
    runners.do(acme.id, TAKE_BACK, run_id)


def _counted(runners: Runners, acme: SmallOrganisation) -> Callable[[type], int]:
    def count(table: type) -> int:
        with runners.database.reading(acme.id) as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    return count


def test_nothing_is_stored_twice_and_nothing_is_left_out(ground: Ground) -> None:
    runners = Runners(ground, seed=11)
    with runners.database.writing() as session:
        acme = found(session, "Acme", TODAY)
    with runners.database.writing(acme.id) as session:
        before = part_of_everybody(session, TODAY.date(), size=10_000)
    count = _counted(runners, acme)
    people, lines, units = count(Person), count(Relationship), count(Unit)

    stored = _brought_in(runners, acme, ImportKind.PEOPLE, _people())
    with runners.database.reading(acme.id) as session:
        run = session.get_one(ImportRun, stored)
        tally = (run.state, run.added, run.changed, run.unchanged, run.bad_lines)
    assert tally == (ImportState.STORED, PEOPLE, 0, 0, 0)
    assert count(Person) == people + PEOPLE
    assert count(Relationship) == lines + PEOPLE - 1
    assert count(Unit) == units + 31

    _taken_back(runners, acme, stored)
    with runners.database.reading(acme.id) as session:
        assert part_of_everybody(session, TODAY.date(), size=10_000) == before
    assert count(Unit) == units
    assert runners.kills >= 3


def test_completions_are_recorded_once_each_with_one_piece_of_evidence(ground: Ground) -> None:
    runners = Runners(ground, seed=12)
    with runners.database.writing() as session:
        acme = found(session, "Acme", TODAY)
    with runners.database.writing(acme.id) as session:
        a_course(session, acme, TODAY, levels={"strategic-thinking": 3})
        import_file(session, acme.actor["hr"], ImportKind.PEOPLE, _people(), now=TODAY)
    count = _counted(runners, acme)
    completed = _brought_in(runners, acme, ImportKind.COMPLETIONS, _completions())
    assert count(Completion) == COMPLETIONS
    assert count(Evidence) == COMPLETIONS
    _taken_back(runners, acme, completed)
    assert count(Completion) == 0
    assert runners.kills >= 3
