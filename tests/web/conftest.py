"""Tests of pages may ask for the application and for visitors."""

from tests.infrastructure.web import app, database, kept_app, visit

__all__ = ["app", "database", "kept_app", "visit"]
