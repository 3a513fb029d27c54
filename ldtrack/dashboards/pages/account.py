"""The account of a level: what each piece of evidence said, counted for and did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ldtrack.access.domain import Actor
from ldtrack.charts.series.words import level_words, target_words
from ldtrack.dashboards.pages.reveal import is_told
from ldtrack.dashboards.pages.sources import source_of
from ldtrack.dashboards.pages.subject import Subject
from ldtrack.dashboards.pages.words import Target, signed
from ldtrack.evidence.domain import Entry, EvidenceForm
from ldtrack.growth.domain import LedgerLine, Prior, ledger
from ldtrack.growth.domain.person import CompetencyGrowth
from ldtrack.ui.dates import day


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of evidence; `title`, `who` and `value` are empty where they may not be told.

    `target` is where its source can be read. `recorded_at` is when it was stored or taken back.
    """

    on: date
    kind: str
    title: str
    who: str
    value: str
    recorded_at: datetime | None
    target: Target | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """A piece that moved the level; weight and share lie in 0..1. `edition` is the earlier one in
    whose words it was still observed, '' for the present one."""

    piece: Piece
    edition: str
    weight: float
    move: str
    share: float
    is_surprising: bool


@dataclass(frozen=True, kw_only=True)
class Account:
    """Everything behind a level, newest first."""

    lines: tuple[Line, ...]
    start: str
    start_share: float
    exposures: tuple[Piece, ...]
    withdrawn: tuple[Piece, ...]
    is_single: bool
    """Whether the level rests on one piece alone."""


def account_of(growth: CompetencyGrowth, subject: Subject, actor: Actor) -> Account:
    """The account as the actor may read it."""
    found = ledger(growth.trajectory)
    return Account(
        lines=tuple(_line(line, growth, subject, actor) for line in found.lines),
        start=_start(found.prior, growth),
        start_share=found.prior_share,
        exposures=pieces_of(found.exposures, subject, actor),
        withdrawn=pieces_of(found.withdrawn, subject, actor),
        is_single=len(growth.steps) == 1,
    )


def _start(prior: Prior, growth: CompetencyGrowth) -> str:
    words = prior.origin.label
    if growth.carried and prior.is_carried:
        words = f"Carried from edition {growth.carried.edition} on {day(growth.carried.on)}"
    return f"{words}, {level_words(prior.state.mean)}"


def pieces_of(entries: Iterable[Entry], subject: Subject, actor: Actor) -> tuple[Piece, ...]:
    """Pieces one by one."""
    return tuple(piece_of(entry, subject, actor) for entry in entries)


def piece_of(entry: Entry, subject: Subject, actor: Actor) -> Piece:
    """One piece as the actor may read it."""
    told = is_told(subject, entry.source_kind)
    # The ledger says no more than the kind where a title would say too much.
    titled = told and entry.title != entry.source_kind.label
    return Piece(
        on=entry.observed_on,
        kind=entry.source_kind.label,
        title=entry.title if titled else "",
        who=(entry.author or "") if told else "",
        value=_value(entry) if told else "",
        recorded_at=entry.recorded_at,
        target=source_of(entry, actor) if told else None,
    )


def _line(line: LedgerLine, growth: CompetencyGrowth, subject: Subject, actor: Actor) -> Line:
    is_earlier = line.entry.competency_id != growth.competency.id
    return Line(
        piece=piece_of(line.entry, subject, actor),
        edition=growth.carried.edition if growth.carried and is_earlier else "",
        weight=line.weight,
        move=signed(line.move),
        share=line.share,
        is_surprising=line.surprising,
    )


def _value(entry: Entry) -> str:
    if entry.value is not None:
        return level_words(entry.value)
    if entry.level is not None:
        word = "reached" if entry.form is EvidenceForm.PASSED else "not reached"
        return f"level {target_words(entry.level)} {word}"
    return ""
