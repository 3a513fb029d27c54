"""Where a milestone came from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "milestone_origin",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("milestone_id", WHOLE, nullable=False),
        sa.Column("release_id", WHOLE, nullable=True),
        sa.Column("item_id", WHOLE, nullable=True),
        sa.Column("cycle", sa.String(length=200), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("set_by_id", WHOLE, nullable=True),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.CheckConstraint("statement <> ''", name=op.f("ck_milestone_origin_says_something")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_milestone_origin_item_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["milestone.id"],
            name=op.f("fk_milestone_origin_milestone_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_milestone_origin_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
            name=op.f("fk_milestone_origin_release_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"],
            ["person.id"],
            name=op.f("fk_milestone_origin_set_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_origin")),
        sa.UniqueConstraint("milestone_id", name=op.f("uq_milestone_origin_milestone_id")),
    )
    with op.batch_alter_table("milestone_origin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_origin_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_milestone_origin_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_milestone_origin_release_id"), ["release_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_milestone_origin_set_by_id"), ["set_by_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("milestone_origin")
