"""Takeaways: what people take along from events, and whom they let read it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

_KINDS = ("question", "conversation", "probe", "decision", "task")
_STATES = ("open", "done", "changed", "dropped")


def _choice(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _table(name: str, *rest: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        *rest,
        _of(name, "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_organisation_id"), name, ["organisation_id"])


def _of(name: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{name}_{column}"), ondelete="CASCADE"
    )


def upgrade() -> None:
    _table(
        "takeaway",
        sa.Column("author_id", WHOLE, nullable=False),
        sa.Column("kind", _choice("takeawaykind", _KINDS), nullable=False),
        sa.Column("what", sa.String(300), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("remind", sa.Boolean(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("state", _choice("takeawaystate", _STATES), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.CheckConstraint("what <> ''", name=op.f("ck_takeaway_says_something")),
        sa.CheckConstraint(
            "(state = 'open') = (told_on IS NULL)", name=op.f("ck_takeaway_told_on_a_day")
        ),
        sa.CheckConstraint(
            "state NOT IN ('changed', 'dropped') OR told <> ''",
            name=op.f("ck_takeaway_told_what_happened"),
        ),
        _of("takeaway", "author_id", "person"),
    )
    op.create_index("ix_takeaway_author", "takeaway", ["author_id", "state"])
    _table(
        "takeaway_reader",
        sa.Column("takeaway_id", WHOLE, nullable=False),
        sa.Column("reader_id", WHOLE, nullable=False),
        _of("takeaway_reader", "takeaway_id", "takeaway"),
        _of("takeaway_reader", "reader_id", "person"),
        sa.UniqueConstraint(
            "takeaway_id", "reader_id", name=op.f("uq_takeaway_reader_takeaway_id_reader_id")
        ),
    )
    op.create_index(op.f("ix_takeaway_reader_reader_id"), "takeaway_reader", ["reader_id"])


def downgrade() -> None:
    op.drop_table("takeaway_reader")
    op.drop_table("takeaway")
