"""What a page saves by itself and arrives late undoes nothing that was sent since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("turn", WHOLE, nullable=False, server_default="0"))
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.alter_column("turn", existing_type=WHOLE, server_default=None)
        batch_op.create_check_constraint(op.f("ck_response_turn_counts_up"), "turn >= 0")


def downgrade() -> None:
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_response_turn_counts_up"), type_="check")
        batch_op.drop_column("turn")
