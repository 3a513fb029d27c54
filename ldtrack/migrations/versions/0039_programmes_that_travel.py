"""Where pathways came from, and which of their pieces are locked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme_item",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("pathway_id", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "pathway",
                "stage",
                "choice",
                "step",
                "course",
                "questionnaire",
                name="itemkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("thing", WHOLE, nullable=False),
        sa.Column("identifier", sa.String(length=36), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("came_as", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_programme_item_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pathway_id"],
            ["pathway.id"],
            name=op.f("fk_programme_item_pathway_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_item")),
        sa.UniqueConstraint(
            "pathway_id", "identifier", name=op.f("uq_programme_item_pathway_id_identifier")
        ),
        sa.UniqueConstraint(
            "pathway_id", "kind", "thing", name=op.f("uq_programme_item_pathway_id_kind_thing")
        ),
    )
    with op.batch_alter_table("programme_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_item_identifier"), ["identifier"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_programme_item_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "programme_origin",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("pathway_id", WHOLE, nullable=False),
        sa.Column("identifier", sa.String(length=36), nullable=False),
        sa.Column("edition", WHOLE, nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "edition >= 1", name=op.f("ck_programme_origin_editions_count_from_one")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_programme_origin_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pathway_id"],
            ["pathway.id"],
            name=op.f("fk_programme_origin_pathway_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_origin")),
        sa.UniqueConstraint(
            "organisation_id",
            "identifier",
            name=op.f("uq_programme_origin_organisation_id_identifier"),
        ),
        sa.UniqueConstraint("pathway_id", name=op.f("uq_programme_origin_pathway_id")),
    )
    with op.batch_alter_table("programme_origin", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_origin_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("programme_item")
    op.drop_table("programme_origin")
