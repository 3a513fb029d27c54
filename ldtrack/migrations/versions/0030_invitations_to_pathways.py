"""Invitations to pathways, and who is interested in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pathway_call",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("pathway_id", WHOLE, nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("targeted", sa.Boolean(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("seats", WHOLE, nullable=True),
        sa.CheckConstraint("story <> ''", name=op.f("ck_pathway_call_says_something")),
        sa.CheckConstraint(
            "closes_on IS NULL OR closes_on >= opens_on",
            name=op.f("ck_pathway_call_closes_after_opening"),
        ),
        sa.CheckConstraint("seats IS NULL OR seats >= 1", name=op.f("ck_pathway_call_has_a_seat")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pathway_call_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pathway_id"],
            ["pathway.id"],
            name=op.f("fk_pathway_call_pathway_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway_call")),
    )
    with op.batch_alter_table("pathway_call", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pathway_call_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_pathway_call_pathway_id"), ["pathway_id"], unique=False
        )

    op.create_table(
        "call_interest",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("call_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "stated",
                "enrolled",
                "declined",
                name="intereststate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(state = 'stated') = (answered_on IS NULL)",
            name=op.f("ck_call_interest_answered_on_a_day"),
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["pathway_call.id"],
            name=op.f("fk_call_interest_call_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_call_interest_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_call_interest_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_interest")),
        sa.UniqueConstraint(
            "call_id", "person_id", name=op.f("uq_call_interest_call_id_person_id")
        ),
    )
    with op.batch_alter_table("call_interest", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_call_interest_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_call_interest_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("call_interest")
    op.drop_table("pathway_call")
