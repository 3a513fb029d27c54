"""What somebody was known by in a second record, and who looks alike and is not the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "former_name",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("former_id", WHOLE, nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_former_name_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_former_name_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_name")),
        sa.UniqueConstraint("former_id", name=op.f("uq_former_name_former_id")),
        sa.UniqueConstraint(
            "organisation_id",
            "external_id",
            name=op.f("uq_former_name_organisation_id_external_id"),
        ),
    )
    with op.batch_alter_table("former_name") as batch:
        batch.create_index("ix_former_name_email", ["organisation_id", "email"])
        batch.create_index(batch.f("ix_former_name_organisation_id"), ["organisation_id"])
        batch.create_index(batch.f("ix_former_name_person_id"), ["person_id"])

    op.create_table(
        "told_apart",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("first_id", WHOLE, nullable=False),
        sa.Column("second_id", WHOLE, nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_told_apart_one_way_round")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_told_apart_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["person.id"], name=op.f("fk_told_apart_first_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["person.id"], name=op.f("fk_told_apart_second_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_apart")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_told_apart_first_id_second_id")),
    )
    with op.batch_alter_table("told_apart") as batch:
        batch.create_index(batch.f("ix_told_apart_organisation_id"), ["organisation_id"])
        batch.create_index(batch.f("ix_told_apart_second_id"), ["second_id"])


def downgrade() -> None:
    op.drop_table("told_apart")
    op.drop_table("former_name")
