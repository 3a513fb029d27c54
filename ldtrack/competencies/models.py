"""Tables of the competency map."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
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
    __table_args__ = (UniqueConstraint("framework_id", "version"),)

    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id", ondelete="CASCADE"))
    version: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(20))
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)
    published_at: Mapped[datetime | None]
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
