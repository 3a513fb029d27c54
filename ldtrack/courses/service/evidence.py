"""What completions say in the ledger; reading a score as a level is the domain's affair."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.competencies.queries import competencies_named, scale
from ldtrack.courses.domain import reading_of, reading_of_certificate
from ldtrack.courses.domain.certificates import SOURCE as CERTIFICATE
from ldtrack.courses.models import Completion, Course, CourseCompetency
from ldtrack.evidence.domain import Scale, SourceKind
from ldtrack.evidence.service import Observation, record_first, record_many, withdraw_sources

_KINDS = (SourceKind.COURSE_COMPLETION, SourceKind.COURSE_ASSESSMENT, SourceKind.CERTIFICATE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A completion that was just written down, as far as it says something about levels."""

    id: int
    course_id: int
    person_id: int
    completed_on: date
    score: float | None
    score_max: float | None
    passed: bool | None
    source: str


def speak(
    session: Session,
    new: Sequence[Told],
    changed: Sequence[Completion],
    courses: Mapping[int, Course],
    *,
    recorded_by: int | None,
    now: datetime,
) -> None:
    """Record what the completions say; those that changed take back what no longer holds."""
    develops = _develops(session, courses)
    scales = _scales(session, {one for pairs in develops.values() for one, _ in pairs})

    def said(row: Told | Completion) -> Iterator[Observation]:
        pairs = develops.get(row.course_id, [])
        return _observations(row, courses[row.course_id].title, pairs, scales, recorded_by)

    for row in changed:
        about = {competency_id for competency_id, _ in develops.get(row.course_id, [])}
        for kind in _KINDS:
            withdraw_sources(
                session,
                source_kind=kind,
                source_ids=[row.id],
                now=now,
                recorded_by=recorded_by,
                but_not=about if kind is _kind(row) else (),
            )
    record_many(session, [one for row in changed for one in said(row)], now=now)
    record_first(session, [one for row in new for one in said(row)], now=now)


def take_back(
    session: Session, completion_ids: Collection[int], *, recorded_by: int | None, now: datetime
) -> None:
    """Withdraw whatever the completions said."""
    for kind in _KINDS:
        withdraw_sources(
            session,
            source_kind=kind,
            source_ids=completion_ids,
            now=now,
            recorded_by=recorded_by,
        )


def _observations(
    row: Told | Completion,
    title: str,
    develops: Sequence[tuple[int, int]],
    scales: Mapping[int, Scale],
    recorded_by: int | None,
) -> Iterator[Observation]:
    kind = _kind(row)
    for competency_id, level in develops:
        if kind is SourceKind.CERTIFICATE:
            reading = reading_of_certificate(level, scales[competency_id])
        else:
            reading = reading_of(
                level=level,
                scale=scales[competency_id],
                passed=row.passed,
                score=row.score,
                score_max=row.score_max,
            )
        yield Observation(
            person_id=row.person_id,
            competency_id=competency_id,
            source_kind=kind,
            source_id=row.id,
            form=reading.form,
            value=reading.value,
            level=reading.level,
            noise_variance=reading.noise_variance,
            observed_on=row.completed_on,
            title=title,
            recorded_by=recorded_by,
        )


def _kind(row: Told | Completion) -> SourceKind:
    if row.source == CERTIFICATE and row.passed and row.score is None:
        return SourceKind.CERTIFICATE
    assessed = row.passed is not None or row.score is not None
    return SourceKind.COURSE_ASSESSMENT if assessed else SourceKind.COURSE_COMPLETION


def _develops(session: Session, course_ids: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for pair in session.scalars(
        select(CourseCompetency).where(CourseCompetency.course_id.in_(sorted(course_ids)))
    ):
        found.setdefault(pair.course_id, []).append((pair.competency_id, pair.level))
    return found


def _scales(session: Session, competency_ids: Iterable[int]) -> dict[int, Scale]:
    rows = competencies_named(session, competency_ids)
    found: dict[int, Scale] = {}
    for version in {row.framework_version_id for row in rows.values()}:
        levels = scale(session, version)
        found[version] = Scale(levels.lo, levels.hi)
    return {row.id: found[row.framework_version_id] for row in rows.values()}
