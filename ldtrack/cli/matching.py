"""`ldtrack courses waiting|match-course|match-person`: what names in files and elsewhere mean."""

from __future__ import annotations

import click

from ldtrack.cli.installation import actor_for, furnished, json_option, organisation_option
from ldtrack.cli.printing import as_json_text, table
from ldtrack.core.errors import RuleBroken
from ldtrack.courses.queries import courses_by_code
from ldtrack.courses.queries.statements import parked_activities, parked_learners
from ldtrack.courses.service import statements as service
from ldtrack.people.queries import somebody_known_as
from ldtrack.ui.dates import count_of

_here = click.option("--as", "here", metavar="HERE", help="What it is called here.")
_none = click.option("--none", is_flag=True, help="It is none of ours: set it aside.")


@click.command()
@click.option("--search", default="", help="A part of the name.")
@organisation_option
@json_option
def waiting(search: str, organisation: str | None, as_json: bool) -> None:
    """List the courses and people that files and platforms name and nobody here knows."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        courses, n_courses = parked_activities(session, actor, search=search)
        people, n_people = parked_learners(session, actor, search=search)
    rows = [
        {"what": what, "name": one.shown, "also": one.name, "records": one.n_statements}
        for what, several in (("course", courses), ("person", people))
        for one in several
    ]
    as_json_text(rows) if as_json else table(rows)
    if n_courses + n_people > len(rows):
        click.echo(f"The first of {n_courses:,} courses and {n_people:,} people.", err=True)


@click.command("match-course")
@click.argument("name")
@_here
@_none
@organisation_option
def match_course(name: str, here: str | None, none: bool, organisation: str | None) -> None:
    """Say that the course called NAME elsewhere has the code HERE, for later files as well."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    _either(here, none)
    with shop.database.writing(actor.organisation_id) as session:
        course_id = None
        if here is not None:
            course_id = courses_by_code(session, [here]).get(here)
            if course_id is None:
                raise RuleBroken("course", f"The catalogue has no course with the code {here!r}.")
        rows, _ = parked_activities(session, actor, search=name)
        found = next((row for row in rows if row.shown == name), None)
        if found is None:
            raise RuleBroken("name", f"No course called {name!r} waits to be matched.")
        now = shop.now(session)
        n = service.match_activity(session, actor, found.activity_id, course_id, now=now)
    click.echo(f"{count_of(n, 'record')} matched.")


@click.command("match-person")
@click.argument("name")
@_here
@_none
@organisation_option
def match_person(name: str, here: str | None, none: bool, organisation: str | None) -> None:
    """Say that whoever is called NAME elsewhere has the mail address or external id HERE."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    _either(here, none)
    with shop.database.writing(actor.organisation_id) as session:
        person_id = None if here is None else somebody_known_as(session, here, "who")
        rows, _ = parked_learners(session, actor, search=name.removeprefix("number "))
        found = next((row for row in rows if name in (row.shown, row.name)), None)
        if found is None:
            raise RuleBroken("name", f"Nobody called {name!r} waits to be matched.")
        now = shop.now(session)
        n = service.match_learner(session, actor, found.actor_key, person_id, now=now)
    click.echo(f"{count_of(n, 'record')} matched.")


def _either(here: str | None, none: bool) -> None:
    if (here is not None) is none:
        raise click.UsageError("Say either --as HERE or --none.")
