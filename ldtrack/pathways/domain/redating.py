"""What another first day would mean for somebody's due days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.pathways.domain.progress import Progress


@dataclass(frozen=True, kw_only=True)
class RedatedStep:
    """A step that would be still to do, with its due day now and then.

    `counted` says that it is settled now: what was done before the new first day counts no more.
    """

    title: str
    before: date | None
    after: date | None
    is_late: bool
    counted: bool


def redated(before: Progress, after: Progress) -> tuple[RedatedStep, ...]:
    """The steps that would be still to do, in the order of the pathway."""
    return tuple(
        RedatedStep(
            title=then.step.title,
            before=now.due_on,
            after=then.due_on,
            is_late=then.is_late,
            counted=now.state.is_settled,
        )
        for now, then in zip(before.steps, after.steps, strict=True)
        if not then.state.is_settled
    )
