"""Files that people hand in, certificates among them, and the end that somebody was told of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE, Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    with op.batch_alter_table("completion") as batch:
        batch.add_column(sa.Column("reminded_until", sa.Date(), nullable=True))
        batch.create_index("ix_completion_reminded", ["organisation_id", "reminded_until"])
    op.create_table(
        "stored_file",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column(
            "kind",
            _choice("filekind", "pdf", "png", "jpeg", "docx", "xlsx", "pptx", "odt", "ods", "odp"),
            nullable=False,
        ),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("size > 0 AND size <= 10000000", name=op.f("ck_stored_file_size")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_stored_file_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_stored_file_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    with op.batch_alter_table("stored_file") as batch:
        batch.create_index(op.f("ix_stored_file_organisation_id"), ["organisation_id"])
        batch.create_index(op.f("ix_stored_file_person_id"), ["person_id"])
    op.create_table(
        "certificate",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("file_id", WHOLE, nullable=False),
        sa.Column("course_id", WHOLE, nullable=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.Column("word", sa.String(500), nullable=False),
        sa.Column(
            "state", _choice("certificatestate", "waiting", "accepted", "returned"), nullable=False
        ),
        sa.Column("handed_in_at", Instant(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", WHOLE, nullable=True),
        sa.Column("answer", sa.String(500), nullable=False),
        sa.Column("completion_id", WHOLE, nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_on IS NULL)",
            name=op.f("ck_certificate_decided_on_a_day"),
        ),
        sa.CheckConstraint(
            "(state = 'returned') = (answer <> '')",
            name=op.f("ck_certificate_returned_with_a_word"),
        ),
        sa.CheckConstraint(
            "state = 'accepted' OR completion_id IS NULL",
            name=op.f("ck_certificate_accepted_completes"),
        ),
        sa.ForeignKeyConstraint(
            ["completion_id"],
            ["completion.id"],
            name=op.f("fk_certificate_completion_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_certificate_course_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["person.id"],
            name=op.f("fk_certificate_decided_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["stored_file.id"],
            name=op.f("fk_certificate_file_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_certificate_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_certificate_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("file_id", name=op.f("uq_certificate_file_id")),
    )
    with op.batch_alter_table("certificate") as batch:
        batch.create_index(op.f("ix_certificate_organisation_id"), ["organisation_id"])
        batch.create_index(op.f("ix_certificate_course_id"), ["course_id"])
        batch.create_index(op.f("ix_certificate_completion_id"), ["completion_id"])
        batch.create_index("ix_certificate_person", ["person_id", "state"])


def downgrade() -> None:
    op.drop_table("certificate")
    op.drop_table("stored_file")
    with op.batch_alter_table("completion") as batch:
        batch.drop_index("ix_completion_reminded")
        batch.drop_column("reminded_until")
