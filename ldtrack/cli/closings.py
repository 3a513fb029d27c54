"""`ldtrack pathway close|reopen|closed|drop-draft`: what becomes of pathways that end."""

from __future__ import annotations

import click
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.cli.installation import actor_for, furnished, json_option, organisation_option
from ldtrack.cli.pathways import act, pathway_argument, published
from ldtrack.cli.printing import as_json_text, table
from ldtrack.core.errors import RuleBroken
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import ClosePathway, PathwayRow, VersionState
from ldtrack.ui.dates import count_of


@click.command("close")
@pathway_argument
@click.option("--reason", required=True, help="Why nobody new comes to it.")
@click.option("--learnt", required=True, help="What was learnt from it.")
@organisation_option
def close(title: str, reason: str, learnt: str, organisation: str | None) -> None:
    """Let nobody new come to PATHWAY; whoever is on it finishes."""
    shop = furnished()
    said = {"reason": reason.strip(), "learnt": learnt.strip()}
    for name, words in said.items():
        if not words:
            raise RuleBroken(name, f"Say something with --{name}.")

    def do(session: Session, actor: Actor, row: PathwayRow) -> str:
        version_id = published(session, row)
        service.close_pathway(
            session, actor, version_id, ClosePathway(**said), now=shop.now(session)
        )
        return f"{row.title} is closed; {count_of(row.n_active, 'person', 'people')} on it."

    act(title, organisation, do)


@click.command("reopen")
@pathway_argument
@organisation_option
def reopen(title: str, organisation: str | None) -> None:
    """Let people come to PATHWAY again; its rule and invitations stay ended."""
    shop = furnished()

    def do(session: Session, actor: Actor, row: PathwayRow) -> str:
        service.reopen_pathway(session, actor, row.versions[0].id, now=shop.now(session))
        return f"{row.title} is open again."

    act(title, organisation, do)


@click.command("drop-draft")
@pathway_argument
@organisation_option
def drop_draft(title: str, organisation: str | None) -> None:
    """Throw the draft of PATHWAY away, and the pathway if it has no other version."""
    shop = furnished()

    def do(session: Session, actor: Actor, row: PathwayRow) -> str:
        drafts = [one.id for one in row.versions if one.state is VersionState.DRAFT]
        if not drafts:
            raise RuleBroken("pathway", f"{row.title!r} has no draft.")
        gone = service.drop_draft(session, actor, drafts[0], now=shop.now(session))
        return f"The draft is gone, and {row.title} with it." if gone else "The draft is gone."

    act(title, organisation, do)


@click.command("closed")
@click.option("--search", default="", help="A part of the title, the reason or what was learnt.")
@click.option("--page", type=click.IntRange(1), default=1, help="Which page.")
@organisation_option
@json_option
def closed(search: str, page: int, organisation: str | None, as_json: bool) -> None:
    """List pathways that were closed, why, and what was learnt."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        found, total = queries.closings(session, actor, search=search, page=page)
    rows = [
        {
            "pathway": row.title,
            "closed": row.closed_on.isoformat(),
            "open again": row.reopened_on.isoformat() if row.reopened_on else "",
            "why": row.reason,
            "learnt": row.learnt,
            "people": row.n_active,
        }
        for row in found
    ]
    as_json_text(rows) if as_json else table(rows)
    click.echo(f"{count_of(total, 'pathway')}, page {page}.", err=True)
