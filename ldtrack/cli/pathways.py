"""`ldtrack pathway …`: who is on what, rules by which people come, moves to another version."""

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
from ldtrack.growth.queries import rule_levels
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import Listed, PathwayRow
from ldtrack.people.queries import people_named
from ldtrack.ui.dates import count_of

_pathway = click.argument("title", metavar="PATHWAY")
_expected = click.option(
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
                "rule": _words_of_rule(session, actor, row.id),
            }
            for row in queries.catalogue(session, actor)
        ]
    as_json_text(rows) if as_json else table(rows)


@group.command("preview-rule")
@_pathway
@organisation_option
@json_option
def preview_rule(title: str, organisation: str | None, as_json: bool) -> None:
    """List whom the rule of PATHWAY would bring, and whom it brought and means no longer."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        rule = queries.rule_of(session, actor, _found(session, actor, title).id)
        if rule is None:
            raise RuleBroken("rule", f"{title!r} has no rule.")
        levels = rule_levels(session, actor, rule.gaps, shop.now(session).date())
        found = queries.preview_of(session, actor, rule, levels)
        lists = {"comes": found.come, "came before": found.again, "no longer": found.go}
        names = people_named(session, [one.person_id for some in lists.values() for one in some])
        rows = [
            {"what": word, "person": names[one.person_id].name, "because": _why(one)}
            for word, some in lists.items()
            for one in some
        ]
    as_json_text(rows) if as_json else table(rows)
    click.echo(f"{count_of(len(found.come), 'person', 'people')} would come.", err=True)


@group.command("apply-rule")
@_pathway
@_expected
@organisation_option
def apply_rule(title: str, expect: int | None, organisation: str | None) -> None:
    """Enrol those whom the rule of PATHWAY brings; nobody is taken off."""

    def enrol(session: Session, actor: Actor, row: PathwayRow) -> str:
        now = shop.now(session)
        rule = queries.rule_of(session, actor, row.id)
        levels = rule_levels(session, actor, rule.gaps if rule else (), now.date())
        n = service.enrol_by_rule(
            session, actor, row.id, levels, starts_on=now.date(), expected=expect, now=now
        )
        return f"{count_of(n, 'person is', 'people are')} enrolled."

    shop = furnished()
    _act(title, organisation, enrol)


@group.command("preview-move")
@_pathway
@click.option("--page", type=click.IntRange(1), default=1, help="Which page of people.")
@organisation_option
@json_option
def preview_move(title: str, page: int, organisation: str | None, as_json: bool) -> None:
    """List what moving to the published version of PATHWAY would mean, person by person."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        version_id = _published(session, _found(session, actor, title))
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
@_pathway
@_expected
@organisation_option
def apply_move(title: str, expect: int | None, organisation: str | None) -> None:
    """Move everybody on an earlier version of PATHWAY to the published one."""

    def move(session: Session, actor: Actor, row: PathwayRow) -> str:
        version_id = _published(session, row)
        _, n = service.move_people(
            session, actor, version_id, None, expected=expect, now=shop.now(session)
        )
        return f"{count_of(n, 'person goes', 'people go')} on with the published version."

    shop = furnished()
    _act(title, organisation, move)


@group.command("export")
@click.argument("out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@organisation_option
def export(out: Path, organisation: str | None) -> None:
    """Write who is or was on which pathway to FILE: .csv, or .xlsx for a spreadsheet."""
    write(ENROLMENTS, out, organisation)


def _act(
    title: str, organisation: str | None, act: Callable[[Session, Actor, PathwayRow], str]
) -> None:
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.writing(actor.organisation_id) as session:
        done = act(session, actor, _found(session, actor, title))
    click.echo(done)


def _found(session: Session, actor: Actor, title: str) -> PathwayRow:
    rows = queries.catalogue(session, actor)
    found = [row for row in rows if row.title == title]
    if len(found) == 1:
        return found[0]
    known = ", ".join(repr(row.title) for row in rows) or "none"
    raise RuleBroken("pathway", f"There is no one pathway {title!r}; there is {known}.")


def _published(session: Session, row: PathwayRow) -> int:
    version_id = queries.published_version(session, row.id)
    if version_id is None:
        raise RuleBroken("pathway", f"No version of {row.title!r} is published.")
    return version_id


def _words_of_rule(session: Session, actor: Actor, pathway_id: int) -> str:
    rule = queries.rule_of(session, actor, pathway_id)
    return "; ".join(rule.words) if rule else ""


def _why(one: Listed) -> str:
    failing = [point.words for point in one.points if not point.holds]
    return "; ".join(failing or [point.words for point in one.points])
