"""`ldtrack demo`: made-up organisations to look around in."""

from __future__ import annotations

from dataclasses import asdict

import click

from ldtrack.cli.installation import furnished, json_option
from ldtrack.cli.printing import as_json_text, table
from ldtrack.core.errors import RuleBroken

_SEED = 7


@click.group("demo", invoke_without_command=True)
@click.option(
    "--scale", type=click.IntRange(1, 1000), help="How many times as large; 1 if left out."
)
@click.option("--seed", type=int, help="Another number makes other people; 7 if left out.")
@click.pass_context
def group(context: click.Context, scale: int | None, seed: int | None) -> None:
    """Fill the installation with two made-up organisations; without a subcommand, `load`."""
    context.obj = (scale, seed)
    if context.invoked_subcommand is None:
        _load(scale, seed)


@group.command()
@click.option(
    "--scale", type=click.IntRange(1, 1000), help="How many times as large; 1 if left out."
)
@click.option("--seed", type=int, help="Another number makes other people; 7 if left out.")
@click.pass_obj
def load(before: tuple[int | None, int | None], scale: int | None, seed: int | None) -> None:
    """Store them with eighteen months of history up to today; what is there already stays."""
    _load(scale or before[0], before[1] if seed is None else seed)


@group.command()
@json_option
def accounts(as_json: bool) -> None:
    """Print one sign-in for each role of each of them."""
    from ldtrack.demo.accounts import sign_ins  # lazy: heavy

    found = sign_ins(furnished().database)
    if not found:
        raise RuleBroken("demo", "The demo is not loaded; run `ldtrack demo load`.")
    rows = [asdict(one) | {"role": one.role.value} for one in found]
    if as_json:
        as_json_text(rows)
    else:
        table(rows)


def _load(scale: int | None, seed: int | None) -> None:
    from ldtrack.demo import load as load_demo  # lazy: heavy

    shop = furnished()
    report = load_demo(
        shop.database,
        shop.settings.rater_key,
        today=shop.clock.today(),
        seed=_SEED if seed is None else seed,
        scale=scale or 1,
        base_url=shop.settings.site,
        progress=lambda line: click.echo(line, err=True),
    )
    for organisation in report.organisations:
        for problem in organisation.problems:
            click.echo(f"A row of the sample files was left out. {problem}", err=True)
    if report.changed:
        click.echo("The demo is loaded.", err=True)
