"""Columns that a file calls otherwise: `--match COLUMN=OURS`, and which it may be."""

from __future__ import annotations

from pathlib import Path

import click

from ldtrack.exchange.columns import columns_of, guessed
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.limits import CONSOLE
from ldtrack.exchange.problem import Unreadable
from ldtrack.exchange.report import Report
from ldtrack.exchange.table import open_table, plain_name


def match_of(kind: ImportKind, typed: tuple[str, ...]) -> dict[str, str]:
    """Which of our columns each of the file's stands for, by its plain name."""
    ours = [column.name for column in columns_of(kind)]
    found = {}
    for one in typed:
        title, _, name = one.rpartition("=")
        if not title or name not in ours:
            raise click.BadParameter(f"{one!r} is not COLUMN=OURS; ours are {', '.join(ours)}.")
        found[plain_name(title)] = name
    return found


def hint(kind: ImportKind, source: Path, typed: tuple[str, ...], report: Report) -> None:
    """If columns are missing, say which of the file's own they may be."""
    missing = {one.column for one in report.problems if one.line <= 1 and one.column}
    asked = columns_of(kind)
    if not missing & {column.name for column in asked}:
        return
    try:
        table = open_table(source.read_bytes(), limits=CONSOLE, match=match_of(kind, typed))
    except Unreadable:
        return
    titles = {own: table.titles[name] for own, name in table.own}
    may_be = guessed(asked, [own for own, name in table.own])
    words = " ".join(
        f'--match "{titles[own]}={name}"' for name, own in may_be.items() if own != name
    )
    if words:
        click.echo(f"Perhaps: {words}", err=True)
