"""Setting a cycle up: questionnaires, proposed raters, the launch check, opening, reminding."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import end_relation
from ldtrack.competencies.queries import competencies_by_key
from ldtrack.competencies.service import import_framework
from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.commands import AskRater, BuildQuestionnaire, NewCycle
from ldtrack.feedback.domain.launch import Mend
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle
from ldtrack.feedback.queries.launch import without_trust
from ldtrack.feedback.queries.raters import nominations, raters_of
from ldtrack.feedback.service.opening import A_PART
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop
from ldtrack.outbox.models import Job, Message
from ldtrack.outbox.service.work import take_job
from ldtrack.people.models import Organisation, Person
from ldtrack.people.service.directory import report_to
from tests.infrastructure.feedback import RATER_KEY, answered_by, delivery, opened, set_up
from tests.infrastructure.organisation import SINCE, SmallOrganisation, small_framework
from tests.infrastructure.pulses import drafted, opened_pulse


def new_cycle(acme: SmallOrganisation, **changes: object) -> NewCycle:
    values: dict[str, object] = {
        "name": "Autumn",
        "opens_on": date(2026, 11, 20),
        "closes_on": date(2026, 12, 4),
        "questionnaire": BuildQuestionnaire(
            framework_version_id=acme.framework_version_id,
            competency_ids=tuple(acme.competency.values()),
        ),
    }
    return NewCycle(**{**values, **changes})  # type: ignore[arg-type]  # put together by name


def test_items_are_indicators_at_the_chosen_level_and_questions_follow(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    asked = BuildQuestionnaire(
        framework_version_id=acme.framework_version_id,
        competency_ids=(acme.competency["financial-acumen"], acme.competency["coaching-others"]),
        level=4,
    )
    with database.writing(acme.id) as session:
        cycle_id = service.create_cycle(
            session, hr, new_cycle(acme, questionnaire=asked), now=clock.now()
        )
        row = queries.cycle(session, hr, cycle_id)
        form = queries.questionnaire(session, row.questionnaire_id)
    assert [item.text for item in form.items] == [
        "Shows coaching others at level 4",
        "Shows financial acumen at level 4",
    ]
    assert (form.lo, form.hi, form.words[0]) == (1, 5, "Awareness")
    assert [question.key for question in form.questions] == ["keep", "more", "less"]


def test_a_competency_without_indicators_is_asked_about_by_its_definition(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    bare = small_framework()
    bare = replace(
        bare, key="bare", competencies=tuple(replace(c, indicators=()) for c in bare.competencies)
    )
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        version_id = import_framework(session, bare, now=clock.now()).framework_version_id
        keys = competencies_by_key(session, version_id)
        asked = BuildQuestionnaire(
            framework_version_id=version_id,
            competency_ids=(keys["coaching-others"],),
            plain_scale=True,
        )
        cycle_id = service.create_cycle(
            session, hr, new_cycle(acme, questionnaire=asked), now=clock.now()
        )
        row = queries.cycle(session, hr, cycle_id)
        form = queries.questionnaire(session, row.questionnaire_id)
    assert [i.text for i in form.items] == ["What coaching others means here."]
    assert form.words[-1] == "Almost always"


def test_the_reporting_lines_propose_self_manager_peers_and_reports(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, person = acme.actor["hr"], acme.person
    with database.writing(acme.id) as session:
        for peer in ("peer_1", "peer_2", "other_leader"):
            report_to(
                session, person_id=person[peer], manager_id=person["manager"], starts_on=SINCE
            )
        for report in ("report_1", "report_2"):
            report_to(
                session, person_id=person[report], manager_id=person["leader"], starts_on=SINCE
            )
        cycle_id = service.create_cycle(session, hr, new_cycle(acme), now=clock.now())
        subject_id = service.add_subject(session, hr, cycle_id, person["leader"], now=clock.now())
        assert service.propose_raters(session, hr, subject_id, now=clock.now()) == 7
        assert service.propose_raters(session, hr, subject_id, now=clock.now()) == 0
        asked = {row.name: row.group_key for row in nominations(session, hr, subject_id)}
    assert asked == {
        "Amara Okafor": "self",
        "Maya Singh": "manager",
        "Petra Kline": "peer",
        "Paul Ode": "peer",
        "Ben Li": "peer",
        "Rosa Diaz": "direct_report",
        "Ravi Nair": "direct_report",
    }


def test_the_launch_check_names_every_problem(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        cycle_id = service.create_cycle(session, hr, new_cycle(acme), now=clock.now())
        found = service.launch_check(session, hr, cycle_id, now=clock.now())
        assert [(p.stops, p.sentence) for p in found] == [
            (True, "Nobody receives feedback yet: add people.")
        ]
        subject_id = service.add_subject(
            session, hr, cycle_id, acme.person["other_leader"], now=clock.now()
        )
        found = service.launch_check(session, hr, cycle_id, now=clock.now())
        assert [(p.stops, p.sentence) for p in found] == [
            (True, "Ben Li: nobody else is asked yet.")
        ]
        with pytest.raises(RuleBroken, match="nobody else is asked"):
            service.open_cycle(session, hr, cycle_id, now=clock.now(), delivery=delivery())
        for key, group in (("peer_1", "peer"), ("peer_2", "peer"), ("report_1", "direct_report")):
            command = AskRater(group_key=group, person_id=acme.person[key])
            service.invite(session, hr, subject_id, command, now=clock.now())
        found = service.launch_check(session, hr, cycle_id, now=clock.now())
        assert [(p.stops, p.sentence.removeprefix("Ben Li: ")) for p in found] == [
            (False, "has no questionnaire of their own, so self and others cannot be compared."),
            (False, "no line manager is asked."),
            (False, "has no coach; the report goes to them as soon as it is made."),
            (
                False,
                "Peers: 2 asked, fewer than 3, so they are shown together with Direct reports.",
            ),
            (
                False,
                "Direct reports: 1 asked, fewer than 3, so they are shown together with Peers.",
            ),
            (
                False,
                (
                    "Peers and Direct reports: exactly 3 asked; if one does not answer, the "
                    "others are not shown on their own."
                ),
            ),
        ]


def test_everybody_is_asked_at_one_hour_by_mail_and_the_close_is_planned(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        clock.instant += timedelta(minutes=17, seconds=3)
        running = opened(session, acme, clock.now())
        mails = session.scalars(select(Message)).all()
        assert len(mails) == len(running.invitation)
        assert {mail.due_at.isoformat() for mail in mails} == {"2026-11-20T09:00:00+00:00"}
        links = {line for mail in mails for line in mail.body.split() if "/r/" in line}
        assert len(links) == len(running.invitation)
        assert all(link.startswith("https://ld.example.org/r/") for link in links)
        jobs = session.scalars(select(Job).order_by(Job.due_at)).all()
        assert [(job.kind, job.due_at.isoformat()) for job in jobs] == [
            ("feedback.remind", "2026-11-27T08:00:00+00:00"),
            ("feedback.close", "2026-12-05T00:00:00+00:00"),
        ]


def test_all_mails_of_an_opening_carry_its_hour_though_a_job_goes_on_in_the_next(
    database: Database, acme: SmallOrganisation, clock: SetClock, tmp_path: Path
) -> None:
    hr = acme.actor["hr"]
    clock.instant += timedelta(minutes=58)
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now(), raters={"peer_1": "peer"})
        for n in range(A_PART):
            leader = Person(external_id=f"L{n}", email=f"l{n}@example.org", first_name=f"L{n}")
            session.add(leader)
            session.flush()
            one = service.add_subject(session, hr, planned.id, leader.id, now=clock.now())
            rater = AskRater(group_key="peer", name=f"R{n}", email=f"r{n}@example.org")
            service.invite(session, hr, one, rater, now=clock.now())
        service.begin_without_trust(session, hr, planned.id, "They met.", now=clock.now())
        service.open_cycle(session, hr, planned.id, now=clock.now(), delivery=delivery())
        assert len(session.scalars(select(Message.id)).all()) == A_PART
    clock.instant += timedelta(minutes=3)
    settings = Settings(instance=tmp_path, secret_key="for tests", rater_key=RATER_KEY)
    with database.writing() as session:
        ticket = take_job(session, clock.now())
    assert ticket is not None
    workshop = Workshop(settings=settings, database=database, clock=clock)
    KINDS[ticket.kind](workshop, ticket, lambda _done, _total: None)
    with database.reading(acme.id) as session:
        hours = session.scalars(select(Message.due_at)).all()
        assert hours == [datetime(2026, 11, 20, 9, tzinfo=UTC)] * (A_PART + 1)


def test_only_those_who_have_not_answered_are_reminded_with_the_link_they_have(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        first = {m.to_address: _link(m.body) for m in session.scalars(select(Message))}
        answered_by(session, running, ["peer_1", "peer_2", "manager"], clock.now())
        clock.instant += timedelta(days=5)
        assert (
            service.remind(
                session, acme.actor["hr"], running.id, now=clock.now(), delivery=delivery()
            )
            == 6
        )
        again = {
            m.to_address: _link(m.body)
            for m in session.scalars(select(Message).where(Message.subject.startswith("Reminder")))
        }
    assert len(again) == 6
    assert again.items() <= first.items()


def test_the_floor_is_fixed_at_opening_and_never_below_the_organisations(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        session.get_one(Organisation, acme.id).rater_floor = 4
        session.flush()
        with pytest.raises(RuleBroken, match="fewer than 4"):
            service.create_cycle(session, hr, new_cycle(acme, k=3), now=clock.now())
        with pytest.raises(RuleBroken, match="from 3 to 10"):
            service.create_cycle(session, hr, new_cycle(acme, k=11), now=clock.now())
        planned = set_up(session, acme, clock.now())
        session.get_one(Organisation, acme.id).rater_floor = 5
        session.flush()
        service.open_cycle(session, hr, planned.id, now=clock.now(), delivery=delivery())
        session.get_one(Organisation, acme.id).rater_floor = 3
        session.flush()
        assert session.get_one(Cycle, planned.id).k == 5


def test_an_open_cycle_is_fixed(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        with pytest.raises(Conflict):
            service.add_subject(session, hr, running.id, acme.person["manager"], now=clock.now())
        with pytest.raises(Conflict):
            service.remove_rater(session, hr, running.invitation["peer_1"], now=clock.now())
        with pytest.raises(Conflict):
            service.drop_draft(session, hr, running.id, now=clock.now())
        with pytest.raises(Conflict):
            service.open_cycle(session, hr, running.id, now=clock.now(), delivery=delivery())


def test_a_cycle_needs_its_own_name_days_in_order_and_hr(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        service.create_cycle(session, hr, new_cycle(acme), now=clock.now())
        with pytest.raises(RuleBroken, match="of that name"):
            service.create_cycle(session, hr, new_cycle(acme), now=clock.now())
        late = new_cycle(acme, name="Late", closes_on=date(2026, 11, 1))
        with pytest.raises(RuleBroken, match="before the first"):
            service.create_cycle(session, hr, late, now=clock.now())
        for role in ("coach", "leader", "manager", "sponsor", "administrator"):
            with pytest.raises(NotAllowed):
                service.create_cycle(session, acme.actor[role], new_cycle(acme), now=clock.now())


def test_another_organisations_cycle_does_not_exist(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
    hr = rival.actor["hr"]
    with database.writing(rival.id) as session:
        with pytest.raises(NotVisible):
            queries.cycle(session, hr, running.id)
        with pytest.raises(NotVisible):
            service.close_by_hand(session, hr, running.id, rater_key=RATER_KEY, now=clock.now())
        with pytest.raises(NotVisible):
            nominations(session, hr, running.subject_id)
        assert raters_of(session, running.id) == []
        assert queries.cycles(session, hr) == []


def test_hr_lets_a_stranded_report_go_but_not_past_a_coach(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, leader = acme.actor["hr"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["peer_1", "peer_2", "peer_3"], clock.now())
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        with pytest.raises(Conflict):
            service.release_without_debrief(session, hr, running.subject_id, now=clock.now())
        end_relation(
            session,
            kind=RelationshipKind.COACH,
            person_id=acme.person["leader"],
            holder_id=acme.person["coach"],
            ended_on=clock.today(),
        )
        service.release_without_debrief(session, hr, running.subject_id, now=clock.now())
        subject = queries.subject(session, hr, running.subject_id)
        assert subject.state is SubjectState.RELEASED
        assert len(queries.released_reports(session, leader, acme.person["leader"])) == 1


def _link(body: str) -> str:
    return next(word for word in body.split() if "/r/" in word)


def test_a_groups_first_360_wants_a_trust_pulse_before_it_or_a_reason(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]

    def said(session: Session) -> list[str]:
        found = service.launch_check(session, hr, planned.id, now=clock.now())
        return [problem.sentence for problem in found if problem.mend is Mend.TRUST]

    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now())
        for who in ("peer_1", "peer_2"):
            service.add_subject(session, hr, planned.id, acme.person[who], now=clock.now())
        (wanted,) = said(session)
        assert wanted.startswith("For 3 people this is the first 360")
        drafted(session, acme, clock.now(), name="Not asked yet")
        assert said(session) == [wanted]
        service.begin_without_trust(session, hr, planned.id, "They met in May.", now=clock.now())
        assert said(session) == ["It begins without a trust pulse, because: They met in May."]
        opened_pulse(session, acme, clock.now(), people=("peer_1", "peer_3", "peer_4"))
        assert said(session) == []


def test_who_had_a_360_before_needs_no_trust_pulse_for_the_next(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        opened(session, acme, clock.now())
        planned = set_up(session, acme, clock.now(), name="The next", raters={})
        for who in ("peer_1", "peer_2"):
            service.add_subject(session, hr, planned.id, acme.person[who], now=clock.now())
        assert without_trust(session, planned.id) == 2
