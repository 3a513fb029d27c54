"""`ldtrack notes`: the keys of private notes."""

from __future__ import annotations

import click

from ldtrack.cli.installation import furnished
from ldtrack.coaching.service import reseal
from ldtrack.core.errors import SealedShut
from ldtrack.people.queries import organisations


@click.group("notes")
def group() -> None:
    """Private notes of coaching: the key that seals them."""


@group.command("reseal")
def reseal_all() -> None:
    """Seal every private note and draft with the key in force, which may be a new one.

    Notes that only an earlier key opens need that key in `notes_key_fallbacks` meanwhile. Says how
    many there were; what is in them is shown to nobody.
    """
    shop = furnished()
    with shop.database.reading() as session:
        every = [organisation_id for organisation_id, _ in organisations(session)]
    n_notes = n_drafts = n_shut = 0
    for organisation_id in every:
        with shop.database.writing(organisation_id) as session:
            done = reseal(session)
        n_notes, n_drafts = n_notes + done.n_notes, n_drafts + done.n_drafts
        n_shut += done.n_shut
    click.echo(f"Sealed with the key in force: {n_notes} notes, {n_drafts} drafts.")
    if n_shut:
        raise SealedShut(
            f"{n_shut} open with no key that is here. They are left as they are: put the key that "
            "sealed them into notes_key_fallbacks and run this again."
        )
