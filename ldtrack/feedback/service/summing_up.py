"""A cycle as a whole, summed up once after its last report: profile and reliability."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from ldtrack.feedback.domain.answers import Questionnaire, Scale
from ldtrack.feedback.domain.cell_answers import label_of
from ldtrack.feedback.domain.cycle_reliability import LeaderRatings, cycle_reliability
from ldtrack.feedback.domain.history import ViewerHistory, history_from_dict
from ldtrack.feedback.domain.plain_json import plain
from ldtrack.feedback.domain.profile import ProfiledCompetency, ProfiledLeader, profile_of
from ldtrack.feedback.domain.release_json import from_dict
from ldtrack.feedback.domain.timeline import CycleState
from ldtrack.feedback.models import Cycle, CycleSummary, Release, Subject
from ldtrack.feedback.service.cycles import locked
from ldtrack.feedback.service.releasing import Asked, form_of
from ldtrack.feedback.service.reporting import left_to_do, what_was_asked
from ldtrack.feedback.service.sent import sent_answers
from ldtrack.people.queries import people_named


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What is stored of a cycle as a whole, as plain values."""

    profile: object
    reliability: object


def summary_of(session: Session, cycle_id: int) -> Summary | None:
    """Work out the cycle's summary; only reads, because large cycles take seconds.

    Nothing if there is one already, and as long as a report is left to make.
    """
    cycle = session.get_one(Cycle, cycle_id)
    if cycle.state != CycleState.CLOSED or left_to_do(session, cycle_id):
        return None
    if _is_summed_up(session, cycle_id):
        return None
    released = _released(session, cycle_id)
    asked = what_was_asked(session, cycle)
    return Summary(
        profile=plain(_profile(session, asked, released)),
        reliability=plain(_reliability(session, asked, released)),
    )


def keep_summary(session: Session, cycle_id: int, summary: Summary, *, now: datetime) -> None:
    """Store the cycle's summary, unless another run did meanwhile: the first reports stay."""
    locked(session, cycle_id)
    if not _is_summed_up(session, cycle_id):
        session.add(
            CycleSummary(
                cycle_id=cycle_id,
                made_on=now.date(),
                profile=summary.profile,
                reliability=summary.reliability,
            )
        )
        session.flush()


def _is_summed_up(session: Session, cycle_id: int) -> bool:
    known = select(CycleSummary.id).where(CycleSummary.cycle_id == cycle_id)
    return session.scalar(known) is not None


@dataclass(frozen=True, kw_only=True)
class _Released:
    subject_id: int
    person_id: int
    release: Release


def _released(session: Session, cycle_id: int) -> list[_Released]:
    rows = session.execute(
        select(Subject.id, Subject.person_id, Release)
        .join(Release, Release.subject_id == Subject.id)
        .where(Subject.cycle_id == cycle_id, Release.number == 1)
        .order_by(Subject.id)
        .options(undefer(Release.history))
    )
    return [
        _Released(subject_id=subject_id, person_id=person_id, release=release)
        for subject_id, person_id, release in rows
    ]


def _profile(session: Session, asked: Asked, released: Collection[_Released]) -> object:
    people = people_named(session, [one.person_id for one in released])
    leaders = [
        ProfiledLeader(
            person_id=one.person_id,
            unit=people[one.person_id].unit,
            release=from_dict(one.release.document["release"]),
        )
        for one in released
    ]
    return profile_of(
        leaders,
        [
            ProfiledCompetency(id=id_, name=asked.competencies[id_].name)
            for id_ in asked.form.competency_ids
        ],
        k=asked.k,
        scale=Scale(lo=asked.form.lo, hi=asked.form.hi),
        scale_words=asked.form.words,
    )


def _reliability(session: Session, asked: Asked, released: Collection[_Released]) -> object:
    form = form_of(asked)
    sent = sent_answers(session, [one.subject_id for one in released])
    return cycle_reliability(
        form,
        [
            LeaderRatings(
                raters=sent.raters_of(one.subject_id),
                shown=_shown(form, history_from_dict(one.release.history)),
            )
            for one in released
            if one.release.history is not None
        ],
    )


def _shown(form: Questionnaire, history: ViewerHistory) -> dict[int, frozenset[int]]:
    """By competency, the raters who are in a figure that the report shows."""
    raters = {figure.label: figure.raters for figure in history.figures}
    return {
        int(c.competency_id): frozenset().union(
            *(raters.get(label_of(c.competency_id, key), frozenset()) for key, _ in history.cells)
        )
        for c in form.competencies
    }
