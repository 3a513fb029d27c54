"""What a rater is promised before answering, made from the settings in force and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.anonymity import check_floor, meets_floor
from ldtrack.feedback.domain.phrases import ENGLISH, Phrases
from ldtrack.feedback.domain.profile import fewest_leaders


@dataclass(frozen=True, kw_only=True)
class ExpectedGroup:
    """A rater group as it is planned, with how many are invited and its own floor, if any."""

    name: str
    expected: int
    exempt: bool = False
    floor: int = 0


@dataclass(frozen=True, kw_only=True)
class PromiseSettings:
    """Everything that the promise depends on.

    `readers` will read the results, `level_readers` one mean of a competency beside its level,
    `profile_readers` what many reports say together, and `participation_readers` will see who has
    answered. The `coach`, if there is one, reads and sums up what is not shown as it was written.
    Where comments are `moderated`, somebody reads them before anybody else does.
    """

    k: int
    groups: tuple[ExpectedGroup, ...]
    readers: tuple[str, ...]
    level_readers: tuple[str, ...] = ()
    profile_readers: tuple[str, ...] = ()
    participation_readers: tuple[str, ...] = ()
    kept_months: int | None = None
    coach: str = ""
    moderated: bool = False

    def __post_init__(self) -> None:
        check_floor(self.k)


_MODERATED = (
    "Somebody named for this reads the comments first, without names or figures; a comment can be "
    "held back whole, and is never changed."
)


_LEVELS = (
    "Of each competency, {readers} can also read the leader’s level, and this feedback as one mean."
)
_PROFILE = (
    "If at least {leaders} leaders have reports, means over these leaders are read by {readers}."
)
_TOGETHER = "Answers are shown only together, from at least {least} people."
_IF_FEW = (
    "If fewer than {least} of your group answer, your answers are put together with another "
    "group’s, or left out."
)
_FEW = (
    "{group} are expected to be fewer than {least}: your answers are put together with another "
    "group’s, or left out."
)
_WORD_FOR_WORD_AS_YOURS = "Comments are shown word for word, as yours."
_WORD_FOR_WORD = (
    "Comments are shown word for word, in random order and without your name; if too few people "
    "write, nobody reads them."
)
_CHOICE_AS_YOURS = "You choose for each comment. “As written”: shown word for word, as yours."
_CHOICE = (
    "You choose for each comment. “As written”: shown word for word, in random order and without "
    "your name; if too few people write, {coach} sums it up."
)
_SUMMED_UP = "“Summed up only”: {coach} alone reads it, and says the same in other words."
_COACH_ONLY = "“Coach only”: {coach} alone reads it, and passes nothing on."
_NOBODY_KNOWS = "Nobody is told whether you answered; the report says how many of each group did."
_KNOWN = "Whether you answered is seen by {readers}; the report says how many of each group did."
_KEPT = "Your answers are kept for {months} months after the results are out."


def promise(settings: PromiseSettings, own_group: str, said: Phrases = ENGLISH) -> tuple[str, ...]:
    """The sentences for a rater of the group with this name.

    >>> asked = PromiseSettings(k=3, groups=(ExpectedGroup(name="Peers", expected=2),),
    ...                         readers=("Ann Bee", "her coach"), kept_months=24)
    >>> for sentence in promise(asked, "Peers")[:2]: print(sentence)
    Results are read by Ann Bee and her coach. Nobody sees your own answers.
    Answers are shown only together, from at least 3 people.
    """
    group = _find(settings.groups, own_group)
    return (
        *_who_sees_what(settings, group, said),
        *_who_sees_means(settings, said),
        *_comments(settings, group, said),
        *([said.say(_MODERATED)] if settings.moderated else ()),
        _participation(settings, said),
        _retention(settings, said),
    )


def check_promise_kept(
    before: PromiseSettings, after: PromiseSettings, *, has_answers: bool
) -> None:
    """Raises RuleBroken if, after the first answer, what was promised would not be true any more.

    What is only stricter than promised stays true: a higher floor, answers kept for less long,
    nobody told who answered.
    """
    if not has_answers:
        return
    before = _as_strict_as(before, after)
    names = {group.name for group in (*before.groups, *after.groups)}
    if any(_said(before, name) != _said(after, name) for name in names):
        raise RuleBroken(
            "promise",
            "Someone has already answered, and this would change what raters were promised.",
        )


def _as_strict_as(before: PromiseSettings, after: PromiseSettings) -> PromiseSettings:
    """What was promised, with whatever is stricter in the other put in."""
    floors = {group.name: group.floor for group in after.groups}
    stricter_for_all = max(before.k, after.k)
    readers = before.participation_readers
    return replace(
        before,
        k=stricter_for_all,
        groups=tuple(
            replace(group, floor=max(group.floor, floors.get(group.name, 0)))
            for group in before.groups
        ),
        participation_readers=tuple(r for r in readers if r in after.participation_readers),
        kept_months=_shorter(before.kept_months, after.kept_months),
    )


def _shorter(one: int | None, other: int | None) -> int | None:
    """The shorter time; None is no time at all."""
    return None if one is None or other is None else min(one, other)


def _said(settings: PromiseSettings, name: str) -> tuple[str, ...]:
    known = any(group.name == name for group in settings.groups)
    return promise(settings, name) if known else ()


def _find(groups: Sequence[ExpectedGroup], name: str) -> ExpectedGroup:
    for group in groups:
        if group.name == name:
            return group
    raise RuleBroken("group", f"There is no rater group “{name}”.")


def _who_sees_what(
    settings: PromiseSettings, group: ExpectedGroup, said: Phrases
) -> tuple[str, ...]:
    readers = said.say("Results are read by {readers}.", readers=said.listed(settings.readers))
    if group.exempt and group.expected == 1:
        known = "Your answers are shown as yours: you are the only one in your group."
        return (f"{readers} {said.say(known)}",)
    readers += " " + said.say("Nobody sees your own answers.")
    least = max(settings.k, group.floor)
    floor = said.say(_TOGETHER, least=least)
    if meets_floor(group.expected, least):
        return (readers, floor, said.say(_IF_FEW, least=least))
    return (readers, floor, said.say(_FEW, least=least, group=group.name))


def _who_sees_means(settings: PromiseSettings, said: Phrases) -> Iterator[str]:
    if readers := settings.level_readers:
        yield said.say(_LEVELS, readers=said.listed(readers))
    if readers := settings.profile_readers:
        leaders = fewest_leaders(settings.k)
        yield said.say(_PROFILE, leaders=leaders, readers=said.listed(readers))


def _comments(settings: PromiseSettings, group: ExpectedGroup, said: Phrases) -> tuple[str, ...]:
    known = group.exempt and group.expected == 1
    if not settings.coach:
        return (said.say(_WORD_FOR_WORD_AS_YOURS if known else _WORD_FOR_WORD),)
    return (
        said.say(_CHOICE_AS_YOURS if known else _CHOICE, coach=settings.coach),
        said.say(_SUMMED_UP, coach=settings.coach),
        said.say(_COACH_ONLY, coach=settings.coach),
    )


def _participation(settings: PromiseSettings, said: Phrases) -> str:
    # Where all of a group answered, their number tells it of each of them.
    if not settings.participation_readers:
        return said.say(_NOBODY_KNOWS)
    return said.say(_KNOWN, readers=said.listed(settings.participation_readers))


def _retention(settings: PromiseSettings, said: Phrases) -> str:
    if settings.kept_months is None:
        return said.say("Your answers are deleted as soon as the results are out.")
    return said.say(_KEPT, months=settings.kept_months)
