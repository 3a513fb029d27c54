"""What reports leave behind: their history, cycles summed up, norms, and printed files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "norm_set",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("framework_version_id", WHOLE, nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("population", sa.Text(), nullable=False),
        sa.Column("n_leaders", WHOLE, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.CheckConstraint("n_leaders > 0", name=op.f("ck_norm_set_speaks_of_somebody")),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_norm_set_framework_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_norm_set_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_norm_set")),
    )
    with op.batch_alter_table("norm_set", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_norm_set_framework_version_id"), ["framework_version_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_norm_set_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "cycle_summary",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("cycle_id", WHOLE, nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("reliability", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_cycle_summary_cycle_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_cycle_summary_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle_summary")),
        sa.UniqueConstraint("cycle_id", name=op.f("uq_cycle_summary_cycle_id")),
    )
    with op.batch_alter_table("cycle_summary", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cycle_summary_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "norm_value",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("norm_set_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("mean", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.Column("leaders", sa.JSON(), nullable=False),
        sa.CheckConstraint("low <= high", name=op.f("ck_norm_value_band_ascends")),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_norm_value_competency_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["norm_set_id"],
            ["norm_set.id"],
            name=op.f("fk_norm_value_norm_set_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_norm_value_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_norm_value")),
        sa.UniqueConstraint(
            "norm_set_id", "competency_id", name=op.f("uq_norm_value_norm_set_id_competency_id")
        ),
    )
    with op.batch_alter_table("norm_value", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_norm_value_competency_id"), ["competency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_norm_value_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "printed_report",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("release_id", WHOLE, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "ready",
                "failed",
                name="printstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(state = 'ready') = (content_hash <> '')",
            name=op.f("ck_printed_report_ready_has_file"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_printed_report_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
            name=op.f("fk_printed_report_release_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_report")),
        sa.UniqueConstraint("release_id", name=op.f("uq_printed_report_release_id")),
    )
    with op.batch_alter_table("printed_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_printed_report_organisation_id"), ["organisation_id"], unique=False
        )

    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.add_column(sa.Column("history", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("counted", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_column("counted")
        batch_op.drop_column("history")

    with op.batch_alter_table("printed_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_printed_report_organisation_id"))

    op.drop_table("printed_report")
    with op.batch_alter_table("norm_value", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_norm_value_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_norm_value_competency_id"))

    op.drop_table("norm_value")
    with op.batch_alter_table("cycle_summary", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cycle_summary_organisation_id"))

    op.drop_table("cycle_summary")
    with op.batch_alter_table("norm_set", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_norm_set_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_norm_set_framework_version_id"))

    op.drop_table("norm_set")
