"""The declarative base, the naming of constraints, and the columns that most tables share."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, Date, ForeignKey, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from ldtrack.core.ids import new_id
from ldtrack.db.types import CHOICE, WHOLE, Instant

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Line = Annotated[str, mapped_column(String(200))]
"""One line of text."""
Words = Annotated[str, mapped_column(Text)]
"""Text of any length that the form admits."""


class Base(DeclarativeBase):
    """Every table of every room."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[Any] = {
        int: WHOLE,
        datetime: Instant(),
        date: Date(),
        StrEnum: CHOICE,
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }


class Identified:
    """A row known by a random id."""

    id: Mapped[int] = mapped_column(
        WHOLE, primary_key=True, autoincrement=False, default=new_id, sort_order=-2
    )


class OrganisationOwned(Identified):
    """A row that belongs to exactly one organisation; a session sees only its own's rows."""

    @declared_attr
    def organisation_id(cls) -> Mapped[int]:  # declared_attr hands over the class
        return mapped_column(
            WHOLE,
            ForeignKey("organisation.id", ondelete="CASCADE"),
            index=True,
            sort_order=-1,
        )
