"""Completions of a file that name somebody or something unknown wait to be matched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0028"
down_revision = "0024"
branch_labels = None
depends_on = None

_KINDS = ("units", "aside", "people", "lines", "leavers", "completions")


def upgrade() -> None:
    with op.batch_alter_table("import_run") as batch:
        batch.add_column(sa.Column("waiting", WHOLE, nullable=False, server_default="0"))
    with op.batch_alter_table("import_run") as batch:
        batch.alter_column("waiting", server_default=None)
    with op.batch_alter_table("import_part") as batch:
        batch.drop_constraint(batch.f("ck_import_part_partkind"), type_="check")
        batch.create_check_constraint(
            batch.f("ck_import_part_partkind"), _one_of((*_KINDS, "waiting"))
        )


def downgrade() -> None:
    # A file that has such parts cannot be gone on with or taken back any more, so it is forgotten.
    held = "(SELECT run_id FROM import_part WHERE kind = 'waiting')"
    op.execute(f"DELETE FROM import_run WHERE id IN {held}")
    op.execute("DELETE FROM import_part WHERE run_id NOT IN (SELECT id FROM import_run)")
    op.execute("DELETE FROM import_chunk WHERE run_id NOT IN (SELECT id FROM import_run)")
    op.execute("DELETE FROM import_problem WHERE run_id NOT IN (SELECT id FROM import_run)")
    with op.batch_alter_table("import_part") as batch:
        batch.drop_constraint(batch.f("ck_import_part_partkind"), type_="check")
        batch.create_check_constraint(batch.f("ck_import_part_partkind"), _one_of(_KINDS))
    with op.batch_alter_table("import_run") as batch:
        batch.drop_column("waiting")


def _one_of(kinds: tuple[str, ...]) -> str:
    return f"kind IN ({', '.join(repr(kind) for kind in kinds)})"
