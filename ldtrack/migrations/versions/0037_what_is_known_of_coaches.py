"""What is known of coaches: places, languages, accreditation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coach_profile",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("places", WHOLE, nullable=True),
        sa.Column("languages", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=200), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.CheckConstraint("places BETWEEN 0 AND 100", name=op.f("ck_coach_profile_places")),
        sa.CheckConstraint(
            "expires_on IS NULL OR body <> ''",
            name=op.f("ck_coach_profile_accredited_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_coach_profile_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_coach_profile_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_profile")),
        sa.UniqueConstraint("person_id", name=op.f("uq_coach_profile_person_id")),
    )
    with op.batch_alter_table("coach_profile") as batch:
        batch.create_index(batch.f("ix_coach_profile_organisation_id"), ["organisation_id"])
        batch.create_index("ix_coach_profile_expires", ["organisation_id", "expires_on"])


def downgrade() -> None:
    op.drop_table("coach_profile")
