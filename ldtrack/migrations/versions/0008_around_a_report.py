"""Comments held back, and what a leader heard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE, Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heard_note",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.CheckConstraint("body <> ''", name=op.f("ck_heard_note_says_something")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_heard_note_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["subject.id"],
            name=op.f("fk_heard_note_subject_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heard_note")),
        sa.UniqueConstraint("subject_id", name=op.f("uq_heard_note_subject_id")),
    )
    with op.batch_alter_table("heard_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_heard_note_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "comment_hiding",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("release_id", WHOLE, nullable=False),
        sa.Column("block", WHOLE, nullable=False),
        sa.Column("place", WHOLE, nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "names",
                "tells",
                "hurts",
                "private",
                name="hidingreason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("hidden_by_id", WHOLE, nullable=True),
        sa.Column("hidden_at", Instant(), nullable=False),
        sa.Column("lifted_by_id", WHOLE, nullable=True),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "block >= 0 AND place >= 0", name=op.f("ck_comment_hiding_place_in_report")
        ),
        sa.ForeignKeyConstraint(
            ["hidden_by_id"],
            ["person.id"],
            name=op.f("fk_comment_hiding_hidden_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"],
            ["person.id"],
            name=op.f("fk_comment_hiding_lifted_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_comment_hiding_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
            name=op.f("fk_comment_hiding_release_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_hiding")),
    )
    with op.batch_alter_table("comment_hiding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_comment_hiding_hidden_by_id"), ["hidden_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_comment_hiding_lifted_by_id"), ["lifted_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_comment_hiding_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_comment_hiding_in_force",
            ["release_id", "block", "place"],
            unique=True,
            sqlite_where=sa.text("lifted_at IS NULL"),
            postgresql_where=sa.text("lifted_at IS NULL"),
        )


def downgrade() -> None:
    op.drop_table("comment_hiding")
    op.drop_table("heard_note")
