"""That somebody joins, moves, leaves or comes back on a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_change",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "joins",
                "moves",
                "leaves",
                "returns",
                name="changekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("unit_id", WHOLE, nullable=True),
        sa.Column("job_profile", sa.String(length=200), nullable=False),
        sa.Column("before", sa.String(length=420), nullable=False),
        sa.Column("after", sa.String(length=420), nullable=False),
        sa.Column("ended", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind = 'moves' OR unit_id IS NULL",
            name=op.f("ck_person_change_only_movers_have_a_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_person_change_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_change_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_person_change_unit_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_change")),
    )
    with op.batch_alter_table("person_change") as batch:
        batch.create_index(batch.f("ix_person_change_organisation_id"), ["organisation_id"])
        batch.create_index(batch.f("ix_person_change_unit_id"), ["unit_id"])
        batch.create_index("ix_person_change_person", ["person_id", "on_day"])
        batch.create_index(
            "uq_person_change_planned",
            ["person_id", "kind"],
            unique=True,
            sqlite_where=sa.text("NOT done"),
            postgresql_where=sa.text("NOT done"),
        )


def downgrade() -> None:
    op.drop_table("person_change")
