"""How openings fit people, for the pages of assignments, which know nothing of levels."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask import Flask, g

from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import UNANSWERED, PostingRow, StandingRow
from ldtrack.growth.domain import FitOf
from ldtrack.growth.queries import FitsOf, fits_at, fits_of
from ldtrack.ui.request import clock, request_session


def register(app: Flask) -> None:
    """Let a page of openings say how they fit its reader, or how those who applied fit one."""

    @app.context_processor
    def fitting() -> dict[str, object]:
        if g.get("actor") is None:
            return {}
        return {"fits_of_reader": fits_of_reader, "fits_of_candidates": fits_of_candidates}


def fits_of_reader(postings: Sequence[PostingRow]) -> FitsOf | None:
    """How well each of the openings fits the reader, by opening; `None` if there is none."""
    actor: Actor = g.actor
    if actor.person_id is None or not postings:
        return None
    openings = {row.id: row.develops for row in postings}
    return fits_of(request_session(), actor, actor.person_id, openings, clock().today())


def fits_of_candidates(
    posting: PostingRow, placements: Sequence[StandingRow], open_to: Collection[int]
) -> dict[int, FitOf]:
    """How well those who wait for an answer, and those who are open to offers, fit the opening.

    The best first, by person. Empty for a reader who neither answers for it nor works in HR.
    """
    agreed = [row.person_id for row in placements if row.state in UNANSWERED]
    found = fits_at(request_session(), g.actor, posting, [*agreed, *open_to], clock().today())
    return {one.person_id: one for one in found}
