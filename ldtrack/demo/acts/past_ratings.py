"""A 360 of the past, brought in from the ratings file that is shipped as a sample."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import resources

from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme, words
from ldtrack.exchange.ratings_csv import SubjectRatings, parse_ratings
from ldtrack.feedback.service import PastRating, PastRatings, import_past_cycle

_SAMPLE = "ratings_360.csv"
_BEFORE = "before.example.org"
"""Who answered then is named by an address, and is none of those who are asked here."""


def is_rated_before(programme: Programme) -> bool:
    """Whether the file asks about competencies of the programme."""
    return all(set(found.items.values()) <= set(programme.targets) for found in _files())


def import_past(scene: Scene, programme: Programme, now: datetime) -> None:
    """Bring the file in as a cycle that closed the day before, under the half-year of that day."""
    closed_on = now.date() - timedelta(days=1)
    setting = scene.settings[programme.key]
    texts = words("feedback")["sample_items"]
    for found in _files():
        import_past_cycle(
            scene.session,
            scene.hr,
            PastRatings(
                cycle=f"{closed_on.year}-H{1 if closed_on.month < 7 else 2}",
                closed_on=closed_on,
                framework_version_id=setting.framework_version_id,
                ratings=tuple(
                    PastRating(
                        person_id=scene.person[found.subject],
                        rater=f"{answer.rater.lower()}@{_BEFORE}",
                        group=answer.group,
                        item=texts[answer.item],
                        competency_id=setting.competency[answer.competency],
                        score=answer.score,
                        comment=answer.comment,
                    )
                    for answer in found.answers
                ),
            ),
            now=now,
        )


def _files() -> list[SubjectRatings]:
    raw = resources.files("ldtrack.demo").joinpath("samples", _SAMPLE).read_bytes()
    return parse_ratings(raw)[0]
