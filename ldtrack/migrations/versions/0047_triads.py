"""Triads: seats, promises, words to each other; and peers, who can share what is theirs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

_TAKEN = sa.text("state IN ('invited', 'in')")
_BEFORE = "kind IN ('coach', 'manager', 'sponsor')"
_SINCE = "kind IN ('coach', 'manager', 'sponsor', 'peer')"


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _table(name: str, *rest: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        *rest,
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f(f"fk_{name}_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_organisation_id"), name, ["organisation_id"])


def _of(name: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{name}_{column}"), ondelete="CASCADE"
    )


def upgrade() -> None:
    with op.batch_alter_table("relationship") as batch:
        batch.drop_constraint(op.f("ck_relationship_relationshipkind"), type_="check")
        batch.create_check_constraint(op.f("ck_relationship_relationshipkind"), _SINCE)
    _table(
        "triad",
        sa.Column("purpose", sa.String(200), nullable=False),
        sa.Column("weeks", WHOLE, nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("weeks IN (1, 2, 4)", name=op.f("ck_triad_a_rhythm")),
        sa.CheckConstraint("purpose <> ''", name=op.f("ck_triad_has_a_purpose")),
    )
    _table(
        "triad_member",
        sa.Column("triad_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=True),
        sa.Column("outside_name", sa.String(200), nullable=False),
        sa.Column("outside_email", sa.String(320), nullable=False),
        sa.Column("seat", WHOLE, nullable=False),
        sa.Column(
            "state", _choice("seatstate", "invited", "in", "declined", "left"), nullable=False
        ),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("asked_round", sa.Date(), nullable=True),
        sa.Column("told_round", sa.Date(), nullable=True),
        sa.CheckConstraint("seat BETWEEN 1 AND 3", name=op.f("ck_triad_member_one_of_three")),
        sa.CheckConstraint(
            "(person_id IS NULL) = (outside_name <> '' AND outside_email <> '')",
            name=op.f("ck_triad_member_known_or_from_outside"),
        ),
        sa.CheckConstraint(
            "(state IN ('in', 'left')) = (joined_on IS NOT NULL)",
            name=op.f("ck_triad_member_joined_on_a_day"),
        ),
        _of("triad_member", "triad_id", "triad"),
        _of("triad_member", "person_id", "person"),
    )
    op.create_index(op.f("ix_triad_member_triad_id"), "triad_member", ["triad_id"])
    op.create_index(op.f("ix_triad_member_person_id"), "triad_member", ["person_id"])
    for name, column in (("seat", "seat"), ("person", "person_id")):
        op.create_index(
            f"uq_triad_member_{name}",
            "triad_member",
            ["triad_id", column],
            unique=True,
            sqlite_where=_TAKEN,
            postgresql_where=_TAKEN,
        )
    _table(
        "commitment",
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("what", sa.String(300), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            _choice("commitmentstate", "open", "done", "changed", "dropped"),
            nullable=False,
        ),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.CheckConstraint("what <> ''", name=op.f("ck_commitment_promises_something")),
        sa.CheckConstraint(
            "(state = 'open') = (told_on IS NULL)", name=op.f("ck_commitment_told_on_a_day")
        ),
        _of("commitment", "member_id", "triad_member"),
    )
    op.create_index(op.f("ix_commitment_member_id"), "commitment", ["member_id"])
    _table(
        "check_in",
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("round_on", sa.Date(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        _of("check_in", "member_id", "triad_member"),
        sa.UniqueConstraint("member_id", "round_on", name=op.f("uq_check_in_member_id_round_on")),
    )
    _table(
        "experience",
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_experience_says_something")),
        _of("experience", "member_id", "triad_member"),
    )
    op.create_index(op.f("ix_experience_member_id"), "experience", ["member_id"])
    _table(
        "experience_note",
        sa.Column("experience_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("kind", _choice("notekind", "question", "note"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_experience_note_says_something")),
        _of("experience_note", "experience_id", "experience"),
        _of("experience_note", "member_id", "triad_member"),
    )
    for column in ("experience_id", "member_id"):
        op.create_index(op.f(f"ix_experience_note_{column}"), "experience_note", [column])


def downgrade() -> None:
    for name in (
        "experience_note",
        "experience",
        "check_in",
        "commitment",
        "triad_member",
        "triad",
    ):
        op.drop_table(name)
    op.execute("DELETE FROM relationship WHERE kind = 'peer'")
    with op.batch_alter_table("relationship") as batch:
        batch.drop_constraint(op.f("ck_relationship_relationshipkind"), type_="check")
        batch.create_check_constraint(op.f("ck_relationship_relationshipkind"), _BEFORE)
