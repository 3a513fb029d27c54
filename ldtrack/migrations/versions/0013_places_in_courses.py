"""Courses have a format and a cost; dated runs have places, and people book them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE, Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_KINDS = (
    "workshop",
    "e_learning",
    "blended",
    "micro_lesson",
    "simulation",
    "live_case",
    "reflection",
    "external",
)
_FORMATS = (
    ("blended", "blend"),
    ("micro_lesson", "micro"),
    ("simulation", "simul"),
    ("live_case", "live case"),
    ("reflection", "reflect"),
    ("e_learning", "online"),
    ("e_learning", "e-learning"),
    ("workshop", "workshop"),
    ("workshop", "room"),
    ("workshop", "class"),
)
"""Words in which courses said how they are held, and the format they stand for; the first counts.

A course that says nothing of the kind has no format until somebody chooses one.
"""


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    with op.batch_alter_table("course") as batch:
        batch.add_column(sa.Column("format", sa.String(32), nullable=True))
        batch.add_column(sa.Column("cost_cents", WHOLE, nullable=True))
        batch.add_column(sa.Column("currency", sa.String(3), nullable=False, server_default=""))
        batch.create_check_constraint(batch.f("ck_course_courseformat"), f"format IN {_KINDS}")
        batch.create_check_constraint(
            batch.f("ck_course_cost_not_negative"), "cost_cents IS NULL OR cost_cents >= 0"
        )
        batch.create_check_constraint(
            batch.f("ck_course_cost_has_currency"), "(cost_cents IS NULL) = (currency = '')"
        )
    with op.batch_alter_table("course") as batch:
        batch.alter_column("currency", server_default=None)
    course = sa.table("course", sa.column("format", sa.String), sa.column("mode", sa.String))
    for kind, word in _FORMATS:
        op.execute(
            course.update()
            .where(course.c.format.is_(None), sa.func.lower(course.c.mode).contains(word))
            .values(format=kind)
        )
    with op.batch_alter_table("offering") as batch:
        batch.add_column(sa.Column("places", WHOLE, nullable=True))
        batch.add_column(sa.Column("cancelled_on", sa.Date(), nullable=True))
        batch.add_column(
            sa.Column("cancel_reason", sa.String(300), nullable=False, server_default="")
        )
        batch.create_check_constraint(
            batch.f("ck_offering_places_positive"), "places IS NULL OR places > 0"
        )
        batch.create_check_constraint(
            batch.f("ck_offering_cancelled_why"), "(cancelled_on IS NULL) = (cancel_reason = '')"
        )
    with op.batch_alter_table("offering") as batch:
        batch.alter_column("cancel_reason", server_default=None)
    op.create_table(
        "booking",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("offering_id", WHOLE, nullable=False),
        sa.Column("person_id", WHOLE, nullable=False),
        sa.Column(
            "state", _choice("bookingstate", "booked", "waiting", "withdrawn"), nullable=False
        ),
        sa.Column("seat", WHOLE, nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column(
            "attendance", _choice("attendance", "attended", "partly", "absent"), nullable=True
        ),
        sa.CheckConstraint(
            "(state = 'booked') = (seat IS NOT NULL)", name=op.f("ck_booking_booked_has_seat")
        ),
        sa.CheckConstraint("seat IS NULL OR seat > 0", name=op.f("ck_booking_seat_positive")),
        sa.CheckConstraint(
            "attendance IS NULL OR state = 'booked'", name=op.f("ck_booking_attended_with_place")
        ),
        sa.ForeignKeyConstraint(
            ["offering_id"],
            ["offering.id"],
            name=op.f("fk_booking_offering_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_booking_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_booking_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint(
            "offering_id", "person_id", name=op.f("uq_booking_offering_id_person_id")
        ),
        sa.UniqueConstraint("offering_id", "seat", name="uq_booking_seat"),
    )
    with op.batch_alter_table("booking") as batch:
        batch.create_index(op.f("ix_booking_organisation_id"), ["organisation_id"])
        batch.create_index("ix_booking_person", ["person_id", "state"])


def downgrade() -> None:
    op.drop_table("booking")
    with op.batch_alter_table("offering") as batch:
        batch.drop_constraint(batch.f("ck_offering_cancelled_why"), type_="check")
        batch.drop_constraint(batch.f("ck_offering_places_positive"), type_="check")
        batch.drop_column("cancel_reason")
        batch.drop_column("cancelled_on")
        batch.drop_column("places")
    with op.batch_alter_table("course") as batch:
        batch.drop_constraint(batch.f("ck_course_cost_has_currency"), type_="check")
        batch.drop_constraint(batch.f("ck_course_cost_not_negative"), type_="check")
        batch.drop_column("currency")
        batch.drop_column("cost_cents")
        batch.drop_constraint(batch.f("ck_course_courseformat"), type_="check")
        batch.drop_column("format")
