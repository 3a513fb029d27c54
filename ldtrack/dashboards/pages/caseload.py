"""A coach's leaders, one line each, those who need attention first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import without_debrief
from ldtrack.coaching.domain import CaseloadRow, by_need
from ldtrack.coaching.queries import caseload
from ldtrack.dashboards.pages.words import Sentence, plural
from ldtrack.feedback.queries import debriefs_due
from ldtrack.ui.dates import day_short


@dataclass(frozen=True, kw_only=True)
class Need:
    """Why a leader wants attention: a kind of tag and its word; `is_urgent` comes first."""

    kind: str
    word: str
    is_urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class LeaderLine:
    """A leader; `report_id` is the 360 that waits to be talked through and passed on."""

    row: CaseloadRow
    needs: tuple[Need, ...]
    n_due: int
    report_id: int | None

    @property
    def is_urgent(self) -> bool:
        """Whether something should happen at once."""
        return any(need.is_urgent for need in self.needs)


@dataclass(frozen=True, kw_only=True)
class CaseloadPage:
    """Everybody whom the actor coaches."""

    headline: Sentence
    lines: tuple[LeaderLine, ...]
    today: date


def caseload_page(session: Session, actor: Actor, today: date) -> CaseloadPage:
    """The actor's own leaders."""
    rows = by_need(caseload(session, actor), today)
    reports = {found.person_id: found.subject_id for found in debriefs_due(session, actor)}
    ended = without_debrief(session, actor, today) if rows else {}
    lines = [
        _line(row, reports.get(row.person_id), ended.get(row.person_id, []), today) for row in rows
    ]
    # The order within urgent and other lines stays that of coaching.
    lines.sort(key=lambda line: not line.is_urgent)
    return CaseloadPage(headline=caseload_headline(lines), lines=tuple(lines), today=today)


def caseload_headline(lines: Sequence[LeaderLine]) -> Sentence:
    """Who needs the coach first, and why."""
    if not lines:
        return Sentence(before="You coach nobody at the moment.")
    urgent = [line for line in lines if line.is_urgent]
    leaders = plural(len(lines), "leader")
    if not urgent:
        calm = "is" if len(lines) == 1 else "are all"
        return Sentence(before=f"Your {leaders} {calm} on course.")
    why = next(need.word for need in urgent[0].needs if need.is_urgent)
    return Sentence(
        before=f"{len(urgent)} of {leaders} {'needs' if len(urgent) == 1 else 'need'} you; ",
        accent=urgent[0].row.name,
        after=f" first: {why[0].lower()}{why[1:]}.",
    )


def needs_of(
    row: CaseloadRow, *, has_report: bool, ended: Sequence[str], today: date
) -> tuple[Need, ...]:
    """Why a leader wants attention, the urgent reasons first."""
    found: list[Need] = []
    if has_report:
        found.append(Need(kind="waiting", word="360 report to talk through", is_urgent=True))
    if row.is_unlogged(today) and row.next_on is not None:
        word = f"Session of {day_short(row.next_on)} not logged"
        found.append(Need(kind="late", word=word, is_urgent=True))
    elif row.is_long_ago(today):
        found.append(Need(kind="late", word=_silence(row, today), is_urgent=True))
    if row.n_to_answer:
        found.append(
            Need(kind="waiting", word=f"{plural(row.n_to_answer, 'milestone')} proposed to you")
        )
    found += [Need(kind="due", word=f"Debrief to hold: {title}") for title in ended]
    return tuple(found)


def _silence(row: CaseloadRow, today: date) -> str:
    days = row.days_since_last(today)
    if days is None:
        return "No session yet"
    return f"No session for {plural(days // 7, 'week')}"


def _line(row: CaseloadRow, report_id: int | None, ended: list[str], today: date) -> LeaderLine:
    return LeaderLine(
        row=row,
        needs=needs_of(row, has_report=report_id is not None, ended=ended, today=today),
        n_due=row.n_milestones_due(today),
        report_id=report_id,
    )
