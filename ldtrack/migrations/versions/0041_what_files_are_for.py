"""What a file is for; until now all were certificates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_USE = sa.Enum(
    "certificate",
    "proof",
    "agreement",
    name="fileuse",
    native_enum=False,
    create_constraint=True,
    length=32,
)


def upgrade() -> None:
    with op.batch_alter_table("stored_file") as batch:
        batch.add_column(sa.Column("use", _USE, nullable=False, server_default="certificate"))
    with op.batch_alter_table("stored_file") as batch:
        batch.alter_column("use", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("stored_file") as batch:
        batch.drop_constraint(batch.f("ck_stored_file_fileuse"), type_="check")
        batch.drop_column("use")
