"""The list of set-up steps can be put away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organisation") as batch:
        batch.add_column(sa.Column("list_put_away_at", Instant(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("organisation") as batch:
        batch.drop_column("list_put_away_at")
