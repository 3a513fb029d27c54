"""Journal entries name all their readers and what they are about; authors have a rhythm."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_PROMPTS = ("open", "gibbs", "kolb")


def upgrade() -> None:
    _beside("entry_reader", "reader_id", "person", "CASCADE")
    _beside("entry_competency", "competency_id", "competency", "RESTRICT")
    op.execute(
        "INSERT INTO entry_reader (id, organisation_id, entry_id, reader_id)"
        " SELECT id, organisation_id, id, coach_id FROM entry"
        " WHERE shared_with_coach AND coach_id IS NOT NULL"
    )
    with op.batch_alter_table("entry") as batch:
        batch.drop_index("ix_entry_coach_id")
        batch.drop_constraint("fk_entry_coach_id", type_="foreignkey")
        batch.drop_column("coach_id")
        batch.drop_column("shared_with_coach")
    for name in ("entry", "entry_draft"):
        _know_prompts(name, ("open", "three", "gibbs", "kolb"))
        with op.batch_alter_table(name) as batch:
            batch.add_column(sa.Column("about", sa.String(200), nullable=False, server_default=""))
        with op.batch_alter_table(name) as batch:
            batch.alter_column("about", server_default=None)
    op.create_table(
        "journal_rhythm",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("author_id", WHOLE, nullable=False),
        sa.Column("weeks", WHOLE, nullable=True),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.CheckConstraint("weeks IN (1, 2, 4)", name=op.f("ck_journal_rhythm_a_rhythm")),
        _key("journal_rhythm", "organisation_id", "organisation", "CASCADE"),
        _key("journal_rhythm", "author_id", "person", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_rhythm")),
        sa.UniqueConstraint("author_id", name=op.f("uq_journal_rhythm_author_id")),
    )
    op.create_index(
        op.f("ix_journal_rhythm_organisation_id"), "journal_rhythm", ["organisation_id"]
    )


def downgrade() -> None:
    op.drop_table("journal_rhythm")
    for name in ("entry_draft", "entry"):
        op.execute(f"UPDATE {name} SET prompt = 'open' WHERE prompt = 'three'")
        with op.batch_alter_table(name) as batch:
            batch.drop_column("about")
        _know_prompts(name, _PROMPTS)
    with op.batch_alter_table("entry") as batch:
        batch.add_column(
            sa.Column("shared_with_coach", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("coach_id", WHOLE, nullable=True))
        batch.create_foreign_key(
            op.f("fk_entry_coach_id"), "person", ["coach_id"], ["id"], ondelete="SET NULL"
        )
        batch.create_index(op.f("ix_entry_coach_id"), ["coach_id"])
    # There is room for one reader, and it was a coach's: no sponsor becomes one by this.
    coach = (
        "(SELECT min(entry_reader.reader_id) FROM entry_reader JOIN relationship"
        " ON relationship.holder_id = entry_reader.reader_id"
        " AND relationship.person_id = entry.author_id AND relationship.kind = 'coach'"
        " WHERE entry_reader.entry_id = entry.id)"
    )
    op.execute(f"UPDATE entry SET coach_id = {coach}")
    op.execute("UPDATE entry SET shared_with_coach = (coach_id IS NOT NULL)")
    with op.batch_alter_table("entry") as batch:
        batch.alter_column("shared_with_coach", server_default=None)
    op.drop_table("entry_competency")
    op.drop_table("entry_reader")


def _beside(name: str, column: str, other: str, ondelete: str) -> None:
    """A table of what stands beside an entry, once each."""
    op.create_table(
        name,
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("entry_id", WHOLE, nullable=False),
        sa.Column(column, WHOLE, nullable=False),
        _key(name, "organisation_id", "organisation", "CASCADE"),
        _key(name, "entry_id", "entry", "CASCADE"),
        _key(name, column, other, ondelete),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("entry_id", column, name=op.f(f"uq_{name}_entry_id_{column}")),
    )
    op.create_index(op.f(f"ix_{name}_organisation_id"), name, ["organisation_id"])
    op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _key(name: str, column: str, other: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{name}_{column}"), ondelete=ondelete
    )


def _know_prompts(name: str, prompts: tuple[str, ...]) -> None:
    words = ", ".join(repr(word) for word in prompts)
    with op.batch_alter_table(name) as batch:
        batch.drop_constraint(batch.f(f"ck_{name}_prompt"), type_="check")
        batch.create_check_constraint(batch.f(f"ck_{name}_prompt"), f"prompt IN ({words})")
