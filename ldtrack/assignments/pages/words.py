"""Names of people and of what openings develop, looked up once for a whole page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.assignments.domain import PostingRow, TemplateRow
from ldtrack.competencies.domain import CompetencyRow, ScaleRow
from ldtrack.competencies.queries import with_scales


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A competency with the level that an opening asks for, in words."""

    competency_id: int
    name: str
    level: int
    word: str
    weight: int = 1
    is_critical: bool = True

    @property
    def counts(self) -> str:
        """How much it counts and how needed it is, where that is not as usual; else ''."""
        often = {2: "counts twice", 3: "counts three times"}.get(self.weight, "")
        return ", ".join(part for part in (often, "" if self.is_critical else "helpful") if part)


@dataclass(frozen=True)
class Vocabulary:
    """Competencies and scales of the openings on a page."""

    competencies: dict[int, CompetencyRow]
    scales: dict[int, ScaleRow]

    def scale_of(self, competency_id: int) -> ScaleRow:
        """The scale on which the competency is judged."""
        return self.scales[self.competencies[competency_id].framework_version_id]

    def name(self, competency_id: int) -> str:
        """The competency's name."""
        return self.competencies[competency_id].name

    def word(self, competency_id: int, level: float) -> str:
        """The word of a level; '' for one that lies between two or has no word of its own."""
        return self.scale_of(competency_id).word(int(level)) if level.is_integer() else ""

    def asks(self, posting: PostingRow | TemplateRow) -> list[Asked]:
        """What the opening develops, the highest level first."""
        return [
            Asked(
                competency_id=one.competency_id,
                name=self.name(one.competency_id),
                level=one.level,
                word=self.scale_of(one.competency_id).word(one.level),
                weight=one.weight,
                is_critical=one.is_critical,
            )
            for one in posting.develops
        ]


def vocabulary(session: Session, postings: Iterable[PostingRow | TemplateRow]) -> Vocabulary:
    """The words for these openings, in one statement."""
    ids = {one.competency_id for posting in postings for one in posting.develops}
    return Vocabulary(*with_scales(session, ids))
