"""What Alembic runs; the connection and the tables are handed over by `ldtrack.db.migrate`."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from ldtrack.db.types import CHOICE, WHOLE, Instant

attributes = context.config.attributes


def render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Spell our own column types in a way that a revision can keep for ever."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        autogen_context.imports.add("from ldtrack.db.types import Instant")
        return "Instant()"
    if item is WHOLE or repr(item) == repr(WHOLE):
        autogen_context.imports.add("from ldtrack.db.types import WHOLE")
        return "WHOLE"
    if isinstance(item, type(CHOICE)):
        words = ", ".join(repr(word) for word in item.enums)
        return (
            f"sa.Enum({words}, name={item.name!r}, native_enum=False, "
            f"create_constraint=True, length=32)"
        )
    return False


context.configure(
    connection=attributes["connection"],
    target_metadata=attributes["metadata"],
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
