"""What is different in an opening that was changed, as far as it concerns those who applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ldtrack.assignments.domain import Develops, PostingRow
from ldtrack.ui.dates import day


def what_changed(before: PostingRow, after: PostingRow, names: Mapping[int, str]) -> list[str]:
    """A sentence for each thing that matters to whoever applied: dates, time, place, levels.

    `names` are those of competencies. Better words for the same thing are no change.
    """
    return [*_terms(before, after), *_levels(before, after, names)]


def _terms(before: PostingRow, after: PostingRow) -> Iterator[str]:
    if (before.starts_on, before.ends_on) != (after.starts_on, after.ends_on):
        yield f"It runs from {_period(after)}; before: {_period(before)}."
    if before.share_of_time != after.share_of_time:
        yield f"It takes {after.share_of_time}% of the time; before: {before.share_of_time}%."
    if before.places != after.places:
        yield f"It has places for {after.places}; before: {before.places}."
    if before.where != after.where:
        yield f"Where: {after.where or 'not said'}; before: {before.where or 'not said'}."
    if before.kind is not after.kind:
        yield f"Kind: {after.kind.label.lower()}; before: {before.kind.label.lower()}."


def _levels(before: PostingRow, after: PostingRow, names: Mapping[int, str]) -> Iterator[str]:
    old, new = _by_competency(before), _by_competency(after)
    for competency_id, one in new.items():
        name = names[competency_id]
        if competency_id not in old:
            yield f"It also asks for {name}, level {one.level}."
        elif old[competency_id].level != one.level:
            yield f"It asks for {name}, level {one.level}; before: {old[competency_id].level}."
    for competency_id in old:
        if competency_id not in new:
            yield f"It no longer asks for {names[competency_id]}."


def _by_competency(row: PostingRow) -> dict[int, Develops]:
    return {one.competency_id: one for one in row.develops}


def _period(row: PostingRow) -> str:
    return f"{day(row.starts_on)} to {day(row.ends_on)}"
