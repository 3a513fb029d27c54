"""Journeys may ask for the served demo."""

from tests.journeys.site import demo_instance, site

__all__ = ["demo_instance", "site"]
