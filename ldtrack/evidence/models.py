"""The ledger's one table; rows are only ever added."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned
from ldtrack.evidence.domain import EvidenceForm, SourceKind

_MOVES = "form IN ('graded', 'passed', 'failed')"


class Evidence(OrganisationOwned, Base):
    """One dated observation of one person on one competency, from one source.

    The same source speaks once about a competency; a later word of it is a further revision that
    supersedes the earlier one. `value` and `level` are in levels of the competency's scale.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("source_kind", "source_id", "competency_id", "revision"),
        UniqueConstraint("supersedes_id"),
        CheckConstraint("(form = 'graded') = (value IS NOT NULL)", name="graded_has_value"),
        CheckConstraint(
            "(form IN ('passed', 'failed')) = (level IS NOT NULL)", name="threshold_has_level"
        ),
        CheckConstraint(f"({_MOVES}) = (noise_variance IS NOT NULL)", name="moving_has_noise"),
        CheckConstraint("noise_variance IS NULL OR noise_variance > 0", name="noise_positive"),
        CheckConstraint("(revision = 1) = (supersedes_id IS NULL)", name="revision_supersedes"),
        Index("ix_evidence_trajectory", "person_id", "competency_id", "observed_on"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    source_kind: Mapped[SourceKind]
    source_id: Mapped[int]
    revision: Mapped[int] = mapped_column(default=1)
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    form: Mapped[EvidenceForm]
    value: Mapped[float | None]
    level: Mapped[float | None]
    noise_variance: Mapped[float | None]
    observed_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(300))
