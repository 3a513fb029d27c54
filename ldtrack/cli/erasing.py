"""`ldtrack people erase`: somebody is to be forgotten."""

from __future__ import annotations

from datetime import datetime

import click
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.service import forget_author
from ldtrack.cli.installation import actor_for, furnished, organisation_option
from ldtrack.coaching.service import forget_coach, forget_signatures
from ldtrack.core.errors import RuleBroken
from ldtrack.exchange.service.keeping import forget_all
from ldtrack.exchange.service.long_lists import forget_lists
from ldtrack.feedback.service import forget_address, forget_person
from ldtrack.people.queries import former_names, known_as, people_named
from ldtrack.people.service.erasing import erase_person


def erase_everywhere(
    session: Session, actor: Actor, person_id: int, *, rater_key: str, now: datetime
) -> None:
    """Have each room let go of somebody, then delete them; all of it or nothing."""
    forget_person(session, person_id, rater_key=rater_key)
    for former in former_names(session, person_id):
        forget_address(session, former.email, rater_key=rater_key)
    forget_coach(session, person_id, now=now)
    forget_signatures(session, person_id)
    forget_author(session, person_id)
    forget_all(session)
    forget_lists(session)
    erase_person(session, actor, person_id, now=now)


@click.command()
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask.")
@organisation_option
def erase(who: str, yes: bool, organisation: str | None) -> None:
    """Delete WHO, a mail address or external id, with everything that is kept about them.

    What they answered in 360 feedback that is open is deleted; what is in reports stays there
    without a name. So does what belongs to others too: sessions that they held as a coach with
    the notes they shared, outcomes they confirmed, debriefs, short feedback that they gave. The
    address of a rater from outside is enough.
    """
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    key = shop.settings.rater_key
    with shop.database.reading(actor.organisation_id) as session:
        person_id = known_as(session, who)
        name = who if person_id is None else people_named(session, [person_id])[person_id].name
    if not yes:
        click.confirm(f"Delete everything about {name}? This cannot be undone", abort=True)
    with shop.database.writing(actor.organisation_id) as session:
        if person_id is not None:
            erase_everywhere(session, actor, person_id, rater_key=key, now=shop.now(session))
        elif not forget_address(session, who, rater_key=key):
            raise RuleBroken("who", "There is nobody with this mail address or external id.")
    click.echo("Nothing is kept about them any more.")
