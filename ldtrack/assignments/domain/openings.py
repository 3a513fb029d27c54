"""The life of an opening, from a draft to its close: which act may follow which state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PostingState(StrEnum):
    """Where an opening stands; who may read it follows from that."""

    DRAFT = "draft"
    """Its author's alone."""
    PROPOSED = "proposed"
    """It waits for HR."""
    PUBLISHED = "published"
    CLOSED = "closed"
    """It takes no more applications; who is placed stays placed."""

    @property
    def label(self) -> str:
        """The words people see."""
        return _LABELS.get(self) or self.value.capitalize()

    @property
    def is_public(self) -> bool:
        """Whether everybody in the organisation may read it."""
        return self in PUBLIC


_LABELS = {PostingState.PROPOSED: "Waits for HR", PostingState.PUBLISHED: "Open"}
PUBLIC = (PostingState.PUBLISHED, PostingState.CLOSED)


class PostingActKind(StrEnum):
    """What somebody did with an opening; each has a name, a day and sometimes a word."""

    PROPOSED = "proposed"
    TAKEN_BACK = "taken_back"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"
    CHANGED = "changed"
    CLOSED = "closed"
    REOPENED = "reopened"

    @property
    def words(self) -> str:
        """What is said of whoever did it."""
        return _WORDS[self]


_WORDS = {
    PostingActKind.PROPOSED: "proposed it",
    PostingActKind.TAKEN_BACK: "took the proposal back",
    PostingActKind.SENT_BACK: "sent it back",
    PostingActKind.PUBLISHED: "published it",
    PostingActKind.CHANGED: "changed it",
    PostingActKind.CLOSED: "closed it",
    PostingActKind.REOPENED: "opened it again",
}
_FOLLOWS: dict[PostingActKind, tuple[PostingState, ...]] = {
    PostingActKind.PROPOSED: (PostingState.DRAFT,),
    PostingActKind.TAKEN_BACK: (PostingState.PROPOSED,),
    PostingActKind.SENT_BACK: (PostingState.PROPOSED,),
    PostingActKind.PUBLISHED: (PostingState.DRAFT, PostingState.PROPOSED),
    PostingActKind.CHANGED: (PostingState.PROPOSED, *PUBLIC),
    PostingActKind.CLOSED: (PostingState.PUBLISHED,),
    PostingActKind.REOPENED: (PostingState.CLOSED,),
}
POSTING_LEADS_TO = {
    PostingActKind.PROPOSED: PostingState.PROPOSED,
    PostingActKind.TAKEN_BACK: PostingState.DRAFT,
    PostingActKind.SENT_BACK: PostingState.DRAFT,
    PostingActKind.PUBLISHED: PostingState.PUBLISHED,
    PostingActKind.CLOSED: PostingState.CLOSED,
    PostingActKind.REOPENED: PostingState.PUBLISHED,
}
"""Where the opening stands afterwards; a change leaves that as it is."""


@dataclass(frozen=True, kw_only=True)
class PostingActRow:
    """One act; `by_id` is None for somebody whose record was erased."""

    kind: PostingActKind
    by_id: int | None
    done_on: date
    word: str


def posting_may(kind: PostingActKind, state: PostingState) -> bool:
    """Whether the act is possible where the opening stands."""
    return state in _FOLLOWS[kind]


def last_word(acts: Sequence[PostingActRow], kind: PostingActKind) -> str:
    """The word that came with the latest act, if it is of this kind; else ''."""
    return acts[-1].word if acts and acts[-1].kind is kind else ""
