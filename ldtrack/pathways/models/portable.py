"""Tables of programmes that travel: where a pathway came from, and what of it is locked."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.core.guids import LENGTH
from ldtrack.db.base import Base, OrganisationOwned
from ldtrack.pathways.domain import ItemKind


class ProgrammeOrigin(OrganisationOwned, Base):
    """That a pathway came from elsewhere, by which identifier and in which edition last."""

    __tablename__ = "programme_origin"
    __table_args__ = (
        UniqueConstraint("pathway_id"),
        UniqueConstraint("organisation_id", "identifier"),
        CheckConstraint("edition >= 1", name="editions_count_from_one"),
    )

    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathway.id", ondelete="CASCADE"))
    identifier: Mapped[str] = mapped_column(String(LENGTH))
    edition: Mapped[int]
    came_on: Mapped[date]


class ProgrammeItem(OrganisationOwned, Base):
    """A piece of a programme: what it is known by elsewhere, and whether it may change here.

    `thing` is a lineage of the pathway, or the id of a course or the series of a questionnaire that
    came with it. `came_as` holds its fields as they came last, by which changes made here are
    known; for a pathway of our own, where only locks are kept, it is empty.
    """

    __tablename__ = "programme_item"
    __table_args__ = (
        UniqueConstraint("pathway_id", "kind", "thing"),
        UniqueConstraint("pathway_id", "identifier"),
    )

    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathway.id", ondelete="CASCADE"))
    kind: Mapped[ItemKind]
    thing: Mapped[int]
    identifier: Mapped[str] = mapped_column(String(LENGTH), index=True)
    locked: Mapped[bool] = mapped_column(default=False)
    came_as: Mapped[dict[str, Any]] = mapped_column(default=dict)
