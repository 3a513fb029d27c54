"""Coaching that changes hands: which engagement follows which, and what the leader handed over."""

from __future__ import annotations

import secrets
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE, Instant

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

_ENGAGEMENT = sa.table(
    "engagement",
    sa.column("id", WHOLE),
    sa.column("organisation_id", WHOLE),
    sa.column("person_id", WHOLE),
    sa.column("coach_id", WHOLE),
    sa.column("starts_on", sa.Date()),
    sa.column("ends_on", sa.Date()),
)
_HANDOVER = sa.table(
    "handover",
    sa.column("id", WHOLE),
    sa.column("organisation_id", WHOLE),
    sa.column("engagement_id", WHOLE),
    sa.column("of_id", WHOLE),
    sa.column("goals", sa.Boolean()),
    sa.column("sessions", sa.Boolean()),
    sa.column("actions", sa.Boolean()),
    sa.column("decided_at", Instant()),
)


def upgrade() -> None:
    with op.batch_alter_table("engagement") as batch:
        batch.add_column(sa.Column("follows_id", WHOLE, nullable=True))
        batch.add_column(sa.Column("follows_ended_on", sa.Date(), nullable=True))
        batch.create_unique_constraint(batch.f("uq_engagement_id_ends_on"), ["id", "ends_on"])
        batch.create_unique_constraint(batch.f("uq_engagement_follows_id"), ["follows_id"])
        batch.create_check_constraint(
            batch.f("ck_engagement_follows_one_that_ended"),
            "(follows_id IS NULL) = (follows_ended_on IS NULL)",
        )
        batch.create_check_constraint(
            batch.f("ck_engagement_begins_after_it"),
            "follows_ended_on IS NULL OR starts_on >= follows_ended_on",
        )
        batch.create_foreign_key(
            batch.f("fk_engagement_follows_id_follows_ended_on"),
            "engagement",
            ["follows_id", "follows_ended_on"],
            ["id", "ends_on"],
            ondelete="SET NULL",
            onupdate="CASCADE",
        )
    op.create_table(
        "handover",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("engagement_id", WHOLE, nullable=False),
        sa.Column("of_id", WHOLE, nullable=False),
        sa.Column("goals", sa.Boolean(), nullable=False),
        sa.Column("sessions", sa.Boolean(), nullable=False),
        sa.Column("actions", sa.Boolean(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.CheckConstraint("engagement_id <> of_id", name=op.f("ck_handover_of_another_one")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_handover_{column}"), ondelete="CASCADE"
            )
            for column, other in (
                ("organisation_id", "organisation"),
                ("engagement_id", "engagement"),
                ("of_id", "engagement"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("engagement_id", "of_id", name=op.f("uq_handover_engagement_id_of_id")),
    )
    op.create_index(op.f("ix_handover_of_id"), "handover", ["of_id"])
    op.create_index(op.f("ix_handover_organisation_id"), "handover", ["organisation_id"])
    _keep_what_coaches_read()


def _keep_what_coaches_read() -> None:
    """Until now a coach read the milestones of coaching before theirs, so that is handed over.

    The leader can take it back.
    """
    bind = op.get_bind()
    rows = bind.execute(
        sa.select(_ENGAGEMENT).order_by(_ENGAGEMENT.c.starts_on, _ENGAGEMENT.c.id)
    ).all()
    ended: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if row.ends_on is not None:
            ended[row.person_id].append(row)
    for one in rows:
        earlier = ended[one.person_id] if one.ends_on is None else []
        for row in earlier:
            if row.coach_id == one.coach_id:
                continue
            bind.execute(
                sa.insert(_HANDOVER).values(
                    id=secrets.randbits(59) + 1,
                    organisation_id=one.organisation_id,
                    engagement_id=one.id,
                    of_id=row.id,
                    goals=True,
                    sessions=False,
                    actions=False,
                    decided_at=datetime.now(UTC),
                )
            )


def downgrade() -> None:
    op.drop_table("handover")
    with op.batch_alter_table("engagement") as batch:
        batch.drop_constraint(
            batch.f("fk_engagement_follows_id_follows_ended_on"), type_="foreignkey"
        )
        batch.drop_constraint(batch.f("ck_engagement_begins_after_it"), type_="check")
        batch.drop_constraint(batch.f("ck_engagement_follows_one_that_ended"), type_="check")
        batch.drop_constraint(batch.f("uq_engagement_follows_id"), type_="unique")
        batch.drop_constraint(batch.f("uq_engagement_id_ends_on"), type_="unique")
        batch.drop_column("follows_ended_on")
        batch.drop_column("follows_id")
