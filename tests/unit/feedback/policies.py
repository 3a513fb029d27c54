"""Release policies that are common and naive, to show that the attacker finds what they leak."""

from __future__ import annotations

from collections.abc import Iterator

from ldtrack.feedback.domain.answers import RaterAnswers
from tests.unit.feedback.attacker import Row, item_row, mean_row, protected
from tests.unit.feedback.worlds import World


def every_mean_shown(world: World) -> list[Row]:
    """Group and item means whatever their size, and the mean of everybody."""
    rows = [
        row
        for items in _items(world)
        for members in [*_groups(world), _everybody(world)]
        for row in [mean_row(members, items), *(item_row(members, items, i) for i in items)]
    ]
    return [row for row in rows if row]


def small_groups_hidden_but_counted(world: World) -> list[Row]:
    """Competency means of groups of at least k, beside the mean of everybody."""
    large = [members for members in _groups(world) if len(members) >= world.k]
    return [
        mean_row(members, items)
        for items in _items(world)
        for members in [*large, _everybody(world)]
    ]


def updated_live(world: World) -> list[Row]:
    """Groups of at least k, shown again after every answer that comes in."""
    return [
        mean_row(members[:n], items)
        for items in _items(world)
        for members in _groups(world)
        for n in range(world.k, len(members) + 1)
    ]


def _items(world: World) -> Iterator[list[str]]:
    for competency in world.questionnaire.competencies:
        yield [str(item) for item in competency.item_ids]


def _everybody(world: World) -> list[RaterAnswers]:
    return [r for r in world.raters if r.group_key != "self"]


def _groups(world: World) -> list[list[RaterAnswers]]:
    hidden = protected(world)
    return [
        [r for r in world.raters if r.group_key == group.key and r.rater_key in hidden]
        for group in world.questionnaire.groups
    ]
