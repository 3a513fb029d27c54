"""What coaches coach best, and who is kept apart in coaching."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coach_conflict",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("said_by_id", WHOLE, nullable=False),
        sa.Column("about_id", WHOLE, nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.CheckConstraint("said_by_id <> about_id", name=op.f("ck_coach_conflict_two_people")),
        _key("coach_conflict", "about_id", "person"),
        _key("coach_conflict", "organisation_id", "organisation"),
        _key("coach_conflict", "said_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_conflict")),
        sa.UniqueConstraint(
            "said_by_id", "about_id", name=op.f("uq_coach_conflict_said_by_id_about_id")
        ),
    )
    op.create_table(
        "coach_strength",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        _key("coach_strength", "competency_id", "competency", ondelete="RESTRICT"),
        _key("coach_strength", "organisation_id", "organisation"),
        _key("coach_strength", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_strength")),
        sa.UniqueConstraint(
            "person_id", "competency_id", name=op.f("uq_coach_strength_person_id_competency_id")
        ),
    )
    _index("coach_conflict", "about_id")
    _index("coach_conflict", "organisation_id")
    _index("coach_strength", "competency_id")
    _index("coach_strength", "organisation_id")


def downgrade() -> None:
    op.drop_table("coach_strength")
    op.drop_table("coach_conflict")


def _key(
    table: str, column: str, other: str, *, ondelete: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def _index(table: str, column: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.create_index(batch.f(f"ix_{table}_{column}"), [column])
