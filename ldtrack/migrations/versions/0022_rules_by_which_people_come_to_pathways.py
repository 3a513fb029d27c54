"""Rules by which people come to pathways."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enrolment_rule",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("pathway_id", WHOLE, nullable=False),
        sa.Column("unit_id", WHOLE, nullable=True),
        sa.Column("cohort_id", WHOLE, nullable=True),
        sa.Column("unassessed_too", sa.Boolean(), nullable=False),
        sa.Column("into_cohort", sa.String(length=200), nullable=False),
        sa.Column("runs_daily", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"],
            ["cohort.id"],
            name=op.f("fk_enrolment_rule_cohort_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_enrolment_rule_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pathway_id"],
            ["pathway.id"],
            name=op.f("fk_enrolment_rule_pathway_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_enrolment_rule_unit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_rule")),
        sa.UniqueConstraint("pathway_id", name=op.f("uq_enrolment_rule_pathway_id")),
    )
    with op.batch_alter_table("enrolment_rule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enrolment_rule_cohort_id"), ["cohort_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_enrolment_rule_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_enrolment_rule_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "enrolment_rule_gap",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("rule_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("level", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_enrolment_rule_gap_competency_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_enrolment_rule_gap_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"],
            ["enrolment_rule.id"],
            name=op.f("fk_enrolment_rule_gap_rule_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_rule_gap")),
        sa.UniqueConstraint(
            "rule_id", "competency_id", name=op.f("uq_enrolment_rule_gap_rule_id_competency_id")
        ),
    )
    with op.batch_alter_table("enrolment_rule_gap", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enrolment_rule_gap_competency_id"), ["competency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_enrolment_rule_gap_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "enrolment_rule_job",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("rule_id", WHOLE, nullable=False),
        sa.Column("job_profile", sa.String(length=200), nullable=False),
        sa.CheckConstraint("job_profile <> ''", name=op.f("ck_enrolment_rule_job_names_a_job")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_enrolment_rule_job_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"],
            ["enrolment_rule.id"],
            name=op.f("fk_enrolment_rule_job_rule_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_rule_job")),
        sa.UniqueConstraint(
            "rule_id", "job_profile", name=op.f("uq_enrolment_rule_job_rule_id_job_profile")
        ),
    )
    with op.batch_alter_table("enrolment_rule_job", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enrolment_rule_job_organisation_id"), ["organisation_id"], unique=False
        )

    with op.batch_alter_table("enrolment") as batch:
        batch.add_column(
            sa.Column("by_rule", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("enrolment") as batch:
        batch.alter_column("by_rule", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("enrolment") as batch:
        batch.drop_column("by_rule")
    op.drop_table("enrolment_rule_job")
    op.drop_table("enrolment_rule_gap")
    op.drop_table("enrolment_rule")
