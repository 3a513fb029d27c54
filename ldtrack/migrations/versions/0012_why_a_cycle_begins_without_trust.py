"""A cycle keeps HR's reason to begin a group's first 360 without a trust pulse."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cycle") as batch:
        batch.add_column(
            sa.Column("begins_anyway", sa.String(300), nullable=False, server_default="")
        )
    with op.batch_alter_table("cycle") as batch:
        batch.alter_column("begins_anyway", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("cycle") as batch:
        batch.drop_column("begins_anyway")
