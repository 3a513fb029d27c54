"""Goals that a leader sets without a coach."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_MOVED = "engagement_id IS NOT NULL OR (moved_in_id IS NULL AND state <> 'missed')"


def upgrade() -> None:
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.alter_column("engagement_id", existing_type=WHOLE, nullable=True)
        batch_op.create_check_constraint(op.f("ck_milestone_moved_in_coaching"), _MOVED)


def downgrade() -> None:
    # Before, a milestone needed a coach; a goal set without one has no place there.
    milestone = sa.table("milestone", sa.column("id"), sa.column("engagement_id"))
    origin = sa.table("milestone_origin", sa.column("milestone_id"))
    alone = sa.select(milestone.c.id).where(milestone.c.engagement_id.is_(None))
    op.execute(origin.delete().where(origin.c.milestone_id.in_(alone)))
    op.execute(milestone.delete().where(milestone.c.engagement_id.is_(None)))
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_milestone_moved_in_coaching"), type_="check")
        batch_op.alter_column("engagement_id", existing_type=WHOLE, nullable=False)
