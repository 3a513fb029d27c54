"""What storing a file would do, by name, kept with it until somebody says yes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("import_run") as batch:
        batch.add_column(sa.Column("would", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("import_run") as batch:
        batch.alter_column("would", existing_type=sa.JSON(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("import_run") as batch:
        batch.drop_column("would")
