"""A framework of the organisation's own, still a draft, with nothing missing from it."""

from __future__ import annotations

from ldtrack.competencies import service
from ldtrack.competencies.domain import (
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
