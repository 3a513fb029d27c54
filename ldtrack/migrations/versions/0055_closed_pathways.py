"""Pathways that were closed, and what was learnt from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pathway_closing",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("pathway_id", WHOLE, nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("learnt", sa.Text(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_pathway_closing_says_why")),
        sa.CheckConstraint("learnt <> ''", name=op.f("ck_pathway_closing_says_what_was_learnt")),
        sa.CheckConstraint(
            "reopened_on IS NULL OR reopened_on >= closed_on",
            name=op.f("ck_pathway_closing_reopens_later"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pathway_closing_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pathway_id"],
            ["pathway.id"],
            name=op.f("fk_pathway_closing_pathway_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway_closing")),
    )
    op.create_index(
        op.f("ix_pathway_closing_organisation_id"), "pathway_closing", ["organisation_id"]
    )
    op.create_index(op.f("ix_pathway_closing_pathway_id"), "pathway_closing", ["pathway_id"])
    op.create_index(
        "uq_pathway_closing_once_at_a_time",
        "pathway_closing",
        ["pathway_id"],
        unique=True,
        sqlite_where=sa.text("reopened_on IS NULL"),
        postgresql_where=sa.text("reopened_on IS NULL"),
    )


def downgrade() -> None:
    # Whoever was closed stays so: a version that is retired takes nobody in earlier releases too.
    op.drop_table("pathway_closing")
