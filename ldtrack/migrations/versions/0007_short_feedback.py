"""Short feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE, Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "short_feedback",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("author_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("indicator_id", WHOLE, nullable=True),
        sa.Column("behaviour", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "keep",
                "try",
                name="shortkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("thanked_on", sa.Date(), nullable=True),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("shared_with_id", WHOLE, nullable=True),
        sa.Column("notice_id", WHOLE, nullable=True),
        sa.CheckConstraint("body <> ''", name=op.f("ck_short_feedback_says_something")),
        sa.CheckConstraint(
            "NOT is_hidden OR shared_with_id IS NULL",
            name=op.f("ck_short_feedback_hidden_is_not_shared"),
        ),
        sa.CheckConstraint("author_id <> person_id", name=op.f("ck_short_feedback_two_people")),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["person.id"],
            name=op.f("fk_short_feedback_author_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_short_feedback_competency_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["behavioural_indicator.id"],
            name=op.f("fk_short_feedback_indicator_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["message.id"],
            name=op.f("fk_short_feedback_notice_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_short_feedback_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_short_feedback_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["shared_with_id"],
            ["person.id"],
            name=op.f("fk_short_feedback_shared_with_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_short_feedback")),
    )
    with op.batch_alter_table("short_feedback", schema=None) as batch_op:
        batch_op.create_index("ix_short_feedback_author", ["author_id", "given_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_short_feedback_competency_id"), ["competency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_short_feedback_indicator_id"), ["indicator_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_short_feedback_notice_id"), ["notice_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_short_feedback_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_short_feedback_person", ["person_id", "given_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_short_feedback_shared_with_id"), ["shared_with_id"], unique=False
        )

    op.create_table(
        "short_feedback_request",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("asked_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("indicator_id", WHOLE, nullable=True),
        sa.Column("behaviour", sa.Text(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "answered",
                "declined",
                "withdrawn",
                name="requeststate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "asked_id <> person_id", name=op.f("ck_short_feedback_request_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["asked_id"],
            ["person.id"],
            name=op.f("fk_short_feedback_request_asked_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_short_feedback_request_competency_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["behavioural_indicator.id"],
            name=op.f("fk_short_feedback_request_indicator_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_short_feedback_request_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_short_feedback_request_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_short_feedback_request")),
    )
    with op.batch_alter_table("short_feedback_request", schema=None) as batch_op:
        batch_op.create_index(
            "ix_short_feedback_request_asked", ["asked_id", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_short_feedback_request_competency_id"), ["competency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_short_feedback_request_indicator_id"), ["indicator_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_short_feedback_request_organisation_id"),
            ["organisation_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_short_feedback_request_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            "uq_short_feedback_request_open",
            ["person_id", "asked_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )


def downgrade() -> None:
    op.drop_table("short_feedback_request")
    op.drop_table("short_feedback")
