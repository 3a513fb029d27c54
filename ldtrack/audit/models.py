"""One row for each act or reading that somebody may ask about; rows are only ever added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned


class AuditEvent(OrganisationOwned, Base):
    """An account did something with a thing; never what the thing says.

    `person_id` is whom it was about. What raters do is not recorded here: a row with a time
    would tell when an answer came.
    """

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_person", "person_id", "happened_at"),)

    happened_at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    action: Mapped[str] = mapped_column(String(60))
    thing: Mapped[str] = mapped_column(String(60))
    thing_id: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(String(500), default="")
