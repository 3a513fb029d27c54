"""Tables of what is asked: questionnaires, their items and open questions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned


class Questionnaire(OrganisationOwned, Base):
    """What is asked, on which scale; `words` has one word for each step."""

    __tablename__ = "questionnaire"
    __table_args__ = (CheckConstraint("lo < hi", name="scale_ascends"),)

    title: Mapped[str] = mapped_column(String(200))
    framework_version_id: Mapped[int] = mapped_column(
        ForeignKey("framework_version.id", ondelete="RESTRICT")
    )
    lo: Mapped[int]
    hi: Mapped[int]
    words: Mapped[list[Any]] = mapped_column(default=list)


class Item(OrganisationOwned, Base):
    """One statement that raters score; it speaks of one competency."""

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("questionnaire_id", "position"),)

    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire.id", ondelete="CASCADE")
    )
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    indicator_id: Mapped[int | None] = mapped_column(
        ForeignKey("behavioural_indicator.id", ondelete="SET NULL")
    )
    text: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class OpenQuestion(OrganisationOwned, Base):
    """A question that is answered in words."""

    __tablename__ = "open_question"
    __table_args__ = (UniqueConstraint("questionnaire_id", "key"),)

    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire.id", ondelete="CASCADE")
    )
    key: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    hint: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]
