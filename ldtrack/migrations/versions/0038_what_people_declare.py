"""What people may declare about themselves, and what they did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attribute",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("shown", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("question <> ''", name=op.f("ck_attribute_asks_something")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_attribute_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute")),
        sa.UniqueConstraint(
            "organisation_id", "question", name=op.f("uq_attribute_organisation_id_question")
        ),
    )
    with op.batch_alter_table("attribute") as batch:
        batch.create_index(batch.f("ix_attribute_organisation_id"), ["organisation_id"])

    op.create_table(
        "attribute_answer",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("attribute_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["attribute_id"],
            ["attribute.id"],
            name=op.f("fk_attribute_answer_attribute_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_attribute_answer_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute_answer")),
        sa.UniqueConstraint(
            "attribute_id", "position", name=op.f("uq_attribute_answer_attribute_id_position")
        ),
    )
    with op.batch_alter_table("attribute_answer") as batch:
        batch.create_index(batch.f("ix_attribute_answer_organisation_id"), ["organisation_id"])

    op.create_table(
        "declaration",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("attribute_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("answer_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["attribute_answer.id"],
            name=op.f("fk_declaration_answer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["attribute_id"],
            ["attribute.id"],
            name=op.f("fk_declaration_attribute_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_declaration_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_declaration_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sa.UniqueConstraint(
            "attribute_id", "person_id", name=op.f("uq_declaration_attribute_id_person_id")
        ),
    )
    with op.batch_alter_table("declaration") as batch:
        batch.create_index(batch.f("ix_declaration_answer_id"), ["answer_id"])
        batch.create_index(batch.f("ix_declaration_organisation_id"), ["organisation_id"])
        batch.create_index("ix_declaration_person", ["person_id"])


def downgrade() -> None:
    op.drop_table("declaration")
    op.drop_table("attribute_answer")
    op.drop_table("attribute")
