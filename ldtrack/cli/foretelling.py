"""What storing a file of people would do, by name, on the console."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ldtrack.exchange.report import Report


def foretell(report: Report) -> None:
    """Say who would change and how, which units would be new, and who is not in the file."""
    for line in _lines(report):
        click.echo(line)


def foretold(report: Report) -> dict[str, object]:
    """The same for a script."""
    would = report.would
    return {
        "changes": [
            {
                "line": one.line,
                "external_id": one.external_id,
                "name": one.name,
                "fields": [
                    {"column": column, "before": before, "after": after}
                    for column, before, after in one.fields
                ],
            }
            for one in would.changes
        ],
        "new_units": [name for name, _ in would.units],
        "not_in_file": {
            "count": report.n_leavers,
            "first": [{"external_id": one.external_id, "name": one.name} for one in report.leavers],
        },
    }


def _lines(report: Report) -> Iterator[str]:
    would = report.would
    if would.changes:
        yield "Would change:"
    for one in would.changes:
        fields = [f"{column}: {was or '–'} → {now or '–'}" for column, was, now in one.fields]
        yield f"  line {one.line}, {one.name} ({one.external_id}): {'; '.join(fields)}"
    yield from _more(report.changed - len(would.changes))
    if would.units:
        yield "Units that would be new:"
    for name, like in would.units:
        yield f"  {name}{f' – is this “{like}”, which is here already?' if like else ''}"
    yield from _more(would.n_units - len(would.units))
    if report.leavers:
        yield f"Here, and not in the file ({report.n_leavers:,} of {would.n_here:,}):"
    for leaver in report.leavers:
        yield f"  {leaver.name} ({leaver.external_id})"
    yield from _more(report.n_leavers - len(report.leavers))


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield f"  and {count:,} more"
