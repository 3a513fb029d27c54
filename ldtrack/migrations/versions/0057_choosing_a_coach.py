"""Leaders who choose their coach, and the coaches whom they are offered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE, Instant

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


_STATES = ("offered", "asked", "meeting", "chosen", "accepted", "declined", "lapsed")


def upgrade() -> None:
    op.create_table(
        "coach_choice",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("invited_by_id", WHOLE, nullable=True),
        sa.Column("invited_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("outcome", _enum("choiceoutcome", "accepted", "withdrawn", "left", "run_out")),
        sa.Column("sessions_agreed", WHOLE, nullable=False),
        sa.Column("language", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "sessions_agreed BETWEEN 1 AND 100", name=op.f("ck_coach_choice_sessions_agreed")
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= invited_on",
            name=op.f("ck_coach_choice_ends_after_start"),
        ),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (outcome IS NULL)", name=op.f("ck_coach_choice_ends_somehow")
        ),
        sa.CheckConstraint(
            "closes_on >= invited_on", name=op.f("ck_coach_choice_closes_after_start")
        ),
        _key("coach_choice", "invited_by_id", "person", ondelete="SET NULL"),
        _key("coach_choice", "organisation_id", "organisation"),
        _key("coach_choice", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_choice")),
    )
    with op.batch_alter_table("coach_choice") as batch:
        batch.create_index("ix_coach_choice_ended", ["organisation_id", "ended_on"])
    _index("coach_choice", "invited_by_id")
    _index("coach_choice", "organisation_id")
    _unique("uq_coach_choice_running", "coach_choice", "person_id", "ended_on IS NULL")
    op.create_table(
        "coach_choice_focus",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("choice_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        _key("coach_choice_focus", "choice_id", "coach_choice"),
        _key("coach_choice_focus", "competency_id", "competency", ondelete="RESTRICT"),
        _key("coach_choice_focus", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_choice_focus")),
        sa.UniqueConstraint(
            "choice_id", "competency_id", name=op.f("uq_coach_choice_focus_choice_id_competency_id")
        ),
    )
    _index("coach_choice_focus", "competency_id")
    _index("coach_choice_focus", "organisation_id")
    _candidates()


def _candidates() -> None:
    op.create_table(
        "coach_candidate",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("choice_id", WHOLE, nullable=False),
        sa.Column("coach_id", WHOLE, nullable=False),
        sa.Column("state", _enum("candidatestate", *_STATES), nullable=False),
        sa.Column("starts_at", Instant(), nullable=True),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=2000), nullable=False),
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.Column("turn", WHOLE, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        _check("(starts_at IS NULL) = (ends_at IS NULL)", "talk_has_both_ends"),
        _check("ends_at > starts_at", "ends_after_start"),
        _check("state <> 'meeting' OR starts_at IS NOT NULL", "meeting_has_time"),
        _check("state = 'declined' OR word = ''", "word_on_a_no"),
        _check("turn >= 0", "turn_counts_up"),
        _key("coach_candidate", "choice_id", "coach_choice"),
        _key("coach_candidate", "coach_id", "person"),
        _key("coach_candidate", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_candidate")),
        sa.UniqueConstraint(
            "choice_id", "coach_id", name=op.f("uq_coach_candidate_choice_id_coach_id")
        ),
    )
    with op.batch_alter_table("coach_candidate") as batch:
        batch.create_index("ix_coach_candidate_coach", ["coach_id", "state"])
    _index("coach_candidate", "organisation_id")
    _unique(
        "uq_coach_candidate_chosen",
        "coach_candidate",
        "choice_id",
        "state IN ('chosen', 'accepted')",
    )


def downgrade() -> None:
    op.drop_table("coach_candidate")
    op.drop_table("coach_choice_focus")
    op.drop_table("coach_choice")


def _enum(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _check(rule: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_coach_candidate_{name}"))


def _key(
    table: str, column: str, other: str, *, ondelete: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def _index(table: str, column: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.create_index(batch.f(f"ix_{table}_{column}"), [column])


def _unique(name: str, table: str, column: str, where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, [column], unique=True, sqlite_where=only, postgresql_where=only)
