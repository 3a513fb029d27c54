"""Tables of 360 feedback; who answered and what was answered lie apart, by design.

Identity stands in `invitation` alone. A response knows its subject and its rater group; its id is
derived from the invitation with two secrets, one of which is kept outside the database and the
other destroyed when the cycle closes. Nothing a rater does writes to `invitation`, and no row of
answers holds a time, so neither times nor the order of rows in a file pair the two.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned
from ldtrack.feedback.domain.rows import ResponseState, Sharing
from ldtrack.feedback.domain.timeline import CycleState

_IN_KEY_ORDER = {"sqlite_with_rowid": False}
"""On SQLite a hidden row number would tell the order in which answers came in."""


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


class Cycle(OrganisationOwned, Base):
    """One round of feedback. `k` and `groups` are fixed when it opens.

    `key` is one of the two secrets that responses are derived with; it lives as long as the cycle
    is open and not a moment longer.
    """

    __tablename__ = "cycle"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint("state IN ('draft', 'open', 'closed', 'archived')", name="cycle_states"),
        CheckConstraint("(state = 'open') = (key IS NOT NULL)", name="key_only_while_open"),
        CheckConstraint("state <> 'closed' OR closed_on IS NOT NULL", name="closed_has_day"),
        CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint("k BETWEEN 3 AND 10", name="floor"),
    )

    name: Mapped[str] = mapped_column(String(200))
    framework_version_id: Mapped[int] = mapped_column(
        ForeignKey("framework_version.id", ondelete="RESTRICT")
    )
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire.id", ondelete="RESTRICT")
    )
    state: Mapped[CycleState] = mapped_column(default=CycleState.DRAFT)
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    closed_on: Mapped[date | None]
    k: Mapped[int]
    groups: Mapped[list[Any]]
    key: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class Subject(OrganisationOwned, Base):
    """Whom a cycle is about, and how far their report has come.

    `for_coach` holds comments that may only be summed up; they are gone once the report is out.
    """

    __tablename__ = "subject"
    __table_args__ = (
        UniqueConstraint("cycle_id", "person_id"),
        CheckConstraint("(state = 'released') = (released_on IS NOT NULL)", name="released_day"),
        Index("ix_subject_person", "person_id", "state"),
    )

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    state: Mapped[CycleState] = mapped_column(default=CycleState.DRAFT)
    released_on: Mapped[date | None]
    for_coach: Mapped[list[Any]] = mapped_column(default=list)


class Invitation(OrganisationOwned, Base):
    """Who was asked about whom; the only place where a rater has a name.

    `answered` is filled for everybody by one statement at close, never when somebody answers.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("subject_id", "email"),
        UniqueConstraint("token_hash"),
        Index("ix_invitation_person", "person_id"),
    )

    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    group_key: Mapped[str] = mapped_column(String(40))
    token_hash: Mapped[str | None] = mapped_column(String(64))
    sent_on: Mapped[date | None]
    answered: Mapped[bool] = mapped_column(default=False)


class Response(OrganisationOwned, Base):
    """One rater's questionnaire. Its id looks random, so rows in its order tell nothing."""

    __tablename__ = "response"
    __table_args__ = (Index("ix_response_subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-2)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id", ondelete="CASCADE"))
    group_key: Mapped[str] = mapped_column(String(40))
    state: Mapped[ResponseState] = mapped_column(default=ResponseState.DRAFT)


class Answer(OrganisationOwned, Base):
    """A score, or "not able to observe", to one item; a blank is no row at all."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("(score IS NULL) = not_observed", name="score_or_not_observed"),
        CheckConstraint("score BETWEEN 1 AND 10", name="score_range"),
        _IN_KEY_ORDER,
    )

    id = None  # type: ignore[assignment]  # known by its response and item alone
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), sort_order=-1
    )
    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[int] = mapped_column(
        ForeignKey("item.id", ondelete="RESTRICT"), primary_key=True
    )
    score: Mapped[int | None]
    not_observed: Mapped[bool]


class Comment(OrganisationOwned, Base):
    """What a rater wrote to one open question, and how it may be used."""

    __tablename__ = "comment"
    __table_args__ = (CheckConstraint("body <> ''", name="says_something"), _IN_KEY_ORDER)

    id = None  # type: ignore[assignment]  # known by its response and question alone
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), sort_order=-1
    )
    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question_key: Mapped[str] = mapped_column(String(40), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    sharing: Mapped[Sharing]


class Release(OrganisationOwned, Base):
    """What was shown of a subject's cycle, for good; rows are only ever added."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("subject_id", "number"),)

    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id", ondelete="CASCADE"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]]
    verdict: Mapped[dict[str, Any]]
