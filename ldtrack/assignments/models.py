"""Tables of openings, placements, outcomes and debriefs."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.assignments.domain import (
    ActKind,
    Contribution,
    DebriefKind,
    PlacementState,
    PostingActKind,
    PostingKind,
    PostingState,
)
from ldtrack.db.base import Base, Line, OrganisationOwned, Words

_IS_OPEN = text("state IN ('proposed', 'listed', 'offered', 'accepted', 'active', 'paused')")


class _Described:
    """What an opening and the template of one have in common."""

    title: Mapped[Line]
    kind: Mapped[PostingKind]
    description: Mapped[Words]
    promised_outcome: Mapped[Words]
    measure: Mapped[Words]
    share_of_time: Mapped[int]
    places: Mapped[int] = mapped_column(default=1)
    location: Mapped[Line] = mapped_column(default="")
    is_remote: Mapped[bool] = mapped_column(default=False)
    stretch: Mapped[dict[str, Any]]


class _Asks:
    """The level that is asked for in a competency, how much that counts, and how needed it is."""

    level: Mapped[int]
    weight: Mapped[int] = mapped_column(default=1)
    is_critical: Mapped[bool] = mapped_column(default=True)


class Posting(_Described, OrganisationOwned, Base):
    """An opening with somebody who answers for it and what they promise it will bring."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("share_of_time BETWEEN 1 AND 100", name="share_of_time"),
        CheckConstraint("places BETWEEN 1 AND 100", name="places"),
        CheckConstraint("promised_outcome <> '' AND measure <> ''", name="promises_something"),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_has_its_day"),
        Index("ix_posting_ends", "organisation_id", "ends_on"),
        # Whoever looks what can be applied for reads those that are open, soonest start first.
        Index("ix_posting_state", "organisation_id", "state", "starts_on"),
    )

    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    sponsor_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[PostingState]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    closed_on: Mapped[date | None]


class PostingCompetency(_Asks, OrganisationOwned, Base):
    """A competency that an opening develops, and the level that it asks for."""

    __tablename__ = "posting_competency"
    __table_args__ = (
        UniqueConstraint("posting_id", "competency_id"),
        CheckConstraint("weight BETWEEN 1 AND 3", name="weight"),
    )

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )


class PostingAct(OrganisationOwned, Base):
    """What somebody did with an opening, in the order in which it was done."""

    __tablename__ = "posting_act"
    __table_args__ = (UniqueConstraint("posting_id", "number"),)

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[PostingActKind]
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    done_on: Mapped[date]
    word: Mapped[Words]


class PostingTemplate(_Described, OrganisationOwned, Base):
    """What an opening can begin from: everything that is not of one occasion."""

    __tablename__ = "posting_template"
    __table_args__ = (
        CheckConstraint("share_of_time BETWEEN 1 AND 100", name="share_of_time"),
        CheckConstraint("places BETWEEN 1 AND 100", name="places"),
        CheckConstraint("n_days >= 0", name="n_days"),
        UniqueConstraint("organisation_id", "title"),
    )

    n_days: Mapped[int]


class TemplateCompetency(_Asks, OrganisationOwned, Base):
    """A competency that openings from the template develop, and the level that they ask for."""

    __tablename__ = "posting_template_competency"
    __table_args__ = (
        UniqueConstraint("template_id", "competency_id"),
        CheckConstraint("weight BETWEEN 1 AND 3", name="weight"),
    )

    template_id: Mapped[int] = mapped_column(ForeignKey("posting_template.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )


class OpenToOffers(OrganisationOwned, Base):
    """That somebody would like to be thought of for openings of a kind; taken back, it is gone."""

    __tablename__ = "open_to_offers"
    __table_args__ = (UniqueConstraint("person_id", "kind"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[PostingKind]
    since_on: Mapped[date]


class Placement(OrganisationOwned, Base):
    """A person in an opening; in the same one they are at most once at a time."""

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint(
            "state NOT IN ('completed', 'ended_early') OR ends_on IS NOT NULL",
            name="ended_has_its_day",
        ),
        CheckConstraint(
            "(state IN ('offered', 'accepted', 'active', 'paused')) = (place_no IS NOT NULL)",
            name="holds_a_place",
        ),
        CheckConstraint("place_no >= 1", name="place_no"),
        # Two people who are offered the last place at once: one of the two is refused here.
        UniqueConstraint("posting_id", "place_no"),
        Index("ix_placement_person", "person_id", "state"),
        Index("ix_placement_posting", "posting_id"),
        Index(
            "uq_placement_open_person",
            "posting_id",
            "person_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    state: Mapped[PlacementState]
    place_no: Mapped[int | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    motive: Mapped[Words] = mapped_column(default="")
    reason: Mapped[Words] = mapped_column(default="")
    peer_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )


class PlacementAct(OrganisationOwned, Base):
    """What somebody did with a placement, in the order in which it was done."""

    __tablename__ = "placement_act"
    __table_args__ = (UniqueConstraint("placement_id", "number"),)

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[ActKind]
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    done_on: Mapped[date]
    word: Mapped[Words]


class Outcome(OrganisationOwned, Base):
    """What whoever answers for the opening says was delivered."""

    __tablename__ = "outcome"
    __table_args__ = (
        UniqueConstraint("placement_id"),
        CheckConstraint("delivered <> ''", name="says_what"),
    )

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    confirmed_on: Mapped[date]
    delivered: Mapped[Words]
    proof: Mapped[Words]
    contribution: Mapped[Contribution]
    outside: Mapped[Words]


class OutcomeRating(OrganisationOwned, Base):
    """The level observed in one competency."""

    __tablename__ = "outcome_rating"
    __table_args__ = (UniqueConstraint("outcome_id", "competency_id"),)

    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    level: Mapped[float]


class Debrief(OrganisationOwned, Base):
    """One person's look back; held once outcome, learning and next action are all there."""

    __tablename__ = "debrief"
    __table_args__ = (
        UniqueConstraint("placement_id", "author_id"),
        CheckConstraint(
            "held_on IS NULL OR (outcome <> '' AND learned <> '' AND next_action <> '')",
            name="held_has_all_three",
        ),
    )

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[DebriefKind]
    outcome: Mapped[Words]
    learned: Mapped[Words]
    next_action: Mapped[Words]
    held_on: Mapped[date | None]
