"""The catalogue of openings, narrowed as its reader asked, with how each of them fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, Role
from ldtrack.assignments import queries
from ldtrack.assignments.domain import BANDS, Develops, PostingKind, PostingRow
from ldtrack.assignments.queries import Choices, Wanted
from ldtrack.assignments.queries.wanted import AT, BY_DAY, BY_FIT, REMOTE, SHARES
from ldtrack.competencies.domain import CompetencyRow
from ldtrack.competencies.queries import competencies_named
from ldtrack.core import ids
from ldtrack.core.order import Order
from ldtrack.growth.domain import Fit, TooLittleKnown
from ldtrack.growth.queries import FitsOf, fits_of

PAGE = 24


@dataclass(frozen=True, kw_only=True)
class OnOffer:
    """One opening of the catalogue; `develops` is in words, `fit` how it fits its reader."""

    posting: PostingRow
    develops: list[str]
    fit: Fit | TooLittleKnown | None


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """One thing by which the catalogue can be narrowed: what is sent and what is read."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str
    everything: str = "Any"


@dataclass(frozen=True, kw_only=True)
class OnOfferPage:
    """A page of the openings that one can apply for, and what the list can be narrowed to."""

    wanted: Wanted
    order: Order
    openings: list[OnOffer]
    found: FitsOf | None
    narrowings: list[Narrowing]
    open_to: list[str]
    """The kinds that the reader is open to offers of."""
    may_be_open: bool
    page: int
    pages: int
    total: int

    @property
    def is_narrowed_further(self) -> bool:
        """Whether it is narrowed by more than words."""
        return replace(self.wanted, search="").is_narrowed

    @property
    def n_fitting(self) -> int:
        """How many of all that match fit the reader well."""
        fits = self.found.fits.values() if self.found else ()
        return sum(isinstance(fit, Fit) and fit.fits_well for fit in fits)


def on_offer_page(
    session: Session, actor: Actor, wanted: Wanted, *, page: int, today: date
) -> OnOfferPage:
    """A page of what matches: the best fit first for leaders, the soonest start for others."""
    asked = queries.asked_by_openings(session, actor, wanted, today)
    found = None
    if actor.person_id is not None and asked:
        found = fits_of(session, actor, actor.person_id, asked, today)
    order = wanted.order or (BY_FIT if found and actor.has(Role.LEADER) else BY_DAY)
    in_order = found.order if found and order.key == BY_FIT.key else list(asked)
    part = in_order[::-1] if order.down else in_order
    first = (max(page, 1) - 1) * PAGE
    shown = part[first : first + PAGE]
    rows = queries.postings_named(session, shown)
    choices = queries.choices_among(session, today)
    is_leader = actor.has(Role.LEADER)
    open_to = queries.open_to(session, actor) if is_leader else frozenset()
    developed = {one for row in rows.values() for one in row.competency_ids}
    named = competencies_named(session, choices.competency_ids | developed)
    return OnOfferPage(
        wanted=wanted,
        order=order,
        openings=[
            OnOffer(
                posting=rows[id_],
                develops=_in_words(rows[id_].develops, named),
                fit=found.fits[id_] if found else None,
            )
            for id_ in shown
        ],
        found=found,
        narrowings=list(_narrowings(wanted, choices, named)),
        open_to=[kind.label for kind in PostingKind if kind in open_to],
        may_be_open=is_leader,
        page=page,
        pages=max(1, ceil(len(asked) / PAGE)),
        total=len(asked),
    )


def _narrowings(
    wanted: Wanted, choices: Choices, named: Mapping[int, CompetencyRow]
) -> Iterator[Narrowing]:
    yield Narrowing(
        name="kind",
        label="Kind",
        options=[(kind.value, kind.label) for kind in PostingKind],
        chosen=wanted.kind.value if wanted.kind else "",
    )
    names = [(ids.encode(id_), named[id_].name) for id_ in choices.competency_ids if id_ in named]
    yield Narrowing(
        name="competency",
        label="Develops",
        options=sorted(names, key=lambda pair: pair[1].casefold()),
        chosen=_sent(wanted.competency_id),
        everything="Anything",
    )
    yield Narrowing(
        name="band",
        label="Stretch",
        options=[(word, word.capitalize()) for word, _ in BANDS],
        chosen=wanted.band,
    )
    yield Narrowing(
        name="share",
        label="Share of time",
        options=[(str(share), f"Up to {share}%") for share in SHARES],
        chosen=str(wanted.most_share or ""),
    )
    yield Narrowing(
        name="where",
        label="Where",
        options=[(REMOTE, "From anywhere"), *((AT + place, place) for place in choices.places)],
        chosen=wanted.where,
        everything="Anywhere",
    )
    yield Narrowing(
        name="unit",
        label="Unit",
        options=[(ids.encode(id_), name) for id_, name in choices.units],
        chosen=_sent(wanted.unit_id),
    )


def _sent(id_: int | None) -> str:
    return "" if id_ is None else ids.encode(id_)


def _in_words(develops: tuple[Develops, ...], named: Mapping[int, CompetencyRow]) -> list[str]:
    return [
        f"{named[one.competency_id].name} (level\u00a0{one.level})"
        for one in develops
        if one.competency_id in named
    ]
