"""`ldtrack people|courses|feedback import`: files in, each bad line named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from ldtrack.access.domain import Actor
from ldtrack.cli.files import dry_run_option, file_argument, skip_bad_option
from ldtrack.cli.foretelling import foretell
from ldtrack.cli.installation import actor_for, furnished, json_option, organisation_option
from ldtrack.cli.matches import hint, match_of
from ldtrack.cli.printing import tell_of
from ldtrack.competencies.queries import frameworks
from ldtrack.core.errors import RuleBroken
from ldtrack.exchange import norms_import, ratings_import
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.limits import CONSOLE
from ldtrack.exchange.norms_import import NormSetting
from ldtrack.exchange.ratings_import import PastSetting
from ldtrack.exchange.service.at_once import bring_in
from ldtrack.jobs.work import Workshop

_match = click.option(
    "--match",
    "matches",
    multiple=True,
    metavar="COLUMN=OURS",
    help="A column of the file that is called otherwise, and which of ours it is.",
)


def _options(*several: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def put_on(command: Any) -> Any:
        for one in reversed(several):
            command = one(command)
        return command

    return put_on


@click.group("people")
def people() -> None:
    """People and who reports to whom."""


@people.command("import")
@click.option("--leavers", is_flag=True, help="People who are here and not in the file have left.")
@_options(file_argument, _match, skip_bad_option, dry_run_option, organisation_option, json_option)
def import_people(
    source: Path,
    matches: tuple[str, ...],
    leavers: bool,
    skip_bad: bool,
    dry_run: bool,
    organisation: str | None,
    as_json: bool,
) -> None:
    """Bring in the people of a CSV or XLSX FILE, all or none."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    report = bring_in(
        partial(shop.database.writing, actor.organisation_id),
        actor,
        ImportKind.PEOPLE,
        source,
        now=_now(shop, actor),
        skip_bad=skip_bad,
        leavers=leavers,
        dry_run=dry_run,
        match=match_of(ImportKind.PEOPLE, matches),
    )
    hint(ImportKind.PEOPLE, source, matches, report)
    code = tell_of(report, "people", dry_run=dry_run, as_json=as_json)
    if dry_run and not as_json:
        foretell(report)
    raise SystemExit(code)


@click.group("courses")
def courses() -> None:
    """Courses and who completed them."""


@courses.command("import")
@click.option("--course", default="", help="Code of the course, for a file that names none.")
@_options(file_argument, _match, skip_bad_option, dry_run_option, organisation_option, json_option)
def import_completions(
    source: Path,
    matches: tuple[str, ...],
    course: str,
    skip_bad: bool,
    dry_run: bool,
    organisation: str | None,
    as_json: bool,
) -> None:
    """Bring in completions from a CSV or XLSX FILE of ours, of Moodle or of Totara, all or none."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    report = bring_in(
        partial(shop.database.writing, actor.organisation_id),
        actor,
        ImportKind.COMPLETIONS,
        source,
        now=_now(shop, actor),
        skip_bad=skip_bad,
        dry_run=dry_run,
        match=match_of(ImportKind.COMPLETIONS, matches),
        told={"course": course},
    )
    hint(ImportKind.COMPLETIONS, source, matches, report)
    raise SystemExit(tell_of(report, "completions", dry_run=dry_run, as_json=as_json))


@click.group("feedback")
def feedback() -> None:
    """360 feedback."""


@feedback.command("import")
@click.option("--framework", help="Key of the framework it asked about, if there are several.")
@click.option(
    "--closed-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day on which the cycle closed; today if left out.",
)
@_options(file_argument, dry_run_option, organisation_option, json_option)
def import_ratings(
    source: Path,
    framework: str | None,
    closed_on: datetime | None,
    dry_run: bool,
    organisation: str | None,
    as_json: bool,
) -> None:
    """Bring in the ratings of a past 360 from a CSV FILE; a cycle is taken whole or not at all."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    raw = source.read_bytes()
    with shop.database.writing(actor.organisation_id) as session:
        now = shop.now(session)
        setting = PastSetting(
            framework_version_id=_version(session, framework),
            closed_on=closed_on.date() if closed_on else now.date(),
        )
        if dry_run:
            report, _ = ratings_import.look_at(
                session, actor, raw, setting, now=now, limits=CONSOLE
            )
        else:
            report = ratings_import.import_file(session, None, raw, setting, now=now)
    raise SystemExit(tell_of(report, "reports of leaders", dry_run=dry_run, as_json=as_json))


@feedback.command("norms")
@click.option("--framework", help="Key of the framework it is about, if there are several.")
@click.option("--source", "origin", required=True, help="Where the figures come from.")
@click.option("--population", required=True, help="Of whom they are.")
@click.option("--leaders", type=click.IntRange(min=1), required=True, help="Of how many leaders.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), required=True, help="From which day.")
@_options(file_argument, dry_run_option, organisation_option, json_option)
def import_norms(
    source: Path,
    framework: str | None,
    origin: str,
    population: str,
    leaders: int,
    as_of: datetime,
    dry_run: bool,
    organisation: str | None,
    as_json: bool,
) -> None:
    """Bring in a norm from a CSV FILE: a competency a row, its mean and its middle half."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    raw = source.read_bytes()
    with shop.database.writing(actor.organisation_id) as session:
        now = shop.now(session)
        setting = NormSetting(
            framework_version_id=_version(session, framework),
            source=origin,
            population=population,
            n_leaders=leaders,
            as_of=as_of.date(),
        )
        if dry_run:
            report, _ = norms_import.look_at(session, actor, raw, setting, now=now, limits=CONSOLE)
        else:
            report = norms_import.import_file(session, None, raw, setting, now=now)
    raise SystemExit(tell_of(report, "competencies", dry_run=dry_run, as_json=as_json))


def _now(shop: Workshop, actor: Actor) -> datetime:
    with shop.database.reading(actor.organisation_id) as session:
        return shop.now(session)


def _version(session: Any, key: str | None) -> int:
    here = frameworks(session)
    found = [row for row in here if key in (None, row.key)]
    if len(found) == 1:
        return found[0].framework_version_id
    if not found:
        raise RuleBroken("framework", "There is no such framework; bring it in first.")
    keys = ", ".join(row.key for row in found)
    raise RuleBroken("framework", f"Say which with --framework: {keys}.")
