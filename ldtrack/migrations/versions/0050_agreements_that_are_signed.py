"""Versions of agreements, what they aim at, and who signed them; recorded ones are numbered."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from ldtrack.db.types import WHOLE, Instant

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_OPEN = sa.text("state IN ('draft', 'signing')")
_IN_FORCE = sa.text("state = 'in_force'")
_HOLDS = "state IN ('recorded', 'in_force')"
_CHECKS = {
    "counts_from_one": "number > 0",
    "sessions_agreed": "sessions_agreed BETWEEN 1 AND 100",
    "holds_from_a_day": (
        "state NOT IN ('recorded', 'in_force', 'replaced') OR agreed_on IS NOT NULL"
    ),
    "signed_after_sent": ("state NOT IN ('signing', 'in_force', 'refused') OR sent_at IS NOT NULL"),
    "draft_was_not_sent": "state <> 'draft' OR sent_at IS NULL",
    "end_is_explained": "state NOT IN ('refused', 'withdrawn') OR word <> ''",
}


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


_STATES = _choice(
    "agreementstate",
    "recorded",
    "draft",
    "signing",
    "in_force",
    "replaced",
    "refused",
    "withdrawn",
)
_LINE = sa.String(length=200)


def upgrade() -> None:
    with op.batch_alter_table("agreement") as batch:
        batch.add_column(sa.Column("number", WHOLE, nullable=False, server_default="1"))
        batch.add_column(sa.Column("state", _STATES, nullable=False, server_default="recorded"))
        batch.add_column(sa.Column("sessions_agreed", WHOLE, nullable=True))
        batch.add_column(
            sa.Column("with_manager", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("sent_at", Instant(), nullable=True))
        batch.add_column(sa.Column("closed_at", Instant(), nullable=True))
        batch.add_column(sa.Column("closed_by_id", WHOLE, nullable=True))
        batch.add_column(sa.Column("word", _LINE, nullable=False, server_default=""))
    _number()
    with op.batch_alter_table("agreement") as batch:
        batch.alter_column("number", existing_type=WHOLE, server_default=None)
        batch.alter_column("state", existing_type=_STATES, server_default=None)
        batch.alter_column("with_manager", existing_type=sa.Boolean(), server_default=None)
        batch.alter_column("word", existing_type=_LINE, server_default=None)
        batch.alter_column("agreed_on", existing_type=sa.Date(), nullable=True)
        batch.create_foreign_key(
            batch.f("fk_agreement_closed_by_id"),
            "person",
            ["closed_by_id"],
            ["id"],
            ondelete="SET NULL",
        )
        for name, clause in _CHECKS.items():
            batch.create_check_constraint(batch.f(f"ck_agreement_{name}"), clause)
        batch.create_unique_constraint(
            batch.f("uq_agreement_engagement_id_number"), ["engagement_id", "number"]
        )
        batch.create_index(batch.f("ix_agreement_closed_by_id"), ["closed_by_id"])
        _one_at_a_time(batch, "uq_agreement_open", _OPEN)
        _one_at_a_time(batch, "uq_agreement_in_force", _IN_FORCE)
    _table(
        "agreement_goal",
        sa.Column("place", WHOLE, nullable=False),
        sa.Column("competency_id", WHOLE, nullable=False),
        sa.Column("level", WHOLE, nullable=False),
        sa.Column("words", _LINE, nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_agreement_goal_competency_id"),
            ondelete="RESTRICT",
        ),
        sa.UniqueConstraint(
            "agreement_id",
            "competency_id",
            name=op.f("uq_agreement_goal_agreement_id_competency_id"),
        ),
        sa.UniqueConstraint(
            "agreement_id", "place", name=op.f("uq_agreement_goal_agreement_id_place")
        ),
        indexed="competency_id",
    )
    _table(
        "agreement_party",
        sa.Column("person_id", WHOLE, nullable=True),
        sa.Column(
            "kind", _choice("partykind", "leader", "coach", "sponsor", "manager"), nullable=False
        ),
        sa.Column("signed_at", Instant(), nullable=True),
        sa.Column("signed_as", _LINE, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "signed_at IS NOT NULL OR (signed_as = '' AND fingerprint = '')",
            name=op.f("ck_agreement_party_signed_at_an_instant"),
        ),
        sa.CheckConstraint(
            "signed_at IS NULL OR fingerprint <> ''",
            name=op.f("ck_agreement_party_signed_a_text"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_agreement_party_person_id"),
            ondelete="SET NULL",
        ),
        sa.UniqueConstraint(
            "agreement_id", "person_id", name=op.f("uq_agreement_party_agreement_id_person_id")
        ),
        indexed="person_id",
    )


def downgrade() -> None:
    """What holds stays, as if HR had recorded it; drafts and what is over have no place there."""
    op.drop_table("agreement_party")
    op.drop_table("agreement_goal")
    op.execute(f"DELETE FROM agreement WHERE NOT ({_HOLDS} OR state = 'replaced')")
    op.execute(
        "DELETE FROM agreement WHERE state = 'replaced' AND NOT EXISTS (SELECT 1 FROM agreement one"
        " WHERE one.engagement_id = agreement.engagement_id"
        " AND one.state IN ('recorded', 'in_force'))"
    )
    with op.batch_alter_table("agreement") as batch:
        batch.drop_index("uq_agreement_in_force")
        batch.drop_index("uq_agreement_open")
        batch.drop_index(batch.f("ix_agreement_closed_by_id"))
        batch.drop_constraint(batch.f("uq_agreement_engagement_id_number"), type_="unique")
        for name in (*_CHECKS, "agreementstate"):
            batch.drop_constraint(batch.f(f"ck_agreement_{name}"), type_="check")
        batch.drop_constraint(batch.f("fk_agreement_closed_by_id"), type_="foreignkey")
        batch.alter_column("agreed_on", existing_type=sa.Date(), nullable=False)
        for name in (
            "number",
            "state",
            "sessions_agreed",
            "with_manager",
            "sent_at",
            "closed_at",
            "closed_by_id",
            "word",
        ):
            batch.drop_column(name)


def _number() -> None:
    """Number what was recorded of each engagement in the order in which it came to count."""
    agreement = sa.table(
        "agreement",
        sa.column("id", WHOLE),
        sa.column("engagement_id", WHOLE),
        sa.column("agreed_on", sa.Date()),
        sa.column("recorded_at", Instant()),
        sa.column("number", WHOLE),
    )
    bind = op.get_bind()
    reached: dict[int, int] = defaultdict(int)
    rows = bind.execute(
        sa.select(agreement.c.id, agreement.c.engagement_id).order_by(
            agreement.c.agreed_on, agreement.c.recorded_at, agreement.c.id
        )
    ).all()
    for id_, engagement_id in rows:
        reached[engagement_id] += 1
        if reached[engagement_id] > 1:
            bind.execute(
                sa.update(agreement)
                .where(agreement.c.id == id_)
                .values(number=reached[engagement_id])
            )


def _one_at_a_time(batch: BatchOperations, name: str, clause: sa.TextClause) -> None:
    batch.create_index(
        name, ["engagement_id"], unique=True, sqlite_where=clause, postgresql_where=clause
    )


def _table(name: str, *rest: sa.schema.SchemaItem, indexed: str) -> None:
    op.create_table(
        name,
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("agreement_id", WHOLE, nullable=False),
        *rest,
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f(f"fk_{name}_agreement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f(f"fk_{name}_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    with op.batch_alter_table(name) as batch:
        batch.create_index(batch.f(f"ix_{name}_{indexed}"), [indexed])
        batch.create_index(batch.f(f"ix_{name}_organisation_id"), ["organisation_id"])
