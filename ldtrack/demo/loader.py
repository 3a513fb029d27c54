"""Storing the made-up organisations, each in one transaction: all of it is there, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ldtrack.db.session import Database
from ldtrack.demo.acts.coaching import pair_up
from ldtrack.demo.acts.courses import offer
from ldtrack.demo.acts.feedback import hold_cycles
from ldtrack.demo.acts.frameworks import adopt
from ldtrack.demo.acts.invitations import invite_onwards
from ldtrack.demo.acts.journal import keep_journals
from ldtrack.demo.acts.nominations import let_leaders_propose
from ldtrack.demo.acts.openings import open_assignments
from ldtrack.demo.acts.pathways import close_a_trial, design, let_some_pass
from ldtrack.demo.acts.people import settle
from ldtrack.demo.acts.pulses import hold_pulses
from ldtrack.demo.acts.reviews import have_reviews_made
from ldtrack.demo.acts.short import exchange_words
from ldtrack.demo.acts.takeaways import take_things_along
from ldtrack.demo.acts.triads import meet_in_threes
from ldtrack.demo.agenda import Agenda
from ldtrack.demo.cast import cast_of
from ldtrack.demo.chance import chance
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Script, script_named
from ldtrack.exchange.problem import Problem
from ldtrack.outbox.service import take_back
from ldtrack.people.queries import organisations

Progress = Callable[[str], None]

ORGANISATIONS = ("meridian", "alder")
"""The files in `organisations`; the first one grows with the scale."""


_STILL_NEWS = timedelta(days=14)
"""Letters older than this are not sent; the invitations of the cycle that is open are."""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """One organisation after a load; one that was there already has no counts."""

    name: str
    is_new: bool
    n_people: int = 0
    n_leaders: int = 0
    problems: tuple[Problem, ...] = ()
    """Rows of the sample files that were refused, as they are meant to be."""


@dataclass(frozen=True, kw_only=True)
class DemoReport:
    """What a load did."""

    organisations: tuple[Loaded, ...]

    @property
    def changed(self) -> bool:
        """Whether anything was stored."""
        return any(loaded.is_new for loaded in self.organisations)


def load(
    database: Database,
    rater_key: str,
    *,
    today: date,
    seed: int = 7,
    scale: int = 1,
    base_url: str = "",
    progress: Progress | None = None,
) -> DemoReport:
    """Store both organisations with their history up to `today`, through the services.

    An organisation of the name that is there already is left alone. `scale` makes the larger one
    so many times as large. The same seed and day make the same, but for ids. `base_url` is what
    raters' links in mails begin with. While it runs nobody else can write to a SQLite database.
    """
    return DemoReport(
        organisations=tuple(
            load_one(
                database,
                rater_key,
                script_named(name),
                today=today,
                seed=seed,
                scale=1 if number else scale,
                base_url=base_url,
                progress=progress,
            )
            for number, name in enumerate(ORGANISATIONS)
        )
    )


def load_one(
    database: Database,
    rater_key: str,
    script: Script,
    *,
    today: date,
    seed: int,
    scale: int = 1,
    base_url: str = "",
    progress: Progress | None = None,
) -> Loaded:
    """Store one of them, unless an organisation of the name is there already."""
    say = progress or _silent
    with database.reading() as session:
        here = {name for _, name in organisations(session)}
    if script.name in here:
        say(f"{script.name} is here already; nothing is changed.")
        return Loaded(name=script.name, is_new=False)
    with database.writing() as session:
        scene = Scene(
            session=session,
            script=script,
            cast=cast_of(script.size(scale), chance(seed, script.name, "cast")),
            seed=seed,
            today=today,
            rater_key=rater_key,
            base_url=base_url,
            # What happens today is left to whoever looks around.
            agenda=Agenda(datetime.combine(today, time(), UTC)),
        )
        play(scene, say)
    found = _loaded(scene)
    say(f"{found.name}: {found.n_people} people, {found.n_leaders} leaders.")
    return found


def play(scene: Scene, say: Progress) -> None:
    """Set everything up on the first day, then let the history happen."""
    for act in (settle, adopt, offer, design, pair_up, keep_journals, open_assignments):
        act(scene)
    hold_cycles(scene)
    let_leaders_propose(scene)
    hold_pulses(scene)
    close_a_trial(scene)
    let_some_pass(scene)
    invite_onwards(scene)
    exchange_words(scene)
    meet_in_threes(scene)
    take_things_along(scene)
    have_reviews_made(scene)
    scene.agenda.play(lambda day: say(f"{scene.script.name}: {day:%B %Y}"))
    take_back(scene.session, due_before=scene.agenda.ends_at - _STILL_NEWS)


def _loaded(scene: Scene) -> Loaded:
    return Loaded(
        name=scene.script.name,
        is_new=True,
        n_people=len(scene.cast.players),
        n_leaders=len(scene.cast.leaders),
        problems=tuple(scene.problems),
    )


def _silent(_line: str) -> None:
    """Nobody listens."""
