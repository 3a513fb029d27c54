"""The pages of every room, in one list."""

from __future__ import annotations

from flask import Blueprint

from ldtrack.courses.views import courses
from ldtrack.pathways.views import pathways
from ldtrack.people.views import people

BLUEPRINTS: tuple[Blueprint, ...] = (people, courses, pathways)
