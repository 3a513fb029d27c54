"""An organisation's own lists of words that may insult."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "insult_list",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_insult_list_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insult_list")),
        sa.UniqueConstraint(
            "organisation_id", "language", name=op.f("uq_insult_list_organisation_id_language")
        ),
    )
    with op.batch_alter_table("insult_list") as batch:
        batch.create_index(
            batch.f("ix_insult_list_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("insult_list") as batch:
        batch.drop_index(batch.f("ix_insult_list_organisation_id"))
    op.drop_table("insult_list")
