"""The table of what was shown for good."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned


class Release(OrganisationOwned, Base):
    """What was shown of a subject's cycle, for good; rows are only ever added."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("subject_id", "number"),)

    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id", ondelete="CASCADE"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]]
    verdict: Mapped[dict[str, Any]]
