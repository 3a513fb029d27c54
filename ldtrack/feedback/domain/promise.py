"""What a rater is promised before answering, made from the settings in force and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.anonymity import check_floor, meets_floor


@dataclass(frozen=True, kw_only=True)
class ExpectedGroup:
    """A rater group as it is planned, with how many are invited."""

    name: str
    expected: int
    exempt: bool = False


@dataclass(frozen=True, kw_only=True)
class PromiseSettings:
    """Everything that the promise depends on.

    `readers` will read the results, `participation_readers` will see who has answered.
    """

    k: int
    groups: tuple[ExpectedGroup, ...]
    readers: tuple[str, ...]
    participation_readers: tuple[str, ...] = ()
    kept_months: int | None = None
    comments_verbatim: bool = True

    def __post_init__(self) -> None:
        check_floor(self.k)


def promise(settings: PromiseSettings, own_group: str) -> tuple[str, ...]:
    """The sentences for a rater of the group with this name.

    >>> asked = PromiseSettings(k=3, groups=(ExpectedGroup(name="Peers", expected=2),),
    ...                         readers=("Ann Bee", "her coach"), kept_months=24)
    >>> for sentence in promise(asked, "Peers")[:2]: print(sentence)
    Results are read by Ann Bee and her coach. Nobody sees your own answers.
    Answers are shown only together, from at least 3 people.
    """
    group = _find(settings.groups, own_group)
    return (
        *_who_sees_what(settings, group),
        _comments(settings, group),
        _participation(settings),
        _retention(settings),
    )


def check_promise_kept(
    before: PromiseSettings, after: PromiseSettings, *, has_answers: bool
) -> None:
    """Raises RuleBroken if, after the first answer, a setting would change what was promised."""
    if not has_answers:
        return
    names = {group.name for group in (*before.groups, *after.groups)}
    if any(_said(before, name) != _said(after, name) for name in names):
        raise RuleBroken(
            "promise",
            "Someone has already answered, and this would change what raters were promised.",
        )


def _said(settings: PromiseSettings, name: str) -> tuple[str, ...]:
    known = any(group.name == name for group in settings.groups)
    return promise(settings, name) if known else ()


def _find(groups: Sequence[ExpectedGroup], name: str) -> ExpectedGroup:
    for group in groups:
        if group.name == name:
            return group
    raise RuleBroken("group", f"There is no rater group “{name}”.")


def _who_sees_what(settings: PromiseSettings, group: ExpectedGroup) -> tuple[str, ...]:
    readers = f"Results are read by {_listed(settings.readers)}."
    if group.exempt and group.expected == 1:
        return (f"{readers} Your answers are shown as yours: you are the only one in your group.",)
    readers += " Nobody sees your own answers."
    floor = f"Answers are shown only together, from at least {settings.k} people."
    fate = "your answers are put together with another group's, or left out."
    if meets_floor(group.expected, settings.k):
        return (readers, floor, f"If fewer than {settings.k} of your group answer, {fate}")
    return (readers, floor, f"{group.name} are expected to be fewer than {settings.k}: {fate}")


def _comments(settings: PromiseSettings, group: ExpectedGroup) -> str:
    if not settings.comments_verbatim:
        return "Comments are read by the coach alone, who sums them up."
    if group.exempt and group.expected == 1:
        return "Comments are shown word for word, as yours."
    return "Comments are shown word for word, in random order and without your name."


def _participation(settings: PromiseSettings) -> str:
    if not settings.participation_readers:
        return "Nobody is told whether you answered."
    return f"Whether you answered is seen by {_listed(settings.participation_readers)}."


def _retention(settings: PromiseSettings) -> str:
    if settings.kept_months is None:
        return "Your answers are deleted as soon as the results are out."
    return f"Your answers are kept for {settings.kept_months} months after the results are out."


def _listed(names: Sequence[str]) -> str:
    *first, last = names or ("nobody",)
    return f"{', '.join(first)} and {last}" if first else last
