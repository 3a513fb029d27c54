"""What commands that take a file have in common: the file, what to do with bad lines, dry runs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NoReturn, Protocol

import click
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.cli.installation import actor_for, furnished
from ldtrack.cli.printing import tell_of
from ldtrack.exchange.limits import CONSOLE, Limits
from ldtrack.exchange.report import Report

file_argument = click.argument(
    "source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
out_argument = click.argument(
    "out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path)
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Say what would happen and store nothing."
)
skip_bad_option = click.option(
    "--skip-bad", is_flag=True, help="Store the good lines although there are bad ones."
)


class Looks(Protocol):
    """Says what a table would do."""

    def __call__(
        self, session: Session, actor: Actor, raw: bytes, *, limits: Limits
    ) -> tuple[Report, object]: ...


class Stores(Protocol):
    """Stores what a table says."""

    def __call__(
        self,
        session: Session,
        actor: Actor,
        raw: bytes,
        *,
        now: datetime,
        skip_bad: bool,
        limits: Limits,
    ) -> Report: ...


def bring_in_table(
    source: Path,
    things: str,
    *,
    look: Looks,
    store: Stores,
    skip_bad: bool,
    dry_run: bool,
    organisation: str | None,
    as_json: bool,
) -> NoReturn:
    """Bring a table in, or say what it would do, and end the command as that went."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    raw = source.read_bytes()
    with shop.database.writing(actor.organisation_id) as session:
        if dry_run:
            report, _ = look(session, actor, raw, limits=CONSOLE)
        else:
            now = shop.now(session)
            report = store(session, actor, raw, now=now, skip_bad=skip_bad, limits=CONSOLE)
    raise SystemExit(tell_of(report, things, dry_run=dry_run, as_json=as_json))
