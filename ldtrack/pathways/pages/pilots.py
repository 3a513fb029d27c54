"""A pilot as its organisers see it, and in what a later version is different from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, Role
from ldtrack.competencies.queries import competencies_named
from ldtrack.core.errors import NotVisible
from ldtrack.courses.queries import course_titles
from ldtrack.pathways.domain import (
    FIELD_WORDS,
    CohortRow,
    Item,
    ItemKind,
    Known,
    PilotRow,
    Plan,
    items_of,
    merge,
    said,
)
from ldtrack.pathways.queries import cohorts, cover, pilot_of, pilots_so_far, plans
from ldtrack.people.queries import people_with_role
from ldtrack.ui.fields import Option


@dataclass(frozen=True, kw_only=True)
class PilotPage:
    """A version and the pilot that it is; `deciders` are who may have decided."""

    plan: Plan
    pilot: PilotRow | None
    today: date
    cohorts: list[CohortRow]
    deciders: list[Option]


def pilot_page(session: Session, actor: Actor, version_id: int, today: date) -> PilotPage:
    """The page, else `NotVisible`."""
    plan = cover(session, actor, version_id)
    people = {
        row.id: row.name
        for role in (Role.HR, Role.SPONSOR)
        for row in people_with_role(session, role)
    }
    return PilotPage(
        plan=plan,
        pilot=pilot_of(session, actor, version_id),
        today=today,
        cohorts=cohorts(session),
        deciders=sorted(
            (Option(id=person_id, label=name) for person_id, name in people.items()),
            key=lambda option: option.label,
        ),
    )


@dataclass(frozen=True, kw_only=True)
class ChangedLine:
    """One difference: how it was in the pilot, and how it is now."""

    kind: str
    title: str
    field: str
    before: str
    now: str


@dataclass(frozen=True, kw_only=True)
class DifferencesPage:
    """In what a version is different from the pilot before it."""

    plan: Plan
    pilot: PilotRow
    pilot_number: int
    lines: list[ChangedLine]


def differences_page(session: Session, actor: Actor, version_id: int) -> DifferencesPage:
    """The page, else `NotVisible`; for those who build pathways."""
    pilot = pilots_so_far(session, actor, version_id).before
    if pilot is None:
        raise NotVisible
    both = plans(session, [version_id, pilot.version_id])
    before, now = both[pilot.version_id], both[version_id]
    names = _names(session, before, now)
    return DifferencesPage(
        plan=now,
        pilot=pilot,
        pilot_number=before.number,
        lines=_lines(_items(before, names), _items(now, names), names),
    )


def _names(session: Session, *designed: Plan) -> dict[str, str]:
    """What versions name, by words that stand for identifiers within the organisation."""
    steps = [step for plan in designed for step in plan.steps]
    gates = [gate for plan in designed for stage in plan.stages for gate in stage.gates]
    courses = course_titles(session, {step.course_id for step in steps if step.course_id})
    named = {step.competency_id or 0 for step in steps} | {gate.competency_id for gate in gates}
    return {
        **{str(course_id): title for course_id, title in courses.items()},
        **{str(row.id): row.name for row in competencies_named(session, named).values()},
    }


def _items(plan: Plan, names: Mapping[str, str]) -> tuple[Item, ...]:
    known = {int(one): one for one in names}
    return items_of(plan, Known(own=_OWN, competencies=known, courses=known))


_OWN = "00000000-0000-4000-8000-000000000000"
"""Identifiers are compared within one pathway alone, so it needs none of its own."""


def _lines(
    before: tuple[Item, ...], now: tuple[Item, ...], names: Mapping[str, str]
) -> list[ChangedLine]:
    titles = {**names, **{item.identifier: item.title for item in (*before, *now)}}
    found = merge({item.identifier: item for item in before}, before, now, {})
    return [
        ChangedLine(
            kind=line.kind.label,
            title=line.title,
            field=FIELD_WORDS[line.field],
            before=said(line.field, line.here, titles),
            now=said(line.field, line.there, titles),
        )
        for line in found.lines
        # The name is the pathway's, whatever its version.
        if line.kind is not ItemKind.PATHWAY
    ]
