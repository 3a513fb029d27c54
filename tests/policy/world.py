"""A full house that is kept for many tests, on either engine, with every form that is found in it.

Whatever a test sends is taken back afterwards, so that the next finds the house as it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, insert, select, text

from ldtrack.app import create_app
from ldtrack.app.setup import CODE
from ldtrack.app.tables import metadata
from ldtrack.config.secret import secret_in
from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.people.service import accounts, sign_in
from tests.infrastructure.database import TODAY
from tests.infrastructure.engines import quick_engine
from tests.infrastructure.feedback import RATER_KEY
from tests.infrastructure.full_house import FullHouse
from tests.infrastructure.organisation import QUICK
from tests.infrastructure.postgres import Postgres
from tests.infrastructure.undo import Undoable
from tests.infrastructure.web import HurriedVisitor, signed_in
from tests.policy.addresses import NOWHERE
from tests.policy.callers import ACCOUNTS, NOBODY, Caller, calls
from tests.policy.finding import Forms, Found, found_forms
from tests.policy.forms import forms_on

_LEADERS_PROPOSE = "shown where leaders propose raters, which no cycle of the full house asks for"
_PROPOSING = (
    "add_known",
    "add_outside",
    "agree",
    "begin_nominating",
    "hand_in_nominations",
    "nominate_again",
    "nominate_known",
    "nominate_outside",
    "send_nominations_back",
    "strike_nomination",
    "suggest_raters",
    "take_nominations_back",
    "withdraw_nomination",
)
NO_PAGE_LEADS_THERE = {
    **{f"feedback.{name}": _LEADERS_PROPOSE for name in _PROPOSING},
    "coaching.ask_to_meet": "shown until a leader who chooses a coach has chosen one",
    "coaching.choose": "the same",
    "coaching.plan_talk": "shown while a coach is asked for a first talk",
    "coaching.milestone_reached": "shown to a leader who set a goal and has no coach",
    "dashboards.put_list_away": "shown until everything is set up",
    "dashboards.get_list_back": "shown when that list was put away",
    "competencies.offer_again": "shown where an edition was retired",
    "competencies.start_edition": "the next edition of the small framework is begun already",
    "dashboards.coming_into_force": "shown when what became of every competency is decided",
    "dashboards.going_out_of_force": "shown while an edition is in force in place of another",
    "dashboards.move_profiles": "shown when an edition came into force and roles say less by it",
    "dashboards.unlink_step": "shown where an assignment of a draft names the competency",
    "exchange.look_norms": "the full house has no file of norms to bring in",
    "exchange.go_on_completions": "shown when a job gave up",
    "exchange.go_on_people": "the same",
    "exchange.take_back_completions": "shown when completions were stored",
    "feedback.add_sections": "every competency of the small framework is asked about already",
    "feedback.came_back": "shown when a mail came back",
    "feedback.drop_language": "shown for a questionnaire with translations",
    "feedback.drop_norms": "shown when norms were brought in",
    "feedback.finish_moderation": "shown where a cycle names who reads comments first",
    "feedback.start": "shown in a rolling cycle",
    "feedback.take_leavers_out": "shown when somebody left",
    "feedback.without_trust": "shown before the first 360 of several people",
    "feedback.release_without_debrief": "shown when a coach left between release and debrief",
    "network.answer_triad_by_link": "shown to somebody from outside until they answered",
    "pathways.review_pilot": "shown while a pilot runs",
    "pathways.end_pilot": "the same",
    "pathways.take_word_back": "shown right after somebody said that they did it",
    "pathways.undo_move": "shown right after people were moved",
    "pathways.plan_milestones": "shown when coaching began after the enrolment",
    "reviews.print_again": "shown when printing failed",
    "xapi.post_statements": "sent by other systems with credentials, from no page",
    "people.take_back_change": "shown when somebody is to join, move, leave or come back",
    "same_person.apart": "shown when two records look alike",
    "same_person.apart_undo": "shown right after two records were told apart",
    "setup.start": "shown in an empty installation, where it is tried by itself",
}
"""Where no page of the full house sends a form, and why; each has tests of its own."""
_COOKIE = "ldtrack"
RIVALS = ("rival hr", "rival coach", "rival leader")


@dataclass(frozen=True, kw_only=True)
class World:
    """The application over one database, and everybody who may send it a form."""

    app: Flask
    database: Undoable
    house: FullHouse
    everybody: list[Caller]
    forms: Forms

    @property
    def is_second(self) -> bool:
        """Whether everything was tried on another engine already."""
        return self.database.engine.name != "sqlite"

    @cached_property
    def ids_of_others(self) -> frozenset[int]:
        """Ids of things that are the other organisation's or nobody's."""
        theirs = self.everybody[0].foreign.ids.values()
        return frozenset({id_ for ids in theirs for id_ in ids} | {NOWHERE})

    @contextmanager
    def undone(self) -> Iterator[set[str]]:
        """Take back what is stored inside, files and cookies too; gives the tables written."""
        waiting = Path(self.app.instance_path) / "uploads"
        kept = waiting.with_name("uploads-as-they-were")
        if not kept.exists():
            shutil.copytree(waiting, kept)
        cookies = [one.browser.get_cookie(_COOKIE) for one in self.everybody]
        try:
            with self.database.undone() as written:
                yield written
        finally:
            for one, cookie in zip(self.everybody, cookies, strict=True):
                one.browser.delete_cookie(_COOKIE)
                if cookie:
                    one.browser.set_cookie(_COOKIE, cookie.value)
            if _written_at(waiting) != _written_at(kept):
                shutil.rmtree(waiting)
                shutil.copytree(kept, waiting)

    def on(self, engine: Engine) -> World:
        """The same world over another database, which has all tables and nothing in them."""
        with engine.begin() as connection:
            # Rows come in no order that the keys between them would allow.
            connection.execute(text("SET session_replication_role = replica"))
            for table in metadata().tables.values():
                rows = self.database.connection.execute(select(table)).mappings().all()
                if rows:
                    connection.execute(insert(table), [dict(row) for row in rows])
        database = Undoable(engine)
        app = _application(database, Path(self.app.instance_path))
        moved = {one.name: _moved(one, app, database) for one in self.everybody}
        forms = {
            endpoint: replace(found, caller=moved[found.caller.name])
            for endpoint, found in self.forms.items()
        }
        return replace(
            self, app=app, database=database, everybody=list(moved.values()), forms=forms
        )


@pytest.fixture(scope="session")
def kept_sqlite_world(
    full_house_template: tuple[Path, FullHouse], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The world on SQLite, where the forms are looked for."""
    path, house = full_house_template
    folder = tmp_path_factory.mktemp("world")
    database = Undoable(quick_engine(f"sqlite:///{shutil.copy(path, folder / 'ldtrack.db')}"))
    app = _application(database, folder)
    call = calls(app, database, house, SetClock(TODAY))
    everybody = [call(name) for name in (*ACCOUNTS, NOBODY, *RIVALS)]
    world = World(app=app, database=database, house=house, everybody=everybody, forms={})
    with _quick_passwords():
        forms = found_forms(app, everybody, world.undone, but=NO_PAGE_LEADS_THERE)
    yield replace(world, forms=forms)
    database.close()


@pytest.fixture(scope="session")
def kept_postgres_world(
    kept_sqlite_world: World, postgres: Postgres, postgres_template: str
) -> Iterator[World]:
    """The same world on PostgreSQL."""
    address = postgres.create_database("world", template=postgres_template)
    world = kept_sqlite_world.on(quick_engine(address))
    yield world
    world.database.close()
    postgres.drop_database("world")


@pytest.fixture
def sqlite_world(kept_sqlite_world: World) -> Iterator[World]:
    """The world on SQLite alone, for what an engine has no part in."""
    with _quick_passwords():
        yield kept_sqlite_world


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """The same test on either engine."""
    with _quick_passwords():
        yield request.getfixturevalue(
            "kept_sqlite_world" if request.param == "sqlite" else "kept_postgres_world"
        )


@contextmanager
def _quick_passwords() -> Iterator[None]:
    """Checking a password takes as long as fifty forms, on purpose; here it does not matter."""
    with pytest.MonkeyPatch.context() as patch:
        for room in (accounts, sign_in):
            patch.setattr(room, "PasswordHasher", lambda: QUICK)
        yield


def _written_at(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def _application(database: Undoable, folder: Path) -> Flask:
    settings = Settings(instance=folder, secret_key="for the tests only", rater_key=RATER_KEY)
    app = create_app(settings, database=database, clock=SetClock(TODAY))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    app.test_client_class = HurriedVisitor
    return app


@pytest.fixture
def empty_world(sqlite_world: World, sqlite_template: Path, tmp_path: Path) -> Iterator[World]:
    """An installation with nothing in it, and the one form that it shows."""
    (tmp_path / "uploads").mkdir()
    database = Undoable(
        quick_engine(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'one.db')}")
    )
    app = _application(database, tmp_path)
    nobody = next(one for one in sqlite_world.everybody if one.name == NOBODY)
    nobody = replace(nobody, browser=app.test_client())
    path = f"/setup?code={secret_in(tmp_path, CODE)}"
    form = forms_on(nobody.browser.get(path).get_data(as_text=True), path)[0]
    found = Found(endpoint="setup.start", caller=nobody, form=form, after=(), is_taken=True)
    yield replace(
        sqlite_world,
        app=app,
        database=database,
        everybody=[nobody],
        forms={found.endpoint: found},
    )
    database.close()


def _moved(one: Caller, app: Flask, database: Undoable) -> Caller:
    browser = signed_in(app, database, one.actor, TODAY) if one.actor else app.test_client()
    return replace(one, browser=browser)
