"""Levels, their evidence and the released 360, as far as the edition may hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.competencies.queries import competencies_named
from ldtrack.evidence.domain import Entry
from ldtrack.feedback.queries import released_reports, report
from ldtrack.growth.domain.person import PersonGrowth
from ldtrack.growth.queries import SETTINGS, growth_of
from ldtrack.reviews.domain.document import CompetencyPart, FeedbackPart, ScaleWords
from ldtrack.reviews.domain.from_growth import Reading, competency_part
from ldtrack.reviews.domain.from_report import feedback_part, for_sponsor
from ldtrack.reviews.domain.kinds import Part
from ldtrack.reviews.service.wanted import Wanted


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The person's growth and its parts of the document; no growth if it may not be told."""

    growth: PersonGrowth | None
    parts: tuple[CompetencyPart, ...]

    @property
    def scale(self) -> ScaleWords:
        """The scale of the first competency; none without any."""
        return self.parts[0].scale if self.parts else ScaleWords(levels=())

    def places(self) -> dict[int | str, tuple[str, int | None]]:
        """For each competency its key in the document and its target.

        What was rated in the words of an earlier edition stands with what it has become, and has
        no target where its levels were others.
        """
        known = self.growth.competencies if self.growth else ()
        found: dict[int | str, tuple[str, int | None]] = {}
        for growth, part in zip(known, self.parts, strict=True):
            found[growth.competency.id] = (part.key, part.target)
        for growth, part in zip(known, self.parts, strict=True):
            for source in growth.carried.sources if growth.carried else ():
                target = part.target if source.scale == growth.scale else None
                found.setdefault(source.competency.id, (part.key, target))
        return found

    def entries(self) -> Iterator[Entry]:
        """Every piece of evidence, whatever it is about."""
        for growth in self.growth.histories if self.growth else ():
            yield from (step.entry for step in growth.trajectory.steps)
            yield from growth.trajectory.exposures


def measured(session: Session, wanted: Wanted, since: date) -> Measured:
    """What the role asks for and what there is evidence on; `since` is the day to compare with."""
    if not wanted.has(Part.LEVELS):
        return Measured(growth=None, parts=())
    growth = growth_of(
        session,
        wanted.reader,
        wanted.person_id,
        job_profile=wanted.person.job_profile,
        as_of=wanted.today,
        band_share=SETTINGS.review_band_share,
    )
    reading = Reading(
        band_share=SETTINGS.review_band_share, since=since, with_history=wanted.is_own
    )
    return Measured(
        growth=growth,
        parts=tuple(
            competency_part(f"c{number}", each, reading)
            for number, each in enumerate(growth.competencies, start=1)
        ),
    )


def feedback(session: Session, wanted: Wanted, levels: Measured) -> FeedbackPart | None:
    """The latest report that is out; for a sponsor only all raters together."""
    if not wanted.has(Part.FEEDBACK):
        return None
    reports = released_reports(session, wanted.reader, wanted.person_id)
    if not reports:
        return None
    latest = max(reports, key=lambda row: (row.closed_on, row.released_on))
    shown = report(session, wanted.reader, latest.release_id)
    part = feedback_part(
        shown.report, latest.released_on, levels.places(), shown.held_back.sentence
    )
    return part if wanted.is_own else for_sponsor(part)


def year_before(today: date) -> date:
    """The same day a year earlier; 28 February for a 29th."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return today.replace(year=today.year - 1, day=28)


def names_of(session: Session, competency_ids: Iterable[int]) -> dict[int, str]:
    """Names of competencies; everybody may read them."""
    return {key: row.name for key, row in competencies_named(session, competency_ids).items()}
