"""Tables of pulses, kept apart by the same rules as those of cycles.

Identity stands in `pulse_invitation` alone. The id of a response is derived from the invitation,
the installation's secret and the pulse's own key, which is destroyed when the pulse closes; answers
are deleted as soon as the result is made. Nothing that somebody who answers does writes to
`pulse_invitation`, and no row of answers holds a time.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
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
from ldtrack.feedback.domain.pulses.rows import PulseKind, PulseState

_IN_KEY_ORDER = {"sqlite_with_rowid": False}
"""On SQLite a hidden row number would tell the order in which answers came in."""


class Pulse(OrganisationOwned, Base):
    """One short anonymous survey; everything but `closes_on` is fixed when it opens.

    `marks` are derived from who answered and the installation's secret. They tell whether the same
    people answered another pulse, and without that secret not even this. `series_id` is the id of
    the first pulse of a series.
    """

    __tablename__ = "pulse"
    __table_args__ = (
        UniqueConstraint("cycle_id", "kind"),
        CheckConstraint("(state = 'open') = (key IS NOT NULL)", name="key_only_while_open"),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_has_day"),
        CheckConstraint("state = 'closed' OR result IS NULL", name="result_after_close"),
        CheckConstraint("(result IS NULL) = (verdict IS NULL)", name="result_was_audited"),
        CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint("k >= 3", name="floor"),
        CheckConstraint(
            "(cycle_id IS NOT NULL) = (kind IN ('process_raters', 'process_leaders'))",
            name="process_of_a_cycle",
        ),
        CheckConstraint(
            "(subject_id IS NOT NULL) = (kind = 'follow_up')", name="follow_up_about_a_subject"
        ),
        Index("ix_pulse_series", "series_id"),
        Index("ix_pulse_subject", "subject_id"),
    )

    kind: Mapped[PulseKind]
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[PulseState] = mapped_column(default=PulseState.DRAFT)
    k: Mapped[int]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    closed_on: Mapped[date | None]
    key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    shows_names: Mapped[bool] = mapped_column(default=False)
    statements: Mapped[list[Any]] = mapped_column(default=list)
    question: Mapped[str] = mapped_column(Text, default="")
    about: Mapped[str] = mapped_column(Text, default="")
    group_name: Mapped[str] = mapped_column(String(200), default="")
    series_id: Mapped[int | None] = mapped_column(ForeignKey("pulse.id", ondelete="SET NULL"))
    cohort_id: Mapped[int | None] = mapped_column(
        ForeignKey("cohort.id", ondelete="SET NULL"), index=True
    )
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id", ondelete="CASCADE"))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id", ondelete="CASCADE"))
    marks: Mapped[list[Any]] = mapped_column(default=list)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    verdict: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class PulseInvitation(OrganisationOwned, Base):
    """Who is asked; the only place of a pulse where somebody has a name.

    `answered` is filled by one statement at close, and only if people were told that HR sees it.
    """

    __tablename__ = "pulse_invitation"
    __table_args__ = (
        UniqueConstraint("pulse_id", "email"),
        UniqueConstraint("token_hash"),
        Index("ix_pulse_invitation_person", "person_id"),
    )

    pulse_id: Mapped[int] = mapped_column(ForeignKey("pulse.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    token_hash: Mapped[str | None] = mapped_column(String(64))
    answered: Mapped[bool] = mapped_column(default=False)


class PulseResponse(OrganisationOwned, Base):
    """One person's answers, sent. Its id looks random, so rows in its order tell nothing."""

    __tablename__ = "pulse_response"
    __table_args__ = (Index("ix_pulse_response_pulse", "pulse_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-2)
    pulse_id: Mapped[int] = mapped_column(ForeignKey("pulse.id", ondelete="CASCADE"))


class PulseAnswer(OrganisationOwned, Base):
    """A score, or "cannot say", to one statement; a blank is no row at all."""

    __tablename__ = "pulse_answer"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score_range"), _IN_KEY_ORDER)

    id = None  # type: ignore[assignment]  # known by its response and statement alone
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), sort_order=-1
    )
    response_id: Mapped[int] = mapped_column(
        ForeignKey("pulse_response.id", ondelete="CASCADE"), primary_key=True
    )
    statement_key: Mapped[str] = mapped_column(String(10), primary_key=True)
    score: Mapped[int | None]


class PulseComment(OrganisationOwned, Base):
    """What somebody wrote to the open question of a pulse."""

    __tablename__ = "pulse_comment"
    __table_args__ = (CheckConstraint("body <> ''", name="says_something"), _IN_KEY_ORDER)

    id = None  # type: ignore[assignment]  # known by its response alone
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), sort_order=-1
    )
    response_id: Mapped[int] = mapped_column(
        ForeignKey("pulse_response.id", ondelete="CASCADE"), primary_key=True
    )
    body: Mapped[str] = mapped_column(Text)
