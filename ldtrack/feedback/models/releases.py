"""The tables of what was shown for good, of cycles as a whole, and of norms."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned


class Release(OrganisationOwned, Base):
    """What was shown of a subject's cycle, for good; rows are only ever added.

    `history` is everything ever shown of the cycle, over the random keys of its answers; it goes
    when they go. `counted` says how many answers are in each figure, which is shown to nobody.
    """

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("subject_id", "number"),)

    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id", ondelete="CASCADE"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]]
    verdict: Mapped[dict[str, Any]]
    history: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    counted: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)


class CycleSummary(OrganisationOwned, Base):
    """A cycle as a whole, summed up once when its last report was made, from what was printed."""

    __tablename__ = "cycle_summary"
    __table_args__ = (UniqueConstraint("cycle_id"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id", ondelete="CASCADE"))
    made_on: Mapped[date]
    profile: Mapped[dict[str, Any]]
    reliability: Mapped[list[Any]]


class NormSet(OrganisationOwned, Base):
    """Bands of what is usual: the organisation's own of a day, or a set that was loaded."""

    __tablename__ = "norm_set"
    __table_args__ = (CheckConstraint("n_leaders > 0", name="speaks_of_somebody"),)

    framework_version_id: Mapped[int] = mapped_column(
        ForeignKey("framework_version.id", ondelete="CASCADE"), index=True
    )
    is_own: Mapped[bool]
    source: Mapped[str] = mapped_column(String(200))
    population: Mapped[str] = mapped_column(Text)
    n_leaders: Mapped[int]
    as_of: Mapped[date]


class NormValue(OrganisationOwned, Base):
    """One competency's band, in levels; `leaders` are those behind an own one."""

    __tablename__ = "norm_value"
    __table_args__ = (
        UniqueConstraint("norm_set_id", "competency_id"),
        CheckConstraint("low <= high", name="band_ascends"),
    )

    norm_set_id: Mapped[int] = mapped_column(ForeignKey("norm_set.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="CASCADE"), index=True
    )
    mean: Mapped[float]
    low: Mapped[float]
    high: Mapped[float]
    leaders: Mapped[list[Any]] = mapped_column(default=list)
