"""The pages of openings: HR's list, and one opening with who is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments import queries
from ldtrack.assignments.domain import OPEN, PlacementRow, PostingRow
from ldtrack.assignments.pages.words import Asked, vocabulary
from ldtrack.assignments.queries.postings import PAGE
from ldtrack.people.queries import people_named


@dataclass(frozen=True, kw_only=True)
class OpeningsPage:
    """HR's list; `asks` by opening, `names` by person."""

    search: str
    postings: list[PostingRow]
    asks: dict[int, list[Asked]]
    names: dict[int, str]
    proposals: list[PlacementRow]
    unconfirmed: list[PlacementRow]
    page: int
    pages: int
    total: int
    today: date


@dataclass(frozen=True, kw_only=True)
class OpeningPage:
    """One opening; `own` is the reader's own placement in it, `people` whom the reader may see."""

    posting: PostingRow
    asks: list[Asked]
    owner: str
    sponsor: str
    own: PlacementRow | None
    people: list[tuple[PlacementRow, str]]
    is_open: bool
    may_apply: bool
    may_write: bool
    may_decide: bool
    today: date

    @property
    def placements(self) -> list[PlacementRow]:
        """Who is or was in it or applied, as far as the reader may see."""
        return [row for row, _ in self.people]


def openings_page(
    session: Session, actor: Actor, today: date, *, search: str, page: int
) -> OpeningsPage:
    """A page of the openings that match, with what waits for an answer."""
    rows, total = queries.postings(session, actor, search=search, page=page)
    proposals = queries.proposals(session, actor)
    unconfirmed = queries.outcomes_missing(session, actor, today)
    words = vocabulary(session, rows)
    people = {row.owner_id for row in rows}
    people |= {row.person_id for row in (*proposals, *unconfirmed)}
    people |= {row.posting.owner_id for row in unconfirmed}
    return OpeningsPage(
        search=search,
        postings=rows,
        asks={row.id: words.asks(row) for row in rows},
        names={row.id: row.name for row in people_named(session, people).values()},
        proposals=proposals,
        unconfirmed=unconfirmed,
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
    named = people_named(session, posting.answerable | {row.person_id for row in placements})
    is_open = posting.is_open(today)
    return OpeningPage(
        posting=posting,
        asks=vocabulary(session, [posting]).asks(posting),
        owner=named[posting.owner_id].name,
        sponsor=named[posting.sponsor_id].name if posting.sponsor_id else "",
        own=own,
        people=[(row, named[row.person_id].name) for row in placements],
        is_open=is_open,
        may_apply=is_open and own is None and _could_be_placed(actor, posting),
        may_write=policy.could(actor, Action.WRITE_POSTING),
        may_decide=policy.could(actor, Action.WRITE_POSTING)
        or actor.person_id in posting.answerable,
        today=today,
    )


def _could_be_placed(actor: Actor, posting: PostingRow) -> bool:
    facts = Facts(organisation_id=actor.organisation_id, person_id=actor.person_id)
    return actor.person_id not in posting.answerable and policy.permits(
        actor, Action.ASK_FOR_PLACEMENT, facts
    )
