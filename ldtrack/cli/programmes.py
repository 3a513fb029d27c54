"""`ldtrack programme`: a programme out as a file, and in elsewhere."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.cli.files import dry_run_option
from ldtrack.cli.installation import actor_for, furnished, organisation_option
from ldtrack.cli.printing import complain
from ldtrack.competencies.queries import role_profiles
from ldtrack.core.errors import RuleBroken
from ldtrack.exchange.limits import CONSOLE
from ldtrack.exchange.programme.bringing_in import bring_in_file
from ldtrack.exchange.programme.export import export_programme
from ldtrack.exchange.programme.looking import LookedAt, look_at
from ldtrack.exchange.programme.words import SaidLine, said_lines
from ldtrack.feedback.queries.questionnaires import library
from ldtrack.pathways.domain import Fate, Side, VersionState
from ldtrack.pathways.queries import catalogue
from ldtrack.ui.dates import count_of

_WORDS = {
    Fate.ADDED: "comes in",
    Fate.CHANGED: "changes",
    Fate.KEPT: "stays yours",
    Fate.REMOVED: "falls away",
    Fate.CONFLICT: "changed on both sides",
}


@click.group("programme")
def group() -> None:
    """Hand a programme on as one file, or bring one in."""


@group.command("export")
@click.argument("title")
@click.option("--questionnaire", multiple=True, help="Title of one that goes along.")
@click.option("--role", multiple=True, help="Name of a role profile that goes along.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
@organisation_option
def export(
    title: str,
    questionnaire: tuple[str, ...],
    role: tuple[str, ...],
    out: Path | None,
    organisation: str | None,
) -> None:
    """Write the published version of the pathway TITLE; to standard output without --out."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.writing(actor.organisation_id) as session:
        content, _ = export_programme(
            session,
            actor,
            _published(session, actor, title),
            questionnaires=_named(
                {row.title: row.id for row in library(session, actor)}, questionnaire
            ),
            roles=_named({row.name: row.id for row in role_profiles(session)}, role),
            now=shop.now(session),
        )
    if out is None:
        click.echo(content, nl=False)
    else:
        out.write_bytes(content)


@group.command("import")
@click.argument("source", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@dry_run_option
@click.option(
    "--take",
    type=click.Choice([side.value for side in Side]),
    help="Whose word holds in every line that changed on both sides.",
)
@organisation_option
def import_(source: Path, dry_run: bool, take: str | None, organisation: str | None) -> None:
    """Bring in the programme of FILE as a draft; a newer edition keeps what was changed here."""
    if not source.is_file():
        raise click.BadParameter(f"There is no file {str(source)!r}.")
    raw = source.read_bytes()
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.writing(actor.organisation_id) as session:
        looked = look_at(session, actor, raw, limits=CONSOLE)
        complain(looked.problems)
        if looked.programme is None or looked.merged is None:
            raise SystemExit(1)
        conflicts = [line for line in said_lines(looked) if line.fate is Fate.CONFLICT]
        if looked.is_same:
            click.echo(f"{looked.programme.title} is here already; nothing was changed.")
            return
        _tell(looked)
        if dry_run:
            click.echo(f"Would bring in {_name(looked)}.")
            return
        decided = {line.key: Side(take) for line in conflicts} if take else {}
        bring_in_file(session, actor, raw, decided=decided, now=shop.now(session), limits=CONSOLE)
    click.echo(f"Brought in {_name(looked)} as a draft.")


def _tell(looked: LookedAt) -> None:
    for line in said_lines(looked) if looked.origin else ():
        click.echo(f"{_what(line)}: {_WORDS[line.fate]}.", err=True)
        if line.fate is Fate.CONFLICT:
            click.echo(f"  here:  {line.here}\n  there: {line.there}", err=True)
    for one in looked.adds:
        click.echo(f"{one.title}: comes along.", err=True)


def _what(line: SaidLine) -> str:
    field = f", {line.field.lower()}" if line.field else ""
    return f"{line.kind.label} “{line.title}”{field}"


def _name(looked: LookedAt) -> str:
    programme = looked.programme
    if programme is None:
        return ""
    steps = sum(item.kind.value == "step" for item in programme.items)
    return f"{programme.title}, edition {programme.edition}, {count_of(steps, 'step')}"


def _published(session: Session, actor: Actor, title: str) -> int:
    found = [
        version.id
        for row in catalogue(session, actor)
        if row.title == title
        for version in row.versions
        if version.state is VersionState.PUBLISHED
    ]
    if not found:
        raise RuleBroken("title", f"There is no pathway {title!r} with a published version.")
    return found[0]


def _named(known: dict[str, int], wanted: tuple[str, ...]) -> list[int]:
    for name in wanted:
        if name not in known:
            raise RuleBroken("name", f"There is no {name!r} here.")
    return [known[name] for name in wanted]
