"""A 360 of the past, brought in from the ratings file that is shipped as a sample."""

from __future__ import annotations

from datetime import date, datetime
from importlib import resources

from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme, words
from ldtrack.exchange.ratings_csv import SubjectRatings, parse_ratings
from ldtrack.feedback.service import PastRating, PastRatings, import_past_cycle

_SAMPLE = "ratings_360.csv"


def subjects_of_sample(programme: Programme) -> frozenset[str]:
    """Whom the file is about, if it asks about competencies of the programme."""
    return frozenset(
        found.subject for found in _files() if set(found.items.values()) <= set(programme.targets)
    )


def import_past(scene: Scene, programme: Programme, closed_on: date, now: datetime) -> None:
    """Bring the file in as a cycle that closed on the day, under the half-year of that day."""
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
                        rater=answer.rater,
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
