"""One competency of a person: the level, the account of it, and what would help."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.charts.series import LevelMeter, LineBand
from ldtrack.coaching.domain import SponsorSees
from ldtrack.competencies.domain import CompetencyRow, ScaleRow
from ldtrack.competencies.queries import indicators
from ldtrack.dashboards.pages.account import Account, Piece, account_of, piece_of
from ldtrack.dashboards.pages.across import Crossed, became, came_from, names_of
from ldtrack.dashboards.pages.as_of import AsOf
from ldtrack.dashboards.pages.cards import tag_of
from ldtrack.dashboards.pages.helps import Help, helps_for, settles
from ldtrack.dashboards.pages.reveal import told_kinds
from ldtrack.dashboards.pages.sentences import competency_headline
from ldtrack.dashboards.pages.subject import Subject, whose_levels_show
from ldtrack.dashboards.pages.words import Sentence
from ldtrack.evidence.domain import Scale
from ldtrack.growth.domain import (
    AgainstTarget,
    Level,
    Rungs,
    latest_fall,
    rungs,
    settling,
)
from ldtrack.growth.domain.person import CompetencyGrowth, sentence
from ldtrack.growth.domain.picture import meter_of
from ldtrack.growth.queries import growth_in
from ldtrack.reflection.queries import about_competency

MOST_SETTLING = 3


@dataclass(frozen=True, kw_only=True)
class Rung:
    """A whole level: its word, and what somebody at it can be seen doing."""

    value: int
    label: str
    meaning: str
    behaviours: tuple[str, ...]
    is_reached: bool


@dataclass(frozen=True, kw_only=True)
class Lower:
    """The latest evidence is lower than before; `is_clear` if even the ranges are apart."""

    pieces: tuple[Piece, ...]
    is_clear: bool


@dataclass(frozen=True, kw_only=True)
class Settles:
    """A kind of evidence, and how far the range reaches either way before and after it."""

    what: str
    reach_now: float
    reach_then: float


@dataclass(frozen=True, kw_only=True)
class CompetencyPage:
    """Everything that is known of one competency of one person."""

    subject: Subject
    as_of: AsOf
    competency: CompetencyRow
    headline: Sentence
    tag: tuple[str, str]
    is_assessed: bool
    is_critical: bool
    carried: str
    """That the level rests on an earlier edition, as long as it does; else ''."""
    before: Crossed | None
    after: Crossed | None
    line: LineBand
    meter: LevelMeter
    account: Account
    lower: Lower | None
    rungs: tuple[Rung, ...]
    settling: tuple[Settles, ...]
    helps: tuple[Help, ...]
    n_entries: int
    """Entries of the reader's own journal about it."""


def competency_page(
    session: Session, actor: Actor, person_id: int, competency_id: int, as_of: AsOf
) -> CompetencyPage:
    """The page, else `NotVisible`."""
    subject = whose_levels_show(session, actor, person_id)
    growth = growth_in(
        session,
        actor,
        person_id,
        competency_id,
        job_profile=subject.job_profile,
        as_of=as_of.day,
        agreed=subject.sees(SponsorSees.LEVELS),
    )
    around = rungs(growth.standing, Scale(growth.scale.lo, growth.scale.hi))
    return CompetencyPage(
        subject=subject,
        as_of=as_of,
        competency=growth.competency,
        headline=competency_headline(growth, subject.voice),
        tag=tag_of(growth),
        is_assessed=isinstance(growth.standing, Level),
        is_critical=growth.is_critical,
        carried=sentence(growth.carried_words),
        before=came_from(growth),
        after=became(session, growth),
        line=growth.line(with_evidence=True, kinds=told_kinds(subject)),
        meter=_meter(growth),
        account=account_of(growth, subject, actor),
        lower=_lower(growth, subject, actor),
        rungs=_rungs(session, competency_id, growth.scale, around),
        settling=_settling(growth, as_of, around),
        helps=helps_for(session, names_of(growth), around, as_of.today),
        n_entries=about_competency(session, actor, growth.competency.id) if subject.is_actor else 0,
    )


def _meter(growth: CompetencyGrowth) -> LevelMeter:
    beside = growth.against if isinstance(growth.against, AgainstTarget) else None
    return meter_of(
        growth.competency.name,
        growth.standing,
        growth.chart_scale,
        beside,
        target=growth.target,
    )


def _lower(growth: CompetencyGrowth, subject: Subject, actor: Actor) -> Lower | None:
    if not isinstance(growth.standing, Level):
        return None
    fall = latest_fall(growth.trajectory, growth.standing)
    if fall is None:
        return None
    pieces = tuple(piece_of(step.entry, subject, actor) for step in fall.pieces)
    return Lower(pieces=pieces, is_clear=fall.is_clear)


def _rungs(
    session: Session, competency_id: int, scale: ScaleRow, around: Rungs
) -> tuple[Rung, ...]:
    wanted = [value for value in (around.reached, around.following) if value is not None]
    seen = indicators(session, {competency_id})
    words = {level.value: level for level in scale.levels}
    return tuple(
        Rung(
            value=value,
            label=scale.word(value),
            meaning=words[value].meaning,
            behaviours=tuple(row.effective for row in seen if row.level == value and row.effective),
            is_reached=value == around.reached,
        )
        for value in wanted
        if value in words
    )


def _settling(growth: CompetencyGrowth, as_of: AsOf, around: Rungs) -> tuple[Settles, ...]:
    level = growth.target if growth.target is not None else around.following
    found = settling(growth.trajectory, as_of.day, level or growth.scale.hi)
    return tuple(
        Settles(what=settles(each), reach_now=each.reach_now, reach_then=each.reach_then)
        for each in found[:MOST_SETTLING]
    )
