"""The pages of openings: HR's list, one opening with who is in it, and templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments import queries
from ldtrack.assignments.domain import (
    OPEN,
    UNANSWERED,
    PlacementRow,
    PlacementState,
    PostingActKind,
    PostingActRow,
    PostingKind,
    PostingRow,
    PostingState,
    StandingRow,
    TemplateRow,
    last_word,
)
from ldtrack.assignments.pages.words import Asked, vocabulary
from ldtrack.assignments.queries import Wanted
from ldtrack.assignments.queries.postings import PAGE
from ldtrack.people.queries import people_named


@dataclass(frozen=True, kw_only=True)
class OpeningsPage:
    """HR's list; `asks` by opening, `names` by person."""

    wanted: Wanted
    postings: list[PostingRow]
    asks: dict[int, list[Asked]]
    names: dict[int, str]
    proposed: list[PostingRow]
    proposals: list[PlacementRow]
    unconfirmed: list[PlacementRow]
    kinds: tuple[PostingKind, ...]
    page: int
    pages: int
    total: int
    today: date


@dataclass(frozen=True, kw_only=True)
class OpeningPage:
    """One opening; `own` is the reader's own placement in it, `people` whom the reader may see.

    `acts` is what was done with it: for those who answer for it or decide, and why it closed for
    everybody.
    """

    posting: PostingRow
    asks: list[Asked]
    owner: str
    sponsor: str
    own: StandingRow | None
    people: list[tuple[StandingRow, str]]
    acts: list[PostingActRow]
    names: dict[int, str]
    is_open: bool
    is_own: bool
    may_apply: bool
    may_write: bool
    may_decide: bool
    may_close: bool
    today: date

    @property
    def n_waiting(self) -> int:
        """How many applications wait for an answer."""
        return sum(row.state in UNANSWERED for row, _ in self.people)

    @property
    def sent_back(self) -> str:
        """What HR said when it came back, if that was the last thing that was done."""
        return last_word(self.acts, PostingActKind.SENT_BACK)

    @property
    def why_closed(self) -> str:
        """Why it takes no more applications; '' if nobody said."""
        closed = [act.word for act in self.acts if act.kind is PostingActKind.CLOSED]
        return closed[-1] if closed and self.posting.state is PostingState.CLOSED else ""


@dataclass(frozen=True, kw_only=True)
class TemplatesPage:
    """The templates, with what each asks for in words."""

    templates: list[TemplateRow]
    asks: dict[int, list[Asked]]
    may_write: bool


def openings_page(
    session: Session, actor: Actor, today: date, *, wanted: Wanted, page: int
) -> OpeningsPage:
    """A page of the openings that match, with what waits for an answer."""
    rows, total = queries.postings(session, actor, wanted=wanted, page=page)
    proposed = queries.proposed(session, actor)
    waiting = queries.waiting_for_hr(session, actor, today)
    words = vocabulary(session, rows)
    people = {row.owner_id for row in (*rows, *proposed)}
    people |= {row.person_id for row in waiting} | {row.posting.owner_id for row in waiting}
    return OpeningsPage(
        wanted=wanted,
        postings=rows,
        asks={row.id: words.asks(row) for row in rows},
        names={row.id: row.name for row in people_named(session, people).values()},
        proposed=proposed,
        proposals=[row for row in waiting if row.state is PlacementState.PROPOSED],
        unconfirmed=[row for row in waiting if row.state is not PlacementState.PROPOSED],
        kinds=tuple(PostingKind),
        page=page,
        pages=max(1, ceil(total / PAGE)),
        total=total,
        today=today,
    )


def opening_page(session: Session, actor: Actor, posting_id: int, today: date) -> OpeningPage:
    """One opening, else `NotVisible`."""
    posting = queries.posting(session, actor, posting_id)
    placements = queries.placements_at(session, actor, posting_id)
    own = next(
        (row for row in placements if row.person_id == actor.person_id and row.state in OPEN), None
    )
    may_write = policy.could(actor, Action.WRITE_POSTING)
    is_own = actor.person_id is not None and posting.author_id == actor.person_id
    may_decide = posting.state.is_public and (may_write or actor.person_id in posting.answerable)
    acts = _acts(session, posting, may_read=may_decide or may_write or is_own)
    people = posting.answerable | {row.person_id for row in placements}
    people |= {act.by_id for act in acts if act.by_id is not None}
    named = people_named(session, people)
    is_open = posting.is_open(today)
    return OpeningPage(
        posting=posting,
        asks=vocabulary(session, [posting]).asks(posting),
        owner=named[posting.owner_id].name,
        sponsor=named[posting.sponsor_id].name if posting.sponsor_id else "",
        own=own,
        people=[(row, named[row.person_id].name) for row in placements],
        acts=acts,
        names={row.id: row.name for row in named.values()},
        is_open=is_open,
        is_own=is_own,
        may_apply=is_open and own is None and _could_be_placed(actor, posting),
        may_write=may_write,
        may_decide=may_decide,
        may_close=may_decide and posting.state is PostingState.PUBLISHED,
        today=today,
    )


def templates_page(session: Session, actor: Actor) -> TemplatesPage:
    """Every template."""
    rows = queries.templates(session)
    words = vocabulary(session, rows)
    return TemplatesPage(
        templates=rows,
        asks={row.id: words.asks(row) for row in rows},
        may_write=policy.could(actor, Action.WRITE_POSTING),
    )


def _acts(session: Session, posting: PostingRow, *, may_read: bool) -> list[PostingActRow]:
    if may_read:
        return queries.posting_acts(session, posting.id)
    if posting.state is not PostingState.CLOSED:
        return []
    closed = [
        act
        for act in queries.posting_acts(session, posting.id)
        if act.kind is PostingActKind.CLOSED
    ]
    return closed[-1:]


def _could_be_placed(actor: Actor, posting: PostingRow) -> bool:
    facts = Facts(organisation_id=actor.organisation_id, person_id=actor.person_id)
    return actor.person_id not in posting.answerable and policy.permits(
        actor, Action.ASK_FOR_PLACEMENT, facts
    )
