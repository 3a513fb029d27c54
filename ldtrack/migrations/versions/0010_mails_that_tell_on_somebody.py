"""Mails that tell something about whoever got them are marked, so that no list shows them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("message") as batch:
        batch.add_column(
            sa.Column("discreet", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    # Until now their subject was all that told reminders from other mails.
    op.execute("UPDATE message SET discreet = true WHERE subject LIKE 'Reminder:%'")
    with op.batch_alter_table("message") as batch:
        batch.alter_column("discreet", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("message") as batch:
        batch.drop_column("discreet")
