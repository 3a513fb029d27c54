"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE, Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answered_request",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("location", sa.String(length=2000), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_answered_request")),
    )
    with op.batch_alter_table("answered_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answered_request_answered_at"), ["answered_at"], unique=False
        )

    op.create_table(
        "organisation",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("rater_floor", WHOLE, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "rater_floor BETWEEN 3 AND 10", name=op.f("ck_organisation_rater_floor")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("failed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_attempt_recent", ["sender", "failed_at"], unique=False)

    op.create_table(
        "cohort",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_cohort_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_cohort_organisation_id_name")),
    )
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cohort_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "framework",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("publisher", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_framework_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework")),
        sa.UniqueConstraint(
            "organisation_id", "key", name=op.f("uq_framework_organisation_id_key")
        ),
    )
    with op.batch_alter_table("framework", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_framework_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "job",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("thing_id", WHOLE, nullable=False),
        sa.Column("round", WHOLE, nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "running",
                "done",
                "failed",
                name="jobstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("held_until", Instant(), nullable=True),
        sa.Column("tries", WHOLE, nullable=False),
        sa.Column("done", WHOLE, nullable=False),
        sa.Column("total", WHOLE, nullable=False),
        sa.Column("problem", sa.String(length=500), nullable=False),
        sa.CheckConstraint("done <= total OR total = 0", name=op.f("ck_job_done_within_total")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_job_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("kind", "thing_id", "round", name=op.f("uq_job_kind_thing_id_round")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_due", ["state", "due_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_job_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "message",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("to_address", sa.String(length=320), nullable=False),
        sa.Column("to_name", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sent",
                "failed",
                name="messagestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("tries", WHOLE, nullable=False),
        sa.Column("problem", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_message_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_due", ["state", "due_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_message_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "unit",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("parent_id", WHOLE, nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_unit_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_unit_organisation_id_name")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_unit_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "framework_version",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("framework_id", WHOLE, nullable=False),
        sa.Column("version", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "retired",
                name="versionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("published_at", Instant(), nullable=True),
        sa.Column("scale_key", sa.String(length=100), nullable=False),
        sa.Column("licence", sa.String(length=300), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"],
            ["framework.id"],
            name=op.f("fk_framework_version_framework_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_framework_version_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_version")),
        sa.UniqueConstraint(
            "framework_id", "version", name=op.f("uq_framework_version_framework_id_version")
        ),
    )
    with op.batch_alter_table("framework_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_framework_version_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "person",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("unit_id", WHOLE, nullable=True),
        sa.Column("job_profile", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_person_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_person_unit_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint(
            "organisation_id", "email", name=op.f("uq_person_organisation_id_email")
        ),
        sa.UniqueConstraint(
            "organisation_id", "external_id", name=op.f("uq_person_organisation_id_external_id")
        ),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(
            "ix_person_name", ["organisation_id", "last_name", "first_name"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_person_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_person_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("person_id", WHOLE, nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("disabled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_account_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_account_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("person_id", name=op.f("uq_account_person_id")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_account_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "course",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("mode", sa.String(length=60), nullable=False),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("valid_months", WHOLE, nullable=True),
        sa.Column("owner_id", WHOLE, nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.CheckConstraint("hours IS NULL OR hours > 0", name=op.f("ck_course_hours_positive")),
        sa.CheckConstraint(
            "valid_months IS NULL OR valid_months > 0", name=op.f("ck_course_valid_positive")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_course_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_course_owner_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("organisation_id", "code", name=op.f("uq_course_organisation_id_code")),
    )
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_course_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "domain",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("framework_version_id", WHOLE, nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_domain_framework_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_domain_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_domain")),
        sa.UniqueConstraint(
            "framework_version_id", "key", name=op.f("uq_domain_framework_version_id_key")
        ),
    )
    with op.batch_alter_table("domain", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_domain_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "engagement",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("coach_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("sessions_agreed", WHOLE, nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.CheckConstraint("coach_id <> person_id", name=op.f("ck_engagement_two_people")),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_engagement_ends_after_start")
        ),
        sa.CheckConstraint(
            "sessions_agreed BETWEEN 1 AND 100", name=op.f("ck_engagement_sessions_agreed")
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"], ["person.id"], name=op.f("fk_engagement_coach_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_engagement_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_engagement_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement")),
    )
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_engagement_coach_id"), ["coach_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_engagement_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_engagement_person", ["person_id", "starts_on"], unique=False)
        batch_op.create_index(
            "uq_engagement_running",
            ["coach_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )

    op.create_table(
        "entry_draft",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("author_id", WHOLE, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "prompt",
            sa.Enum(
                "open",
                "gibbs",
                "kolb",
                name="prompt",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_entry_draft_author_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_entry_draft_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_draft")),
        sa.UniqueConstraint("author_id", name=op.f("uq_entry_draft_author_id")),
    )
    with op.batch_alter_table("entry_draft", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_entry_draft_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "pathway",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("framework_version_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_pathway_framework_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pathway_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway")),
        sa.UniqueConstraint(
            "organisation_id", "title", name=op.f("uq_pathway_organisation_id_title")
        ),
    )
    with op.batch_alter_table("pathway", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pathway_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "posting",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "rotation",
                "project",
                "secondment",
                "community",
                "acting_up",
                "task_force",
                name="postingkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("owner_id", WHOLE, nullable=False),
        sa.Column("sponsor_id", WHOLE, nullable=True),
        sa.Column("promised_outcome", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("share_of_time", WHOLE, nullable=False),
        sa.Column("stretch", sa.JSON(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "promised_outcome <> '' AND measure <> ''", name=op.f("ck_posting_promises_something")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_posting_ends_after_start")),
        sa.CheckConstraint(
            "share_of_time BETWEEN 1 AND 100", name=op.f("ck_posting_share_of_time")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_posting_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_posting_owner_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_id"], ["person.id"], name=op.f("fk_posting_sponsor_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index("ix_posting_ends", ["organisation_id", "ends_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_posting_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_posting_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_sponsor_id"), ["sponsor_id"], unique=False)

    op.create_table(
        "proficiency_level",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("framework_version_id", WHOLE, nullable=False),
        sa.Column("value", WHOLE, nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_proficiency_level_framework_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_proficiency_level_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proficiency_level")),
        sa.UniqueConstraint(
            "framework_version_id",
            "value",
            name=op.f("uq_proficiency_level_framework_version_id_value"),
        ),
    )
    with op.batch_alter_table("proficiency_level", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proficiency_level_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "questionnaire",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("framework_version_id", WHOLE, nullable=False),
        sa.Column("lo", WHOLE, nullable=False),
        sa.Column("hi", WHOLE, nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.CheckConstraint("lo < hi", name=op.f("ck_questionnaire_scale_ascends")),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_questionnaire_framework_version_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_questionnaire_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire")),
    )
    with op.batch_alter_table("questionnaire", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_questionnaire_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "relationship",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "coach",
                "manager",
                "sponsor",
                name="relationshipkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("holder_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_relationship_ends_after_start")
        ),
        sa.CheckConstraint("holder_id <> person_id", name=op.f("ck_relationship_two_people")),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["person.id"], name=op.f("fk_relationship_holder_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_relationship_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_relationship_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relationship")),
        sa.UniqueConstraint(
            "kind",
            "holder_id",
            "person_id",
            "starts_on",
            name=op.f("uq_relationship_kind_holder_id_person_id_starts_on"),
        ),
    )
    with op.batch_alter_table("relationship", schema=None) as batch_op:
        batch_op.create_index("ix_relationship_holder", ["holder_id", "kind"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_relationship_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_relationship_person", ["person_id", "kind"], unique=False)

    op.create_table(
        "role_profile",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("framework_version_id", WHOLE, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_role_profile_framework_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_role_profile_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_profile")),
        sa.UniqueConstraint(
            "framework_version_id", "name", name=op.f("uq_role_profile_framework_version_id_name")
        ),
    )
    with op.batch_alter_table("role_profile", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_role_profile_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "agreement",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("engagement_id", WHOLE, nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("sponsor_sees", sa.JSON(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_agreement_engagement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_agreement_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_engagement_id"), ["engagement_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_agreement_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "audit_event",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("account_id", WHOLE, nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("thing", sa.String(length=60), nullable=False),
        sa.Column("thing_id", WHOLE, nullable=True),
        sa.Column("person_id", WHOLE, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_audit_event_account_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_audit_event_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_audit_event_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_event_happened_at"), ["happened_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_audit_event_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_audit_event_person", ["person_id", "happened_at"], unique=False)

    op.create_table(
        "coaching_session",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("engagement_id", WHOLE, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", WHOLE, nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("logged_at", Instant(), nullable=False),
        sa.Column("logged_by", WHOLE, nullable=True),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_coaching_session_has_length")),
        sa.CheckConstraint(
            "next_on IS NULL OR next_on > held_on", name=op.f("ck_coaching_session_next_after_this")
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_coaching_session_engagement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["logged_by"],
            ["person.id"],
            name=op.f("fk_coaching_session_logged_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_coaching_session_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_session")),
    )
    with op.batch_alter_table("coaching_session", schema=None) as batch_op:
        batch_op.create_index(
            "ix_coaching_session_held", ["engagement_id", "held_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_coaching_session_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "competency",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("framework_version_id", WHOLE, nullable=False),
        sa.Column("domain_id", WHOLE, nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("definition_origin", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("uri", sa.String(length=500), nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["domain_id"], ["domain.id"], name=op.f("fk_competency_domain_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_competency_framework_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_competency_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency")),
        sa.UniqueConstraint(
            "framework_version_id", "key", name=op.f("uq_competency_framework_version_id_key")
        ),
    )
    with op.batch_alter_table("competency", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_competency_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "completion",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("course_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("score_max", sa.Double(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "(score IS NULL) = (score_max IS NULL)", name=op.f("ck_completion_score_has_maximum")
        ),
        sa.CheckConstraint(
            "score IS NULL OR (score >= 0 AND score <= score_max)", name=op.f("ck_completion_score")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_completion_course_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_completion_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_completion_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion")),
        sa.UniqueConstraint(
            "course_id",
            "person_id",
            "completed_on",
            name=op.f("uq_completion_course_id_person_id_completed_on"),
        ),
    )
    with op.batch_alter_table("completion", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_completion_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_completion_person", ["person_id"], unique=False)

    op.create_table(
        "cycle",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("framework_version_id", WHOLE, nullable=False),
        sa.Column("questionnaire_id", WHOLE, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "open",
                "closed",
                "with the coach",
                "released",
                "archived",
                name="cyclestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("k", WHOLE, nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (key IS NOT NULL)", name=op.f("ck_cycle_key_only_while_open")
        ),
        sa.CheckConstraint(
            "state <> 'closed' OR closed_on IS NOT NULL", name=op.f("ck_cycle_closed_has_day")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'closed', 'archived')", name=op.f("ck_cycle_cycle_states")
        ),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_cycle_closes_after_opening")),
        sa.CheckConstraint("k BETWEEN 3 AND 10", name=op.f("ck_cycle_floor")),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_cycle_framework_version_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_cycle_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaire.id"],
            name=op.f("fk_cycle_questionnaire_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_cycle_organisation_id_name")),
    )
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cycle_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "login_session",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("account_id", WHOLE, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_login_session_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_login_session_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "membership",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("account_id", WHOLE, nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "hr",
                "coach",
                "leader",
                "sponsor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_membership_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("account_id", "role", name=op.f("uq_membership_account_id_role")),
    )
    op.create_table(
        "offering",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("course_id", WHOLE, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_offering_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_offering_course_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_offering_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offering")),
    )
    with op.batch_alter_table("offering", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offering_course_id"), ["course_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_offering_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "open_question",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("questionnaire_id", WHOLE, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_open_question_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaire.id"],
            name=op.f("fk_open_question_questionnaire_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_question")),
        sa.UniqueConstraint(
            "questionnaire_id", "key", name=op.f("uq_open_question_questionnaire_id_key")
        ),
    )
    with op.batch_alter_table("open_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_open_question_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "pathway_version",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("pathway_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "retired",
                name="versionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pathway_version_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pathway_id"],
            ["pathway.id"],
            name=op.f("fk_pathway_version_pathway_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway_version")),
        sa.UniqueConstraint(
            "pathway_id", "number", name=op.f("uq_pathway_version_pathway_id_number")
        ),
    )
    with op.batch_alter_table("pathway_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pathway_version_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "placement",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("posting_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "declined",
                "active",
                "completed",
                "ended_early",
                name="placementstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("motive", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("peer_id", WHOLE, nullable=True),
        sa.CheckConstraint(
            "state NOT IN ('completed', 'ended_early') OR ends_on IS NOT NULL",
            name=op.f("ck_placement_ended_has_its_day"),
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_placement_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_placement_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["peer_id"], ["person.id"], name=op.f("fk_placement_peer_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_placement_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk_placement_posting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_placement_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_placement_peer_id"), ["peer_id"], unique=False)
        batch_op.create_index("ix_placement_person", ["person_id", "state"], unique=False)
        batch_op.create_index("ix_placement_posting", ["posting_id"], unique=False)
        batch_op.create_index(
            "uq_placement_open_person",
            ["posting_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('proposed', 'active')"),
            postgresql_where=sa.text("state IN ('proposed', 'active')"),
        )

    op.create_table(
        "review",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("sponsor_id", WHOLE, nullable=True),
        sa.Column(
            "audience",
            sa.Enum(
                "leader",
                "sponsor",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "ready",
                "agreed",
                "refused",
                "failed",
                name="reviewstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("requested_by", WHOLE, nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(audience = 'sponsor') = (sponsor_id IS NOT NULL)",
            name=op.f("ck_review_sponsor_known"),
        ),
        sa.CheckConstraint(
            "(state = 'agreed') = (agreed_on IS NOT NULL)", name=op.f("ck_review_agreed_has_day")
        ),
        sa.CheckConstraint(
            "audience = 'sponsor' OR state NOT IN ('agreed', 'refused')",
            name=op.f("ck_review_leader_agrees_to_own"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_review_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_review_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"],
            ["account.id"],
            name=op.f("fk_review_requested_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_id"], ["person.id"], name=op.f("fk_review_sponsor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint(
            "organisation_id", "number", name=op.f("uq_review_organisation_id_number")
        ),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_review_person", ["person_id", "audience"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_sponsor_id"), ["sponsor_id"], unique=False)

    op.create_table(
        "session_draft",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("engagement_id", WHOLE, nullable=False),
        sa.Column("author_id", WHOLE, nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["person.id"],
            name=op.f("fk_session_draft_author_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_session_draft_engagement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_session_draft_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_draft")),
        sa.UniqueConstraint(
            "engagement_id", "author_id", name=op.f("uq_session_draft_engagement_id_author_id")
        ),
    )
    with op.batch_alter_table("session_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_draft_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_session_draft_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "behavioural_indicator",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("level", WHOLE, nullable=False),
        sa.Column("effective", sa.Text(), nullable=False),
        sa.Column("ineffective", sa.Text(), nullable=False),
        sa.Column("thread", sa.String(length=300), nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.CheckConstraint(
            "effective <> '' OR ineffective <> ''",
            name=op.f("ck_behavioural_indicator_says_something"),
        ),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_behavioural_indicator_competency_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_behavioural_indicator_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_behavioural_indicator")),
    )
    with op.batch_alter_table("behavioural_indicator", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_behavioural_indicator_competency_id"), ["competency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_behavioural_indicator_organisation_id"),
            ["organisation_id"],
            unique=False,
        )

    op.create_table(
        "coaching_action",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("engagement_id", WHOLE, nullable=False),
        sa.Column("owner_id", WHOLE, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("session_id", WHOLE, nullable=True),
        sa.Column("done_in_id", WHOLE, nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_coaching_action_says_something")),
        sa.CheckConstraint(
            "done_in_id IS NULL OR done_on IS NOT NULL",
            name=op.f("ck_coaching_action_done_has_day"),
        ),
        sa.ForeignKeyConstraint(
            ["done_in_id"],
            ["coaching_session.id"],
            name=op.f("fk_coaching_action_done_in_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_coaching_action_engagement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_coaching_action_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
            name=op.f("fk_coaching_action_owner_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["coaching_session.id"],
            name=op.f("fk_coaching_action_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_action")),
    )
    with op.batch_alter_table("coaching_action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_coaching_action_done_in_id"), ["done_in_id"], unique=False
        )
        batch_op.create_index("ix_coaching_action_open", ["engagement_id", "done_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_coaching_action_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_coaching_action_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_coaching_action_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "course_competency",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("course_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("level", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_course_competency_competency_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.id"],
            name=op.f("fk_course_competency_course_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_course_competency_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_competency")),
        sa.UniqueConstraint(
            "course_id", "competency_id", name=op.f("uq_course_competency_course_id_competency_id")
        ),
    )
    with op.batch_alter_table("course_competency", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_course_competency_competency_id"), ["competency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_course_competency_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "debrief",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("placement_id", WHOLE, nullable=False),
        sa.Column("author_id", WHOLE, nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "leader",
                "sponsor",
                "peer",
                name="debriefkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("next_action", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "held_on IS NULL OR (outcome <> '' AND learned <> '' AND next_action <> '')",
            name=op.f("ck_debrief_held_has_all_three"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_debrief_author_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_debrief_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f("fk_debrief_placement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief")),
        sa.UniqueConstraint(
            "placement_id", "author_id", name=op.f("uq_debrief_placement_id_author_id")
        ),
    )
    with op.batch_alter_table("debrief", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_debrief_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_debrief_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "enrolment",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("pathway_id", WHOLE, nullable=False),
        sa.Column("version_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("cohort_id", WHOLE, nullable=True),
        sa.Column("role_profile_id", WHOLE, nullable=True),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "completed",
                "left",
                name="enrolmentstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(state = 'active') = (ended_on IS NULL)", name=op.f("ck_enrolment_active_has_no_end")
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= enrolled_on",
            name=op.f("ck_enrolment_ends_after_start"),
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_enrolment_cohort_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_enrolment_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pathway_id"], ["pathway.id"], name=op.f("fk_enrolment_pathway_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["role_profile_id"],
            ["role_profile.id"],
            name=op.f("fk_enrolment_role_profile_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["pathway_version.id"],
            name=op.f("fk_enrolment_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_enrolment_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_enrolment_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_version_id"), ["version_id"], unique=False)
        batch_op.create_index(
            "uq_enrolment_active_person",
            ["pathway_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state = 'active'"),
            postgresql_where=sa.text("state = 'active'"),
        )

    op.create_table(
        "evidence",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column(
            "source_kind",
            sa.Enum(
                "feedback_release",
                "coach_rating",
                "milestone",
                "assignment_outcome",
                "course_assessment",
                "course_completion",
                "certificate",
                "self_rating",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source_id", WHOLE, nullable=False),
        sa.Column("revision", WHOLE, nullable=False),
        sa.Column("supersedes_id", WHOLE, nullable=True),
        sa.Column(
            "form",
            sa.Enum(
                "graded",
                "passed",
                "failed",
                "exposure",
                "withdrawn",
                name="evidenceform",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("level", sa.Double(), nullable=True),
        sa.Column("noise_variance", sa.Double(), nullable=True),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", WHOLE, nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "(form = 'graded') = (value IS NOT NULL)", name=op.f("ck_evidence_graded_has_value")
        ),
        sa.CheckConstraint(
            "(form IN ('graded', 'passed', 'failed')) = (noise_variance IS NOT NULL)",
            name=op.f("ck_evidence_moving_has_noise"),
        ),
        sa.CheckConstraint(
            "(form IN ('passed', 'failed')) = (level IS NOT NULL)",
            name=op.f("ck_evidence_threshold_has_level"),
        ),
        sa.CheckConstraint(
            "(revision = 1) = (supersedes_id IS NULL)", name=op.f("ck_evidence_revision_supersedes")
        ),
        sa.CheckConstraint(
            "noise_variance IS NULL OR noise_variance > 0", name=op.f("ck_evidence_noise_positive")
        ),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_evidence_competency_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_evidence_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_evidence_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["person.id"],
            name=op.f("fk_evidence_recorded_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["evidence.id"], name=op.f("fk_evidence_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "source_kind",
            "source_id",
            "competency_id",
            "revision",
            name=op.f("uq_evidence_source_kind_source_id_competency_id_revision"),
        ),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_evidence_supersedes_id")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_competency_id"), ["competency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_evidence_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_evidence_trajectory", ["person_id", "competency_id", "observed_on"], unique=False
        )

    op.create_table(
        "outcome",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("placement_id", WHOLE, nullable=False),
        sa.Column("confirmed_by", WHOLE, nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("delivered", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column(
            "contribution",
            sa.Enum(
                "led",
                "contributed",
                "influenced",
                name="contribution",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("outside", sa.Text(), nullable=False),
        sa.CheckConstraint("delivered <> ''", name=op.f("ck_outcome_says_what")),
        sa.ForeignKeyConstraint(
            ["confirmed_by"],
            ["person.id"],
            name=op.f("fk_outcome_confirmed_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_outcome_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f("fk_outcome_placement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_outcome_placement_id")),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "posting_competency",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("posting_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("level", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_posting_competency_competency_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_posting_competency_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["posting.id"],
            name=op.f("fk_posting_competency_posting_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_competency")),
        sa.UniqueConstraint(
            "posting_id",
            "competency_id",
            name=op.f("uq_posting_competency_posting_id_competency_id"),
        ),
    )
    with op.batch_alter_table("posting_competency", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_posting_competency_competency_id"), ["competency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_posting_competency_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "session_competency",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("session_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_session_competency_competency_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_session_competency_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["coaching_session.id"],
            name=op.f("fk_session_competency_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_competency")),
        sa.UniqueConstraint(
            "session_id",
            "competency_id",
            name=op.f("uq_session_competency_session_id_competency_id"),
        ),
    )
    with op.batch_alter_table("session_competency", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_session_competency_competency_id"), ["competency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_session_competency_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "session_note",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("session_id", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "shared",
                "private",
                name="notekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("author_id", WHOLE, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_session_note_says_something")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_session_note_author_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_session_note_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["coaching_session.id"],
            name=op.f("fk_session_note_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_note")),
        sa.UniqueConstraint(
            "session_id",
            "kind",
            "author_id",
            name=op.f("uq_session_note_session_id_kind_author_id"),
        ),
    )
    with op.batch_alter_table("session_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_note_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_session_note_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "stage",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("version_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_stage_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["pathway_version.id"],
            name=op.f("fk_stage_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage")),
    )
    with op.batch_alter_table("stage", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stage_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_stage_version_id"), ["version_id"], unique=False)

    op.create_table(
        "subject",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("cycle_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("coach_id", WHOLE, nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "open",
                "closed",
                "with the coach",
                "released",
                "archived",
                name="cyclestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("for_coach", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(state = 'released') = (released_on IS NOT NULL)", name=op.f("ck_subject_released_day")
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"], ["person.id"], name=op.f("fk_subject_coach_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_subject_cycle_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_subject_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_subject_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject")),
        sa.UniqueConstraint("cycle_id", "person_id", name=op.f("uq_subject_cycle_id_person_id")),
    )
    with op.batch_alter_table("subject", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subject_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_subject_person", ["person_id", "state"], unique=False)

    op.create_table(
        "target_level",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("role_profile_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("level", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_target_level_competency_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_target_level_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["role_profile_id"],
            ["role_profile.id"],
            name=op.f("fk_target_level_role_profile_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_level")),
        sa.UniqueConstraint(
            "role_profile_id",
            "competency_id",
            name=op.f("uq_target_level_role_profile_id_competency_id"),
        ),
    )
    with op.batch_alter_table("target_level", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_target_level_competency_id"), ["competency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_target_level_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "invitation",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("group_key", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitation_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_invitation_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["subject.id"],
            name=op.f("fk_invitation_subject_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("subject_id", "email", name=op.f("uq_invitation_subject_id_email")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_invitation_person", ["person_id"], unique=False)

    op.create_table(
        "item",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("questionnaire_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("indicator_id", WHOLE, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_item_competency_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["behavioural_indicator.id"],
            name=op.f("fk_item_indicator_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_item_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaire.id"],
            name=op.f("fk_item_questionnaire_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint(
            "questionnaire_id", "position", name=op.f("uq_item_questionnaire_id_position")
        ),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_competency_id"), ["competency_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_item_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "outcome_rating",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("outcome_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("level", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_outcome_rating_competency_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_outcome_rating_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"],
            ["outcome.id"],
            name=op.f("fk_outcome_rating_outcome_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_rating")),
        sa.UniqueConstraint(
            "outcome_id", "competency_id", name=op.f("uq_outcome_rating_outcome_id_competency_id")
        ),
    )
    with op.batch_alter_table("outcome_rating", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_rating_competency_id"), ["competency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outcome_rating_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "release",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_release_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_release_subject_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("subject_id", "number", name=op.f("uq_release_subject_id_number")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_release_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "response",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("group_key", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "sent",
                name="responsestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_response_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_response_subject_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_response_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_response_subject", ["subject_id"], unique=False)

    op.create_table(
        "stage_gate",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("stage_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("level", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_stage_gate_competency_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_stage_gate_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stage.id"], name=op.f("fk_stage_gate_stage_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_gate")),
        sa.UniqueConstraint(
            "stage_id", "competency_id", name=op.f("uq_stage_gate_stage_id_competency_id")
        ),
    )
    with op.batch_alter_table("stage_gate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stage_gate_competency_id"), ["competency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_stage_gate_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "step",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("stage_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "course",
                "milestone",
                "assignment",
                "feedback",
                "reflection",
                name="stepkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("weight", WHOLE, nullable=False),
        sa.Column("course_id", WHOLE, nullable=True),
        sa.Column("posting_id", WHOLE, nullable=True),
        sa.Column("competency_id", WHOLE, nullable=True),
        sa.Column("level", WHOLE, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_days", WHOLE, nullable=True),
        sa.CheckConstraint(
            "kind <> 'assignment' OR posting_id IS NOT NULL OR competency_id IS NOT NULL",
            name=op.f("ck_step_assignment_is_for_something"),
        ),
        sa.CheckConstraint(
            "kind <> 'course' OR course_id IS NOT NULL", name=op.f("ck_step_course_is_named")
        ),
        sa.CheckConstraint(
            "kind <> 'milestone' OR (competency_id IS NOT NULL AND level IS NOT NULL)",
            name=op.f("ck_step_milestone_has_its_level"),
        ),
        sa.CheckConstraint("weight >= 1", name=op.f("ck_step_has_weight")),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_step_competency_id")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_step_course_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_step_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_step_posting_id")),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stage.id"], name=op.f("fk_step_stage_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_competency_id"), ["competency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_step_course_id"), ["course_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_step_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_step_posting_id"), ["posting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_step_stage_id"), ["stage_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("response_id", WHOLE, nullable=False),
        sa.Column("item_id", WHOLE, nullable=False),
        sa.Column("score", WHOLE, nullable=True),
        sa.Column("not_observed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(score IS NULL) = not_observed", name=op.f("ck_answer_score_or_not_observed")
        ),
        sa.CheckConstraint("score BETWEEN 1 AND 10", name=op.f("ck_answer_score_range")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_answer_item_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_answer_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_answer_response_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "item_id", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment",
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("response_id", WHOLE, nullable=False),
        sa.Column("question_key", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "sharing",
            sa.Enum(
                "as_written",
                "coach_only",
                name="sharing",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("body <> ''", name=op.f("ck_comment_says_something")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_comment_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_comment_response_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_id", "question_key", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entry",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("author_id", WHOLE, nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column(
            "prompt",
            sa.Enum(
                "open",
                "gibbs",
                "kolb",
                name="prompt",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("shared_with_coach", sa.Boolean(), nullable=False),
        sa.Column("coach_id", WHOLE, nullable=True),
        sa.Column("step_id", WHOLE, nullable=True),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.CheckConstraint("body <> ''", name=op.f("ck_entry_says_something")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_entry_author_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["coach_id"], ["person.id"], name=op.f("fk_entry_coach_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_entry_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["step.id"], name=op.f("fk_entry_step_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index("ix_entry_author", ["author_id", "written_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_coach_id"), ["coach_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_entry_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "milestone",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("engagement_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("level", WHOLE, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "met",
                "missed",
                "dropped",
                name="milestonestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("step_id", WHOLE, nullable=True),
        sa.Column("moved_in_id", WHOLE, nullable=True),
        sa.CheckConstraint(
            "(state = 'met') = (met_on IS NOT NULL)", name=op.f("ck_milestone_met_has_day")
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_milestone_has_title")),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_milestone_competency_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_milestone_engagement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["moved_in_id"],
            ["coaching_session.id"],
            name=op.f("fk_milestone_moved_in_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_milestone_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_milestone_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["step.id"], name=op.f("fk_milestone_step_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("person_id", "step_id", name=op.f("uq_milestone_person_id_step_id")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_milestone_competency_id"), ["competency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_milestone_engagement_id"), ["engagement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_milestone_moved_in_id"), ["moved_in_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_milestone_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_milestone_person", ["person_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_step_id"), ["step_id"], unique=False)

    op.create_table(
        "prerequisite",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("step_id", WHOLE, nullable=False),
        sa.Column("requires_id", WHOLE, nullable=False),
        sa.CheckConstraint("step_id <> requires_id", name=op.f("ck_prerequisite_is_another_step")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_prerequisite_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["requires_id"],
            ["step.id"],
            name=op.f("fk_prerequisite_requires_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["step.id"], name=op.f("fk_prerequisite_step_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prerequisite")),
        sa.UniqueConstraint(
            "step_id", "requires_id", name=op.f("uq_prerequisite_step_id_requires_id")
        ),
    )
    with op.batch_alter_table("prerequisite", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_prerequisite_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_prerequisite_requires_id"), ["requires_id"], unique=False
        )

    op.create_table(
        "waiver",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("enrolment_id", WHOLE, nullable=False),
        sa.Column("step_id", WHOLE, nullable=True),
        sa.Column("gate_id", WHOLE, nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("waived_by", WHOLE, nullable=False),
        sa.Column("waived_on", sa.Date(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_waiver_says_why")),
        sa.CheckConstraint(
            "(step_id IS NULL) <> (gate_id IS NULL)", name=op.f("ck_waiver_is_about_one_thing")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_waiver_enrolment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["gate_id"], ["stage_gate.id"], name=op.f("fk_waiver_gate_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_waiver_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["step.id"], name=op.f("fk_waiver_step_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["waived_by"], ["person.id"], name=op.f("fk_waiver_waived_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sa.UniqueConstraint("enrolment_id", "gate_id", name=op.f("uq_waiver_enrolment_id_gate_id")),
        sa.UniqueConstraint("enrolment_id", "step_id", name=op.f("uq_waiver_enrolment_id_step_id")),
    )
    with op.batch_alter_table("waiver", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_waiver_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("waiver", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiver_organisation_id"))

    op.drop_table("waiver")
    with op.batch_alter_table("prerequisite", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prerequisite_requires_id"))
        batch_op.drop_index(batch_op.f("ix_prerequisite_organisation_id"))

    op.drop_table("prerequisite")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_step_id"))
        batch_op.drop_index("ix_milestone_person")
        batch_op.drop_index(batch_op.f("ix_milestone_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_moved_in_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_engagement_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_competency_id"))

    op.drop_table("milestone")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_entry_coach_id"))
        batch_op.drop_index("ix_entry_author")

    op.drop_table("entry")
    op.drop_table("comment")
    op.drop_table("answer")
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_stage_id"))
        batch_op.drop_index(batch_op.f("ix_step_posting_id"))
        batch_op.drop_index(batch_op.f("ix_step_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_step_course_id"))
        batch_op.drop_index(batch_op.f("ix_step_competency_id"))

    op.drop_table("step")
    with op.batch_alter_table("stage_gate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stage_gate_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_stage_gate_competency_id"))

    op.drop_table("stage_gate")
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index("ix_response_subject")
        batch_op.drop_index(batch_op.f("ix_response_organisation_id"))

    op.drop_table("response")
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_organisation_id"))

    op.drop_table("release")
    with op.batch_alter_table("outcome_rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_rating_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_rating_competency_id"))

    op.drop_table("outcome_rating")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_item_competency_id"))

    op.drop_table("item")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index("ix_invitation_person")
        batch_op.drop_index(batch_op.f("ix_invitation_organisation_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("target_level", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_target_level_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_target_level_competency_id"))

    op.drop_table("target_level")
    with op.batch_alter_table("subject", schema=None) as batch_op:
        batch_op.drop_index("ix_subject_person")
        batch_op.drop_index(batch_op.f("ix_subject_organisation_id"))

    op.drop_table("subject")
    with op.batch_alter_table("stage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stage_version_id"))
        batch_op.drop_index(batch_op.f("ix_stage_organisation_id"))

    op.drop_table("stage")
    with op.batch_alter_table("session_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_note_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_session_note_author_id"))

    op.drop_table("session_note")
    with op.batch_alter_table("session_competency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_competency_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_session_competency_competency_id"))

    op.drop_table("session_competency")
    with op.batch_alter_table("posting_competency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_competency_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_posting_competency_competency_id"))

    op.drop_table("posting_competency")
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_organisation_id"))

    op.drop_table("outcome")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_trajectory")
        batch_op.drop_index(batch_op.f("ix_evidence_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_competency_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_enrolment_active_person",
            sqlite_where=sa.text("state = 'active'"),
            postgresql_where=sa.text("state = 'active'"),
        )
        batch_op.drop_index(batch_op.f("ix_enrolment_version_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_person_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_cohort_id"))

    op.drop_table("enrolment")
    with op.batch_alter_table("debrief", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_debrief_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_debrief_author_id"))

    op.drop_table("debrief")
    with op.batch_alter_table("course_competency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_competency_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_course_competency_competency_id"))

    op.drop_table("course_competency")
    with op.batch_alter_table("coaching_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coaching_action_session_id"))
        batch_op.drop_index(batch_op.f("ix_coaching_action_owner_id"))
        batch_op.drop_index(batch_op.f("ix_coaching_action_organisation_id"))
        batch_op.drop_index("ix_coaching_action_open")
        batch_op.drop_index(batch_op.f("ix_coaching_action_done_in_id"))

    op.drop_table("coaching_action")
    with op.batch_alter_table("behavioural_indicator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_behavioural_indicator_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_behavioural_indicator_competency_id"))

    op.drop_table("behavioural_indicator")
    with op.batch_alter_table("session_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_draft_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_session_draft_author_id"))

    op.drop_table("session_draft")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_sponsor_id"))
        batch_op.drop_index("ix_review_person")
        batch_op.drop_index(batch_op.f("ix_review_organisation_id"))

    op.drop_table("review")
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_placement_open_person",
            sqlite_where=sa.text("state IN ('proposed', 'active')"),
            postgresql_where=sa.text("state IN ('proposed', 'active')"),
        )
        batch_op.drop_index("ix_placement_posting")
        batch_op.drop_index("ix_placement_person")
        batch_op.drop_index(batch_op.f("ix_placement_peer_id"))
        batch_op.drop_index(batch_op.f("ix_placement_organisation_id"))

    op.drop_table("placement")
    with op.batch_alter_table("pathway_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pathway_version_organisation_id"))

    op.drop_table("pathway_version")
    with op.batch_alter_table("open_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_open_question_organisation_id"))

    op.drop_table("open_question")
    with op.batch_alter_table("offering", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offering_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_offering_course_id"))

    op.drop_table("offering")
    op.drop_table("membership")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_account_id"))

    op.drop_table("login_session")
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cycle_organisation_id"))

    op.drop_table("cycle")
    with op.batch_alter_table("completion", schema=None) as batch_op:
        batch_op.drop_index("ix_completion_person")
        batch_op.drop_index(batch_op.f("ix_completion_organisation_id"))

    op.drop_table("completion")
    with op.batch_alter_table("competency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_competency_organisation_id"))

    op.drop_table("competency")
    with op.batch_alter_table("coaching_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coaching_session_organisation_id"))
        batch_op.drop_index("ix_coaching_session_held")

    op.drop_table("coaching_session")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_event_person")
        batch_op.drop_index(batch_op.f("ix_audit_event_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_audit_event_happened_at"))

    op.drop_table("audit_event")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_engagement_id"))

    op.drop_table("agreement")
    with op.batch_alter_table("role_profile", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_profile_organisation_id"))

    op.drop_table("role_profile")
    with op.batch_alter_table("relationship", schema=None) as batch_op:
        batch_op.drop_index("ix_relationship_person")
        batch_op.drop_index(batch_op.f("ix_relationship_organisation_id"))
        batch_op.drop_index("ix_relationship_holder")

    op.drop_table("relationship")
    with op.batch_alter_table("questionnaire", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questionnaire_organisation_id"))

    op.drop_table("questionnaire")
    with op.batch_alter_table("proficiency_level", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proficiency_level_organisation_id"))

    op.drop_table("proficiency_level")
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_sponsor_id"))
        batch_op.drop_index(batch_op.f("ix_posting_owner_id"))
        batch_op.drop_index(batch_op.f("ix_posting_organisation_id"))
        batch_op.drop_index("ix_posting_ends")

    op.drop_table("posting")
    with op.batch_alter_table("pathway", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pathway_organisation_id"))

    op.drop_table("pathway")
    with op.batch_alter_table("entry_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_draft_organisation_id"))

    op.drop_table("entry_draft")
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_engagement_running",
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )
        batch_op.drop_index("ix_engagement_person")
        batch_op.drop_index(batch_op.f("ix_engagement_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_engagement_coach_id"))

    op.drop_table("engagement")
    with op.batch_alter_table("domain", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_domain_organisation_id"))

    op.drop_table("domain")
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_organisation_id"))

    op.drop_table("course")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_organisation_id"))

    op.drop_table("account")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_unit_id"))
        batch_op.drop_index(batch_op.f("ix_person_organisation_id"))
        batch_op.drop_index("ix_person_name")

    op.drop_table("person")
    with op.batch_alter_table("framework_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_framework_version_organisation_id"))

    op.drop_table("framework_version")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_organisation_id"))

    op.drop_table("unit")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_organisation_id"))
        batch_op.drop_index("ix_message_due")

    op.drop_table("message")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_organisation_id"))
        batch_op.drop_index("ix_job_due")

    op.drop_table("job")
    with op.batch_alter_table("framework", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_framework_organisation_id"))

    op.drop_table("framework")
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cohort_organisation_id"))

    op.drop_table("cohort")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_attempt_recent")

    op.drop_table("sign_in_attempt")
    op.drop_table("organisation")
    with op.batch_alter_table("answered_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answered_request_answered_at"))

    op.drop_table("answered_request")
