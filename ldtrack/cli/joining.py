"""`ldtrack people join`: two records of one person become one."""

from __future__ import annotations

import click

from ldtrack.app.same_person.service import join_records, look
from ldtrack.cli.installation import actor_for, furnished, organisation_option
from ldtrack.people.domain.joining import Pair
from ldtrack.people.queries import somebody_known_as


@click.command()
@click.argument("goes")
@click.argument("stays")
@click.option("--reason", required=True, help="How you know that they are one person.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@organisation_option
def join(goes: str, stays: str, reason: str, yes: bool, organisation: str | None) -> None:
    """Make GOES one with STAYS, each a mail address or external id of a record of one person.

    Everything of the one is the other's from then on, and its number and address lead there. This
    cannot be undone.
    """
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        pair = Pair(
            goes=somebody_known_as(session, goes, "goes"),
            stays=somebody_known_as(session, stays, "stays"),
        )
        seen = look(session, actor, pair, now=shop.now(session))
    for share in seen.shares:
        click.echo(f"{share.words}: {share.goes} and {share.stays}")
    for clash in seen.clashes:
        click.echo(clash.words)
    if not yes and not seen.stops:
        click.confirm(
            f"Make {seen.goes.external_id} one with {seen.stays.external_id}? "
            "This cannot be undone",
            abort=True,
        )
    with shop.database.writing(actor.organisation_id) as session:
        join_records(
            session,
            actor,
            pair,
            typed=seen.goes.external_id,
            reason=reason,
            now=shop.now(session),
            rater_key=shop.settings.rater_key,
            base_url=shop.settings.site,
        )
    click.echo(f"{seen.goes.external_id} is {seen.stays.external_id} from now on.")
