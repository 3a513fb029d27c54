"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer
from sqlalchemy.types import TypeDecorator

WHOLE = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits everywhere; on SQLite spelled so that a primary key is the row's place in the table."""

CHOICE = Enum(
    StrEnum,
    native_enum=False,
    create_constraint=True,
    validate_strings=True,
    length=32,
    values_callable=lambda kind: [member.value for member in kind],
)
"""A `StrEnum` kept as its word, with a CHECK that lists the words."""


class Instant(TypeDecorator[datetime]):
    """An instant in UTC; a naive one is refused, because nobody knows what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
