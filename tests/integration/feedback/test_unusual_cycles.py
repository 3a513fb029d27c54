"""Cycles that somebody will hold one day: a single statement, people who rate each other."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.commands import AskRater, BuildQuestionnaire, NewCycle
from ldtrack.feedback.domain.report import report_from_dict
from ldtrack.feedback.models import Release
from ldtrack.feedback.queries.cycles import cycle as read_cycle
from tests.infrastructure.feedback import RATER_KEY, delivery
from tests.infrastructure.organisation import SmallOrganisation


def test_a_leader_and_their_manager_rate_each_other_on_a_single_statement(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    one = BuildQuestionnaire(
        framework_version_id=acme.framework_version_id,
        competency_ids=(acme.competency["coaching-others"],),
        per_competency=1,
    )
    groups = {
        "leader": {
            "leader": ("self", 2),
            "manager": ("manager", 5),
            "peer_1": ("peer", 4),
            "peer_2": ("peer", 4),
            "peer_3": ("peer", 3),
        },
        "manager": {
            "manager": ("self", 4),
            "leader": ("direct_report", 1),
            "peer_1": ("direct_report", 3),
            "peer_2": ("direct_report", 4),
        },
    }
    with database.writing(acme.id) as session:
        planned = NewCycle(
            name="Each other", opens_on=now.date(), closes_on=date(2026, 12, 4), questionnaire=one
        )
        cycle_id = service.create_cycle(session, hr, planned, now=now)
        subjects = {
            who: service.add_subject(session, hr, cycle_id, acme.person[who], now=now)
            for who in groups
        }
        scores = {
            service.invite(
                session,
                hr,
                subjects[about],
                AskRater(group_key=group, person_id=acme.person[who]),
                now=now,
            ): score
            for about, raters in groups.items()
            for who, (group, score) in raters.items()
        }
        service.open_cycle(session, hr, cycle_id, now=now, delivery=delivery())
        form = queries.questionnaire(session, read_cycle(session, hr, cycle_id).questionnaire_id)
        (item,) = form.items
        for invitation_id, score in scores.items():
            service.store_response(
                session, invitation_id, {item.id: score}, {}, rater_key=RATER_KEY, now=now
            )
        service.close_cycle(session, cycle_id, RATER_KEY, now)
        figures = {who: _figures(session, subject_id) for who, subject_id in subjects.items()}
    assert figures == {
        "leader": {"manager": "5.0", "peer": "3.7"},
        "manager": {"direct_report": "2.7"},
    }


def _figures(session: Session, subject_id: int) -> dict[str, str]:
    """What each group's figure is in the one report about somebody."""
    document = session.scalars(select(Release.document).filter_by(subject_id=subject_id)).one()
    (result,) = report_from_dict(document).release.competencies
    return {group.group_key: group.figure.text for group in result.groups}
