"""`ldtrack framework`: published frameworks, bringing one in and taking one out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from ldtrack.cli.files import dry_run_option
from ldtrack.cli.installation import actor_for, furnished, json_option, organisation_option
from ldtrack.cli.printing import as_json_text, complain, table
from ldtrack.competencies.domain import VersionState, WholeEdition
from ldtrack.competencies.queries import Fate, every_edition, visible_frameworks
from ldtrack.core.errors import RuleBroken
from ldtrack.exchange.framework_export import KINDS, write_kind
from ldtrack.exchange.framework_file import parse_framework
from ldtrack.exchange.framework_import import import_file, import_shipped, look_at
from ldtrack.exchange.limits import CONSOLE
from ldtrack.exchange.shipped import shipped, shipped_file
from ldtrack.ui.dates import count_of

_STATE = {
    Fate.PUBLISHED: "published",
    Fate.DRAFT: "as a draft",
    Fate.NEXT_DRAFT: "as the draft of the next edition",
    Fate.DRAFT_REWRITTEN: "over the draft that was there",
}
_COLUMNS = ("key", "version", "competencies", "indicators", "title")
_COLUMNS_HERE = ("key", "version", "state", "competencies", "indicators", "title")


@click.group("framework")
def group() -> None:
    """Look at competency frameworks and bring them in."""


@group.command("list")
@click.option("--here", is_flag=True, help="Those of the organisation instead of those on offer.")
@organisation_option
@json_option
def list_(here: bool, organisation: str | None, as_json: bool) -> None:
    """List the published frameworks that come along; import one by its key."""
    rows = _here(organisation) if here else _on_offer()
    if as_json:
        as_json_text(rows)
    else:
        columns = _COLUMNS_HERE if here else _COLUMNS
        table([{name: row[name] for name in columns} for row in rows])


@group.command("import")
@click.argument("source", metavar="FILE")
@click.option("--title", default="", help="Title, for a table that names no framework.")
@dry_run_option
@organisation_option
def import_(source: str, title: str, dry_run: bool, organisation: str | None) -> None:
    """Bring in the framework of FILE, or one that comes along by its key."""
    is_published = source in {one.key for one in shipped()}
    raw = b"" if is_published else _bytes(source)
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.writing(actor.organisation_id) as session:
        if is_published:
            _bring_in_published(session, source, shop.now(session), dry_run=dry_run)
        else:
            _bring_in(session, raw, title, shop.now(session), dry_run=dry_run)


@group.command("export")
@click.argument("key")
@click.option("--version", help="The edition, if it is not the newest that is published.")
@click.option("--kind", type=click.Choice(sorted(KINDS)), default="case", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
@organisation_option
def export(
    key: str, version: str | None, kind: str, out: Path | None, organisation: str | None
) -> None:
    """Write the framework of KEY as a file; to standard output if no --out is given."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        rows = [row for row in every_edition(session) if row.key == key]
        if version is None:
            rows = [row for row in rows if row.state is VersionState.PUBLISHED]
        else:
            rows = [row for row in rows if row.version == version]
        if not rows:
            raise RuleBroken("key", f"There is no such edition of {key!r} here.")
        content = write_kind(session, rows[-1], kind, now=shop.now(session))
    if out is None:
        click.echo(content, nl=False)
    else:
        out.write_bytes(content)


def _bring_in_published(session: Session, key: str, now: datetime, *, dry_run: bool) -> None:
    whole, _ = parse_framework(shipped_file(key))
    if whole is None:
        raise SystemExit(1)
    name, n = f"{whole.title}, {whole.version}", _count(whole)
    if any((row.key, row.version) == (key, whole.version) for row in every_edition(session)):
        click.echo(f"{name} is here already; nothing was changed.")
    elif dry_run:
        click.echo(f"Would bring in {name}: {n}.")
    else:
        import_shipped(session, None, key, now=now)
        click.echo(f"Brought in {name}: {n}.")


def _bring_in(session: Session, raw: bytes, title: str, now: datetime, *, dry_run: bool) -> None:
    looked = look_at(session, raw, title=title, limits=CONSOLE)
    complain(looked.read.problems)
    if looked.ahead is None:
        raise SystemExit(1)
    for note in looked.read.notes:
        click.echo(note, err=True)
    ahead = looked.ahead
    name, n = f"{ahead.whole.title}, {ahead.version}", _count(ahead.whole)
    if ahead.fate is Fate.SAME:
        click.echo(f"{name} is here already; nothing was changed.")
        return
    if not dry_run:
        import_file(session, None, raw, title=title, now=now)
    did = "Would bring in" if dry_run else "Brought in"
    click.echo(f"{did} {name}: {n}, {_STATE[ahead.fate]}.")
    for gap in ahead.gaps:
        click.echo(f"Missing: {gap.sentence}", err=True)


def _count(whole: WholeEdition) -> str:
    return count_of(len(whole.competencies), "competency", "competencies")


def _bytes(source: str) -> bytes:
    path = Path(source)
    if not path.is_file():
        raise click.BadParameter(f"There is no file {source!r}, and none of that key comes along.")
    return path.read_bytes()


def _on_offer() -> list[dict[str, object]]:
    return [
        {
            "key": one.key,
            "title": one.title,
            "version": one.version,
            "competencies": one.n_competencies,
            "indicators": one.n_indicators,
            "licence": one.licence,
        }
        for one in shipped()
    ]


def _here(organisation: str | None) -> list[dict[str, object]]:
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        return [
            {
                "key": row.key,
                "title": row.title,
                "version": row.version,
                "state": row.state.value,
                "competencies": row.n_competencies,
                "indicators": row.n_indicators,
            }
            for row in visible_frameworks(session, actor)
        ]
