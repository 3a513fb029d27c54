"""Versions of pathways that some try first, and what came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pilot",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("version_id", WHOLE, nullable=False),
        sa.Column("cohort_id", WHOLE, nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("worked", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("decided_by", WHOLE, nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(reviewed_on IS NULL) = (worked = '' AND changes = '')",
            name=op.f("ck_pilot_review_says_something"),
        ),
        sa.CheckConstraint("aim <> ''", name=op.f("ck_pilot_tries_something")),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_pilot_cohort_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_pilot_decided_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pilot_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["pathway_version.id"],
            name=op.f("fk_pilot_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot")),
        sa.UniqueConstraint("version_id", name=op.f("uq_pilot_version_id")),
    )
    with op.batch_alter_table("pilot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pilot_decided_by"), ["decided_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pilot_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("pilot")
