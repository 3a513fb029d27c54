"""Frameworks that HR is writing: one of the organisation's own, and a next edition."""

from __future__ import annotations

from ldtrack.competencies import queries, service
from ldtrack.competencies.domain import (
    DescribeEdition,
    FoundFramework,
    WriteCompetency,
    WriteDomain,
    WriteIndicator,
    WriteLevel,
)
from tests.infrastructure.furnish.corner import Corner


def own_framework(corner: Corner) -> None:
    """One competency with one behaviour, which nobody but HR should meet."""
    session, hr = corner.session, corner.actor("hr")
    levels = tuple(WriteLevel(label=word, meaning=f"{word}.") for word in ("Begins", "Does"))
    draft = service.found_framework(
        session,
        hr,
        FoundFramework(
            title=corner.mark("framework-draft"),
            publisher="Nobody in particular",
            version="1",
            language="en",
            levels=levels,
        ),
    )
    domain_id = service.add_domain(session, hr, draft, WriteDomain(name="New"))
    words = WriteCompetency(
        name=corner.mark("competency-draft"), definition="New.", domain_id=domain_id
    )
    competency_id = service.add_competency(session, hr, words)
    service.add_indicator(session, hr, competency_id, WriteIndicator(level=1, effective="Tries."))


def next_edition(corner: Corner) -> None:
    """A draft of the small framework with a level more, and a crosswalk that is half decided."""
    session, hr, before = corner.session, corner.actor("hr"), corner.organisation
    draft = service.start_edition(
        session,
        hr,
        before.framework_version_id,
        DescribeEdition(version=corner.mark("edition-draft")),
    )
    levels = queries.scale(session, draft).levels
    words = [WriteLevel(label=level.label, meaning=level.meaning) for level in levels]
    service.set_levels(session, hr, draft, [*words, WriteLevel(label="Beyond", meaning="More.")])
    both = queries.editions_to_walk(session, hr, before.framework_version_id, draft)
    service.accept_proposals(
        session,
        hr,
        queries.crosswalk(session, *both),
        competency_id=corner.competency("coaching-others"),
        now=corner.now,
    )
