"""The table of files; each is whole in its row, so that it is there if and only if the row is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned
from ldtrack.files.domain import FileKind, FileUse


class StoredFile(OrganisationOwned, Base):
    """A file that somebody handed in; it goes with them."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size > 0 AND size <= 10000000", name="size"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[FileKind]
    use: Mapped[FileUse]
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    kept_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
