"""Files that are brought in are kept with their parts, and people with the day they leave on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE, Instant

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "column_match",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "people",
                "completions",
                name="importkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("stands_for", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_column_match_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_match")),
        sa.UniqueConstraint(
            "organisation_id",
            "kind",
            "title",
            name=op.f("uq_column_match_organisation_id_kind_title"),
        ),
    )
    with op.batch_alter_table("column_match") as batch:
        batch.create_index(
            batch.f("ix_column_match_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "import_run",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "people",
                "completions",
                name="importkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "sent",
                "unmatched",
                "looked_at",
                "storing",
                "stored",
                "taking_back",
                "taken_back",
                name="importstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("account_id", WHOLE, nullable=True),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("n_bytes", WHOLE, nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("first_rows", sa.JSON(), nullable=False),
        sa.Column("added", WHOLE, nullable=False),
        sa.Column("changed", WHOLE, nullable=False),
        sa.Column("unchanged", WHOLE, nullable=False),
        sa.Column("gone", WHOLE, nullable=False),
        sa.Column("skipped", WHOLE, nullable=False),
        sa.Column("n_leavers", WHOLE, nullable=False),
        sa.Column("bad_lines", WHOLE, nullable=False),
        sa.Column("n_parts", WHOLE, nullable=False),
        sa.Column("n_done", WHOLE, nullable=False),
        sa.CheckConstraint(
            "n_done BETWEEN 0 AND n_parts", name=op.f("ck_import_run_done_within_parts")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_import_run_account_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_import_run_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    with op.batch_alter_table("import_run") as batch:
        batch.create_index(batch.f("ix_import_run_begun_at"), ["begun_at"], unique=False)
        batch.create_index(
            batch.f("ix_import_run_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "import_chunk",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("run_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_import_chunk_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_import_chunk_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_chunk")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_import_chunk_run_id_position")),
    )
    with op.batch_alter_table("import_chunk") as batch:
        batch.create_index(
            batch.f("ix_import_chunk_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "import_part",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("run_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "units",
                "aside",
                "people",
                "lines",
                "leavers",
                "completions",
                name="partkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("undo", sa.JSON(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_import_part_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_import_part_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_part")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_import_part_run_id_position")),
    )
    with op.batch_alter_table("import_part") as batch:
        batch.create_index(
            batch.f("ix_import_part_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "import_problem",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("run_id", WHOLE, nullable=False),
        sa.Column("line", WHOLE, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_import_problem_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_import_problem_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_problem")),
    )
    with op.batch_alter_table("import_problem") as batch:
        batch.create_index(
            batch.f("ix_import_problem_organisation_id"), ["organisation_id"], unique=False
        )
        batch.create_index(batch.f("ix_import_problem_run_id"), ["run_id"], unique=False)

    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("left_on", sa.Date(), nullable=True))
        batch.add_column(
            sa.Column("left_reason", sa.String(length=200), nullable=False, server_default="")
        )
        batch.create_check_constraint(
            batch.f("ck_person_reason_for_leaving"), "left_reason = '' OR left_on IS NOT NULL"
        )
    with op.batch_alter_table("person") as batch:
        batch.alter_column("left_reason", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.drop_constraint(batch.f("ck_person_reason_for_leaving"), type_="check")
        batch.drop_column("left_reason")
        batch.drop_column("left_on")

    with op.batch_alter_table("import_problem") as batch:
        batch.drop_index(batch.f("ix_import_problem_run_id"))
        batch.drop_index(batch.f("ix_import_problem_organisation_id"))

    op.drop_table("import_problem")
    with op.batch_alter_table("import_part") as batch:
        batch.drop_index(batch.f("ix_import_part_organisation_id"))

    op.drop_table("import_part")
    with op.batch_alter_table("import_chunk") as batch:
        batch.drop_index(batch.f("ix_import_chunk_organisation_id"))

    op.drop_table("import_chunk")
    with op.batch_alter_table("import_run") as batch:
        batch.drop_index(batch.f("ix_import_run_organisation_id"))
        batch.drop_index(batch.f("ix_import_run_begun_at"))

    op.drop_table("import_run")
    with op.batch_alter_table("column_match") as batch:
        batch.drop_index(batch.f("ix_column_match_organisation_id"))

    op.drop_table("column_match")
