"""Adding to the ledger: a first word, a corrected word, a word taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.core.errors import RuleBroken
from ldtrack.core.ids import new_id
from ldtrack.db.base import Base
from ldtrack.db.given import write_rows
from ldtrack.db.session import organisation_of
from ldtrack.evidence.domain import EvidenceForm, SourceKind, refuse_future
from ldtrack.evidence.models import Evidence

_PART = 500
_TABLE = Base.metadata.tables[Evidence.__tablename__]


@dataclass(frozen=True, kw_only=True)
class Observation:
    """What a source says about a person and a competency.

    `value` (graded) and `level` (passed, failed) are in levels of the scale, `noise_variance` in
    squared levels; exposure carries none of the three.
    """

    person_id: int
    competency_id: int
    source_kind: SourceKind
    source_id: int
    form: EvidenceForm
    observed_on: date
    title: str
    value: float | None = None
    level: float | None = None
    noise_variance: float | None = None
    recorded_by: int | None = None


def record(session: Session, observation: Observation, *, now: datetime) -> int:
    """Add the observation; what the source said before is superseded if it was different.

    Saying the same again changes nothing. Returns the id of the row in force.
    """
    _check(observation, now)
    before = _in_force(
        session, observation.source_kind, observation.source_id, observation.competency_id
    )
    if before is not None and _same(before, observation):
        return before.id
    return _add(session, _row(observation, now), before)


def record_many(session: Session, observations: Iterable[Observation], *, now: datetime) -> None:
    """Add many observations, each as `record` does, in statements that do not grow one by one."""
    said = {(one.source_kind, one.source_id, one.competency_id): one for one in observations}
    before = _in_force_of(session, {(kind, source_id) for kind, source_id, _ in said})
    first: list[Observation] = []
    for key, observation in said.items():
        _check(observation, now)
        earlier = before.get(key)
        if earlier is None:
            first.append(observation)
        elif not _same(earlier, observation):
            session.add(_after(_row(observation, now), earlier))
    session.flush()
    record_first(session, first, now=now)


def record_first(session: Session, observations: Sequence[Observation], *, now: datetime) -> None:
    """Add the first words of sources that were never heard before; each speaks once about a
    competency.

    Rows go to the table as they are: of many, making an object of each costs three times as much.
    """
    for observation in observations:
        _check(observation, now)
    if observations:
        own = {"organisation_id": organisation_of(session), "recorded_at": now, "revision": 1}
        rows = [_columns(observation) | own for observation in observations]
        write_rows(session, _TABLE, rows)


def withdraw_sources(
    session: Session,
    *,
    source_kind: SourceKind,
    source_ids: Collection[int],
    now: datetime,
    recorded_by: int | None = None,
    but_not: Collection[int] = (),
) -> None:
    """Take back whatever the sources said, but not about the competencies in `but_not`."""
    before = _in_force_of(session, {(source_kind, source_id) for source_id in source_ids})
    for (_, _, competency_id), row in before.items():
        if competency_id not in but_not and row.form is not EvidenceForm.WITHDRAWN:
            session.add(_after(_withdrawn(row, now, recorded_by), row))
    session.flush()


def withdraw(
    session: Session,
    *,
    source_kind: SourceKind,
    source_id: int,
    competency_id: int,
    now: datetime,
    recorded_by: int | None = None,
) -> None:
    """Take back what the source said about the competency; a line without its value remains."""
    before = _in_force(session, source_kind, source_id, competency_id)
    if before is None or before.form is EvidenceForm.WITHDRAWN:
        return
    _add(session, _withdrawn(before, now, recorded_by), before)


def _check(observation: Observation, now: datetime) -> None:
    refuse_future(observation.observed_on, now.date())
    if observation.form is EvidenceForm.WITHDRAWN:
        raise RuleBroken("form", "To take evidence back, withdraw it.")


def _row(observation: Observation, now: datetime) -> Evidence:
    return Evidence(**_columns(observation), recorded_at=now)


def _columns(observation: Observation) -> dict[str, Any]:
    return {
        "id": new_id(),
        "person_id": observation.person_id,
        "competency_id": observation.competency_id,
        "source_kind": observation.source_kind,
        "source_id": observation.source_id,
        "form": observation.form,
        "value": observation.value,
        "level": observation.level,
        "noise_variance": observation.noise_variance,
        "observed_on": observation.observed_on,
        "recorded_by": observation.recorded_by,
        "title": observation.title[:300],
    }


def _withdrawn(before: Evidence, now: datetime, recorded_by: int | None) -> Evidence:
    return Evidence(
        person_id=before.person_id,
        competency_id=before.competency_id,
        source_kind=before.source_kind,
        source_id=before.source_id,
        form=EvidenceForm.WITHDRAWN,
        observed_on=before.observed_on,
        recorded_at=now,
        recorded_by=recorded_by,
        title=before.title,
    )


def _add(session: Session, row: Evidence, before: Evidence | None) -> int:
    session.add(_after(row, before))
    session.flush()
    return row.id


def _after(row: Evidence, before: Evidence | None) -> Evidence:
    row.revision = 1 if before is None else before.revision + 1
    row.supersedes_id = None if before is None else before.id
    return row


def _in_force(
    session: Session, kind: SourceKind, source_id: int, competency_id: int
) -> Evidence | None:
    return session.scalars(
        select(Evidence)
        .where(
            Evidence.source_kind == kind,
            Evidence.source_id == source_id,
            Evidence.competency_id == competency_id,
        )
        .order_by(Evidence.revision.desc())
        .limit(1)
    ).first()


def _in_force_of(
    session: Session, sources: Collection[tuple[SourceKind, int]]
) -> dict[tuple[SourceKind, int, int], Evidence]:
    found: dict[tuple[SourceKind, int, int], Evidence] = {}
    for kind in sorted({kind for kind, _ in sources}):
        ids = sorted(source_id for of_kind, source_id in sources if of_kind is kind)
        for start in range(0, len(ids), _PART):
            rows = session.scalars(
                select(Evidence)
                .where(
                    Evidence.source_kind == kind,
                    Evidence.source_id.in_(ids[start : start + _PART]),
                )
                .order_by(Evidence.revision)
            )
            found.update({(kind, row.source_id, row.competency_id): row for row in rows})
    return found


def _same(before: Evidence, now: Observation) -> bool:
    return (
        before.person_id == now.person_id
        and before.form == now.form
        and before.value == now.value
        and before.level == now.level
        and before.noise_variance == now.noise_variance
        and before.observed_on == now.observed_on
    )
