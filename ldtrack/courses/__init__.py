"""Courses, their dated offerings, and who completed what."""
