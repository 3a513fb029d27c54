"""Private notes of coaching, and drafts of sessions, are sealed with a key that lies elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from ldtrack.db.migrate import seal_of_revision
from ldtrack.db.types import WHOLE

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_NOTE, _DRAFT = "private note", "session draft"
_SOME = 200
_KIND = sa.Enum(
    "shared", "private", name="notekind", native_enum=False, create_constraint=True, length=32
)


def upgrade() -> None:
    op.create_table(
        "private_note",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("session_id", WHOLE, nullable=False),
        sa.Column("author_id", WHOLE, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("turn", WHOLE, nullable=False),
        sa.CheckConstraint("sealed LIKE 'gAAAAAAAAAAA%'", name=op.f("ck_private_note_is_sealed")),
        sa.CheckConstraint("turn >= 0", name=op.f("ck_private_note_turn_counts_up")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_private_note_author_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_private_note_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["coaching_session.id"],
            name=op.f("fk_private_note_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_note")),
        sa.UniqueConstraint(
            "session_id", "author_id", name=op.f("uq_private_note_session_id_author_id")
        ),
    )
    with op.batch_alter_table("private_note") as batch:
        batch.create_index(batch.f("ix_private_note_author_id"), ["author_id"])
        batch.create_index(batch.f("ix_private_note_organisation_id"), ["organisation_id"])
    with op.batch_alter_table("session_draft") as batch:
        batch.add_column(sa.Column("sealed", sa.Text(), nullable=True))
    _seal()
    with op.batch_alter_table("session_note") as batch:
        batch.drop_constraint(batch.f("ck_session_note_private_has_author"), type_="check")
        batch.drop_constraint(batch.f("uq_session_note_session_id_kind_author_id"), type_="unique")
        batch.create_unique_constraint(
            batch.f("uq_session_note_session_id_author_id"), ["session_id", "author_id"]
        )
        batch.drop_constraint(batch.f("ck_session_note_notekind"), type_="check")
        batch.drop_column("kind")
    with op.batch_alter_table("session_draft") as batch:
        batch.alter_column("sealed", existing_type=sa.Text(), nullable=False)
        batch.drop_column("lines")
        batch.create_check_constraint(
            batch.f("ck_session_draft_is_sealed"), "sealed LIKE 'gAAAAAAAAAAA%'"
        )


def downgrade() -> None:
    with op.batch_alter_table("session_draft") as batch:
        batch.drop_constraint(batch.f("ck_session_draft_is_sealed"), type_="check")
        batch.add_column(sa.Column("lines", sa.JSON(), nullable=True))
    with op.batch_alter_table("session_note") as batch:
        batch.add_column(sa.Column("kind", _KIND, nullable=False, server_default="shared"))
        batch.drop_constraint(batch.f("uq_session_note_session_id_author_id"), type_="unique")
        batch.create_unique_constraint(
            batch.f("uq_session_note_session_id_kind_author_id"),
            ["session_id", "kind", "author_id"],
        )
        batch.create_check_constraint(
            batch.f("ck_session_note_private_has_author"),
            "kind = 'shared' OR author_id IS NOT NULL",
        )
    _open()
    with op.batch_alter_table("session_note") as batch:
        batch.alter_column("kind", existing_type=_KIND, server_default=None)
    with op.batch_alter_table("session_draft") as batch:
        batch.alter_column("lines", existing_type=sa.JSON(), nullable=False)
        batch.drop_column("sealed")
    op.drop_table("private_note")


def _seal() -> None:
    connection, seal = op.get_bind(), seal_of_revision(op.get_context().config)
    for rows in _parts(
        "SELECT id, organisation_id, session_id, author_id, body FROM session_note"
        " WHERE kind = 'private'"
    ):
        connection.execute(
            sa.text(
                "INSERT INTO private_note"
                " (id, organisation_id, session_id, author_id, sealed, turn)"
                " VALUES (:id, :organisation_id, :session_id, :author_id, :sealed, 0)"
            ),
            [
                {
                    **row,
                    "sealed": seal.close(row["body"], _NOTE, row["session_id"], row["author_id"]),
                }
                for row in rows
            ],
        )
    connection.execute(sa.text("DELETE FROM session_note WHERE kind = 'private'"))
    for rows in _parts("SELECT id, engagement_id, author_id, lines FROM session_draft"):
        connection.execute(
            sa.text("UPDATE session_draft SET sealed = :sealed WHERE id = :id"),
            [
                {
                    "id": row["id"],
                    "sealed": seal.close(
                        _as_text(row["lines"]), _DRAFT, row["engagement_id"], row["author_id"]
                    ),
                }
                for row in rows
            ],
        )


def _open() -> None:
    connection, seal = op.get_bind(), seal_of_revision(op.get_context().config)
    for rows in _parts(
        "SELECT id, organisation_id, session_id, author_id, sealed FROM private_note"
    ):
        opened = [
            {**row, "body": seal.open(row["sealed"], _NOTE, row["session_id"], row["author_id"])}
            for row in rows
        ]
        # A note that was emptied was none before.
        for row in opened:
            if row["body"]:
                connection.execute(
                    sa.text(
                        "INSERT INTO session_note"
                        " (id, organisation_id, session_id, author_id, body, kind)"
                        " VALUES (:id, :organisation_id, :session_id, :author_id, :body, 'private')"
                    ),
                    row,
                )
    for rows in _parts("SELECT id, engagement_id, author_id, sealed FROM session_draft"):
        connection.execute(
            sa.text("UPDATE session_draft SET lines = :lines WHERE id = :id"),
            [
                {
                    "id": row["id"],
                    "lines": seal.open(
                        row["sealed"], _DRAFT, row["engagement_id"], row["author_id"]
                    ),
                }
                for row in rows
            ],
        )


def _parts(query: str) -> Iterator[Sequence[dict[str, Any]]]:
    """The rows, a few at a time and all of them read before any is changed."""
    rows = [dict(row) for row in op.get_bind().execute(sa.text(query)).mappings()]
    for start in range(0, len(rows), _SOME):
        yield rows[start : start + _SOME]


def _as_text(lines: object) -> str:
    # One driver hands over the text, the other what it means.
    return lines if isinstance(lines, str) else json.dumps(lines, ensure_ascii=False)
