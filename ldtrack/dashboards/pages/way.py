"""Where somebody is on their pathway, in the few words that other pages need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import SponsorSees
from ldtrack.dashboards.pages.subject import Subject
from ldtrack.pathways.domain import Progress
from ldtrack.pathways.queries import ahead_on


@dataclass(frozen=True, kw_only=True)
class Way:
    """`stage` is the number of the first stage with something required left."""

    progress: Progress
    stage: int
    n_stages: int

    @property
    def words(self) -> str:
        """ "Emerging leaders, stage 2 of 3"."""
        title = self.progress.enrolment.title
        return f"{title}, stage {self.stage} of {self.n_stages}" if self.n_stages else title


def way_of(session: Session, actor: Actor, subject: Subject, day: date) -> Way | None:
    """The pathway that the person is on that day and that the actor may see, if there is one."""
    agreed = subject.sees(SponsorSees.PROGRESS)
    progress = ahead_on(session, actor, subject.id, day, agreed=agreed)
    if progress is None or progress.enrolment.enrolled_on > day:
        return None
    return way_along(progress)


def way_along(progress: Progress) -> Way:
    """The stage that progress has come to: the first that is not done, or the last."""
    left = [
        number for number, stage in enumerate(progress.stages, start=1) if not stage.required_done
    ]
    n_stages = len(progress.stages)
    return Way(progress=progress, stage=left[0] if left else n_stages, n_stages=n_stages)
