"""Where the record behind a piece of evidence can be read, for those who may read it."""

from __future__ import annotations

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.dashboards.pages.words import Target
from ldtrack.evidence.domain import Entry, EvidenceForm, SourceKind


def source_of(entry: Entry, actor: Actor) -> Target | None:
    """The page of the source; None where the actor may not open it or there is none."""
    if entry.form is EvidenceForm.WITHDRAWN:
        return None
    facts = Facts(organisation_id=actor.organisation_id, person_id=entry.person_id, released=True)
    if entry.source_kind is SourceKind.FEEDBACK_RELEASE:
        if policy.permits(actor, Action.READ_RELEASE, facts):
            return Target(endpoint="feedback.report", values={"release_id": entry.source_id})
    elif entry.source_kind is SourceKind.ASSIGNMENT_OUTCOME:
        if policy.permits(actor, Action.READ_PLACEMENT, facts):
            return Target(
                endpoint="assignments.placement", values={"placement_id": entry.source_id}
            )
    elif entry.source_kind is SourceKind.MILESTONE:
        return _coaching(entry.person_id, actor)
    return None


def _coaching(person_id: int, actor: Actor) -> Target | None:
    if actor.person_id == person_id:
        return Target(endpoint="coaching.my_coaching")
    if person_id in actor.coaches:
        return Target(endpoint="coaching.leader", values={"person_id": person_id})
    return None
