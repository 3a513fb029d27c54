"""`ldtrack pathway …`: who is on what, and moves to another version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.cli.exports import write
from ldtrack.cli.installation import actor_for, furnished, json_option, organisation_option
from ldtrack.cli.printing import as_json_text, table
from ldtrack.core.errors import RuleBroken
from ldtrack.exchange.going_out import ENROLMENTS
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import PathwayRow
from ldtrack.people.queries import people_named
from ldtrack.ui.dates import count_of

pathway_argument = click.argument("title", metavar="PATHWAY")
expected_option = click.option(
    "--expect", type=int, help="How many the preview named; with others nothing is done."
)


@click.group("pathway")
def group() -> None:
    """Pathways and the people on them."""


@group.command("list")
@organisation_option
@json_option
def list_pathways(organisation: str | None, as_json: bool) -> None:
    """List pathways with their versions, their rules and how many people are on their way."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        rows = [
            {
                "pathway": row.title,
                "versions": " ".join(f"{one.number}:{one.state.value}" for one in row.versions),
                "people": row.n_active,
                "closed": row.closed_on.isoformat() if row.closed_on else "",
                "rule": _words_of_rule(session, actor, row.id),
            }
            for row in queries.catalogue(session, actor)
        ]
    as_json_text(rows) if as_json else table(rows)


@group.command("preview-move")
@pathway_argument
@click.option("--page", type=click.IntRange(1), default=1, help="Which page of people.")
@organisation_option
@json_option
def preview_move(title: str, page: int, organisation: str | None, as_json: bool) -> None:
    """List what moving to the published version of PATHWAY would mean, person by person."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        version_id = published(session, found(session, actor, title))
        today = shop.now(session).date()
        movable = queries.movable_to(session, actor, version_id, today, page=page)
        people = [one.before.enrolment.person_id for one in movable.found]
        names = people_named(session, people)
        rows = [
            {
                "person": names[one.before.enrolment.person_id].name,
                "from": one.before.enrolment.number,
                "carried": len(one.carried),
                "new": "; ".join(each.step.title for each in one.new),
                "gone": "; ".join(each.step.title for each in one.gone),
                "overdue at once": one.n_overdue,
            }
            for one in movable.found
        ]
    as_json_text(rows) if as_json else table(rows)
    click.echo(f"{count_of(movable.total, 'person', 'people')}, page {page}.", err=True)


@group.command("apply-move")
@pathway_argument
@expected_option
@organisation_option
def apply_move(title: str, expect: int | None, organisation: str | None) -> None:
    """Move everybody on an earlier version of PATHWAY to the published one."""

    def move(session: Session, actor: Actor, row: PathwayRow) -> str:
        version_id = published(session, row)
        _, n = service.move_people(
            session, actor, version_id, None, expected=expect, now=shop.now(session)
        )
        return f"{count_of(n, 'person goes', 'people go')} on with the published version."

    shop = furnished()
    act(title, organisation, move)


@group.command("export")
@click.argument("out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@organisation_option
def export(out: Path, organisation: str | None) -> None:
    """Write who is or was on which pathway to FILE: .csv, or .xlsx for a spreadsheet."""
    write(ENROLMENTS, out, organisation)


def act(
    title: str, organisation: str | None, doing: Callable[[Session, Actor, PathwayRow], str]
) -> None:
    """Do something with a pathway, and say what was done once it is stored."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.writing(actor.organisation_id) as session:
        done = doing(session, actor, found(session, actor, title))
    click.echo(done)


def found(session: Session, actor: Actor, title: str) -> PathwayRow:
    """The pathway of that title."""
    rows = queries.catalogue(session, actor)
    named = [row for row in rows if row.title == title]
    if len(named) == 1:
        return named[0]
    known = ", ".join(repr(row.title) for row in rows) or "none"
    raise RuleBroken("pathway", f"There is no one pathway {title!r}; there is {known}.")


def published(session: Session, row: PathwayRow) -> int:
    """Its published version."""
    version_id = queries.published_version(session, row.id)
    if version_id is None:
        raise RuleBroken("pathway", f"No version of {row.title!r} is published.")
    return version_id


def _words_of_rule(session: Session, actor: Actor, pathway_id: int) -> str:
    rule = queries.rule_of(session, actor, pathway_id)
    return "; ".join(rule.words) if rule else ""
