"""Why a session was held before an agreement was signed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_LINE = sa.String(length=200)


def upgrade() -> None:
    with op.batch_alter_table("coaching_session") as batch:
        batch.add_column(sa.Column("unsigned_reason", _LINE, nullable=False, server_default=""))
    with op.batch_alter_table("coaching_session") as batch:
        batch.alter_column("unsigned_reason", existing_type=_LINE, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("coaching_session") as batch:
        batch.drop_column("unsigned_reason")
