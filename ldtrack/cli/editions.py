"""`ldtrack framework split|publish`: writing the next edition of a framework."""

from __future__ import annotations

import click
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.cli.installation import actor_for, furnished, organisation_option
from ldtrack.competencies import service
from ldtrack.competencies.domain import (
    DescribeEdition,
    FrameworkRow,
    VersionState,
    gaps,
    thin_levels,
)
from ldtrack.competencies.queries import competencies, edition, origins, visible_frameworks
from ldtrack.core.errors import RuleBroken


@click.command()
@click.argument("key", metavar="FRAMEWORK")
@click.argument("competency", metavar="COMPETENCY")
@click.option("--into", "names", multiple=True, required=True, help="Name of a part; say several.")
@click.option("--edition", "version", help="What the next edition is called, if none is begun.")
@organisation_option
def split(
    key: str,
    competency: str,
    names: tuple[str, ...],
    version: str | None,
    organisation: str | None,
) -> None:
    """Split COMPETENCY, by its key or name, in the draft of the next edition of FRAMEWORK.

    Each part begins with the meaning, the behaviours and the targets of the whole. Reword them on
    the pages, or by a file: `framework export --version … --kind csv`, then `framework import`.
    """
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.writing(actor.organisation_id) as session:
        draft = _draft(session, actor, key, version)
        found = [
            row
            for row in competencies(session, draft.framework_version_id)
            if competency in (row.key, row.name)
        ]
        if not found:
            raise RuleBroken("competency", f"The draft has no competency {competency!r}.")
        service.split_competency(session, actor, found[0].id, names)
    click.echo(f"{found[0].name} is {' and '.join(names)} in {draft.version}, a draft.")


@click.command()
@click.argument("key", metavar="FRAMEWORK")
@organisation_option
def publish(key: str, organisation: str | None) -> None:
    """Publish the draft of FRAMEWORK; from then on it does not change.

    It counts for people once a crosswalk to it is in force, or at once if it is the first edition.
    """
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.writing(actor.organisation_id) as session:
        draft = _draft(session, actor, key, None)
        missing = gaps(edition(session, draft.framework_version_id))
        for gap in missing:
            click.echo(f"Missing: {gap.sentence}", err=True)
        if missing:
            click.echo(
                f"Write it on the pages, or in a file: framework export {key} "
                f'--version "{draft.version}" --kind csv, then framework import.',
                err=True,
            )
            raise SystemExit(1)
        for thin in thin_levels(edition(session, draft.framework_version_id)):
            click.echo(f"Worth a second look: {thin.sentence}", err=True)
        now = shop.now(session)
        service.publish_edition(session, actor, draft.framework_version_id, now=now)
    click.echo(f"{draft.title}, {draft.version} is published.")


def _draft(session: Session, actor: Actor, key: str, version: str | None) -> FrameworkRow:
    """The draft of a framework; begun under that name if there is none and one was given."""
    rows = [row for row in visible_frameworks(session, actor) if row.key == key]
    if not rows:
        raise RuleBroken("framework", f"There is no framework {key!r} here.")
    drafts = [row for row in rows if row.state is VersionState.DRAFT]
    if drafts:
        return drafts[0]
    if version is None:
        raise RuleBroken("framework", f"No next edition of {key!r} is being written.")
    last = rows[-1]
    command = DescribeEdition(
        version=version,
        licence=last.licence,
        attribution=last.attribution,
        notes=origins(session)[last.framework_version_id].notes,
    )
    draft_id = service.start_edition(session, actor, last.framework_version_id, command)
    rows = visible_frameworks(session, actor)
    return next(row for row in rows if row.framework_version_id == draft_id)
