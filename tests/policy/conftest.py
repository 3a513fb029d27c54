"""Tests of policy walk through a full house: one of everything, in two organisations."""

from tests.infrastructure.full_house import full_house, full_house_template, sqlite_database
from tests.infrastructure.web import app, database, kept_app, visit
from tests.policy.callers import call
from tests.policy.world import (
    empty_world,
    kept_postgres_world,
    kept_sqlite_world,
    sqlite_world,
    world,
)

__all__ = [
    "app",
    "call",
    "database",
    "empty_world",
    "full_house",
    "full_house_template",
    "kept_app",
    "kept_postgres_world",
    "kept_sqlite_world",
    "sqlite_database",
    "sqlite_world",
    "visit",
    "world",
]
