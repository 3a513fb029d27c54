"""The second edition of the small framework: one competency kept, one split, one retired, one new.

Coaching others stays; strategic thinking becomes seeing ahead and choosing; financial acumen goes;
digital sense is new.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from ldtrack.competencies import queries, service
from ldtrack.competencies.domain import (
    Crosswalk,
    DescribeEdition,
    WriteCompetency,
    WriteIndicator,
    WriteLevel,
)
from tests.infrastructure.organisation import SmallOrganisation


def second_edition(session: Session, acme: SmallOrganisation) -> int:
    """The draft as HR wrote it. Returns its id."""
    hr = acme.actor["hr"]
    draft = service.start_edition(
        session, hr, acme.framework_version_id, DescribeEdition(version="2")
    )
    here = {row.key: row for row in queries.competencies(session, draft)}
    thinking = here["strategic-thinking"]
    service.change_competency(
        session,
        hr,
        thinking.id,
        WriteCompetency(
            name="Seeing ahead", definition=thinking.definition, domain_id=thinking.domain_id
        ),
    )
    for name, definition in (
        ("Choosing", "Decides what is done and what is left."),
        ("Digital sense", "Reads figures and machines alike."),
    ):
        added = service.add_competency(
            session,
            hr,
            WriteCompetency(name=name, definition=definition, domain_id=thinking.domain_id),
        )
        service.add_indicator(
            session, hr, added, WriteIndicator(level=3, effective=f"Is seen {name.lower()}")
        )
    service.remove_competency(session, hr, here["financial-acumen"].id)
    return draft


def shorter_scale(session: Session, acme: SmallOrganisation, draft: int) -> None:
    """Take the highest two levels from the draft."""
    hr = acme.actor["hr"]
    for row in queries.indicators(session, [r.id for r in queries.competencies(session, draft)]):
        if row.level > 3:
            service.remove_indicator(session, hr, row.id)
    levels = queries.scale(session, draft).levels[:3]
    words = [WriteLevel(label=level.label, meaning=level.meaning) for level in levels]
    service.set_levels(session, hr, draft, words)


def keys_of(session: Session, draft: int) -> dict[str, int]:
    """The competencies of the second edition by key."""
    return queries.competencies_by_key(session, draft)


def walk_to(session: Session, acme: SmallOrganisation, draft: int) -> Crosswalk:
    """The crosswalk as it is decided."""
    both = queries.editions_to_walk(session, acme.actor["hr"], acme.framework_version_id, draft)
    return queries.crosswalk(session, *both)


def decide_all(session: Session, acme: SmallOrganisation, draft: int, now: datetime) -> Crosswalk:
    """Decide as the docstring of this module says."""
    hr, new = acme.actor["hr"], keys_of(session, draft)
    for key, after in (
        ("coaching-others", (new["coaching-others"],)),
        ("strategic-thinking", (new["strategic-thinking"], new["choosing"])),
        ("financial-acumen", ()),
    ):
        walk = walk_to(session, acme, draft)
        service.continue_as(session, hr, walk, acme.competency[key], after, now=now)
    walk = walk_to(session, acme, draft)
    service.come_from(session, hr, walk, new["digital-sense"], (), now=now)
    return walk_to(session, acme, draft)


def in_force(
    session: Session, acme: SmallOrganisation, today: date, now: datetime
) -> dict[str, int]:
    """Write, publish, decide and put in force. Returns the competencies of edition 2 by key."""
    hr, draft = acme.actor["hr"], second_edition(session, acme)
    service.publish_edition(session, hr, draft, now=now)
    walk = decide_all(session, acme, draft, now)
    service.put_in_force(session, hr, walk, today=today, now=now)
    return keys_of(session, draft)
