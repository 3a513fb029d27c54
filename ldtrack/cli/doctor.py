"""`ldtrack doctor`: is everything here that is needed?"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import click
from sqlalchemy import text

from ldtrack.cli.installation import workshop
from ldtrack.db import migrate
from ldtrack.db.engine import sqlite_is_safe, sqlite_module
from ldtrack.jobs.work import Workshop


@click.command("doctor")
def command() -> None:
    """Look at the installation and say what is missing."""
    shop = workshop()
    bad = False
    for fine, sentence in _findings(shop):
        click.echo(f"{'ok   ' if fine else 'PROBLEM'} {sentence}")
        bad = bad or not fine
    raise SystemExit(1 if bad else 0)


def _findings(shop: Workshop) -> Iterator[tuple[bool, str]]:
    yield True, f"Python {sys.version.split()[0]}"
    engine = shop.database.engine
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except Exception as error:
        yield False, f"The database does not answer: {type(error).__name__}"
        return
    yield True, f"Database {engine.dialect.name}"
    if engine.dialect.name == "sqlite":
        yield sqlite_is_safe(), f"SQLite {sqlite_module().sqlite_version}"
    here, newest = migrate.present(engine), migrate.newest()
    yield here == newest, f"Tables at {here or 'nothing'}, newest {newest}"
    mode = (shop.settings.instance / "secret_key").stat().st_mode & 0o077
    yield mode == 0, "Secrets are readable by their owner alone"
    pdf = subprocess.run(
        [sys.executable, "-c", "import weasyprint"], capture_output=True, check=False
    )
    yield pdf.returncode == 0, "PDF reviews can be made (Pango is here)"
