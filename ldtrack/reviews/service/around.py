"""The cover: names of those around the leader, the pathway and the framework."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.competencies.queries import framework
from ldtrack.pathways.queries import enrolment_of
from ldtrack.people.queries import organisation_name, people_named
from ldtrack.reviews.domain.document import Cover, FeedbackPart, RaterCount
from ldtrack.reviews.domain.kinds import Part
from ldtrack.reviews.service.standing import Measured
from ldtrack.reviews.service.wanted import Wanted


def cover_of(
    session: Session, wanted: Wanted, levels: Measured, heard: FeedbackPart | None
) -> Cover:
    """Who it is about, and who took part."""
    around = _around(session, wanted)
    coach = around.get(RelationshipKind.COACH, "")
    own = wanted.is_own
    on_way = (
        enrolment_of(session, wanted.reader, wanted.person_id)
        if wanted.has(Part.PROGRESS)
        else None
    )
    groups = heard.groups if heard and own else ()
    return Cover(
        person=wanted.person.name,
        first_name=wanted.person.first_name,
        role=wanted.person.job_profile,
        unit=wanted.person.unit,
        organisation=organisation_name(session, wanted.reader.organisation_id),
        programme=on_way.title if on_way else "",
        cohort=on_way.cohort if on_way else "",
        framework=_framework(session, levels),
        coach=coach,
        manager=around.get(RelationshipKind.MANAGER, "") if own else "",
        sponsor=around.get(RelationshipKind.SPONSOR, ""),
        began_on=_began_on(levels) if own else None,
        released_to=(wanted.person.name, *([f"{coach} (coach)"] if coach else [])) if own else (),
        raters=tuple(RaterCount(group=group.name, words=group.count) for group in groups),
    )


def _around(session: Session, wanted: Wanted) -> dict[RelationshipKind, str]:
    found = {
        kind: holder
        for kind in (RelationshipKind.MANAGER, RelationshipKind.COACH, RelationshipKind.SPONSOR)
        for holder in holders_of(session, [wanted.person_id], kind, wanted.today).values()
    }
    names = people_named(session, found.values())
    return {kind: names[holder].name for kind, holder in found.items()}


def _framework(session: Session, levels: Measured) -> str:
    if levels.growth is None or not levels.growth.competencies:
        return ""
    row = framework(session, levels.growth.competencies[0].competency.framework_version_id)
    return f"{row.title}, version {row.version}"


def _began_on(levels: Measured) -> date | None:
    return min((entry.observed_on for entry in levels.entries()), default=None)
