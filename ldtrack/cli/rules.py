"""`ldtrack pathway set-rule|…`: whom a pathway is for, who comes by that, and every night."""

from __future__ import annotations

import click
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.cli.installation import actor_for, furnished, json_option, organisation_option
from ldtrack.cli.pathways import act, expected_option, found, pathway_argument
from ldtrack.cli.printing import as_json_text, table
from ldtrack.core.errors import RuleBroken
from ldtrack.exchange.competencies_named import EditionNamed, editions_named, same
from ldtrack.growth.queries import rule_levels
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import MOST_GAPS, Listed, PathwayRow, Rule, WriteRule
from ldtrack.people.queries import job_profiles, people_named, units
from ldtrack.ui.dates import count_of


@click.command("set-rule")
@pathway_argument
@click.option("--unit", help="Name of a unit: those in it or below.")
@click.option("--job", "jobs", multiple=True, help="A job title; say several.")
@click.option("--cohort", help="Name of a cohort: those who are in it.")
@click.option(
    "--gap",
    "gaps",
    multiple=True,
    metavar="COMPETENCY=LEVEL",
    help=f"A level not shown yet, the competency by its key or name; up to {MOST_GAPS}.",
)
@click.option("--unassessed-too", is_flag=True, help="Also people never assessed on it.")
@click.option("--into-cohort", default="", help="The cohort that they come into.")
@click.option("--dry-run", is_flag=True, help="List who would come and store nothing.")
@organisation_option
def set_rule(
    title: str,
    unit: str | None,
    jobs: tuple[str, ...],
    cohort: str | None,
    gaps: tuple[str, ...],
    unassessed_too: bool,
    into_cohort: str,
    dry_run: bool,
    organisation: str | None,
) -> None:
    """Say whom PATHWAY is for, in place of what was said before; nobody is enrolled yet.

    All conditions hold together. Look with preview-rule, then enrol with apply-rule.
    """
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.writing(actor.organisation_id) as session:
        row, now = found(session, actor, title), shop.now(session)
        cohorts = {one.id: one.name for one in queries.cohorts(session)}
        command = WriteRule(
            unit_id=_one(dict(units(session)), unit, "unit"),
            job_profiles=_jobs(session, jobs),
            cohort_id=_one(cohorts, cohort, "cohort"),
            gaps=_gaps(session, row, gaps),
            unassessed_too=unassessed_too,
            into_cohort=into_cohort,
        )
        rule = service.checked_rule(session, actor, row.id, command)
        levels = rule_levels(session, actor, rule.gaps, now.date())
        n = len(queries.preview_of(session, actor, rule, levels).come)
        if not dry_run:
            service.write_rule(session, actor, row.id, command, now=now)
    did = "would be" if dry_run else "is"
    click.echo(f"{title} {did} for people {'; '.join(rule.words)}.")
    click.echo(f"{count_of(n, 'person', 'people')} would come.", err=True)


@click.command("preview-rule")
@pathway_argument
@organisation_option
@json_option
def preview_rule(title: str, organisation: str | None, as_json: bool) -> None:
    """List whom the rule of PATHWAY would bring, and whom it brought and means no longer."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        rule = _rule(session, actor, found(session, actor, title))
        levels = rule_levels(session, actor, rule.gaps, shop.now(session).date())
        ahead = queries.preview_of(session, actor, rule, levels)
        lists = {"comes": ahead.come, "came before": ahead.again, "no longer": ahead.go}
        names = people_named(session, [one.person_id for some in lists.values() for one in some])
        rows = [
            {"what": word, "person": names[one.person_id].name, "because": _why(one)}
            for word, some in lists.items()
            for one in some
        ]
    as_json_text(rows) if as_json else table(rows)
    click.echo(f"{count_of(len(ahead.come), 'person', 'people')} would come.", err=True)


@click.command("apply-rule")
@pathway_argument
@expected_option
@organisation_option
def apply_rule(title: str, expect: int | None, organisation: str | None) -> None:
    """Enrol those whom the rule of PATHWAY brings; nobody is taken off."""

    def enrol(session: Session, actor: Actor, row: PathwayRow) -> str:
        now = shop.now(session)
        rule = _rule(session, actor, row)
        levels = rule_levels(session, actor, rule.gaps, now.date())
        n = service.enrol_by_rule(
            session, actor, row.id, levels, starts_on=now.date(), expected=expect, now=now
        )
        return f"{count_of(n, 'person is', 'people are')} enrolled."

    shop = furnished()
    act(title, organisation, enrol)


@click.command("run-rule")
@pathway_argument
@click.option("--every-night/--by-hand", "on", required=True, help="When it enrols people.")
@organisation_option
def run_rule(title: str, on: bool, organisation: str | None) -> None:
    """Have the rule of PATHWAY enrol whoever has come to match every night, or no longer."""

    def switch(session: Session, actor: Actor, row: PathwayRow) -> str:
        _rule(session, actor, row)
        service.run_daily(session, actor, row.id, on=on, now=shop.now(session))
        return "It runs every night." if on else "It waits for you."

    shop = furnished()
    act(title, organisation, switch)


@click.command("remove-rule")
@pathway_argument
@organisation_option
def remove_rule(title: str, organisation: str | None) -> None:
    """Take the rule of PATHWAY away; whoever it brought stays."""

    def remove(session: Session, actor: Actor, row: PathwayRow) -> str:
        _rule(session, actor, row)
        service.remove_rule(session, actor, row.id, now=shop.now(session))
        return "The rule is gone."

    shop = furnished()
    act(title, organisation, remove)


def _rule(session: Session, actor: Actor, row: PathwayRow) -> Rule:
    rule = queries.rule_of(session, actor, row.id)
    if rule is None:
        raise RuleBroken("rule", f"{row.title!r} has no rule.")
    return rule


def _one(names: dict[int, str], wanted: str | None, what: str) -> int | None:
    if wanted is None:
        return None
    found_ids = [id_ for id_, name in names.items() if same(name, wanted)]
    if len(found_ids) != 1:
        known = ", ".join(repr(name) for name in names.values()) or "none"
        raise RuleBroken(what, f"There is no one {what} {wanted!r}; there is {known}.")
    return found_ids[0]


def _jobs(session: Session, jobs: tuple[str, ...]) -> tuple[str, ...]:
    known = job_profiles(session)
    for job in jobs:
        if job not in known:
            there = ", ".join(repr(name) for name in known) or "none"
            raise RuleBroken("job", f"Nobody here has the job {job!r}; there is {there}.")
    return jobs


def _gaps(session: Session, row: PathwayRow, gaps: tuple[str, ...]) -> dict[int, int]:
    if len(gaps) > MOST_GAPS:
        raise RuleBroken("gap", f"One rule looks at {MOST_GAPS} competencies at most.")
    edition = editions_named(session, also={row.framework_version_id}).of(row.framework_version_id)
    return dict(_gap(edition, typed) for typed in gaps)


def _gap(edition: EditionNamed, typed: str) -> tuple[int, int]:
    word, _, level = typed.rpartition("=")
    competency = edition.competency(word)
    if competency is None:
        title = edition.framework.title
        raise RuleBroken("gap", f"{title} has no competency {word or typed!r}. Write KEY=LEVEL.")
    try:
        return competency.id, edition.level(level)
    except ValueError as error:
        raise RuleBroken("gap", str(error)) from None


def _why(one: Listed) -> str:
    failing = [point.words for point in one.points if not point.holds]
    return "; ".join(failing or [point.words for point in one.points])
