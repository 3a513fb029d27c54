"""Somebody's way along their pathway: what is done and what is shown, two things side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain import SponsorSees
from ldtrack.core.errors import NotVisible
from ldtrack.dashboards.pages.subject import Subject, subject_of
from ldtrack.dashboards.pages.words import Sentence, Voice, plural
from ldtrack.growth.domain import Criterion, NoGates, ShownShare
from ldtrack.growth.queries import gate_criteria, growth_of, shown_by_stage, shown_gates
from ldtrack.pathways.domain import EnrolmentState, Progress
from ldtrack.pathways.queries import enrolment_of, progress_on


@dataclass(frozen=True, kw_only=True)
class PathwayPage:
    """`shown` and `met_gates` are None where the actor may not see levels.

    `criteria` say for each gate what it asks for and how the person stands.
    """

    subject: Subject
    headline: Sentence
    progress: Progress | None
    shown: Mapping[int, ShownShare | NoGates] | None
    met_gates: frozenset[int] | None
    criteria: Mapping[int, tuple[Criterion, ...]]


@dataclass(frozen=True, kw_only=True)
class _Shown:
    by_stage: Mapping[int, ShownShare | NoGates]
    gates: frozenset[int]
    criteria: Mapping[int, tuple[Criterion, ...]]


def pathway_page(session: Session, actor: Actor, person_id: int, today: date) -> PathwayPage:
    """The page, else `NotVisible`; it says so if the person is on no pathway."""
    subject = subject_of(session, actor, person_id)
    agreed = subject.sees(SponsorSees.PROGRESS)
    _require(actor, Action.READ_ENROLMENT, person_id, agreed=agreed)
    row = enrolment_of(session, actor, person_id, agreed=agreed)
    if row is None:
        return PathwayPage(
            subject=subject,
            headline=Sentence(before=f"{subject.voice.are} on no pathway yet."),
            progress=None,
            shown=None,
            met_gates=None,
            criteria={},
        )
    progress = progress_on(session, [row], today)[0]
    shown = _shown(session, actor, subject, progress)
    return PathwayPage(
        subject=subject,
        headline=pathway_headline(progress, shown.by_stage if shown else None, subject.voice),
        progress=progress,
        shown=shown.by_stage if shown else None,
        met_gates=shown.gates if shown else None,
        criteria=shown.criteria if shown else {},
    )


def pathway_headline(
    progress: Progress, shown: Mapping[int, ShownShare | NoGates] | None, voice: Voice
) -> Sentence:
    """How much is done and how much is shown; one never stands for the other."""
    title = progress.enrolment.title
    if progress.enrolment.state is not EnrolmentState.ACTIVE:
        word = "completed" if progress.enrolment.state is EnrolmentState.COMPLETED else "left"
        return Sentence(before=f"{voice.have} {word} ", accent=title, after=".")
    share = progress.done_share
    if share is None:
        done = f"{voice.are} on "
    else:
        done = f"{voice.have} done {round(share * 100)}% of what is required on "
    gates = [each for each in (shown or {}).values() if isinstance(each, ShownShare)]
    if not gates:
        return Sentence(before=done, accent=title, after=".")
    n_met, n_gates = sum(each.n_met for each in gates), sum(each.n_gates for each in gates)
    levels = f"and shown {n_met} of {plural(n_gates, 'level')} it asks for."
    return Sentence(before=done, accent=title, after=f", {levels}")


def _shown(session: Session, actor: Actor, subject: Subject, progress: Progress) -> _Shown | None:
    agreed = subject.sees(SponsorSees.LEVELS)
    facts = _facts(actor, subject.id, agreed=agreed)
    if not policy.permits(actor, Action.READ_TRAJECTORY, facts):
        return None
    growth = growth_of(
        session,
        actor,
        subject.id,
        job_profile=subject.job_profile,
        as_of=progress.as_of,
        agreed=agreed,
    )
    # What was waived is asked for no longer, so it is in neither number.
    asked = {
        held.stage.id: [each.gate for each in held.gates if each.waived is None]
        for held in progress.stages
    }
    gates = [gate for wanted in asked.values() for gate in wanted]
    return _Shown(
        by_stage=shown_by_stage(growth, asked),
        gates=shown_gates(growth, gates),
        criteria=gate_criteria(growth, gates),
    )


def _require(actor: Actor, action: Action, person_id: int, *, agreed: bool) -> None:
    if not policy.permits(actor, action, _facts(actor, person_id, agreed=agreed)):
        raise NotVisible


def _facts(actor: Actor, person_id: int, *, agreed: bool) -> Facts:
    return Facts(organisation_id=actor.organisation_id, person_id=person_id, agreed=agreed)
