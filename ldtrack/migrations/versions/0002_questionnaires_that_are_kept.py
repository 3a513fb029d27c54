"""Questionnaires have versions, weights, derailers and languages; raters choose and look back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_IN_KEY_ORDER = {"sqlite_with_rowid": False}
"""On SQLite a hidden row number would tell the order in which answers came in."""


def upgrade() -> None:
    _add_versions()
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("weight", WHOLE, nullable=False, server_default="1"))
        batch_op.alter_column("competency_id", existing_type=WHOLE, nullable=True)
        batch_op.create_check_constraint(
            batch_op.f("ck_item_small_weight"), "weight BETWEEN 1 AND 5"
        )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.alter_column("weight", existing_type=WHOLE, server_default=None)
    _allow_sharing("as_written", "summed_up", "coach_only")
    _create_translation()
    _create_matters_most()
    _create_then_answer()


def downgrade() -> None:
    op.drop_table("then_answer")
    op.drop_table("matters_most")
    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_translation_organisation_id"))
    op.drop_table("translation")
    # What may only be summed up must not be shown: the stricter of the two that are left.
    op.execute("UPDATE comment SET sharing = 'coach_only' WHERE sharing = 'summed_up'")
    _allow_sharing("as_written", "coach_only")
    op.execute(
        "DELETE FROM answer WHERE item_id IN (SELECT id FROM item WHERE competency_id IS NULL)"
    )
    op.execute("DELETE FROM item WHERE competency_id IS NULL")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_item_small_weight"), type_="check")
        batch_op.alter_column("competency_id", existing_type=WHOLE, nullable=False)
        batch_op.drop_column("weight")
    with op.batch_alter_table("questionnaire", schema=None) as batch_op:
        for name in ("numbered_from_one", "few_are_important", "looks_back"):
            batch_op.drop_constraint(batch_op.f(f"ck_questionnaire_{name}"), type_="check")
        batch_op.drop_constraint(batch_op.f("uq_questionnaire_series_number"), type_="unique")
        for column in (
            "then_months",
            "most_important",
            "language",
            "frozen",
            "number",
            "series",
        ):
            batch_op.drop_column(column)


def _add_versions() -> None:
    with op.batch_alter_table("questionnaire", schema=None) as batch_op:
        batch_op.add_column(sa.Column("series", WHOLE, nullable=True))
        batch_op.add_column(sa.Column("number", WHOLE, nullable=False, server_default="1"))
        batch_op.add_column(
            sa.Column("frozen", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("language", sa.String(length=20), nullable=False, server_default="en")
        )
        batch_op.add_column(sa.Column("most_important", WHOLE, nullable=True))
        batch_op.add_column(sa.Column("then_months", WHOLE, nullable=True))
    op.execute("UPDATE questionnaire SET series = id")
    op.execute(
        "UPDATE questionnaire SET frozen = true WHERE id IN "
        "(SELECT questionnaire_id FROM cycle WHERE state IN ('open', 'closed'))"
    )
    with op.batch_alter_table("questionnaire", schema=None) as batch_op:
        batch_op.alter_column("series", existing_type=WHOLE, nullable=False)
        batch_op.alter_column("number", existing_type=WHOLE, server_default=None)
        batch_op.alter_column("frozen", existing_type=sa.Boolean(), server_default=None)
        batch_op.alter_column("language", existing_type=sa.String(20), server_default=None)
        batch_op.create_check_constraint(
            batch_op.f("ck_questionnaire_numbered_from_one"), "number >= 1"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_questionnaire_few_are_important"), "most_important BETWEEN 1 AND 10"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_questionnaire_looks_back"), "then_months BETWEEN 1 AND 60"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_questionnaire_series_number"), ["series", "number"]
        )


def _allow_sharing(*words: str) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("comment", schema=None, table_kwargs=_IN_KEY_ORDER) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_comment_sharing"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_comment_sharing"), f"sharing IN ({listed})")


def _create_translation() -> None:
    op.create_table(
        "translation",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("questionnaire_id", WHOLE, nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        _owner("translation"),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaire.id"],
            name=op.f("fk_translation_questionnaire_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
        sa.UniqueConstraint(
            "questionnaire_id", "language", name=op.f("uq_translation_questionnaire_id_language")
        ),
    )
    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_translation_organisation_id"), ["organisation_id"], unique=False
        )


def _create_matters_most() -> None:
    op.create_table(
        "matters_most",
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("response_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        _owner("matters_most"),
        _response("matters_most"),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_matters_most_competency_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("response_id", "competency_id", name=op.f("pk_matters_most")),
        **_IN_KEY_ORDER,
    )


def _create_then_answer() -> None:
    op.create_table(
        "then_answer",
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("response_id", WHOLE, nullable=False),
        sa.Column("item_id", WHOLE, nullable=False),
        sa.Column("score", WHOLE, nullable=True),
        sa.Column("not_observed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(score IS NULL) = not_observed", name=op.f("ck_then_answer_score_or_not_observed")
        ),
        sa.CheckConstraint("score BETWEEN 1 AND 10", name=op.f("ck_then_answer_score_range")),
        _owner("then_answer"),
        _response("then_answer"),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_then_answer_item_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("response_id", "item_id", name=op.f("pk_then_answer")),
        **_IN_KEY_ORDER,
    )


def _owner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id"],
        ["organisation.id"],
        name=op.f(f"fk_{table}_organisation_id"),
        ondelete="CASCADE",
    )


def _response(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["response_id"],
        ["response.id"],
        name=op.f(f"fk_{table}_response_id"),
        ondelete="CASCADE",
    )
