"""Places of openings, what people do with placements, and the states in between.

Who did what before is not known and is not made up: placements from before have no acts. An opening
that still takes applications gets one place more than are taken.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

_BEFORE = ("proposed", "declined", "active", "completed", "ended_early")
_AFTER = (
    "proposed",
    "listed",
    "offered",
    "accepted",
    "declined",
    "withdrawn",
    "active",
    "paused",
    "completed",
    "ended_early",
)
_ACTS = (
    "applied",
    "supported",
    "not_supported",
    "listed",
    "offered",
    "accepted",
    "turned_down",
    "declined",
    "withdrew",
    "placed",
    "started",
    "paused",
    "resumed",
    "ended",
)
_OPEN_BEFORE = "state IN ('proposed', 'active')"
_OPEN_AFTER = "state IN ('proposed', 'listed', 'offered', 'accepted', 'active', 'paused')"
_HOLDS = "(state IN ('offered', 'accepted', 'active', 'paused')) = (place_no IS NOT NULL)"


def upgrade() -> None:
    with op.batch_alter_table("posting") as batch:
        batch.add_column(sa.Column("places", WHOLE, nullable=False, server_default="1"))
    op.execute(
        "UPDATE posting SET places = (SELECT count(*) FROM placement "
        "WHERE placement.posting_id = posting.id AND placement.state = 'active') "
        "+ CASE WHEN closed_on IS NULL THEN 1 ELSE 0 END"
    )
    op.execute("UPDATE posting SET places = 1 WHERE places < 1")
    op.execute("UPDATE posting SET places = 100 WHERE places > 100")
    with op.batch_alter_table("posting") as batch:
        batch.alter_column("places", existing_type=WHOLE, server_default=None)
        batch.create_check_constraint(op.f("ck_posting_places"), "places BETWEEN 1 AND 100")
    _drop_open(_OPEN_BEFORE)
    with op.batch_alter_table("placement") as batch:
        batch.drop_constraint(op.f("ck_placement_placementstate"), type_="check")
        batch.add_column(sa.Column("place_no", WHOLE, nullable=True))
    op.execute(
        "UPDATE placement SET place_no = (SELECT count(*) FROM placement AS other "
        "WHERE other.posting_id = placement.posting_id AND other.state = 'active' "
        "AND (other.starts_on < placement.starts_on OR (other.starts_on = placement.starts_on "
        "AND other.id <= placement.id))) WHERE state = 'active'"
    )
    with op.batch_alter_table("placement") as batch:
        batch.create_check_constraint(op.f("ck_placement_placementstate"), _one_of(_AFTER))
        batch.create_check_constraint(op.f("ck_placement_holds_a_place"), _HOLDS)
        batch.create_check_constraint(op.f("ck_placement_place_no"), "place_no >= 1")
        batch.create_unique_constraint(
            op.f("uq_placement_posting_id_place_no"), ["posting_id", "place_no"]
        )
    _create_open(_OPEN_AFTER)
    op.create_table(
        "placement_act",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("placement_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*_ACTS, name="actkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("by_id", WHOLE, nullable=True),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_placement_act_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_placement_act_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f("fk_placement_act_placement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_act")),
        sa.UniqueConstraint(
            "placement_id", "number", name=op.f("uq_placement_act_placement_id_number")
        ),
    )
    with op.batch_alter_table("placement_act") as batch:
        batch.create_index(batch.f("ix_placement_act_by_id"), ["by_id"])
        batch.create_index(batch.f("ix_placement_act_organisation_id"), ["organisation_id"])


def downgrade() -> None:
    op.drop_table("placement_act")
    _drop_open(_OPEN_AFTER)
    with op.batch_alter_table("placement") as batch:
        batch.drop_constraint(op.f("uq_placement_posting_id_place_no"), type_="unique")
        batch.drop_constraint(op.f("ck_placement_place_no"), type_="check")
        batch.drop_constraint(op.f("ck_placement_holds_a_place"), type_="check")
        batch.drop_constraint(op.f("ck_placement_placementstate"), type_="check")
        batch.drop_column("place_no")
    # The nearest that there was: who waits has applied, who said yes or rests is placed.
    op.execute("UPDATE placement SET state = 'proposed' WHERE state IN ('listed', 'offered')")
    op.execute("UPDATE placement SET state = 'active' WHERE state IN ('accepted', 'paused')")
    op.execute("UPDATE placement SET state = 'declined' WHERE state = 'withdrawn'")
    with op.batch_alter_table("placement") as batch:
        batch.create_check_constraint(op.f("ck_placement_placementstate"), _one_of(_BEFORE))
    _create_open(_OPEN_BEFORE)
    with op.batch_alter_table("posting") as batch:
        batch.drop_constraint(op.f("ck_posting_places"), type_="check")
        batch.drop_column("places")


def _one_of(words: tuple[str, ...]) -> str:
    return f"state IN ({', '.join(repr(word) for word in words)})"


def _drop_open(which: str) -> None:
    with op.batch_alter_table("placement") as batch:
        batch.drop_index(
            "uq_placement_open_person",
            sqlite_where=sa.text(which),
            postgresql_where=sa.text(which),
        )


def _create_open(which: str) -> None:
    with op.batch_alter_table("placement") as batch:
        batch.create_index(
            "uq_placement_open_person",
            ["posting_id", "person_id"],
            unique=True,
            sqlite_where=sa.text(which),
            postgresql_where=sa.text(which),
        )
