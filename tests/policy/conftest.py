"""Tests of policy walk through a full house: one of everything, in two organisations."""

from tests.infrastructure.full_house import full_house, full_house_template, sqlite_database
from tests.infrastructure.web import app, database, visit
from tests.policy.callers import call

__all__ = [
    "app",
    "call",
    "database",
    "full_house",
    "full_house_template",
    "sqlite_database",
    "visit",
]
