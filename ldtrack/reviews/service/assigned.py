"""Stretch assignments with what came of them, as far as the edition may hold it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from ldtrack.assignments.domain import DebriefRow, PlacementRow
from ldtrack.assignments.queries import debriefs_of_placements, placements_of
from ldtrack.people.queries import people_named
from ldtrack.reviews.domain.document import AssignmentPart, ClaimPart, DebriefPart
from ldtrack.reviews.domain.kinds import Part
from ldtrack.reviews.service.standing import names_of
from ldtrack.reviews.service.wanted import Wanted


def assignments(session: Session, wanted: Wanted) -> tuple[AssignmentPart, ...]:
    """Placements, latest first; debriefs are in the leader's own edition alone."""
    if not wanted.has(Part.OUTCOMES):
        return ()
    found = [
        row
        for row in placements_of(session, wanted.reader, wanted.person_id)
        if row.state.has_begun
    ]
    held = (
        debriefs_of_placements(session, wanted.reader, [row.id for row in found])
        if wanted.is_own
        else {}
    )
    authors = {one.author_id for rows in held.values() for one in rows}
    confirmers = {row.outcome.confirmed_by for row in found if row.outcome}
    people = people_named(session, {one for one in authors | confirmers if one})
    names = {key: person.name for key, person in people.items()}
    told = wanted.has(Part.LEVELS)
    rated = {one.competency_id for row in found if row.outcome for one in row.outcome.observed}
    competencies = names_of(session, rated if told else ())
    return tuple(_part(row, held.get(row.id, ()), names, competencies) for row in found)


def _part(
    row: PlacementRow,
    debriefs: Iterable[DebriefRow],
    names: Mapping[int, str],
    competencies: Mapping[int, str],
) -> AssignmentPart:
    posting, outcome = row.posting, row.outcome
    part_played = f"; part played: {outcome.contribution.label.lower()}" if outcome else ""
    observed = outcome.observed if outcome and outcome.is_proved else ()
    return AssignmentPart(
        title=row.title,
        kind=posting.kind.label,
        state=row.state.label.lower() + part_played,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        stretch=_stretch(row),
        promised=posting.promised_outcome,
        measure=posting.measure,
        delivered=outcome.delivered if outcome else "",
        proof=outcome.proof if outcome else "",
        outcome_word=outcome.word if outcome else "",
        confirmed_by=names.get(outcome.confirmed_by or 0, "") if outcome else "",
        confirmed_on=outcome.confirmed_on if outcome else None,
        claims=tuple(
            ClaimPart(competency=competencies[one.competency_id], level=one.level)
            for one in observed
            if one.competency_id in competencies
        ),
        debriefs=tuple(
            DebriefPart(
                author=names.get(one.author_id or 0, ""),
                kind=one.kind.label.lower(),
                held_on=one.held_on,
                outcome=one.outcome,
                learned=one.learned,
                next_action=one.next_action,
            )
            for one in debriefs
            if one.held_on is not None
        ),
    )


def _stretch(row: PlacementRow) -> str:
    stretch = row.posting.stretch
    most = f", most of all {stretch.highest}" if stretch.highest else ""
    return f"{stretch.band.capitalize()}{most}"
