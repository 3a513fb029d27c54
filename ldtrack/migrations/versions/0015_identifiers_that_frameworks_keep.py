"""Frameworks and what is in them have identifiers that the world outside knows them by."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_OWNERS = {
    "framework": "organisation_id",
    "domain": "framework_version_id",
    "competency": "framework_version_id",
    "behavioural_indicator": "competency_id",
}
_OURS = uuid.UUID("5d2c6f0e-8c1b-5a53-9f7e-3b1f6f0c9a41")
_PUBLISHED = frozenset(
    {
        "esco-transversal-and-management-1.1.1",
        "eu-entrecomp",
        "eu-lifecomp",
        "systems-convening-and-weaving",
        "uk-civil-service-behaviours-2018",
        "uk-civil-service-competency-2012",
        "us-army-leadership-requirements",
        "us-doi-ibc-core-2016",
        "us-opm-ecq-2006",
        "us-opm-ecq-2025",
    }
)
"""Those that come along are the same everywhere."""


def upgrade() -> None:
    for table in _OWNERS:
        with op.batch_alter_table(table) as batch:
            batch.add_column(
                sa.Column("identifier", sa.String(36), nullable=False, server_default="")
            )
    _fill(op.get_bind())
    for table, owner in _OWNERS.items():
        with op.batch_alter_table(table) as batch:
            batch.alter_column("identifier", server_default=None)
            batch.create_unique_constraint(
                batch.f(f"uq_{table}_{owner}_identifier"), [owner, "identifier"]
            )
    op.create_table(
        "framework_package",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("framework_version_id", WHOLE, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_framework_package_framework_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_framework_package_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_package")),
        sa.UniqueConstraint(
            "framework_version_id", name=op.f("uq_framework_package_framework_version_id")
        ),
    )
    with op.batch_alter_table("framework_package") as batch:
        batch.create_index(
            batch.f("ix_framework_package_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("framework_package") as batch:
        batch.drop_index(batch.f("ix_framework_package_organisation_id"))
    op.drop_table("framework_package")
    for table, owner in _OWNERS.items():
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(batch.f(f"uq_{table}_{owner}_identifier"), type_="unique")
            batch.drop_column("identifier")


def _fill(bind: sa.Connection) -> None:
    """An identifier for everything; what has one key in several editions has one identifier."""
    frameworks = {
        id_: uuid.uuid5(_OURS, key) if key in _PUBLISHED else uuid.uuid4()
        for id_, key in bind.execute(sa.text("SELECT id, key FROM framework"))
    }
    _set(bind, "framework", frameworks)
    for table in ("domain", "competency"):
        rows = bind.execute(
            sa.text(
                f"SELECT {table}.id, framework_id, key FROM {table} "
                "JOIN framework_version ON framework_version.id = framework_version_id"
            )
        )
        found = {
            id_: uuid.uuid5(frameworks[framework_id], f"{table}/{key}")
            for id_, framework_id, key in rows
        }
        _set(bind, table, found)
    indicators: dict[int, uuid.UUID] = {}
    used: set[tuple[int, uuid.UUID]] = set()
    for id_, competency_id, *words in bind.execute(
        sa.text(
            "SELECT id, competency_id, level, effective, ineffective FROM behavioural_indicator "
            "ORDER BY competency_id, level, position, id"
        )
    ):
        number, name = 1, "/".join(map(str, words))
        while (competency_id, made := uuid.uuid5(found[competency_id], f"{number}/{name}")) in used:
            number += 1
        used.add((competency_id, made))
        indicators[id_] = made
    _set(bind, "behavioural_indicator", indicators)


def _set(bind: sa.Connection, table: str, found: dict[int, uuid.UUID]) -> None:
    if found:
        bind.execute(
            sa.text(f"UPDATE {table} SET identifier = :identifier WHERE id = :id"),
            [{"id": id_, "identifier": str(one)} for id_, one in found.items()],
        )
