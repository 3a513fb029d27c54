"""Tables of the rules by which people come to pathways."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, Line, OrganisationOwned


class EnrolmentRule(OrganisationOwned, Base):
    """Whom a pathway is for; what is left empty is not asked for, all else holds together.

    `into_cohort` names the cohort that people come into. A unit or a cohort that is deleted takes
    the rule along: without its condition the rule would be for everybody.
    """

    __tablename__ = "enrolment_rule"

    pathway_id: Mapped[int] = mapped_column(
        ForeignKey("pathway.id", ondelete="CASCADE"), unique=True
    )
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="CASCADE"), index=True
    )
    cohort_id: Mapped[int | None] = mapped_column(
        ForeignKey("cohort.id", ondelete="CASCADE"), index=True
    )
    unassessed_too: Mapped[bool] = mapped_column(default=False)
    into_cohort: Mapped[Line] = mapped_column(default="")
    runs_daily: Mapped[bool] = mapped_column(default=False)


class EnrolmentRuleJob(OrganisationOwned, Base):
    """One of the jobs that a rule is for."""

    __tablename__ = "enrolment_rule_job"
    __table_args__ = (
        UniqueConstraint("rule_id", "job_profile"),
        CheckConstraint("job_profile <> ''", name="names_a_job"),
    )

    rule_id: Mapped[int] = mapped_column(ForeignKey("enrolment_rule.id", ondelete="CASCADE"))
    job_profile: Mapped[Line]


class EnrolmentRuleGap(OrganisationOwned, Base):
    """A level that people whom a rule is for have not shown yet."""

    __tablename__ = "enrolment_rule_gap"
    __table_args__ = (UniqueConstraint("rule_id", "competency_id"),)

    rule_id: Mapped[int] = mapped_column(ForeignKey("enrolment_rule.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id"), index=True)
    level: Mapped[int]
