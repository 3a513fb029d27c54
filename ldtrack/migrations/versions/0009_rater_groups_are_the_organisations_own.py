"""Rater groups are the organisation's own, and reminders leave the day they went out on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "usual_group",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("exempt", sa.Boolean(), nullable=False),
        sa.Column("floor", WHOLE, nullable=False),
        sa.Column("least", WHOLE, nullable=False),
        sa.Column("most", WHOLE, nullable=True),
        sa.CheckConstraint("floor BETWEEN 0 AND 10", name=op.f("ck_usual_group_floor")),
        sa.CheckConstraint("most >= least", name=op.f("ck_usual_group_limits")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_usual_group_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usual_group")),
        sa.UniqueConstraint(
            "organisation_id", "key", name=op.f("uq_usual_group_organisation_id_key")
        ),
        sa.UniqueConstraint(
            "organisation_id", "name", name=op.f("uq_usual_group_organisation_id_name")
        ),
    )
    with op.batch_alter_table("usual_group") as batch:
        batch.create_index(
            batch.f("ix_usual_group_organisation_id"), ["organisation_id"], unique=False
        )
    with op.batch_alter_table("subject") as batch:
        batch.add_column(sa.Column("reminded_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("subject") as batch:
        batch.drop_column("reminded_on")
    with op.batch_alter_table("usual_group") as batch:
        batch.drop_index(batch.f("ix_usual_group_organisation_id"))
    op.drop_table("usual_group")
