"""Openings on their way to being published, templates of them, and who is open to offers.

What was there is published, or closed if it had its day. Who published it is not known and is not
made up: openings from before have no acts. Every competency counts once and is critical, as before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from ldtrack.db.types import WHOLE

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

_STATES = ("draft", "proposed", "published", "closed")
_ACTS = ("proposed", "taken_back", "sent_back", "published", "changed", "closed", "reopened")
_KINDS = ("rotation", "project", "secondment", "community", "acting_up", "task_force")


def upgrade() -> None:
    with op.batch_alter_table("posting") as batch:
        batch.add_column(
            sa.Column("state", sa.String(32), nullable=False, server_default="published")
        )
        batch.add_column(sa.Column("author_id", WHOLE, nullable=True))
        batch.add_column(sa.Column("location", sa.String(200), nullable=False, server_default=""))
        batch.add_column(
            sa.Column("is_remote", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute("UPDATE posting SET state = 'closed' WHERE closed_on IS NOT NULL")
    with op.batch_alter_table("posting") as batch:
        batch.alter_column(
            "state",
            existing_type=sa.String(32),
            type_=_choice("postingstate", _STATES),
            existing_nullable=False,
            server_default=None,
        )
        for name, type_ in (("location", sa.String(200)), ("is_remote", sa.Boolean())):
            batch.alter_column(name, existing_type=type_, server_default=None)
        batch.create_check_constraint(
            op.f("ck_posting_closed_has_its_day"),
            "(state = 'closed') = (closed_on IS NOT NULL)",
        )
        batch.create_foreign_key(
            op.f("fk_posting_author_id"), "person", ["author_id"], ["id"], ondelete="SET NULL"
        )
        batch.create_index(batch.f("ix_posting_author_id"), ["author_id"])
        batch.create_index("ix_posting_state", ["organisation_id", "state", "starts_on"])
    with op.batch_alter_table("posting_competency") as batch:
        batch.add_column(sa.Column("weight", WHOLE, nullable=False, server_default="1"))
        batch.add_column(
            sa.Column("is_critical", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table("posting_competency") as batch:
        batch.alter_column("weight", existing_type=WHOLE, server_default=None)
        batch.alter_column("is_critical", existing_type=sa.Boolean(), server_default=None)
        batch.create_check_constraint(
            op.f("ck_posting_competency_weight"), "weight BETWEEN 1 AND 3"
        )
    _create_acts()
    _create_templates()
    op.create_table(
        "open_to_offers",
        *_owned("open_to_offers"),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("kind", _choice("postingkind", _KINDS), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_open_to_offers_person_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("person_id", "kind", name=op.f("uq_open_to_offers_person_id_kind")),
    )
    with op.batch_alter_table("open_to_offers") as batch:
        batch.create_index(batch.f("ix_open_to_offers_organisation_id"), ["organisation_id"])


def downgrade() -> None:
    op.drop_table("open_to_offers")
    op.drop_table("posting_template_competency")
    op.drop_table("posting_template")
    op.drop_table("posting_act")
    with op.batch_alter_table("posting_competency") as batch:
        batch.drop_constraint(op.f("ck_posting_competency_weight"), type_="check")
        batch.drop_column("is_critical")
        batch.drop_column("weight")
    # What was never published was nobody's to read, and there was no such thing.
    # SQLite does not cascade while a table is made anew: what belongs to it goes first.
    unpublished = "SELECT id FROM posting WHERE state IN ('draft', 'proposed')"
    op.execute(f"DELETE FROM posting_competency WHERE posting_id IN ({unpublished})")
    op.execute("DELETE FROM posting WHERE state IN ('draft', 'proposed')")
    with op.batch_alter_table("posting") as batch:
        batch.drop_index("ix_posting_state")
        batch.drop_index(op.f("ix_posting_author_id"))
        batch.drop_constraint(op.f("fk_posting_author_id"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_posting_closed_has_its_day"), type_="check")
        batch.drop_constraint(op.f("ck_posting_postingstate"), type_="check")
        batch.drop_column("is_remote")
        batch.drop_column("location")
        batch.drop_column("author_id")
        batch.drop_column("state")


def _create_acts() -> None:
    op.create_table(
        "posting_act",
        *_owned("posting_act"),
        sa.Column("posting_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("kind", _choice("postingactkind", _ACTS), nullable=False),
        sa.Column("by_id", WHOLE, nullable=True),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_posting_act_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["posting.id"],
            name=op.f("fk_posting_act_posting_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("posting_id", "number", name=op.f("uq_posting_act_posting_id_number")),
    )
    with op.batch_alter_table("posting_act") as batch:
        batch.create_index(batch.f("ix_posting_act_by_id"), ["by_id"])
        batch.create_index(batch.f("ix_posting_act_organisation_id"), ["organisation_id"])


def _create_templates() -> None:
    op.create_table(
        "posting_template",
        *_owned("posting_template"),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("kind", _choice("postingkind", _KINDS), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("promised_outcome", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("share_of_time", WHOLE, nullable=False),
        sa.Column("places", WHOLE, nullable=False),
        sa.Column("location", sa.String(200), nullable=False),
        sa.Column("is_remote", sa.Boolean(), nullable=False),
        sa.Column("stretch", sa.JSON(), nullable=False),
        sa.Column("n_days", WHOLE, nullable=False),
        sa.CheckConstraint("share_of_time BETWEEN 1 AND 100", name="share_of_time"),
        sa.CheckConstraint("places BETWEEN 1 AND 100", name="places"),
        sa.CheckConstraint("n_days >= 0", name="n_days"),
        sa.UniqueConstraint(
            "organisation_id", "title", name=op.f("uq_posting_template_organisation_id_title")
        ),
    )
    op.create_table(
        "posting_template_competency",
        *_owned("posting_template_competency"),
        sa.Column("template_id", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("level", WHOLE, nullable=False),
        sa.Column("weight", WHOLE, nullable=False),
        sa.Column("is_critical", sa.Boolean(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 3", name="weight"),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["posting_template.id"],
            name=op.f("fk_posting_template_competency_template_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_posting_template_competency_competency_id"),
            ondelete="RESTRICT",
        ),
        sa.UniqueConstraint(
            "template_id",
            "competency_id",
            name=op.f("uq_posting_template_competency_template_id_competency_id"),
        ),
    )
    with op.batch_alter_table("posting_template") as batch:
        batch.create_index(batch.f("ix_posting_template_organisation_id"), ["organisation_id"])
    with op.batch_alter_table("posting_template_competency") as batch:
        batch.create_index(
            batch.f("ix_posting_template_competency_competency_id"), ["competency_id"]
        )
        batch.create_index(
            batch.f("ix_posting_template_competency_organisation_id"), ["organisation_id"]
        )


def _owned(table: str) -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f(f"fk_{table}_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _choice(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)
