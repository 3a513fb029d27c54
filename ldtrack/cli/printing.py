"""How commands speak: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import click

from ldtrack.cli.foretelling import foretold
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.report import Report


def as_json_text(value: object) -> None:
    """Print a value for a script to read."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def table(rows: Sequence[Mapping[str, object]]) -> None:
    """Print rows for a person to read, under the names of their columns."""
    if not rows:
        return
    names = list(rows[0])
    lines = [names, *([str(row[name]) for name in names] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(names))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def complain(problems: Iterable[Problem]) -> None:
    """Say what is wrong with a file, each fault on a line of its own."""
    for problem in problems:
        where = f"line {problem.line}" if problem.line else "file"
        column = f", column {problem.column}" if problem.column else ""
        click.echo(f"{where}{column}: {problem.reason}", err=True)


def tell_of(report: Report, things: str, *, dry_run: bool, as_json: bool) -> int:
    """Say what an import found and did. Returns the exit code: 1 if rows were refused.

    Rows that were left out because that was asked for are no failure.
    """
    complain(report.problems)
    for note in report.notes:
        click.echo(note, err=True)
    if as_json:
        as_json_text(
            {
                "stored": report.stored,
                "added": report.added,
                "changed": report.changed,
                "unchanged": report.unchanged,
                "left": report.gone,
                "skipped": report.skipped,
                "waiting": report.waiting,
                **(foretold(report) if dry_run and things == "people" else {}),
                "problems": [
                    {"line": one.line, "column": one.column, "reason": one.reason}
                    for one in report.problems
                ],
            }
        )
    else:
        click.echo(_sentence(report, things, dry_run=dry_run))
    return 0 if report.stored or not report.problems else 1


def _sentence(report: Report, things: str, *, dry_run: bool) -> str:
    counts = f"{report.added} new, {report.changed} changed, {report.unchanged} unchanged"
    if report.waiting:
        counts += f", {report.waiting} to be matched"
    bad = "1 bad line" if report.bad_lines == 1 else f"{report.bad_lines} bad lines"
    if report.stored:
        return f"Stored {things}: {counts}{f'; left out {bad}' if report.problems else ''}."
    if dry_run:
        found = f"; there is {bad}" if report.bad_lines == 1 else f"; there are {bad}"
        return f"Would store {things}: {counts}{found if report.problems else ''}."
    return f"Nothing was stored; mend {bad} first."
