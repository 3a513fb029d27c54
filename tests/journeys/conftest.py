"""Journeys may ask for the served demo, and for an empty installation."""

from tests.journeys.site import demo_instance, empty_site, site

__all__ = ["demo_instance", "empty_site", "site"]
