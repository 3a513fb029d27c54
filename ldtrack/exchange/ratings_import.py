"""Bringing past 360 ratings in: finding the leaders and competencies that a file names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.competencies.queries import competencies_by_key, scale
from ldtrack.exchange.limits import BROWSER, CONSOLE, Limits
from ldtrack.exchange.operator import operator_of
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.ratings_csv import PastAnswer, SubjectRatings, parse_ratings
from ldtrack.exchange.report import Report
from ldtrack.feedback.service.past import PastRating, PastRatings, import_past_cycle
from ldtrack.people.queries import by_external_id


@dataclass(frozen=True, kw_only=True)
class PastSetting:
    """What a file of ratings does not say: its framework, and the day its cycles closed."""

    framework_version_id: int
    closed_on: date


def import_file(
    session: Session,
    actor: Actor | None,
    source: Path | str | bytes,
    setting: PastSetting,
    *,
    now: datetime,
    limits: Limits = CONSOLE,
) -> Report:
    """Store each cycle of the file as one that closed in the past, all or nothing.

    Bad rows cannot be skipped: a report without some of its answers would be another report. Doing
    it again changes nothing; the counts are of leaders. Without an actor it is the console's
    operator who acts.
    """
    actor = actor or operator_of(session)
    raw = source if isinstance(source, bytes) else Path(source).read_bytes()
    subjects, ratings, problems = _read(session, actor, raw, setting, now, limits)
    if problems or not subjects:
        return Report(added=len(subjects), problems=tuple(problems))
    added = unchanged = 0
    for cycle in dict.fromkeys(one.cycle for one in subjects):
        done = import_past_cycle(
            session,
            actor,
            PastRatings(
                cycle=cycle,
                closed_on=setting.closed_on,
                framework_version_id=setting.framework_version_id,
                ratings=tuple(ratings[cycle]),
            ),
            now=now,
        )
        added, unchanged = added + done.added, unchanged + done.unchanged
    return Report(added=added, unchanged=unchanged, stored=True)


def look_at(
    session: Session,
    actor: Actor,
    raw: bytes,
    setting: PastSetting,
    *,
    now: datetime,
    limits: Limits = BROWSER,
) -> tuple[Report, list[SubjectRatings]]:
    """What the file holds and what is wrong with it; nothing is stored."""
    subjects, _, problems = _read(session, actor, raw, setting, now, limits)
    return Report(added=len(subjects), problems=tuple(problems)), subjects


def _read(
    session: Session,
    actor: Actor,
    raw: bytes,
    setting: PastSetting,
    now: datetime,
    limits: Limits,
) -> tuple[list[SubjectRatings], dict[str, list[PastRating]], list[Problem]]:
    policy.require(actor, Action.WRITE_CYCLE, Facts(organisation_id=actor.organisation_id))
    subjects, problems = parse_ratings(raw, limits=limits)
    people = by_external_id(session, {one.subject for one in subjects})
    keys = competencies_by_key(session, setting.framework_version_id)
    levels = scale(session, setting.framework_version_id)
    if setting.closed_on > now.date():
        problems.append(Problem(line=0, column="", reason="Its cycle closed in the future."))
    ratings: dict[str, list[PastRating]] = {}
    for answer in (answer for one in subjects for answer in one.answers):
        wrong = _wrong(answer, people, keys, levels.lo, levels.hi)
        problems += wrong
        if not wrong:
            ratings.setdefault(answer.cycle, []).append(
                PastRating(
                    person_id=people[answer.subject],
                    rater=answer.rater,
                    group=answer.group,
                    item=answer.item,
                    competency_id=keys[answer.competency],
                    score=answer.score,
                    comment=answer.comment,
                )
            )
    return subjects, ratings, sorted(problems, key=lambda problem: problem.line)


def _wrong(
    answer: PastAnswer, people: Mapping[str, int], keys: Mapping[str, int], lo: int, hi: int
) -> Sequence[Problem]:
    def problem(column: str, reason: str) -> Problem:
        return Problem(line=answer.line, column=column, reason=reason)

    found = []
    if answer.subject not in people:
        found.append(problem("leader_id", f"Nobody has the external id “{answer.subject}”."))
    if answer.competency not in keys:
        found.append(
            problem("competency_id", f"The framework has no competency “{answer.competency}”.")
        )
    if answer.score is not None and not lo <= answer.score <= hi:
        found.append(problem("score", f"The framework's scale goes from {lo} to {hi}."))
    return found
