"""The latest completions of a course are found without looking at all of them."""

from __future__ import annotations

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("completion") as batch:
        batch.create_index(
            batch.f("ix_completion_latest"), ["organisation_id", "course_id", "completed_on"]
        )


def downgrade() -> None:
    with op.batch_alter_table("completion") as batch:
        batch.drop_index(batch.f("ix_completion_latest"))
