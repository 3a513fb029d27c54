"""Bringing a norm in: finding the competencies that a file names, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.competencies.queries import competencies_by_key, scale
from ldtrack.exchange.limits import BROWSER, CONSOLE, Limits
from ldtrack.exchange.norms_csv import NormRow, parse_norms
from ldtrack.exchange.operator import operator_of
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.report import Report
from ldtrack.feedback.domain.norm_rows import LoadNorms
from ldtrack.feedback.domain.norms import NormBand
from ldtrack.feedback.service import load_norms


@dataclass(frozen=True, kw_only=True)
class NormSetting:
    """What a file of norms does not say and every report that uses it prints."""

    framework_version_id: int
    source: str
    population: str
    n_leaders: int
    as_of: date


def import_file(
    session: Session,
    actor: Actor | None,
    source: Path | str | bytes,
    setting: NormSetting,
    *,
    now: datetime,
    limits: Limits = CONSOLE,
) -> Report:
    """Store the norm, all or nothing; doing it again changes nothing. Counts competencies."""
    actor = actor or operator_of(session)
    raw = source if isinstance(source, bytes) else Path(source).read_bytes()
    rows, keys, problems = _read(session, actor, raw, setting, now, limits)
    if problems or not rows:
        return Report(added=len(rows), problems=tuple(problems))
    command = LoadNorms(
        framework_version_id=setting.framework_version_id,
        source=setting.source,
        population=setting.population,
        n_leaders=setting.n_leaders,
        as_of=setting.as_of,
        bands=tuple(
            NormBand(competency_id=keys[row.competency], mean=row.mean, low=row.low, high=row.high)
            for row in rows
        ),
    )
    if load_norms(session, actor, command, now=now):
        return Report(added=len(rows), stored=True)
    return Report(unchanged=len(rows), stored=True)


def look_at(
    session: Session,
    actor: Actor,
    raw: bytes,
    setting: NormSetting,
    *,
    now: datetime,
    limits: Limits = BROWSER,
) -> tuple[Report, list[NormRow]]:
    """What the file holds and what is wrong with it; nothing is stored."""
    rows, _, problems = _read(session, actor, raw, setting, now, limits)
    return Report(added=len(rows), problems=tuple(problems)), rows


def _read(
    session: Session,
    actor: Actor,
    raw: bytes,
    setting: NormSetting,
    now: datetime,
    limits: Limits,
) -> tuple[list[NormRow], dict[str, int], list[Problem]]:
    policy.require(actor, Action.WRITE_CYCLE, Facts(organisation_id=actor.organisation_id))
    rows, problems = parse_norms(raw, limits=limits)
    keys = competencies_by_key(session, setting.framework_version_id)
    levels = scale(session, setting.framework_version_id)
    if setting.as_of > now.date():
        problems.append(Problem(line=0, column="", reason="Its day lies in the future."))
    good: list[NormRow] = []
    for row in rows:
        wrong = _wrong(row, keys, levels.lo, levels.hi)
        problems += wrong
        good += [] if wrong else [row]
    return good, keys, sorted(problems, key=lambda problem: problem.line)


def _wrong(row: NormRow, keys: dict[str, int], lo: int, hi: int) -> list[Problem]:
    found = []
    if row.competency not in keys:
        found.append(("competency_id", f"The framework has no competency “{row.competency}”."))
    for column, level in (("mean", row.mean), ("low", row.low), ("high", row.high)):
        if not lo <= level <= hi:
            found.append((column, f"The framework's scale goes from {lo} to {hi}."))
    return [Problem(line=row.line, column=column, reason=reason) for column, reason in found]
