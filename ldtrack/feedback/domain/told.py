"""What a report says beyond its figures, in lines to be printed: all from what was stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ldtrack.feedback.domain.answers import Key
from ldtrack.feedback.domain.changes import ChangeWord, CompetencyChange
from ldtrack.feedback.domain.document import CompetencyResult, Importance
from ldtrack.feedback.domain.importance import Share
from ldtrack.feedback.domain.item_lists import DebatedItem, ListedItem, leading
from ldtrack.feedback.domain.norms import place
from ldtrack.feedback.domain.report import Report
from ldtrack.feedback.domain.rereleases import Comparison
from ldtrack.feedback.domain.self_others import GapRule, Quadrant, profile_words
from ldtrack.feedback.domain.verdict import HiddenCells, verdict_of

_FIRST = 3


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """An item of a list: what it asked, of which competency, and the figure it is listed for.

    `note` says which groups are apart.
    """

    text: str
    competency: str
    figure: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """One competency then and now."""

    competency: str
    before: str
    after: str
    difference: str
    word: str
    own: str


@dataclass(frozen=True, kw_only=True)
class MattersCell:
    """One field of importance beside skill."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class InShort:
    """The report in a few names of competencies; a list is empty where nothing stands out."""

    strengths: tuple[str, ...]
    to_grow: tuple[str, ...]
    unexpected: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class UsualLine:
    """One competency beside what is usual."""

    competency: str
    others: str
    band: str
    place: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """All of it, for every renderer. `shape` compares self's highs and lows with others'."""

    in_short: InShort
    shape: str
    matters: tuple[MattersCell, ...]
    highest: tuple[ItemLine, ...]
    lowest: tuple[ItemLine, ...]
    debated: tuple[ItemLine, ...]
    changes: tuple[ChangeLine, ...]
    usual: tuple[UsualLine, ...]
    hidden: tuple[HiddenCells, ...]


def told(report: Report, *, own: bool = False) -> Told:
    """Everything beyond figures that the report says; `own` speaks to the leader."""
    return Told(
        in_short=in_short(report),
        shape=profile_words(report.release.profile_agreement, own=own),
        matters=matters(report, own=own),
        highest=highest(report),
        lowest=lowest(report),
        debated=debated(report),
        changes=change_lines(report),
        usual=usual(report),
        hidden=hidden_cells(report),
    )


def usual(report: Report) -> tuple[UsualLine, ...]:
    """Where others' printed figures lie beside the norm's bands."""
    norm = report.insights.norm
    found = []
    for result in report.release.competencies:
        band = norm.band_of(result.competency_id) if norm else None
        level = _level(result)
        if band is not None and level is not None:
            found.append(
                UsualLine(
                    competency=report.name_of(result),
                    others=f"{level:.1f}",
                    band=f"{band.low:.1f} to {band.high:.1f}",
                    place=place(level, band).value,
                )
            )
    return tuple(found)


def highest(report: Report) -> tuple[ItemLine, ...]:
    """The items that others rate highest."""
    return _listed(report, report.insights.lists.highest)


def lowest(report: Report) -> tuple[ItemLine, ...]:
    """The items that others rate lowest."""
    return _listed(report, report.insights.lists.lowest)


def debated(report: Report) -> tuple[ItemLine, ...]:
    """The items that groups see most differently."""
    return tuple(_debated(report, item) for item in report.insights.lists.debated)


def change_lines(report: Report) -> tuple[ChangeLine, ...]:
    """What changed since the cycle before, competency by competency."""
    since = report.insights.since
    return tuple(_change(report, one) for one in since.changes) if since else ()


def matters(report: Report, *, own: bool) -> tuple[MattersCell, ...]:
    """Importance beside skill, in four fields; empty where nobody chose or nothing is shown."""
    fields: dict[tuple[bool, bool], list[tuple[str, str]]] = {key: [] for key in _FIELDS}
    for result in report.release.competencies:
        level = _level(result)
        if result.importance is not None and level is not None:
            key = (_is_important(result.importance), level >= GapRule().strength)
            who = _choosers(result.importance, own=own)
            fields[key].append((report.name_of(result), who))
    if not any(fields.values()):
        return ()
    return tuple(
        MattersCell(title=title, lines=tuple(fields[key])) for key, title in _FIELDS.items()
    )


def in_short(report: Report) -> InShort:
    """Names of competencies, at most three each, as far as the printed levels set them apart."""
    results = report.release.competencies
    strong = _in_quadrant(results, Quadrant.CONFIRMED_STRENGTH, Quadrant.HIDDEN_STRENGTH)
    weak = _in_quadrant(results, Quadrant.CONFIRMED_DEVELOPMENT_AREA, Quadrant.BLIND_SPOT)
    apart = _in_quadrant(results, Quadrant.BLIND_SPOT, Quadrant.HIDDEN_STRENGTH)
    since = report.insights.since
    clear = [one for one in since.changes if one.word is ChangeWord.CLEAR] if since else []
    return InShort(
        strengths=_names(report, leading(strong, _FIRST, lambda r: -(_level(r) or 0))),
        to_grow=_names(report, leading(weak, _FIRST, lambda r: _level(r) or 0)),
        unexpected=_names(report, apart),
        changed=tuple(f"{_named(report, c.competency_id)} {_signed(c)}" for c in clear),
    )


def hidden_cells(report: Report) -> tuple[HiddenCells, ...]:
    """How many figures are hidden, by reason."""
    return verdict_of(report.release, figures=0, earlier=0).hidden


_FIELDS = {
    (True, False): "Matters most, with room to grow",
    (True, True): "Matters most, and others see it as a strength",
    (False, True): "A strength to draw on",
    (False, False): "Matters less now",
}


def _listed(report: Report, items: Iterable[ListedItem]) -> tuple[ItemLine, ...]:
    return tuple(
        ItemLine(
            text=report.items[int(item.item_id)],
            competency=_named(report, item.competency_id),
            figure=item.figure.text,
        )
        for item in items
    )


def _debated(report: Report, item: DebatedItem) -> ItemLine:
    names = {group.key: group.name for group in report.release.groups}
    return ItemLine(
        text=report.items[int(item.item_id)],
        competency=_named(report, item.competency_id),
        figure=f"{item.apart:.1f} apart",
        note=f"{names[item.lowest_group]} lowest, {names[item.highest_group]} highest",
    )


def _change(report: Report, one: CompetencyChange) -> ChangeLine:
    own = ""
    if one.self_before is not None and one.self_after is not None:
        own = f"{one.self_before.text} to {one.self_after.text}"
    return ChangeLine(
        competency=_named(report, one.competency_id),
        before=one.before or "–",
        after=one.after or "–",
        difference=_signed(one),
        word=one.word.value if one.word else _WITHOUT_A_WORD[one.comparison],
        own=own,
    )


_WITHOUT_A_WORD = {
    Comparison.CHANGE: "",
    Comparison.BANDS: "only roughly",
    Comparison.NOTHING: "not compared",
}


def _signed(one: CompetencyChange) -> str:
    return "" if one.difference is None else f"{one.difference:+.1f}".replace("-", "−")


def _is_important(importance: Importance) -> bool:
    known = importance.by_self or importance.by_manager
    return bool(known) or importance.others is Share.MOST


def _choosers(importance: Importance, *, own: bool) -> str:
    who = []
    if importance.by_self:
        who.append("you" if own else "self")
    if importance.by_manager:
        who.append("the manager")
    if importance.others is not None and importance.others is not Share.FEW:
        who.append(importance.others.value)
    return f"chosen by {' and '.join(who)}" if who else ""


def _in_quadrant(results: Iterable[CompetencyResult], *wanted: Quadrant) -> list[CompetencyResult]:
    return [r for r in results if r.comparison is not None and r.comparison.quadrant in wanted]


def _names(report: Report, results: Iterable[CompetencyResult]) -> tuple[str, ...]:
    return tuple(report.name_of(result) for result in results)


def _named(report: Report, competency_id: Key) -> str:
    return next(c.name for c in report.competencies if c.id == competency_id)


def _level(result: CompetencyResult) -> float | None:
    return result.others.figure.value if result.others else None
