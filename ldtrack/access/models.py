"""The access graph: dated relationships between people."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.access.domain import RelationshipKind
from ldtrack.db.base import Base, OrganisationOwned


class Relationship(OrganisationOwned, Base):
    """The holder is coach, line manager or sponsor of the person, from one day to another."""

    __tablename__ = "relationship"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("holder_id <> person_id", name="two_people"),
        UniqueConstraint("kind", "holder_id", "person_id", "starts_on"),
        Index("ix_relationship_holder", "holder_id", "kind"),
        Index("ix_relationship_person", "person_id", "kind"),
    )

    kind: Mapped[RelationshipKind]
    holder_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
