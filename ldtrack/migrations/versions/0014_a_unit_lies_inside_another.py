"""No unit lies inside itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    unit = sa.table("unit", sa.column("id"), sa.column("parent_id"))
    op.execute(unit.update().where(unit.c.parent_id == unit.c.id).values(parent_id=None))
    with op.batch_alter_table("unit") as batch:
        batch.create_check_constraint(batch.f("ck_unit_inside_another"), "parent_id <> id")
        batch.create_index(batch.f("ix_unit_parent_id"), ["parent_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("unit") as batch:
        batch.drop_index(batch.f("ix_unit_parent_id"))
        batch.drop_constraint(batch.f("ck_unit_inside_another"), type_="check")
