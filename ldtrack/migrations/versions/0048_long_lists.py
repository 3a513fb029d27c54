"""Long lists that a job writes, and the pieces of their files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE, Instant

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def _table(name: str, *rest: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        *rest,
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f(f"fk_{name}_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_organisation_id"), name, ["organisation_id"])


def upgrade() -> None:
    _table(
        "long_list",
        sa.Column("account_id", WHOLE, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "csv",
                "xlsx",
                name="listformat",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("taken_at", Instant(), nullable=True),
        sa.Column("n_rows", WHOLE, nullable=False),
        sa.Column("n_bytes", WHOLE, nullable=False),
        sa.CheckConstraint(
            "taken_at IS NULL OR finished_at IS NOT NULL",
            name=op.f("ck_long_list_taken_when_written"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_long_list_account_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_long_list_account_id"), "long_list", ["account_id"])
    _table(
        "long_list_part",
        sa.Column("long_list_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["long_list_id"],
            ["long_list.id"],
            name=op.f("fk_long_list_part_long_list_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "long_list_id", "position", name=op.f("uq_long_list_part_long_list_id_position")
        ),
    )


def downgrade() -> None:
    op.drop_table("long_list_part")
    op.drop_table("long_list")
