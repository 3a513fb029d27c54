"""A reader who knows who answered which item and solves for what they answered.

Nothing here uses the audit: rows are written down from the printed document and the raters, and
solved with numpy. The reader is as strong as can be: he knows every group's members, every missing
answer and every weight, and takes printed figures as if they were not rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy

from ldtrack.feedback.domain.answers import RaterAnswers
from tests.unit.feedback.worlds import World

Unknown = tuple[int, str]
Row = dict[Unknown, float]
KNOWN_BY_NATURE = ("self", "manager")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One figure that a reader sees, as a mean over answers; `value` is None for a word."""

    path: str
    row: Row
    value: float | None


def scores_of(rater: RaterAnswers, items: Sequence[str]) -> dict[str, int]:
    return {
        str(a.item_id): a.score
        for a in rater.answers
        if a.score is not None and str(a.item_id) in items
    }


def mean_row(raters: Iterable[RaterAnswers], items: Sequence[str]) -> Row:
    """The mean of rater scores as weights on answers; under half of the items does not count."""
    said = {r.rater_key: scores_of(r, items) for r in raters}
    counted = {key: s for key, s in said.items() if s and 2 * len(s) >= len(items)}
    return {(key, item): 1 / len(s) / len(counted) for key, s in counted.items() for item in s}


def item_row(raters: Iterable[RaterAnswers], items: Sequence[str], item: str) -> Row:
    """The mean of one item over the raters who count for its competency."""
    keys = {key for (key, on), _ in mean_row(raters, items).items() if on == item}
    return {(key, item): 1 / len(keys) for key in keys}


def seen_in(document: Mapping[str, Any], world: World) -> list[Seen]:
    """Every group and item figure of the document, with the answers it is a mean of."""
    names = {group.name: group.key for group in world.questionnaire.groups}
    members = {
        group["key"]: [
            r for r in world.raters if r.group_key in {names[n] for n in group["group_names"]}
        ]
        for group in document["groups"]
    }
    items_of = {
        c.competency_id: [str(i) for i in c.item_ids] for c in world.questionnaire.competencies
    }
    found: list[Seen] = []
    for result in document["competencies"]:
        items = items_of[result["competency_id"]]
        for group in result["groups"]:
            key = group["group_key"]
            row = mean_row(members[key], items)
            found += _seen(f"{result['competency_id']} {key}", row, group["figure"])
        for item in result["items"]:
            for group in item["groups"]:
                key, on = group["group_key"], str(item["item_id"])
                row = item_row(members[key], items, on)
                found += _seen(f"{on} {key}", row, group["figure"])
    return found


def _seen(path: str, row: Row, figure: Mapping[str, Any]) -> list[Seen]:
    if figure["shown"] == "hidden":
        return []
    return [Seen(path=path, row=row, value=figure["value"])]


def protected(world: World) -> set[int]:
    """The raters whose answers must not come out: all but self and a single manager."""
    managers = [r.rater_key for r in world.raters if r.group_key == "manager"]
    return {
        r.rater_key
        for r in world.raters
        if r.group_key != "self" and not (r.group_key == "manager" and len(managers) == 1)
    }


def exposed(rows: Sequence[Row], hidden: set[int], k: int) -> list[frozenset[int]]:
    """Sets of at most k - 1 protected raters that some combination of the rows is left with.

    With orthonormal rows Q, a combination lies within a set's columns exactly if the part of
    Q Q' that these columns make up has an eigenvalue of 1.
    """
    own = [{u: w for u, w in row.items() if u[0] in hidden} for row in rows]
    found: list[frozenset[int]] = []
    for block in _blocks([row for row in own if row]):
        keys = sorted({key for row in block for key, _ in row})
        basis, columns = _orthonormal(block)
        parts = {key: basis[:, [i for i, u in enumerate(columns) if u[0] == key]] for key in keys}
        grams = {key: part @ part.T for key, part in parts.items()}
        groups = list(combinations(keys, min(k - 1, len(keys))))
        stacked = numpy.array([sum(grams[key] for key in group) for group in groups])
        largest = numpy.linalg.eigvalsh(stacked)[:, -1]
        found += [frozenset(g) for g, top in zip(groups, largest, strict=True) if top > 1 - 1e-7]
    return found


def spanned(rows: Sequence[Row], target: Row) -> bool:
    """Whether the target follows from the rows by arithmetic."""
    columns = sorted({unknown for row in [*rows, target] for unknown in row})
    matrix = numpy.array(
        [[row.get(u, 0.0) for u in columns] for row in rows] or [[0.0] * len(columns)]
    )
    aim = numpy.array([target.get(u, 0.0) for u in columns])
    weights = numpy.linalg.lstsq(matrix.T, aim, rcond=None)[0]
    return bool(numpy.abs(matrix.T @ weights - aim).max() < 1e-7)


def recovered(
    rows: Sequence[Row], values: Sequence[float], hidden: set[int]
) -> dict[Unknown, float]:
    """Single answers that least squares gives exactly, with the value it gives for them."""
    own = [{u: w for u, w in row.items() if u[0] in hidden} for row in rows]
    columns = sorted({unknown for row in own for unknown in row})
    if not columns:
        return {}
    matrix = numpy.array([[row.get(u, 0.0) for u in columns] for row in own])
    inverse = numpy.linalg.pinv(matrix)
    sure = numpy.abs((inverse @ matrix) - numpy.eye(len(columns))).max(axis=1) < 1e-7
    solved = inverse @ numpy.array(values)
    return {u: float(solved[i]) for i, u in enumerate(columns) if sure[i]}


def _orthonormal(rows: Sequence[Row]) -> tuple[Any, list[Unknown]]:
    columns = sorted({unknown for row in rows for unknown in row})
    matrix = numpy.array([[row.get(u, 0.0) for u in columns] for row in rows])
    _, sizes, right = numpy.linalg.svd(matrix, full_matrices=False)
    return right[sizes > 1e-9 * sizes[0]], columns


def _blocks(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows in groups that have no unknown in common."""
    blocks: list[list[Row]] = []
    for row in rows:
        touching = [b for b in blocks if any(row.keys() & other.keys() for other in b)]
        blocks = [b for b in blocks if b not in touching]
        blocks.append([row, *(other for b in touching for other in b)])
    return blocks
