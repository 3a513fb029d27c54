"""Statements of other systems, who may send them, and what they were said to mean."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE, Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "statement_source",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("last_used_at", Instant(), nullable=True),
        sa.Column("window_began_at", Instant(), nullable=True),
        sa.Column("window_count", WHOLE, nullable=False),
        sa.UniqueConstraint("key", name=op.f("uq_statement_source_key")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_statement_source_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_source")),
    )
    with op.batch_alter_table("statement_source") as batch:
        batch.create_index(op.f("ix_statement_source_organisation_id"), ["organisation_id"])
    op.create_table(
        "record_store",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("username", sa.String(200), nullable=False),
        sa.Column("secret", sa.String(500), nullable=False),
        sa.Column("every_hours", WHOLE, nullable=False),
        sa.Column("since", Instant(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.Column("problem", sa.String(300), nullable=False),
        sa.Column("n_taken", WHOLE, nullable=False),
        sa.CheckConstraint(
            "every_hours BETWEEN 1 AND 720", name=op.f("ck_record_store_every_hours")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_record_store_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_store")),
    )
    with op.batch_alter_table("record_store") as batch:
        batch.create_index(op.f("ix_record_store_organisation_id"), ["organisation_id"])
    op.create_table(
        "statement",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("statement_id", sa.String(36), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("actor_key", sa.String(500), nullable=False),
        sa.Column("actor_name", sa.String(200), nullable=False),
        sa.Column("activity_id", sa.String(500), nullable=False),
        sa.Column("activity_name", sa.String(300), nullable=False),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("seconds", WHOLE, nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("score_max", sa.Double(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("person_id", WHOLE, nullable=True),
        sa.Column("course_id", WHOLE, nullable=True),
        sa.Column("set_aside", sa.Boolean(), nullable=False),
        sa.Column("voided_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(score IS NULL) = (score_max IS NULL)", name=op.f("ck_statement_score_has_maximum")
        ),
        sa.CheckConstraint(
            "score IS NULL OR (score >= 0 AND score <= score_max)", name=op.f("ck_statement_score")
        ),
        sa.CheckConstraint(
            "NOT set_aside OR course_id IS NULL OR person_id IS NULL",
            name=op.f("ck_statement_aside_is_unmatched"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_statement_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_statement_course_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "organisation_id",
            "statement_id",
            "actor_key",
            name=op.f("uq_statement_organisation_id_statement_id_actor_key"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_statement_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    with op.batch_alter_table("statement") as batch:
        batch.create_index(op.f("ix_statement_organisation_id"), ["organisation_id"])
        batch.create_index("ix_statement_about", ["course_id", "person_id"])
        batch.create_index("ix_statement_activity", ["organisation_id", "activity_id"])
        batch.create_index("ix_statement_actor", ["organisation_id", "actor_key"])
        batch.create_index("ix_statement_person", ["person_id"])
    op.create_table(
        "statement_voiding",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("statement_id", sa.String(36), nullable=False),
        sa.Column("voided_at", Instant(), nullable=False),
        sa.UniqueConstraint(
            "organisation_id",
            "statement_id",
            name=op.f("uq_statement_voiding_organisation_id_statement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_statement_voiding_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_voiding")),
    )
    with op.batch_alter_table("statement_voiding") as batch:
        batch.create_index(op.f("ix_statement_voiding_organisation_id"), ["organisation_id"])
    op.create_table(
        "activity_match",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("activity_id", sa.String(500), nullable=False),
        sa.Column("course_id", WHOLE, nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.id"],
            name=op.f("fk_activity_match_course_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "organisation_id",
            "activity_id",
            name=op.f("uq_activity_match_organisation_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_activity_match_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_match")),
    )
    with op.batch_alter_table("activity_match") as batch:
        batch.create_index(op.f("ix_activity_match_organisation_id"), ["organisation_id"])
        batch.create_index(op.f("ix_activity_match_course_id"), ["course_id"])
    op.create_table(
        "learner_match",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("actor_key", sa.String(500), nullable=False),
        sa.Column("person_id", WHOLE, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_learner_match_person_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "organisation_id",
            "actor_key",
            name=op.f("uq_learner_match_organisation_id_actor_key"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_learner_match_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learner_match")),
    )
    with op.batch_alter_table("learner_match") as batch:
        batch.create_index(op.f("ix_learner_match_organisation_id"), ["organisation_id"])
        batch.create_index(op.f("ix_learner_match_person_id"), ["person_id"])


def downgrade() -> None:
    for table in (
        "learner_match",
        "activity_match",
        "statement_voiding",
        "statement",
        "record_store",
        "statement_source",
    ):
        op.drop_table(table)
