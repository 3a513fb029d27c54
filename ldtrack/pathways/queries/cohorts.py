"""Cohorts, for those who put people on pathways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select, union_all
from sqlalchemy import literal as say
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.core.nearness import nearest
from ldtrack.pathways.domain import (
    CohortLine,
    CohortOnVersion,
    CohortRow,
    CohortTies,
    EnrolmentRow,
    EnrolmentState,
)
from ldtrack.pathways.models import (
    Cohort,
    Enrolment,
    EnrolmentRule,
    Pathway,
    PathwayVersion,
    Pilot,
)
from ldtrack.pathways.queries.enrolments import PAGE, row_of
from ldtrack.pathways.queries.late import late_among
from ldtrack.people.queries import name_of, sort_name_of

COHORTS_PAGE = 20
MOST = 800
"""People of one page of cohorts who are looked at for what is overdue."""


def cohort(session: Session, actor: Actor, cohort_id: int) -> CohortRow:
    """One of them, else `NotVisible`."""
    row = session.scalar(
        select(Cohort).where(Cohort.id == cohort_id, policy.clause(actor, Action.WRITE_ENROLMENT))
    )
    if row is None:
        raise NotVisible
    return CohortRow(id=row.id, name=row.name)


def cohort_lines(
    session: Session, actor: Actor, today: date, *, search: str = "", page: int = 1
) -> tuple[list[CohortLine], int]:
    """A page of cohorts by name, and how many match in all; seven statements, whatever there is."""
    wanted = select(Cohort.id, Cohort.name).where(policy.clause(actor, Action.WRITE_ENROLMENT))
    if search:
        wanted = wanted.where(Cohort.name.icontains(search, autoescape=True))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    ordered = wanted.order_by(func.lower(Cohort.name), Cohort.id)
    shown = ordered.limit(COHORTS_PAGE).offset((max(page, 1) - 1) * COHORTS_PAGE)
    names = {row.id: row.name for row in session.execute(shown)}
    on = _on_versions(session, names)
    late = _late(session, on, today)
    return [
        CohortLine(
            id=cohort_id,
            name=name,
            on=tuple(each for each in on if each.cohort_id == cohort_id),
            n_late=late.get(cohort_id, 0) if late is not None else None,
        )
        for cohort_id, name in names.items()
    ], total


def cohorts_on(session: Session, actor: Actor, version_id: int) -> list[CohortOnVersion]:
    """The cohorts of a version by name; one statement."""
    return _on(
        session,
        and_(Enrolment.version_id == version_id, policy.clause(actor, Action.WRITE_ENROLMENT)),
    )


def travelling(
    session: Session, actor: Actor, cohort_id: int, *, page: int = 1
) -> tuple[list[EnrolmentRow], int]:
    """A page of the enrolments with a cohort, those on their way first, and how many in all."""
    wanted = (
        select(Enrolment, Pathway.title, PathwayVersion.number, Cohort.name)
        .join(PathwayVersion, PathwayVersion.id == Enrolment.version_id)
        .join(Pathway, Pathway.id == Enrolment.pathway_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Enrolment.cohort_id == cohort_id,
            policy.clause(actor, Action.READ_ENROLMENT, person_id=Enrolment.person_id),
        )
    )
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    ended = Enrolment.state != EnrolmentState.ACTIVE
    ordered = wanted.order_by(ended, sort_name_of(Enrolment.person_id), Enrolment.id)
    shown = ordered.add_columns(name_of(Enrolment.person_id))
    found = session.execute(shown.limit(PAGE).offset((max(page, 1) - 1) * PAGE))
    return [replace(row_of(*each[:4]), name=each[4] or "") for each in found], total


def ties_of(session: Session, cohort: CohortRow) -> CohortTies:
    """What names a cohort; one statement. The caller checked who is asking."""
    enrolments = select(say("enrolment"), func.count(Enrolment.id), say("")).where(
        Enrolment.cohort_id == cohort.id
    )
    pilots = (
        select(say("pilot"), say(1), Pathway.title)
        .select_from(Pilot)
        .join(PathwayVersion, PathwayVersion.id == Pilot.version_id)
        .join(Pathway, Pathway.id == PathwayVersion.pathway_id)
        .where(Pilot.cohort_id == cohort.id)
    )
    rules = (
        select(say("rule"), say(1), Pathway.title)
        .select_from(EnrolmentRule)
        .join(Pathway, Pathway.id == EnrolmentRule.pathway_id)
        .where(or_(EnrolmentRule.cohort_id == cohort.id, EnrolmentRule.into_cohort == cohort.name))
    )
    rows = session.execute(union_all(enrolments, pilots, rules)).all()
    titles: dict[str, list[str]] = defaultdict(list)
    for kind, _, title in rows:
        titles[kind].append(title)
    return CohortTies(
        n_enrolments=sum(n for kind, n, _ in rows if kind == "enrolment"),
        pilots=tuple(sorted(titles["pilot"])),
        rules=tuple(sorted(titles["rule"])),
    )


def cohort_meant(session: Session, typed: str, *, but: str = "") -> str | None:
    """The cohort that what was typed is probably a slip for; None if it is one, or new.

    `but` is one that is to be called something else, so it is not meant.
    """
    names = session.scalars(select(Cohort.name).where(Cohort.name != but).order_by(Cohort.name))
    return nearest(typed, names)


def _on_versions(session: Session, cohort_ids: Collection[int]) -> list[CohortOnVersion]:
    return _on(session, Enrolment.cohort_id.in_(sorted(cohort_ids))) if cohort_ids else []


def _on(session: Session, where: ColumnElement[bool]) -> list[CohortOnVersion]:
    active = func.sum(case((Enrolment.state == EnrolmentState.ACTIVE, 1), else_=0))
    rows = session.execute(
        select(
            Cohort.id,
            Cohort.name,
            PathwayVersion.id,
            Pathway.title,
            PathwayVersion.number,
            func.count(Enrolment.id),
            active,
        )
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .join(PathwayVersion, PathwayVersion.id == Enrolment.version_id)
        .join(Pathway, Pathway.id == PathwayVersion.pathway_id)
        .where(where)
        .group_by(Cohort.id, Cohort.name, PathwayVersion.id, Pathway.title, PathwayVersion.number)
        .order_by(func.lower(Cohort.name), Cohort.id, Pathway.title, PathwayVersion.number)
    )
    return [
        CohortOnVersion(
            cohort_id=cohort_id,
            cohort=name,
            version_id=version_id,
            title=title,
            number=number,
            n_people=n_people,
            n_active=n_active,
        )
        for cohort_id, name, version_id, title, number, n_people, n_active in rows
    ]


def _late(session: Session, on: Collection[CohortOnVersion], today: date) -> Counter[int] | None:
    """By cohort who has something overdue; None if there are too many people to look at."""
    n_active = sum(each.n_active for each in on)
    if not 0 < n_active <= MOST:
        return None if n_active else Counter()
    rows = session.execute(
        select(Enrolment, Pathway.title, PathwayVersion.number, Cohort.name)
        .join(PathwayVersion, PathwayVersion.id == Enrolment.version_id)
        .join(Pathway, Pathway.id == Enrolment.pathway_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Enrolment.cohort_id.in_(sorted({each.cohort_id for each in on})),
            Enrolment.state == EnrolmentState.ACTIVE,
        )
    )
    return Counter(
        row.cohort_id or 0 for row in late_among(session, [row_of(*each) for each in rows], today)
    )
