"""The next edition of the framework, still a draft."""

from __future__ import annotations

from ldtrack.competencies import queries, service
from ldtrack.competencies.domain import DescribeEdition, WriteCompetency
from tests.infrastructure.furnish.corner import Corner


def next_edition(corner: Corner) -> None:
    """A copy with one competency more, which nobody but HR should meet."""
    session, hr = corner.session, corner.actor("hr")
    draft = service.start_edition(
        session,
        hr,
        corner.organisation.framework_version_id,
        DescribeEdition(version=corner.mark("edition-draft")),
    )
    domain = queries.edition(session, draft).domains[0]
    service.add_competency(
        session,
        hr,
        WriteCompetency(
            name=corner.mark("competency-draft"), definition="New.", domain_id=domain.id
        ),
    )
