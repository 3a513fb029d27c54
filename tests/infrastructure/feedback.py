"""A 360 cycle about the leader of the small organisation, for tests of services and of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from ldtrack.feedback import service
from ldtrack.feedback.domain.asked import QuestionnaireRow
from ldtrack.feedback.domain.commands import (
    AskRater,
    BuildQuestionnaire,
    NewCycle,
    WrittenComment,
)
from ldtrack.feedback.domain.settings import settings_of
from ldtrack.feedback.queries.cycles import cycle as read_cycle
from ldtrack.feedback.queries.questionnaires import questionnaire
from tests.infrastructure.organisation import SmallOrganisation

RATER_KEY = "for the tests too"
SHOWN = ("self", "manager", "peer", "direct_report")

_RATERS = {
    "leader": "self",
    "manager": "manager",
    "peer_1": "peer",
    "peer_2": "peer",
    "peer_3": "peer",
    "peer_4": "peer",
    "report_1": "direct_report",
    "report_2": "direct_report",
    "report_3": "direct_report",
}


@dataclass(frozen=True, kw_only=True)
class RunningCycle:
    """Ids of a cycle with one subject and nine raters."""

    id: int
    subject_id: int
    invitation: dict[str, int]
    form: QuestionnaireRow


def set_up(
    session: Session,
    acme: SmallOrganisation,
    now: datetime,
    *,
    name: str = "Autumn 2026",
    closes_on: date = date(2026, 12, 4),
    raters: Mapping[str, str] | None = None,
    per_competency: int = 2,
    k: int | None = None,
    settings: Mapping[str, object] | None = None,
) -> RunningCycle:
    """A draft about the leader, with raters by the key of the person and their group."""
    hr = acme.actor["hr"]
    cycle_id = service.create_cycle(
        session,
        hr,
        NewCycle(
            name=name,
            opens_on=now.date(),
            closes_on=closes_on,
            k=k,
            questionnaire=BuildQuestionnaire(
                framework_version_id=acme.framework_version_id,
                competency_ids=tuple(acme.competency.values()),
                per_competency=per_competency,
            ),
        ),
        now=now,
    )
    if settings is not None:
        held = replace(settings_of(read_cycle(session, hr, cycle_id)), **settings)  # type: ignore[arg-type]  # names of fields
        service.change_settings(session, hr, cycle_id, held, now=now)
    subject_id = service.add_subject(session, hr, cycle_id, acme.person["leader"], now=now)
    invitation = {
        key: service.invite(
            session,
            hr,
            subject_id,
            AskRater(group_key=group, person_id=acme.person[key]),
            now=now,
        )
        for key, group in (_RATERS if raters is None else raters).items()
    }
    row = read_cycle(session, hr, cycle_id)
    return RunningCycle(
        id=cycle_id,
        subject_id=subject_id,
        invitation=invitation,
        form=questionnaire(session, row.questionnaire_id),
    )


def opened(
    session: Session,
    acme: SmallOrganisation,
    now: datetime,
    *,
    base_url: str | None = "https://ld.example.org",
    **planned: object,
) -> RunningCycle:
    """The same, open."""
    running = set_up(session, acme, now, **planned)  # type: ignore[arg-type]  # handed through
    service.open_cycle(session, acme.actor["hr"], running.id, now=now, delivery=delivery(base_url))
    return running


def delivery(base_url: str | None = "https://ld.example.org") -> service.Delivery:
    """How links are made in tests."""
    return service.Delivery(rater_key=RATER_KEY, base_url=base_url)


def answer(
    session: Session,
    running: RunningCycle,
    rater: str,
    score: int | None,
    now: datetime,
    *,
    comments: Mapping[str, WrittenComment] | None = None,
    rater_key: str = RATER_KEY,
) -> None:
    """Let a rater give the same score to every item, and send it."""
    service.store_response(
        session,
        running.invitation[rater],
        {item.id: score for item in running.form.items},
        comments or {},
        rater_key=rater_key,
        now=now,
    )


USUAL_SCORES = {
    "leader": 5,
    "manager": 4,
    "peer_1": 4,
    "peer_2": 3,
    "peer_3": 4,
    "peer_4": 5,
    "report_1": 3,
    "report_2": 2,
    "report_3": 3,
}
"""The worked example: peers 4, 3, 4, 5, direct reports 3, 2, 3, manager 4, self 5."""


def answered_by(
    session: Session, running: RunningCycle, raters: Iterable[str], now: datetime
) -> None:
    """Let these raters answer as in the worked example."""
    for rater in raters:
        answer(session, running, rater, USUAL_SCORES[rater], now)


def closed(session: Session, acme: SmallOrganisation, now: datetime) -> RunningCycle:
    """A cycle that everybody answered and that has been closed; the coach has the report."""
    running = opened(session, acme, now)
    answered_by(session, running, USUAL_SCORES, now)
    service.close_cycle(session, running.id, RATER_KEY, now)
    return running
