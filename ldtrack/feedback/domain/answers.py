"""The questionnaire and what raters answered to it, as plain values; no arithmetic lives here.

A missing answer comes in two kinds that are never mixed: "not able to observe" and left blank.
Neither is ever a number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ldtrack.core.errors import RuleBroken

Key = int | str
SELF_GROUP = "self"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One rater's answer to one item: a score, "not able to observe", or nothing."""

    item_id: Key
    score: int | None = None
    not_observed: bool = False

    def __post_init__(self) -> None:
        if self.not_observed and self.score is not None:
            raise RuleBroken("score", "Choose a score or “not able to observe”, not both.")


@dataclass(frozen=True, kw_only=True)
class RaterGroup:
    """A kind of rater. `exempt` raters are known by nature and were told so: self, one manager.

    `floor` may ask for more than the cycle's k before the group is shown on its own; `least` and
    `most` say how many are to be asked about each person.
    """

    key: str
    name: str
    exempt: bool = False
    floor: int = 0
    least: int = 0
    most: int | None = None

    def floor_over(self, k: int) -> int:
        """The fewest raters behind anything shown of this group: never below k.

        >>> RaterGroup(key="peer", name="Peers", floor=5).floor_over(3)
        5
        """
        return max(k, self.floor)


@dataclass(frozen=True, kw_only=True)
class RaterAnswers:
    """Everything one rater answered. Until it is `submitted` it is a draft and counts nowhere.

    `matters_most` holds the competencies that self or manager chose as most important. `then` is
    how the self answered the same items about an earlier time; it is never mixed with `answers`.
    """

    rater_key: int
    group_key: str
    answers: tuple[Answer, ...]
    submitted: bool = True
    matters_most: frozenset[Key] = frozenset()
    then: tuple[Answer, ...] = ()

    def scored(self, item_ids: Collection[Key]) -> dict[Key, int]:
        """The scores given to these items; missing answers are left out."""
        return {
            answer.item_id: answer.score
            for answer in self.answers
            if answer.score is not None and answer.item_id in item_ids
        }


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Whole numbers from `lo` to `hi`, both included."""

    lo: int = 1
    hi: int = 5

    def __contains__(self, score: object) -> bool:
        return isinstance(score, int) and self.lo <= score <= self.hi


@dataclass(frozen=True, kw_only=True)
class CompetencyItems:
    """The items that speak of one competency. An item belongs to one competency only.

    `weights` are whole numbers from 1, one for each item, so that sums stay exact; without them
    every item counts the same.
    """

    competency_id: Key
    item_ids: tuple[Key, ...]
    weights: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.weights:
            return
        if len(self.weights) != len(self.item_ids) or min(self.weights) < 1:
            raise RuleBroken("weight", "Each item needs a weight of 1 or more, or none has one.")

    def weight(self, item_id: Key) -> int:
        """How much an item counts beside the others.

        >>> CompetencyItems(competency_id="c", item_ids=("a", "b"), weights=(1, 2)).weight("b")
        2
        """
        return self.weights[self.item_ids.index(item_id)] if self.weights else 1


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """What was asked and of which groups, in the order in which it is shown.

    `derailers` are items that stand apart: they belong to no competency and count in none.
    """

    groups: tuple[RaterGroup, ...]
    competencies: tuple[CompetencyItems, ...]
    scale: Scale = Scale()
    derailers: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        items = self.asked_ids
        if len(set(items)) != len(items):
            raise RuleBroken("items", "An item can belong to one competency only.")

    @property
    def item_ids(self) -> tuple[Key, ...]:
        """The items of the competencies."""
        return tuple(item for c in self.competencies for item in c.item_ids)

    @property
    def asked_ids(self) -> tuple[Key, ...]:
        """Every item, those that stand apart too."""
        return (*self.item_ids, *self.derailers)


def counted_raters(
    questionnaire: Questionnaire, raters: Iterable[RaterAnswers]
) -> tuple[RaterAnswers, ...]:
    """The raters that count: submitted, with at least one score, each person once.

    A person who answered in two groups counts in the group that the questionnaire names first.
    Raises RuleBroken for a score off the scale, an unknown item or an unknown group.

    >>> peer, client = RaterGroup(key="peer", name="Peers"), RaterGroup(key="client", name="x")
    >>> form = Questionnaire(groups=(peer, client), competencies=(
    ...     CompetencyItems(competency_id="c", item_ids=("q",)),))
    >>> said = (Answer(item_id="q", score=4),)
    >>> [r.group_key for r in counted_raters(form, [
    ...     RaterAnswers(rater_key=7, group_key="client", answers=said),
    ...     RaterAnswers(rater_key=7, group_key="peer", answers=said)])]
    ['peer']
    """
    place = {group.key: position for position, group in enumerate(questionnaire.groups)}
    items = set(questionnaire.asked_ids)
    chosen: dict[int, RaterAnswers] = {}
    for rater in raters:
        _check(rater, questionnaire)
        if not rater.submitted or not rater.scored(items):
            continue
        seen = chosen.get(rater.rater_key)
        if seen is None or place[rater.group_key] < place[seen.group_key]:
            chosen[rater.rater_key] = rater
    return tuple(chosen[key] for key in sorted(chosen))


def _check(rater: RaterAnswers, form: Questionnaire) -> None:
    if rater.group_key not in {group.key for group in form.groups}:
        raise RuleBroken("group", f"The questionnaire has no rater group “{rater.group_key}”.")
    _check_answers(rater.answers, set(form.asked_ids), form.scale)
    _check_answers(rater.then, set(form.item_ids), form.scale)
    if not rater.matters_most <= {competency.competency_id for competency in form.competencies}:
        raise RuleBroken("competency", "The questionnaire does not ask about this competency.")


def _check_answers(answers: Sequence[Answer], items: Collection[Key], scale: Scale) -> None:
    if len({answer.item_id for answer in answers}) != len(answers):
        raise RuleBroken("item", "Each item can be answered once.")
    for answer in answers:
        if answer.item_id not in items:
            raise RuleBroken("item", f"The questionnaire has no item “{answer.item_id}”.")
        if answer.score is not None and answer.score not in scale:
            raise RuleBroken("score", f"Scores go from {scale.lo} to {scale.hi}.")
