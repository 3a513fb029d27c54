"""What somebody did with others outlives them when they are erased, without their name."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_OUTLIVING = (
    ("engagement", "coach_id"),
    ("session_note", "author_id"),
    ("coaching_action", "owner_id"),
    ("short_feedback", "author_id"),
    ("waiver", "waived_by"),
)
_REVIEW = ("review", "sponsor_id")


def upgrade() -> None:
    for table, column in _OUTLIVING:
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=WHOLE, nullable=True)
        _on_delete(table, column, "SET NULL")
    _on_delete(*_REVIEW, "SET NULL")
    op.create_index(op.f("ix_waiver_waived_by"), "waiver", ["waived_by"])
    with op.batch_alter_table("engagement") as batch:
        batch.create_check_constraint(
            batch.f("ck_engagement_runs_with_a_coach"),
            "ends_on IS NOT NULL OR coach_id IS NOT NULL",
        )
    with op.batch_alter_table("session_note") as batch:
        batch.create_check_constraint(
            batch.f("ck_session_note_private_has_author"),
            "kind = 'shared' OR author_id IS NOT NULL",
        )
    with op.batch_alter_table("review") as batch:
        batch.drop_constraint(batch.f("ck_review_sponsor_known"), type_="check")
        batch.create_check_constraint(
            batch.f("ck_review_own_has_no_sponsor"), "audience = 'sponsor' OR sponsor_id IS NULL"
        )


def downgrade() -> None:
    _let_somebody_stand_in()
    with op.batch_alter_table("review") as batch:
        batch.drop_constraint(batch.f("ck_review_own_has_no_sponsor"), type_="check")
        batch.create_check_constraint(
            batch.f("ck_review_sponsor_known"),
            "(audience = 'sponsor') = (sponsor_id IS NOT NULL)",
        )
    with op.batch_alter_table("session_note") as batch:
        batch.drop_constraint(batch.f("ck_session_note_private_has_author"), type_="check")
    with op.batch_alter_table("engagement") as batch:
        batch.drop_constraint(batch.f("ck_engagement_runs_with_a_coach"), type_="check")
    op.drop_index(op.f("ix_waiver_waived_by"), "waiver")
    _on_delete(*_REVIEW, "CASCADE")
    for table, column in _OUTLIVING:
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=WHOLE, nullable=False)
        _on_delete(table, column, None if table == "waiver" else "CASCADE")


def _on_delete(table: str, column: str, what: str | None) -> None:
    key = op.f(f"fk_{table}_{column}")
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(key, type_="foreignkey")
        batch.create_foreign_key(key, "person", [column], ["id"], ondelete=what)


def _let_somebody_stand_in() -> None:
    """The earlier tables need a person: one for each organisation stands in for the erased."""
    connection = op.get_bind()
    orphans = " UNION ".join(
        f"SELECT organisation_id FROM {table} WHERE {column} IS NULL"
        for table, column in _OUTLIVING
    )
    orphans += (
        " UNION SELECT organisation_id FROM review"
        " WHERE sponsor_id IS NULL AND audience = 'sponsor'"
    )
    for organisation_id in connection.scalars(sa.text(orphans)).all():
        stand_in = secrets.randbits(59) + 1
        names = {"id": stand_in, "organisation": organisation_id, "known_as": f"erased-{stand_in}"}
        connection.execute(
            sa.text(
                "INSERT INTO person (id, organisation_id, external_id, email, first_name,"
                " last_name, job_profile, locale, time_zone, active)"
                " VALUES (:id, :organisation, :known_as, :known_as, 'Somebody', 'erased', '',"
                " 'en-GB', '', false)"
            ),
            names,
        )
        for table, column in (*_OUTLIVING, _REVIEW):
            only = " AND audience = 'sponsor'" if table == "review" else ""
            connection.execute(
                sa.text(
                    f"UPDATE {table} SET {column} = :id"
                    f" WHERE {column} IS NULL AND organisation_id = :organisation{only}"
                ),
                {"id": stand_in, "organisation": organisation_id},
            )
