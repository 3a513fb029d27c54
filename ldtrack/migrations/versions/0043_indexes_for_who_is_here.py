"""Indexes for who is here, by name and by job, and for who is longest on their way."""

from __future__ import annotations

from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_NAME = ("last_name", "first_name")


def upgrade() -> None:
    op.drop_index("ix_person_name", "person")
    op.create_index("ix_person_name", "person", ["organisation_id", "active", *_NAME])
    op.create_index("ix_person_job", "person", ["organisation_id", "active", "job_profile", *_NAME])
    op.create_index(
        "ix_enrolment_earliest", "enrolment", ["organisation_id", "state", "enrolled_on"]
    )


def downgrade() -> None:
    op.drop_index("ix_enrolment_earliest", "enrolment")
    op.drop_index("ix_person_job", "person")
    op.drop_index("ix_person_name", "person")
    op.create_index("ix_person_name", "person", ["organisation_id", *_NAME])
