"""What became of actions in coaching, how a session was led, and what it took up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_STATES = sa.Enum(
    "open",
    "in_progress",
    "done",
    "changed",
    "dropped",
    name="actionstate",
    native_enum=False,
    create_constraint=True,
    length=32,
)
_TEMPLATES = sa.Enum(
    "open",
    "grow",
    "debrief",
    "review",
    name="template",
    native_enum=False,
    create_constraint=True,
    length=32,
)


def upgrade() -> None:
    _rename("done", "settled")
    with op.batch_alter_table("coaching_action") as batch:
        batch.add_column(sa.Column("state", _STATES, nullable=False, server_default="open"))
        batch.add_column(
            sa.Column("word", sa.String(length=200), nullable=False, server_default="")
        )
    op.execute("UPDATE coaching_action SET state = 'done' WHERE settled_on IS NOT NULL")
    with op.batch_alter_table("coaching_action") as batch:
        batch.alter_column("state", existing_type=_STATES, server_default=None)
        batch.alter_column("word", existing_type=sa.String(length=200), server_default=None)
        batch.create_check_constraint(
            batch.f("ck_coaching_action_open_until_settled"),
            "(settled_on IS NULL) = (state IN ('open', 'in_progress'))",
        )
        batch.create_check_constraint(
            batch.f("ck_coaching_action_other_ends_are_explained"),
            "state NOT IN ('changed', 'dropped') OR word <> ''",
        )
    with op.batch_alter_table("coaching_session") as batch:
        batch.add_column(sa.Column("template", _TEMPLATES, nullable=False, server_default="open"))
        batch.add_column(
            sa.Column("follows", sa.String(length=200), nullable=False, server_default="")
        )
    with op.batch_alter_table("coaching_session") as batch:
        batch.alter_column("template", existing_type=_TEMPLATES, server_default=None)
        batch.alter_column("follows", existing_type=sa.String(length=200), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("coaching_session") as batch:
        batch.drop_constraint(batch.f("ck_coaching_session_template"), type_="check")
        batch.drop_column("template")
        batch.drop_column("follows")
    with op.batch_alter_table("coaching_action") as batch:
        for name in ("open_until_settled", "other_ends_are_explained", "actionstate"):
            batch.drop_constraint(batch.f(f"ck_coaching_action_{name}"), type_="check")
        batch.drop_column("state")
        batch.drop_column("word")
    _rename("settled", "done")


def _rename(old: str, new: str) -> None:
    op.drop_index(op.f(f"ix_coaching_action_{old}_in_id"), "coaching_action")
    op.drop_index("ix_coaching_action_open", "coaching_action")
    with op.batch_alter_table("coaching_action") as batch:
        batch.drop_constraint(batch.f(f"ck_coaching_action_{old}_has_day"), type_="check")
        batch.drop_constraint(batch.f(f"fk_coaching_action_{old}_in_id"), type_="foreignkey")
        batch.alter_column(f"{old}_on", existing_type=sa.Date(), new_column_name=f"{new}_on")
        batch.alter_column(f"{old}_in_id", existing_type=WHOLE, new_column_name=f"{new}_in_id")
    with op.batch_alter_table("coaching_action") as batch:
        batch.create_foreign_key(
            batch.f(f"fk_coaching_action_{new}_in_id"),
            "coaching_session",
            [f"{new}_in_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch.create_check_constraint(
            batch.f(f"ck_coaching_action_{new}_has_day"),
            f"{new}_in_id IS NULL OR {new}_on IS NOT NULL",
        )
        batch.create_index(batch.f(f"ix_coaching_action_{new}_in_id"), [f"{new}_in_id"])
        batch.create_index("ix_coaching_action_open", ["engagement_id", f"{new}_on"])
