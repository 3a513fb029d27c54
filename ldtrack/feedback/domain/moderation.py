"""Holding comments back before a report is out: why, and what is shown without them.

A comment is hidden with a reason and never edited, and the stored report stays as it is. Where
hiding would leave fewer than two comments of a group on a question, the whole block is held, for
a single comment tells too easily whose it is (rule 11).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.comments import FEWEST_WRITERS
from ldtrack.feedback.domain.document import CommentBlock, Release
from ldtrack.feedback.domain.report import Report

_WHY = "because they would hurt somebody or tell who wrote them"


class HidingReason(StrEnum):
    """Why a comment is held back; HR counts these words, so they quote nothing."""

    NAMES = "names"
    TELLS = "tells"
    HURTS = "hurts"
    PRIVATE = "private"

    @property
    def label(self) -> str:
        """The words people see."""
        return _LABELS[self]


_LABELS = {
    HidingReason.NAMES: "It names somebody",
    HidingReason.TELLS: "It tells who wrote it",
    HidingReason.HURTS: "It insults or belittles",
    HidingReason.PRIVATE: "It is about private life, not about work",
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a comment stands in the stored report: the block, and its place in the block."""

    block: int
    place: int


def places_in(written: str) -> frozenset[Place]:
    """Places as a statement hands them over.

    >>> sorted((p.block, p.place) for p in places_in("2:0,11:3"))
    [(2, 0), (11, 3)]
    """
    pairs = (part.split(":") for part in written.split(",") if part)
    return frozenset(Place(block=int(block), place=int(place)) for block, place in pairs)


@dataclass(frozen=True, kw_only=True)
class HeldBack:
    """What a reader is told of hidden comments; `count` is missing where it would tell too much."""

    any: bool = False
    count: int | None = None

    @property
    def sentence(self) -> str:
        """The sentence; '' if there is nothing to say.

        >>> HeldBack(any=True, count=1).sentence[:25]
        'One comment is held back,'
        """
        if not self.any:
            return ""
        if self.count == 1:
            return "One comment is held back, because it would hurt somebody or tell who wrote it."
        how_many = "Some" if self.count is None else str(self.count)
        return f"{how_many} comments are held back, {_WHY}."


def without(report: Report, hidden: Collection[Place]) -> Report:
    """The report as it is shown, without the comments that are held back."""
    if not hidden:
        return report
    release = report.release
    kept = tuple(block for _, block in _shown(release, hidden) if block.texts)
    return replace(report, release=replace(release, comments=kept))


def held_back(release: Release, hidden: Collection[Place]) -> HeldBack:
    """What may be said of the hidden comments.

    A number is given only where every hidden comment lies in a block that is still shown: the
    number of a block that is gone would tell how many of a group wrote. Of a comment whose writer
    is known, as the manager's, nothing is said at all.
    """
    known = _known(release)
    shown = dict(_shown(release, hidden))
    counted = [p for p in hidden if release.comments[p.block].group_name not in known]
    if not counted:
        return HeldBack()
    if all(shown[place.block].texts for place in counted):
        return HeldBack(any=True, count=len(counted))
    return HeldBack(any=True)


def may_be_hidden(release: Release, place: Place) -> bool:
    """Whether there is such a comment, and it is not the leader's own."""
    if not 0 <= place.block < len(release.comments):
        return False
    block = release.comments[place.block]
    own = {group.name for group in release.groups if group.key == SELF_GROUP}
    return 0 <= place.place < len(block.texts) and block.group_name not in own


def _shown(release: Release, hidden: Collection[Place]) -> Iterator[tuple[int, CommentBlock]]:
    known = _known(release)
    for number, block in enumerate(release.comments):
        texts = tuple(
            text
            for place, text in enumerate(block.texts)
            if Place(block=number, place=place) not in hidden
        )
        too_few = block.group_name not in known and len(texts) < FEWEST_WRITERS
        if texts != block.texts:
            yield number, replace(block, texts=() if too_few else texts)
        else:
            yield number, block


def _known(release: Release) -> frozenset[str]:
    """Names of groups of one person who was told that their words are shown as theirs."""
    return frozenset(group.name for group in release.groups if group.exempt)
