"""What leader and coach say at the end of coaching."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE, Instant

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closing_review",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("engagement_id", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "leader",
                "coach",
                "sponsor",
                "manager",
                name="partykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("aimed", sa.Text(), nullable=False),
        sa.Column("came", sa.Text(), nullable=False),
        sa.Column("remains", sa.Text(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('leader', 'coach')", name=op.f("ck_closing_review_by_one_of_the_two")
        ),
        sa.CheckConstraint(
            "aimed <> '' AND came <> ''", name=op.f("ck_closing_review_says_something")
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_closing_review_engagement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_closing_review_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_review")),
        sa.UniqueConstraint(
            "engagement_id", "kind", name=op.f("uq_closing_review_engagement_id_kind")
        ),
    )
    with op.batch_alter_table("closing_review") as batch:
        batch.create_index(batch.f("ix_closing_review_organisation_id"), ["organisation_id"])


def downgrade() -> None:
    op.drop_table("closing_review")
    # A release that does not know the word cannot read an agreement that has it.
    agreement = sa.table("agreement", sa.column("id", WHOLE), sa.column("sponsor_sees", sa.JSON()))
    bind = op.get_bind()
    for id_, words in bind.execute(sa.select(agreement.c.id, agreement.c.sponsor_sees)).all():
        if "closing_review" in words:
            known = [word for word in words if word != "closing_review"]
            bind.execute(
                sa.update(agreement).where(agreement.c.id == id_).values(sponsor_sees=known)
            )
