"""Choices within a stage, gates that ask for more, what people need, and what they tell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_KINDS = ("course", "milestone", "assignment", "feedback", "reflection")
_DUE_FROM = sa.Enum(
    "enrolment",
    "stage",
    "date",
    name="duefrom",
    native_enum=False,
    create_constraint=True,
    length=32,
)
_CONFIDENCE = sa.Enum(
    "tentative",
    "fairly_sure",
    "well_established",
    name="confidence",
    native_enum=False,
    create_constraint=True,
    length=32,
)


def upgrade() -> None:
    op.create_table(
        "told_step",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column("lineage", WHOLE, nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_told_step_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_told_step_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_step")),
        sa.UniqueConstraint("person_id", "lineage", name=op.f("uq_told_step_person_id_lineage")),
    )
    with op.batch_alter_table("told_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_told_step_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "participant_need",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("enrolment_id", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "time",
                "language",
                "format",
                "payment",
                "other",
                name="needkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "stated",
                "agreed",
                "met",
                "declined",
                name="needstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("owner_id", WHOLE, nullable=True),
        sa.Column("extra_days", WHOLE, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_participant_need_says_something")),
        sa.CheckConstraint(
            "extra_days BETWEEN 0 AND 365", name=op.f("ck_participant_need_extra_days")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_participant_need_enrolment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_participant_need_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
            name=op.f("fk_participant_need_owner_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant_need")),
    )
    with op.batch_alter_table("participant_need", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participant_need_enrolment_id"), ["enrolment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_participant_need_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_participant_need_owner_id"), ["owner_id"], unique=False
        )

    op.create_table(
        "step_group",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("stage_id", WHOLE, nullable=False),
        sa.Column("lineage", WHOLE, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("choose", WHOLE, nullable=False),
        sa.Column("weight", WHOLE, nullable=False),
        sa.Column(
            "due_from",
            sa.Enum(
                "enrolment",
                "stage",
                "date",
                name="duefrom",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_days", WHOLE, nullable=True),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "due_from <> 'date' OR due_date IS NOT NULL", name=op.f("ck_step_group_day_is_given")
        ),
        sa.CheckConstraint("choose >= 1", name=op.f("ck_step_group_asks_for_something")),
        sa.CheckConstraint("weight >= 1", name=op.f("ck_step_group_has_weight")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_step_group_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stage.id"], name=op.f("fk_step_group_stage_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_group")),
    )
    with op.batch_alter_table("step_group", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_step_group_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_step_group_stage_id"), ["stage_id"], unique=False)

    op.create_table(
        "stage_gate_kind",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("gate_id", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "feedback_release",
                "coach_rating",
                "milestone",
                "assignment_outcome",
                "course_assessment",
                "course_completion",
                "certificate",
                "self_rating",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["gate_id"],
            ["stage_gate.id"],
            name=op.f("fk_stage_gate_kind_gate_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_stage_gate_kind_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_gate_kind")),
        sa.UniqueConstraint("gate_id", "kind", name=op.f("uq_stage_gate_kind_gate_id_kind")),
    )
    with op.batch_alter_table("stage_gate_kind", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stage_gate_kind_organisation_id"), ["organisation_id"], unique=False
        )

    with op.batch_alter_table("enrolment") as batch:
        batch.add_column(sa.Column("extra_days", WHOLE, nullable=False, server_default="0"))
        batch.create_check_constraint(
            batch.f("ck_enrolment_extra_days_are_given"), "extra_days >= 0"
        )
    with op.batch_alter_table("pathway") as batch:
        batch.add_column(sa.Column("largest_share", WHOLE, nullable=False, server_default="60"))
        batch.create_check_constraint(
            batch.f("ck_pathway_largest_share"), "largest_share BETWEEN 20 AND 100"
        )
    with op.batch_alter_table("pathway") as batch:
        batch.alter_column("largest_share", server_default=None)
    with op.batch_alter_table("stage_gate") as batch:
        batch.add_column(sa.Column("confidence", _CONFIDENCE, nullable=True))
    with op.batch_alter_table("step") as batch:
        batch.add_column(
            sa.Column("address", sa.String(length=2000), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("group_id", WHOLE, nullable=True))
        batch.add_column(
            sa.Column("due_from", _DUE_FROM, nullable=False, server_default="enrolment")
        )
        batch.add_column(sa.Column("due_date", sa.Date(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_step_group_id"), "step_group", ["group_id"], ["id"], ondelete="SET NULL"
        )
        batch.create_check_constraint(
            batch.f("ck_step_day_is_given"), "due_from <> 'date' OR due_date IS NOT NULL"
        )
        batch.create_check_constraint(
            batch.f("ck_step_grouped_is_required_by_its_group"), "group_id IS NULL OR NOT required"
        )
        batch.drop_constraint(batch.f("ck_step_stepkind"), type_="check")
        batch.create_check_constraint(
            batch.f("ck_step_stepkind"), _one_of((*_KINDS, "reading", "community"))
        )
    with op.batch_alter_table("step") as batch:
        batch.create_index(batch.f("ix_step_group_id"), ["group_id"], unique=False)
        batch.alter_column("address", server_default=None)
        batch.alter_column("due_from", server_default=None)
    with op.batch_alter_table("enrolment") as batch:
        batch.alter_column("extra_days", server_default=None)


def _one_of(kinds: tuple[str, ...]) -> str:
    return f"kind IN ({', '.join(repr(kind) for kind in kinds)})"


def downgrade() -> None:
    # What was told becomes something to write about, so that no way loses a step.
    op.execute("UPDATE step SET kind = 'reflection' WHERE kind IN ('reading', 'community')")
    with op.batch_alter_table("step") as batch:
        batch.drop_index(batch.f("ix_step_group_id"))
        batch.drop_constraint(batch.f("ck_step_stepkind"), type_="check")
        batch.create_check_constraint(batch.f("ck_step_stepkind"), _one_of(_KINDS))
        batch.drop_constraint(batch.f("ck_step_grouped_is_required_by_its_group"), type_="check")
        batch.drop_constraint(batch.f("ck_step_day_is_given"), type_="check")
        batch.drop_constraint(batch.f("ck_step_duefrom"), type_="check")
        batch.drop_constraint(batch.f("fk_step_group_id"), type_="foreignkey")
        for name in ("due_date", "due_from", "group_id", "address"):
            batch.drop_column(name)
    with op.batch_alter_table("stage_gate") as batch:
        batch.drop_constraint(batch.f("ck_stage_gate_confidence"), type_="check")
        batch.drop_column("confidence")
    with op.batch_alter_table("pathway") as batch:
        batch.drop_constraint(batch.f("ck_pathway_largest_share"), type_="check")
        batch.drop_column("largest_share")
    with op.batch_alter_table("enrolment") as batch:
        batch.drop_constraint(batch.f("ck_enrolment_extra_days_are_given"), type_="check")
        batch.drop_column("extra_days")
    for table in ("told_step", "step_group", "stage_gate_kind", "participant_need"):
        op.drop_table(table)
