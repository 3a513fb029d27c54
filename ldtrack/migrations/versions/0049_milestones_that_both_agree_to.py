"""Milestones that coach and leader propose to each other, and what the other said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_BEFORE = ("planned", "met", "missed", "dropped")
_SINCE = ("proposed", "declined", "withdrawn", *_BEFORE)
_NOT_AGREED = "('proposed', 'declined', 'withdrawn')"


def upgrade() -> None:
    _states(_SINCE)
    with op.batch_alter_table("milestone") as batch:
        batch.add_column(sa.Column("answered_by_id", WHOLE, nullable=True))
        batch.add_column(sa.Column("answered_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("answered_in_id", WHOLE, nullable=True))
        batch.add_column(sa.Column("answer", sa.String(200), nullable=False, server_default=""))
    with op.batch_alter_table("milestone") as batch:
        batch.alter_column("answer", existing_type=sa.String(200), server_default=None)
        for column, other in (("answered_by_id", "person"), ("answered_in_id", "coaching_session")):
            batch.create_foreign_key(
                batch.f(f"fk_milestone_{column}"), other, [column], ["id"], ondelete="SET NULL"
            )
            batch.create_index(batch.f(f"ix_milestone_{column}"), [column])
        batch.create_check_constraint(
            batch.f("ck_milestone_proposed_in_coaching"),
            f"state NOT IN {_NOT_AGREED}"
            " OR (engagement_id IS NOT NULL AND step_id IS NULL AND moved_in_id IS NULL)",
        )
        batch.create_check_constraint(
            batch.f("ck_milestone_open_until_answered"),
            "state NOT IN ('proposed', 'withdrawn') OR answered_on IS NULL",
        )
        batch.create_check_constraint(
            batch.f("ck_milestone_no_with_a_word"),
            "(state = 'declined') = (answer <> '')"
            " AND (state <> 'declined' OR answered_on IS NOT NULL)",
        )
    op.create_table(
        "milestone_proposal",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("milestone_id", WHOLE, nullable=False),
        sa.Column("turn", WHOLE, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("level", WHOLE, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("word", sa.String(200), nullable=False),
        sa.Column("proposed_by_id", WHOLE, nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("turn >= 0", name=op.f("ck_milestone_proposal_turn_counts_up")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_milestone_proposal_has_title")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_milestone_proposal_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["milestone.id"],
            name=op.f("fk_milestone_proposal_milestone_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["person.id"],
            name=op.f("fk_milestone_proposal_proposed_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_proposal")),
        sa.UniqueConstraint(
            "milestone_id", "turn", name=op.f("uq_milestone_proposal_milestone_id_turn")
        ),
    )
    for column in ("organisation_id", "proposed_by_id"):
        op.create_index(op.f(f"ix_milestone_proposal_{column}"), "milestone_proposal", [column])


def downgrade() -> None:
    op.drop_table("milestone_proposal")
    # Before, there was no milestone that only one of the two had said yes to.
    milestone = sa.table("milestone", sa.column("id"), sa.column("state"))
    origin = sa.table("milestone_origin", sa.column("milestone_id"))
    open_ones = sa.select(milestone.c.id).where(milestone.c.state.in_(_SINCE[:3]))
    op.execute(origin.delete().where(origin.c.milestone_id.in_(open_ones)))
    op.execute(milestone.delete().where(milestone.c.state.in_(_SINCE[:3])))
    for column in ("answered_by_id", "answered_in_id"):
        op.drop_index(op.f(f"ix_milestone_{column}"), "milestone")
    with op.batch_alter_table("milestone") as batch:
        for name in ("proposed_in_coaching", "open_until_answered", "no_with_a_word"):
            batch.drop_constraint(batch.f(f"ck_milestone_{name}"), type_="check")
        for column in ("answered_by_id", "answered_in_id"):
            batch.drop_constraint(batch.f(f"fk_milestone_{column}"), type_="foreignkey")
        for column in ("answered_by_id", "answered_on", "answered_in_id", "answer"):
            batch.drop_column(column)
    _states(_BEFORE)


def _states(words: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("milestone") as batch:
        batch.drop_constraint(batch.f("ck_milestone_milestonestate"), type_="check")
        batch.create_check_constraint(
            batch.f("ck_milestone_milestonestate"), f"state IN ({listed})"
        )
