"""Invitations as HR works with them: how they go, who is interested, and why they are meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.growth.queries import rule_levels
from ldtrack.pathways.domain import Call, CallFigures, InterestRow, Listed, Plan
from ldtrack.pathways.queries import (
    call_figures,
    calls_of,
    cover,
    interested_in,
    preview_of,
    rule_of,
)
from ldtrack.ui.fields import Option


@dataclass(frozen=True, kw_only=True)
class CallsPage:
    """The invitations of a pathway and how they went; `n_matching` are those whom its rule names
    today and who are not on it."""

    plan: Plan
    rows: list[CallFigures]
    n_matching: int
    today: date

    def n_reached(self, row: CallFigures) -> int:
        """How many people an invitation is meant for, with those who came by it."""
        return _reached(row, self.n_matching)


def calls_page(session: Session, actor: Actor, version_id: int, today: date) -> CallsPage:
    """The page, else `NotVisible`."""
    plan = cover(session, actor, version_id)
    rows = calls_of(session, actor, plan.pathway_id)
    targeted = any(row.call.targeted for row in rows)
    matching = _matching(session, actor, plan.pathway_id, today) if targeted else {}
    return CallsPage(plan=plan, rows=rows, n_matching=len(matching), today=today)


@dataclass(frozen=True, kw_only=True)
class InterestLine:
    """Somebody who answered; `reasons` say how they stand to the rule, if there is one."""

    row: InterestRow
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class InterestPage:
    """Who answered an invitation."""

    call: Call
    figures: CallFigures
    waiting: list[InterestLine]
    answered: list[InterestLine]
    n_reached: int

    @property
    def options(self) -> list[Option]:
        """Who can be enrolled."""
        return [
            Option(id=line.row.person_id, label=line.row.name)
            for line in self.waiting
            if line.row.can_come
        ]

    @property
    def to_decline(self) -> list[Option]:
        """Who waits for an answer."""
        return [Option(id=line.row.person_id, label=line.row.name) for line in self.waiting]


def interest_page(session: Session, actor: Actor, call_id: int, today: date) -> InterestPage:
    """The page, else `NotVisible`."""
    figures = call_figures(session, actor, call_id)
    about = figures.call
    targeted = about.targeted
    matching = _matching(session, actor, about.pathway_id, today) if targeted else {}
    lines = [
        InterestLine(row=row, reasons=_reasons(about, matching.get(row.person_id)))
        for row in interested_in(session, actor, call_id)
    ]
    return InterestPage(
        call=about,
        figures=figures,
        waiting=[line for line in lines if not line.row.is_answered],
        answered=[line for line in lines if line.row.is_answered],
        n_reached=_reached(figures, len(matching)),
    )


def _matching(session: Session, actor: Actor, pathway_id: int, today: date) -> Mapping[int, Listed]:
    """Those whom the pathway's rule names and who are not on it, by person."""
    rule = rule_of(session, actor, pathway_id)
    if rule is None:
        return {}
    found = preview_of(session, actor, rule, rule_levels(session, actor, rule.gaps, today))
    return {each.person_id: each for each in (*found.come, *found.again)}


def _reached(row: CallFigures, n_matching: int) -> int:
    return n_matching + row.n_enrolled if row.call.targeted else row.n_here


def _reasons(about: Call, listed: Listed | None) -> tuple[str, ...]:
    if not about.targeted:
        return ()
    if listed is None:
        return ("the rule names them no longer",)
    return tuple(point.words for point in listed.points)
