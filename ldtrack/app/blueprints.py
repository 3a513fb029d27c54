"""The pages of every room, in one list."""

from __future__ import annotations

from flask import Blueprint

from ldtrack.assignments.views import assignments
from ldtrack.coaching.views import coaching
from ldtrack.competencies.views import competencies
from ldtrack.courses.views import courses
from ldtrack.dashboards.views import dashboards
from ldtrack.exchange.views import exchange, xapi
from ldtrack.feedback.views import feedback
from ldtrack.network.views import network
from ldtrack.pathways.views import pathways
from ldtrack.people.views import people
from ldtrack.reflection.views import reflection
from ldtrack.reviews.views import reviews

BLUEPRINTS: tuple[Blueprint, ...] = (
    people,
    competencies,
    courses,
    coaching,
    pathways,
    dashboards,
    assignments,
    feedback,
    reflection,
    network,
    exchange,
    xapi,
    reviews,
)

BY_CREDENTIALS: tuple[Blueprint, ...] = (xapi,)
"""What is sent by other systems, which have credentials and no cookie, so nobody can be tricked
into sending it."""
