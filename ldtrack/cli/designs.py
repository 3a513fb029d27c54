"""`ldtrack pathway plan|publish|enrol`: what a pathway asks for, as a table, and who is on it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from ldtrack.cli.files import dry_run_option, file_argument
from ldtrack.cli.installation import actor_for, furnished, organisation_option
from ldtrack.cli.pathways import found, pathway_argument, published
from ldtrack.cli.printing import complain
from ldtrack.core.errors import RuleBroken
from ldtrack.exchange.limits import CONSOLE
from ldtrack.exchange.pathway_table.bringing_in import (
    LookedAt,
    TableFate,
    bring_in_table,
    look_at_table,
)
from ldtrack.exchange.pathway_table.writing import write_table
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import Enrol, VersionState
from ldtrack.people.queries import somebody_known_as
from ldtrack.ui.dates import count_of

_AS = {
    TableFate.NEW: "as a draft",
    TableFate.NEXT_VERSION: "as the draft of the next version",
    TableFate.DRAFT_REWRITTEN: "over the draft that was there",
}


@click.group("plan")
def group() -> None:
    """What a pathway asks for, as a table: stages, choices, steps and gates."""


@group.command("import")
@file_argument
@dry_run_option
@organisation_option
def import_(source: Path, dry_run: bool, organisation: str | None) -> None:
    """Bring in the pathway of a CSV or XLSX FILE as a draft, whole or not at all.

    A row for each thing, in order: the kind is pathway, stage, choice, gate, or the kind of a step.
    `pathway plan export` shows how any pathway reads.
    """
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    raw = source.read_bytes()
    with shop.database.writing(actor.organisation_id) as session:
        now = shop.now(session)
        looked = (
            look_at_table(session, actor, raw, today=now.date(), limits=CONSOLE)
            if dry_run
            else bring_in_table(session, actor, raw, now=now, limits=CONSOLE)
        )
    complain(looked.problems)
    if looked.plan is None:
        raise SystemExit(1)
    click.echo(_sentence(looked, dry_run=dry_run))
    if looked.not_yet:
        click.echo(f"Before it can be published: {looked.not_yet}", err=True)


@group.command("export")
@pathway_argument
@click.option("--version", "number", type=int, help="Its number, if it is not the newest.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
@organisation_option
def export(title: str, number: int | None, out: Path | None, organisation: str | None) -> None:
    """Write what PATHWAY asks for as a CSV; to standard output if no --out is given."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        row = found(session, actor, title)
        version_id = next((one.id for one in row.versions if one.number == number), None)
        if number is None:
            version_id = queries.newest_version(session, row.id)
        if version_id is None:
            raise RuleBroken("version", f"{title!r} has no version {number}.")
        content, _ = write_table(session, actor, version_id)
    if out is None:
        click.echo(content, nl=False)
    else:
        out.write_bytes(content)


@click.command()
@pathway_argument
@organisation_option
def publish(title: str, organisation: str | None) -> None:
    """Publish the draft of PATHWAY; from then on it does not change and takes people."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.writing(actor.organisation_id) as session:
        row = found(session, actor, title)
        draft = next((one for one in row.versions if one.state is VersionState.DRAFT), None)
        if draft is None:
            raise RuleBroken("pathway", f"{title!r} has no draft.")
        service.publish(session, actor, draft.id, today=shop.now(session).date())
    click.echo(f"{title}, version {draft.number} is published.")


@click.command()
@pathway_argument
@click.argument("who", metavar="PERSON")
@click.option("--cohort", default="", help="The cohort they travel with; made if it is new.")
@click.option(
    "--from", "first_day", type=click.DateTime(["%Y-%m-%d"]), help="Their first day, if not today."
)
@organisation_option
def enrol(
    title: str, who: str, cohort: str, first_day: datetime | None, organisation: str | None
) -> None:
    """Put PERSON, by mail address or external id, on the published version of PATHWAY."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.writing(actor.organisation_id) as session:
        now = shop.now(session)
        command = Enrol(
            version_id=published(session, found(session, actor, title)),
            person_id=somebody_known_as(session, who, "who"),
            enrolled_on=first_day.date() if first_day else now.date(),
            cohort=cohort,
        )
        service.enrol(session, actor, command, now=now)
    click.echo(f"{who} is on {title}.")


def _sentence(looked: LookedAt, *, dry_run: bool) -> str:
    plan = looked.plan
    if plan is None:
        return ""
    if looked.is_same:
        return f"{plan.title} is here already; nothing was changed."
    did = "Would bring in" if dry_run else "Brought in"
    n = f"{count_of(len(plan.stages), 'stage')}, {count_of(len(plan.steps), 'step')}"
    return f"{did} {plan.title}: {n}, {_AS[looked.fate]}."
