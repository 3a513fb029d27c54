"""`ldtrack framework crosswalk`: from one edition of a framework to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.cli.crosswalk_rows import back, changes, decided, proposed
from ldtrack.cli.installation import actor_for, furnished, json_option, organisation_option
from ldtrack.cli.printing import as_json_text, complain, table
from ldtrack.competencies import queries, service
from ldtrack.competencies.domain import (
    FrameworkRow,
    Relation,
    open_proposals,
)
from ldtrack.core.errors import RuleBroken
from ldtrack.evidence.queries import how_much_observed, people_observed
from ldtrack.exchange.crosswalk_csv import parse_links
from ldtrack.growth.queries import (
    growth_along,
    growth_without,
)
from ldtrack.ui.dates import count_of

_SIZE = 50
"""People on one page."""


@click.group("crosswalk")
def group() -> None:
    """Say what became of each competency in the next edition, put that in force or out of it."""


def _editions(command: Callable[..., None]) -> Callable[..., None]:
    """The options that name the framework and both editions."""
    for option in (
        organisation_option,
        click.option("--to", "after", required=True, help="The later edition."),
        click.option("--from", "before", required=True, help="The earlier edition."),
        click.option("--framework", "key", required=True, help="The key of the framework."),
    ):
        command = option(command)
    return command


@group.command()
@_editions
@click.option("--accept", type=click.Choice(["same", "all"]), help="Decide these as proposed.")
@json_option
def propose(accept: str | None, as_json: bool, **editions: str | None) -> None:
    """List what is decided and what is proposed, with the reason for each proposal."""
    shop = furnished()
    actor = actor_for(shop.database, editions["organisation"])
    with shop.database.writing(actor.organisation_id) as session:
        before, after = _found(session, actor, editions)
        if accept:
            service.accept_proposals(
                session,
                actor,
                queries.crosswalk(session, before, after),
                relation=Relation.SAME if accept == "same" else None,
                now=shop.now(session),
            )
        walk = queries.crosswalk(session, before, after)
        old = queries.edition(session, before.framework_version_id)
        new = queries.edition(session, after.framework_version_id)
    keys = {row.id: row.key for row in (*old.competencies, *new.competencies)}
    rows = [decided(walk, keys, id_) for id_ in (*walk.successors, *sorted(walk.new))]
    rows += [proposed(each, keys) for each in open_proposals(walk, old, new)]
    _show(rows, as_json)


@group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_editions
@click.option("--lowest", type=int, help="What the lowest earlier level is on the later scale.")
@click.option("--highest", type=int, help="The same of the highest.")
def decide(file: Path, lowest: int | None, highest: int | None, **editions: str | None) -> None:
    """Decide by a CSV of the columns `before` and `after`, the keys of competencies.

    One line a link: without `after` the competency ends, without `before` it is new. If a line is
    wrong, nothing is stored.
    """
    shop = furnished()
    actor = actor_for(shop.database, editions["organisation"])
    with shop.database.writing(actor.organisation_id) as session:
        now = shop.now(session)
        before, after = _found(session, actor, editions)
        old = queries.competencies_by_key(session, before.framework_version_id)
        new = queries.competencies_by_key(session, after.framework_version_id)
        links, problems = parse_links(file.read_bytes(), frozenset(old), frozenset(new))
        complain(problems)
        if problems:
            raise SystemExit(1)
        walk = queries.crosswalk(session, before, after)
        for key, others in links.successors.items():
            chosen = [new[other] for other in others]
            service.continue_as(session, actor, walk, old[key], chosen, now=now)
        for key in links.new:
            service.come_from(session, actor, walk, new[key], (), now=now)
        if lowest is not None and highest is not None:
            service.read_levels(session, actor, walk, lowest=lowest, highest=highest, now=now)
    click.echo(f"Decided {len(links.successors) + len(links.new)} competencies.")


@group.command()
@_editions
@click.option("--page", type=click.IntRange(1), default=1, help="Which page of people.")
@click.option("--search", default="", help="A part of the name.")
@json_option
def preview(page: int, search: str, as_json: bool, **editions: str | None) -> None:
    """List whose levels would change and how; nothing is stored.

    Of a crosswalk that is in force it lists what taking it out would change.
    """
    shop = furnished()
    actor = actor_for(shop.database, editions["organisation"])
    with shop.database.reading(actor.organisation_id) as session:
        before, after = _found(session, actor, editions)
        walk = queries.crosswalk(session, before, after)
        if walk.levels is None:
            raise RuleBroken("lowest", "Say first how levels are read: the scales differ.")
        both = queries.competencies_of(session, {walk.before_id, walk.after_id})
        old, new = ({row.id for row in both[id_]} for id_ in (walk.before_id, walk.after_id))
        told = old if walk.in_force_on is None else old | new
        today = shop.now(session).date()
        people, total = people_observed(session, actor, told, search=search, page=page, size=_SIZE)
        jobs = {who.id: who.job_profile for who in people}
        foresee = growth_along if walk.in_force_on is None else growth_without
        found = foresee(session, actor, jobs, walk, today)
    lines = changes if walk.in_force_on is None else back
    rows = [
        {"person": who.name, **line} for who in people for line in lines(walk, found[who.id], told)
    ]
    _show(rows, as_json)
    click.echo(f"{count_of(total, 'person', 'people')}, page {page}.", err=True)


@group.command("put-in-force")
@_editions
@click.option("--without-roles", is_flag=True, help="Leave role profiles as they are.")
@click.confirmation_option(prompt="Levels and targets are read by the later edition. Go on?")
def put_in_force(without_roles: bool, **editions: str | None) -> None:
    """Let the later edition count for people from today on."""
    shop = furnished()
    actor = actor_for(shop.database, editions["organisation"])
    with shop.database.writing(actor.organisation_id) as session:
        before, after = _found(session, actor, editions)
        service.put_in_force(
            session,
            actor,
            queries.crosswalk(session, before, after),
            today=shop.now(session).date(),
            now=shop.now(session),
            with_profiles=not without_roles,
        )
    click.echo(f"{after.title}, {after.version} counts for people from today on.")


@group.command("take-out-of-force")
@_editions
@click.option("--reason", required=True, help="Why; it is kept with the act.")
@click.confirmation_option(prompt="Levels and targets are read by the earlier edition. Go on?")
def take_out_of_force(reason: str, **editions: str | None) -> None:
    """Let the earlier edition count for people again.

    What was observed of the later one stays, and counts for that edition alone.
    """
    shop = furnished()
    actor = actor_for(shop.database, editions["organisation"])
    with shop.database.writing(actor.organisation_id) as session:
        before, after = _found(session, actor, editions)
        new = [row.id for row in queries.competencies(session, after.framework_version_id)]
        pieces, people = how_much_observed(session, new)
        walk = queries.crosswalk(session, before, after)
        service.take_out_of_force(session, actor, walk, reason=reason, now=shop.now(session))
    click.echo(f"{before.title}, {before.version} counts for people again.")
    told = count_of(pieces, "piece", "pieces"), count_of(people, "person", "people")
    click.echo(f"{told[0]} of evidence about {told[1]} count for {after.version} alone.")


def _found(
    session: Session, actor: Actor, editions: dict[str, str | None]
) -> tuple[FrameworkRow, FrameworkRow]:
    """The two editions by the key of their framework and their names."""
    here = {
        row.version: row.framework_version_id
        for row in queries.visible_frameworks(session, actor)
        if row.key == editions["key"]
    }
    for word in ("before", "after"):
        if editions[word] not in here:
            known = ", ".join(repr(name) for name in here) or "none"
            raise RuleBroken(word, f"There is no edition {editions[word]!r}; there is {known}.")
    ids = (here[str(editions["before"])], here[str(editions["after"])])
    return queries.editions_to_walk(session, actor, *ids)


def _show(rows: Sequence[Mapping[str, object]], as_json: bool) -> None:
    if as_json:
        as_json_text(rows)
    else:
        table(rows)
