"""Tables of what is asked: questionnaires, their items and open questions, in several languages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned


class Questionnaire(OrganisationOwned, Base):
    """What is asked, on which scale; `words` has one word for each step.

    One that a cycle has opened with is `frozen`: a change makes the next `number` of its `series`.
    `most_important` is how many competencies self and manager may choose, `then_months` how far
    the self looks back; without them neither is asked.
    """

    __tablename__ = "questionnaire"
    __table_args__ = (
        UniqueConstraint("series", "number"),
        CheckConstraint("lo < hi", name="scale_ascends"),
        CheckConstraint("number >= 1", name="numbered_from_one"),
        CheckConstraint("most_important BETWEEN 1 AND 10", name="few_are_important"),
        CheckConstraint("then_months BETWEEN 1 AND 60", name="looks_back"),
    )

    title: Mapped[str] = mapped_column(String(200))
    framework_version_id: Mapped[int] = mapped_column(
        ForeignKey("framework_version.id", ondelete="RESTRICT")
    )
    lo: Mapped[int]
    hi: Mapped[int]
    words: Mapped[list[Any]] = mapped_column(default=list)
    series: Mapped[int]
    number: Mapped[int] = mapped_column(default=1)
    frozen: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(20), default="en")
    most_important: Mapped[int | None]
    then_months: Mapped[int | None]


class Item(OrganisationOwned, Base):
    """One statement that raters score.

    It speaks of one competency, in which it counts with its weight; one of no competency is a
    derailer and stands apart.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("questionnaire_id", "position"),
        CheckConstraint("weight BETWEEN 1 AND 5", name="small_weight"),
    )

    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire.id", ondelete="CASCADE")
    )
    competency_id: Mapped[int | None] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    indicator_id: Mapped[int | None] = mapped_column(
        ForeignKey("behavioural_indicator.id", ondelete="SET NULL")
    )
    text: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    weight: Mapped[int] = mapped_column(default=1)


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


class Translation(OrganisationOwned, Base):
    """A questionnaire's texts in another language.

    `texts` holds by key what was translated and how it reads, so that a text whose original has
    changed since is known.
    """

    __tablename__ = "translation"
    __table_args__ = (UniqueConstraint("questionnaire_id", "language"),)

    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire.id", ondelete="CASCADE")
    )
    language: Mapped[str] = mapped_column(String(20))
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
