"""One review: how far its printing is, what can be done with it, and who opened it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.queries import JobRow, latest_job
from ldtrack.reviews import queries
from ldtrack.reviews.domain.kinds import Audience, Part, ReviewState
from ldtrack.reviews.domain.rows import Opening, ReviewRow

RENDER = "reviews.render"
_PARTS = 3


@dataclass(frozen=True, kw_only=True)
class ProgressPart:
    """How far the printing is, in parts, a state and a sentence."""

    done: int
    total: int
    state: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    """One review as its page shows it; `progress` is there until the file is."""

    review: ReviewRow
    is_own: bool
    may_make: bool
    may_answer: bool
    progress: ProgressPart | None
    openings: tuple[Opening, ...]
    parts: tuple[Part, ...]

    @property
    def has_failed(self) -> bool:
        """Whether somebody has to ask again."""
        return self.progress is not None and self.progress.state == JobState.FAILED

    @property
    def waits_for_answer(self) -> bool:
        """Whether the reader is the leader and has yet to say yes or no."""
        return self.may_answer and self.review.is_printed and self.review.waits_for_leader

    @property
    def can_be_taken_back(self) -> bool:
        """Whether the reader is the leader and said yes."""
        return self.may_answer and self.review.state is ReviewState.AGREED


def review_page(session: Session, actor: Actor, review_id: int) -> ReviewPage:
    """One that the actor may know of, else `NotVisible`."""
    review = queries.review(session, actor, review_id)
    facts = Facts(organisation_id=actor.organisation_id, person_id=review.person_id)
    is_own = actor.person_id == review.person_id
    opened = queries.openings_of(session, review.person_id) if is_own else []
    return ReviewPage(
        review=review,
        is_own=is_own,
        may_make=policy.permits(actor, Action.MAKE_REVIEW, facts),
        may_answer=review.audience is Audience.SPONSOR
        and policy.permits(actor, Action.AGREE_TO_REVIEW, facts),
        progress=None if review.is_printed else progress_of(session, review),
        openings=tuple(each for each in opened if each.review_id == review.id),
        parts=queries.parts_of(session, review.id) if review.may_open else (),
    )


def progress_of(session: Session, review: ReviewRow) -> ProgressPart:
    """How far the printing is; for a review that the actor may know of."""
    if review.is_printed:
        return ProgressPart(done=_PARTS, total=_PARTS, state=JobState.DONE, sentence="It is ready.")
    job = latest_job(session, kind=RENDER, thing_id=review.id)
    state = _state(review, job)
    return ProgressPart(
        done=min(job.done, _PARTS) if job else 0,
        total=_PARTS,
        state=state,
        sentence=_SENTENCES[state],
    )


def _state(review: ReviewRow, job: JobRow | None) -> JobState:
    """Between two tries a failed job waits; the reader hears of it only once nobody tries again."""
    if job is None or job.state is JobState.FAILED:
        return JobState.FAILED
    withdrawn = review.state is ReviewState.REFUSED
    return JobState.FAILED if job.state is JobState.DONE and withdrawn else _running(job)


def _running(job: JobRow) -> JobState:
    return JobState.RUNNING if job.state is JobState.DONE else job.state


_SENTENCES = {
    JobState.WAITING: "It waits for its turn; that seldom takes longer than a minute.",
    JobState.RUNNING: "The pages are being laid out.",
    JobState.DONE: "It is ready.",
    JobState.FAILED: "It could not be printed. Nothing is lost: what it says is kept.",
}
