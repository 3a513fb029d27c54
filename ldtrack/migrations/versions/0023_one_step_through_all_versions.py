"""What is one step through all versions, and who moved between them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enrolment_move",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("act_id", WHOLE, nullable=False),
        sa.Column("enrolment_id", WHOLE, nullable=False),
        sa.Column("from_version_id", WHOLE, nullable=False),
        sa.Column("to_version_id", WHOLE, nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("moved_by", WHOLE, nullable=True),
        sa.CheckConstraint(
            "from_version_id <> to_version_id", name=op.f("ck_enrolment_move_goes_elsewhere")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_enrolment_move_enrolment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["from_version_id"],
            ["pathway_version.id"],
            name=op.f("fk_enrolment_move_from_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["moved_by"],
            ["person.id"],
            name=op.f("fk_enrolment_move_moved_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_enrolment_move_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["to_version_id"],
            ["pathway_version.id"],
            name=op.f("fk_enrolment_move_to_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_move")),
        sa.UniqueConstraint(
            "act_id", "enrolment_id", name=op.f("uq_enrolment_move_act_id_enrolment_id")
        ),
    )
    with op.batch_alter_table("enrolment_move", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enrolment_move_enrolment_id"), ["enrolment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_enrolment_move_moved_by"), ["moved_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_enrolment_move_organisation_id"), ["organisation_id"], unique=False
        )

    for table in ("stage", "step"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("lineage", WHOLE, nullable=False, server_default="0"))
        op.execute(f"UPDATE {table} SET lineage = id")
    _recognise_copies()
    for table in ("stage", "step"):
        with op.batch_alter_table(table) as batch:
            batch.alter_column("lineage", server_default=None)
    with op.batch_alter_table("step") as batch:
        batch.create_index("ix_step_lineage", ["lineage"])


def _recognise_copies() -> None:
    """Of versions that were copied before lineages were kept, what has one name is one thing."""
    connection = op.get_bind()
    for table, join, what in (
        ("stage", "", "t.title"),
        ("step", "JOIN stage ON stage.id = t.stage_id ", "t.kind || ' ' || t.title"),
    ):
        version = "stage.version_id" if join else "t.version_id"
        rows = connection.execute(
            sa.text(
                f"SELECT v.pathway_id, v.number, {what}, t.id FROM {table} t {join}"
                f"JOIN pathway_version v ON v.id = {version} "
                "ORDER BY v.pathway_id, v.number, t.position, t.id"
            )
        ).all()
        known: dict[tuple[int, str], int] = {}
        taken: set[tuple[int, int]] = set()
        for pathway_id, number, name, row_id in rows:
            lineage = known.setdefault((pathway_id, name), row_id)
            # Two of one name in one version are two things; the second begins a line of its own.
            if lineage != row_id and (number, lineage) not in taken:
                connection.execute(
                    sa.text(f"UPDATE {table} SET lineage = :lineage WHERE id = :id"),
                    {"lineage": lineage, "id": row_id},
                )
            taken.add((number, lineage))


def downgrade() -> None:
    with op.batch_alter_table("step") as batch:
        batch.drop_index("ix_step_lineage")
        batch.drop_column("lineage")
    with op.batch_alter_table("stage") as batch:
        batch.drop_column("lineage")
    op.drop_table("enrolment_move")
