"""Tables of the competency map."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.competencies.domain import VersionState
from ldtrack.core.guids import LENGTH, new_guid
from ldtrack.db.base import Base, OrganisationOwned

_GUID = Annotated[str, mapped_column(String(LENGTH), default=new_guid)]
"""By which the world outside knows it; copies in later editions keep it."""


class Framework(OrganisationOwned, Base):
    """A competency model, whoever published it."""

    __tablename__ = "framework"
    __table_args__ = (
        UniqueConstraint("organisation_id", "key"),
        UniqueConstraint("organisation_id", "identifier"),
    )

    key: Mapped[str] = mapped_column(String(100))
    identifier: Mapped[_GUID]
    title: Mapped[str] = mapped_column(String(300))
    publisher: Mapped[str] = mapped_column(String(300), default="")


class FrameworkVersion(OrganisationOwned, Base):
    """One edition; once published it does not change."""

    __tablename__ = "framework_version"
    __table_args__ = (
        UniqueConstraint("framework_id", "version"),
        CheckConstraint("retired_on IS NULL OR state = 'retired'", name="retired_when_retired"),
    )

    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id", ondelete="CASCADE"))
    version: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(20))
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)
    published_at: Mapped[datetime | None]
    retired_on: Mapped[date | None]
    scale_key: Mapped[str] = mapped_column(String(100))
    licence: Mapped[str] = mapped_column(String(300), default="")
    attribution: Mapped[str] = mapped_column(Text, default="")
    sources: Mapped[list[Any]] = mapped_column(default=list)
    notes: Mapped[str] = mapped_column(Text, default="")


class FrameworkPackage(OrganisationOwned, Base):
    """The interchange package that an edition came in, as it came."""

    __tablename__ = "framework_package"
    __table_args__ = (UniqueConstraint("framework_version_id"),)

    framework_version_id: Mapped[int] = mapped_column(
        ForeignKey("framework_version.id", ondelete="CASCADE")
    )
    content: Mapped[dict[str, Any]]


class ProficiencyLevel(OrganisationOwned, Base):
    """One level of a version's scale."""

    __tablename__ = "proficiency_level"
    __table_args__ = (UniqueConstraint("framework_version_id", "value"),)

    framework_version_id: Mapped[int] = mapped_column(
        ForeignKey("framework_version.id", ondelete="CASCADE")
    )
    value: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))
    meaning: Mapped[str] = mapped_column(Text, default="")


class Domain(OrganisationOwned, Base):
    """A group of competencies."""

    __tablename__ = "domain"
    __table_args__ = (
        UniqueConstraint("framework_version_id", "key"),
        UniqueConstraint("framework_version_id", "identifier"),
    )

    framework_version_id: Mapped[int] = mapped_column(
        ForeignKey("framework_version.id", ondelete="CASCADE")
    )
    key: Mapped[str] = mapped_column(String(100))
    identifier: Mapped[_GUID]
    name: Mapped[str] = mapped_column(String(300))
    position: Mapped[int]


class Competency(OrganisationOwned, Base):
    """What a person can be good at."""

    __tablename__ = "competency"
    __table_args__ = (
        UniqueConstraint("framework_version_id", "key"),
        UniqueConstraint("framework_version_id", "identifier"),
    )

    framework_version_id: Mapped[int] = mapped_column(
        ForeignKey("framework_version.id", ondelete="CASCADE")
    )
    domain_id: Mapped[int] = mapped_column(ForeignKey("domain.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(100))
    identifier: Mapped[_GUID]
    name: Mapped[str] = mapped_column(String(300))
    definition: Mapped[str] = mapped_column(Text)
    definition_origin: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(60), default="")
    uri: Mapped[str] = mapped_column(String(500), default="")
    position: Mapped[int]


class BehaviouralIndicator(OrganisationOwned, Base):
    """What can be seen in somebody who is, or is not, at a level."""

    __tablename__ = "behavioural_indicator"
    __table_args__ = (
        CheckConstraint("effective <> '' OR ineffective <> ''", name="says_something"),
        UniqueConstraint("competency_id", "identifier"),
    )

    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="CASCADE"), index=True
    )
    identifier: Mapped[_GUID]
    level: Mapped[int]
    effective: Mapped[str] = mapped_column(Text, default="")
    ineffective: Mapped[str] = mapped_column(Text, default="")
    thread: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int]


class RoleProfile(OrganisationOwned, Base):
    """The levels that a role asks for; `name` is matched with a person's job profile."""

    __tablename__ = "role_profile"
    __table_args__ = (UniqueConstraint("framework_version_id", "name"),)

    framework_version_id: Mapped[int] = mapped_column(
        ForeignKey("framework_version.id", ondelete="CASCADE")
    )
    name: Mapped[str] = mapped_column(String(200))
    origin: Mapped[str] = mapped_column(String(200), default="")


class TargetLevel(OrganisationOwned, Base):
    """The level of one competency that a role asks for."""

    __tablename__ = "target_level"
    __table_args__ = (UniqueConstraint("role_profile_id", "competency_id"),)

    role_profile_id: Mapped[int] = mapped_column(ForeignKey("role_profile.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="CASCADE"), index=True
    )
    level: Mapped[int]
    critical: Mapped[bool] = mapped_column(default=False)


class Crosswalk(OrganisationOwned, Base):
    """The way from an edition to the one that succeeds it; from its day on it is in force.

    `lowest` and `highest` say which levels of the later scale the ends of the earlier one are.
    """

    __tablename__ = "crosswalk"
    __table_args__ = (
        UniqueConstraint("before_id", "after_id"),
        CheckConstraint("before_id <> after_id", name="two_editions"),
        CheckConstraint("(lowest IS NULL) = (highest IS NULL)", name="both_ends"),
        CheckConstraint("lowest IS NULL OR lowest < highest", name="ends_in_order"),
        CheckConstraint("(in_force_on IS NULL) = (in_force_at IS NULL)", name="day_and_moment"),
        # An edition goes on as one other and comes from one other, once that counts for people.
        *(
            Index(
                f"uq_crosswalk_in_force_{side}",
                f"{side}_id",
                unique=True,
                sqlite_where=text("in_force_on IS NOT NULL"),
                postgresql_where=text("in_force_on IS NOT NULL"),
            )
            for side in ("before", "after")
        ),
    )

    before_id: Mapped[int] = mapped_column(
        ForeignKey("framework_version.id", ondelete="CASCADE"), index=True
    )
    after_id: Mapped[int] = mapped_column(
        ForeignKey("framework_version.id", ondelete="CASCADE"), index=True
    )
    lowest: Mapped[int | None]
    highest: Mapped[int | None]
    in_force_on: Mapped[date | None]
    in_force_at: Mapped[datetime | None]


class CrosswalkLink(OrganisationOwned, Base):
    """One competency that goes on as another; without a second it ends, without a first it is new.

    Same, merged and split follow from how many there are, so none of them can be said wrongly.
    """

    __tablename__ = "crosswalk_link"
    __table_args__ = (
        UniqueConstraint("crosswalk_id", "before_id", "after_id"),
        CheckConstraint("before_id IS NOT NULL OR after_id IS NOT NULL", name="has_an_end"),
        Index(
            "uq_crosswalk_link_retired",
            "crosswalk_id",
            "before_id",
            unique=True,
            sqlite_where=text("after_id IS NULL"),
            postgresql_where=text("after_id IS NULL"),
        ),
        Index(
            "uq_crosswalk_link_new",
            "crosswalk_id",
            "after_id",
            unique=True,
            sqlite_where=text("before_id IS NULL"),
            postgresql_where=text("before_id IS NULL"),
        ),
    )

    crosswalk_id: Mapped[int] = mapped_column(ForeignKey("crosswalk.id", ondelete="CASCADE"))
    before_id: Mapped[int | None] = mapped_column(
        ForeignKey("competency.id", ondelete="CASCADE"), index=True
    )
    after_id: Mapped[int | None] = mapped_column(
        ForeignKey("competency.id", ondelete="CASCADE"), index=True
    )
