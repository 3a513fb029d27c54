"""Crosswalks between editions of a framework, when an edition was retired, critical targets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE, Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_IN_FORCE = sa.text("in_force_on IS NOT NULL")
_RETIRED = sa.text("after_id IS NULL")
_NEW = sa.text("before_id IS NULL")


def upgrade() -> None:
    _crosswalk()
    _crosswalk_link()
    with op.batch_alter_table("framework_version") as batch:
        batch.add_column(sa.Column("retired_on", sa.Date(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_framework_version_retired_when_retired"),
            "retired_on IS NULL OR state = 'retired'",
        )
    with op.batch_alter_table("target_level") as batch:
        batch.add_column(
            sa.Column("critical", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("target_level") as batch:
        batch.alter_column("critical", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("target_level") as batch:
        batch.drop_column("critical")
    with op.batch_alter_table("framework_version") as batch:
        batch.drop_constraint(op.f("ck_framework_version_retired_when_retired"), type_="check")
        batch.drop_column("retired_on")
    op.drop_table("crosswalk_link")
    op.drop_table("crosswalk")


def _crosswalk() -> None:
    op.create_table(
        "crosswalk",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("before_id", WHOLE, nullable=False),
        sa.Column("after_id", WHOLE, nullable=False),
        sa.Column("lowest", WHOLE, nullable=True),
        sa.Column("highest", WHOLE, nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("in_force_at", Instant(), nullable=True),
        sa.CheckConstraint("before_id <> after_id", name=op.f("ck_crosswalk_two_editions")),
        sa.CheckConstraint(
            "(lowest IS NULL) = (highest IS NULL)", name=op.f("ck_crosswalk_both_ends")
        ),
        sa.CheckConstraint(
            "lowest IS NULL OR lowest < highest", name=op.f("ck_crosswalk_ends_in_order")
        ),
        sa.CheckConstraint(
            "(in_force_on IS NULL) = (in_force_at IS NULL)",
            name=op.f("ck_crosswalk_day_and_moment"),
        ),
        _owned("crosswalk"),
        *(_foreign("crosswalk", side, "framework_version") for side in ("before_id", "after_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crosswalk")),
        sa.UniqueConstraint("before_id", "after_id", name=op.f("uq_crosswalk_before_id_after_id")),
    )
    with op.batch_alter_table("crosswalk") as batch:
        for column in ("organisation_id", "before_id", "after_id"):
            batch.create_index(op.f(f"ix_crosswalk_{column}"), [column])
        for side in ("before", "after"):
            batch.create_index(
                f"uq_crosswalk_in_force_{side}",
                [f"{side}_id"],
                unique=True,
                sqlite_where=_IN_FORCE,
                postgresql_where=_IN_FORCE,
            )


def _crosswalk_link() -> None:
    op.create_table(
        "crosswalk_link",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("crosswalk_id", WHOLE, nullable=False),
        sa.Column("before_id", WHOLE, nullable=True),
        sa.Column("after_id", WHOLE, nullable=True),
        sa.CheckConstraint(
            "before_id IS NOT NULL OR after_id IS NOT NULL",
            name=op.f("ck_crosswalk_link_has_an_end"),
        ),
        _owned("crosswalk_link"),
        _foreign("crosswalk_link", "crosswalk_id", "crosswalk"),
        *(_foreign("crosswalk_link", side, "competency") for side in ("before_id", "after_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crosswalk_link")),
        sa.UniqueConstraint(
            "crosswalk_id",
            "before_id",
            "after_id",
            name=op.f("uq_crosswalk_link_crosswalk_id_before_id_after_id"),
        ),
    )
    with op.batch_alter_table("crosswalk_link") as batch:
        for column in ("organisation_id", "before_id", "after_id"):
            batch.create_index(op.f(f"ix_crosswalk_link_{column}"), [column])
        for what, column, where in (("retired", "before_id", _RETIRED), ("new", "after_id", _NEW)):
            batch.create_index(
                f"uq_crosswalk_link_{what}",
                ["crosswalk_id", column],
                unique=True,
                sqlite_where=where,
                postgresql_where=where,
            )


def _owned(table: str) -> sa.ForeignKeyConstraint:
    return _foreign(table, "organisation_id", "organisation")


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )
