"""Pulses: short anonymous surveys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pulse",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "trust",
                "process_raters",
                "process_leaders",
                "follow_up",
                name="pulsekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "open",
                "closed",
                name="pulsestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("k", WHOLE, nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("key", sa.LargeBinary(length=32), nullable=True),
        sa.Column("shows_names", sa.Boolean(), nullable=False),
        sa.Column("statements", sa.JSON(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("group_name", sa.String(length=200), nullable=False),
        sa.Column("series_id", WHOLE, nullable=True),
        sa.Column("cohort_id", WHOLE, nullable=True),
        sa.Column("cycle_id", WHOLE, nullable=True),
        sa.Column("subject_id", WHOLE, nullable=True),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("verdict", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint(
            "(cycle_id IS NOT NULL) = (kind IN ('process_raters', 'process_leaders'))",
            name=op.f("ck_pulse_process_of_a_cycle"),
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL)", name=op.f("ck_pulse_closed_has_day")
        ),
        sa.CheckConstraint(
            "(state = 'open') = (key IS NOT NULL)", name=op.f("ck_pulse_key_only_while_open")
        ),
        sa.CheckConstraint(
            "(subject_id IS NOT NULL) = (kind = 'follow_up')",
            name=op.f("ck_pulse_follow_up_about_a_subject"),
        ),
        sa.CheckConstraint(
            "state = 'closed' OR result IS NULL", name=op.f("ck_pulse_result_after_close")
        ),
        sa.CheckConstraint(
            "(result IS NULL) = (verdict IS NULL)", name=op.f("ck_pulse_result_was_audited")
        ),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_pulse_closes_after_opening")),
        sa.CheckConstraint("k >= 3", name=op.f("ck_pulse_floor")),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_pulse_cohort_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_pulse_cycle_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pulse_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["pulse.id"], name=op.f("fk_pulse_series_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_pulse_subject_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse")),
        sa.UniqueConstraint("cycle_id", "kind", name=op.f("uq_pulse_cycle_id_kind")),
    )
    with op.batch_alter_table("pulse", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pulse_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pulse_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_pulse_series", ["series_id"], unique=False)
        batch_op.create_index("ix_pulse_subject", ["subject_id"], unique=False)

    op.create_table(
        "pulse_invitation",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("pulse_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pulse_invitation_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_pulse_invitation_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pulse_id"],
            ["pulse.id"],
            name=op.f("fk_pulse_invitation_pulse_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_invitation")),
        sa.UniqueConstraint("pulse_id", "email", name=op.f("uq_pulse_invitation_pulse_id_email")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_pulse_invitation_token_hash")),
    )
    with op.batch_alter_table("pulse_invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pulse_invitation_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_pulse_invitation_person", ["person_id"], unique=False)

    op.create_table(
        "pulse_response",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("pulse_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pulse_response_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pulse_id"], ["pulse.id"], name=op.f("fk_pulse_response_pulse_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_response")),
    )
    with op.batch_alter_table("pulse_response", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pulse_response_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_pulse_response_pulse", ["pulse_id"], unique=False)

    op.create_table(
        "pulse_answer",
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("response_id", WHOLE, nullable=False),
        sa.Column("statement_key", sa.String(length=10), nullable=False),
        sa.Column("score", WHOLE, nullable=True),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_pulse_answer_score_range")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pulse_answer_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["pulse_response.id"],
            name=op.f("fk_pulse_answer_response_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_id", "statement_key", name=op.f("pk_pulse_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pulse_comment",
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("response_id", WHOLE, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_pulse_comment_says_something")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pulse_comment_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["pulse_response.id"],
            name=op.f("fk_pulse_comment_response_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_pulse_comment")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("pulse_comment")
    op.drop_table("pulse_answer")
    with op.batch_alter_table("pulse_response", schema=None) as batch_op:
        batch_op.drop_index("ix_pulse_response_pulse")
        batch_op.drop_index(batch_op.f("ix_pulse_response_organisation_id"))

    op.drop_table("pulse_response")
    with op.batch_alter_table("pulse_invitation", schema=None) as batch_op:
        batch_op.drop_index("ix_pulse_invitation_person")
        batch_op.drop_index(batch_op.f("ix_pulse_invitation_organisation_id"))

    op.drop_table("pulse_invitation")
    with op.batch_alter_table("pulse", schema=None) as batch_op:
        batch_op.drop_index("ix_pulse_subject")
        batch_op.drop_index("ix_pulse_series")
        batch_op.drop_index(batch_op.f("ix_pulse_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_pulse_cohort_id"))

    op.drop_table("pulse")
