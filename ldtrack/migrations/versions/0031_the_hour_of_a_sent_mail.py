"""Mails keep the hour of the act that they are of; who brings one away holds it elsewhere."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import Instant

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_until", Instant(), nullable=True))
    # Until now sending moved the time. Of mails that are out only the hour is left of it.
    hour = (
        "date_trunc('hour', due_at)"
        if op.get_bind().dialect.name == "postgresql"
        else "strftime('%Y-%m-%d %H:00:00.000000', due_at)"
    )
    op.execute(f"UPDATE message SET due_at = {hour} WHERE state <> 'waiting'")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_message_held_while_waiting"), "state = 'waiting' OR held_until IS NULL"
        )


def downgrade() -> None:
    message = sa.table(
        "message", sa.column("due_at", Instant()), sa.column("held_until", Instant())
    )
    # What rests or is held must not be taken at once by a program that knows of no hold.
    op.execute(
        message.update()
        .where(message.c.held_until > message.c.due_at)
        .values(due_at=message.c.held_until)
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_message_held_while_waiting"), type_="check")
        batch_op.drop_column("held_until")
