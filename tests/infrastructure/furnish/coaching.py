"""Coaching that runs, with every kind of text in it, and coaching that is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from ldtrack.access.domain import Role
from ldtrack.coaching import service as coaching
from ldtrack.coaching.domain import (
    ActionState,
    Agree,
    CameFrom,
    ChangeMilestone,
    LogSession,
    NewAction,
    OpenEngagement,
    SetMilestone,
    SettleAction,
    SponsorSees,
)
from ldtrack.coaching.domain.appointments import PlanAppointment
from ldtrack.coaching.domain.choosing import InviteToChoose
from ldtrack.coaching.domain.closing import WriteClosing
from ldtrack.coaching.domain.coaches import PresentOneself, WriteCoach
from ldtrack.coaching.domain.matching import LookedFor
from ldtrack.coaching.queries import actions_of, own_choice
from ldtrack.feedback.queries import released_reports, report, statement
from tests.infrastructure.furnish.agreements import (
    agreement_being_signed,
    agreement_being_written,
)
from tests.infrastructure.furnish.corner import Corner
from tests.infrastructure.milestones import agreed_milestone

SENDER = coaching.Sender(address="no-reply@ldtrack.example", base_url="https://ldtrack.example")
BEGAN = datetime(2025, 3, 3, 9, tzinfo=UTC)
ENDED = datetime(2025, 12, 19, 9, tzinfo=UTC)


def coaching_that_runs(corner: Corner, agreed: frozenset[SponsorSees] | None) -> None:
    session, hr, coach, now = corner.session, corner.actor("hr"), corner.actor("coach"), corner.now
    known = WriteCoach(places=4, languages="English", about=corner.mark("about-coach"))
    coaching.describe_coach(session, hr, corner.person("coach"), known, now=now)
    of_oneself = PresentOneself(
        languages="English",
        best_at=(corner.competency("coaching-others"),),
        about=corner.mark("about-coach"),
    )
    coaching.present_oneself(session, coach, of_oneself)
    engagement_id = coaching.open_engagement(
        session,
        hr,
        OpenEngagement(
            coach_id=corner.person("coach"),
            person_id=corner.person("leader"),
            starts_on=date(2026, 9, 1),
            sessions_agreed=8,
        ),
        now=now,
    )
    if agreed is not None:
        coaching.agree(
            session,
            hr,
            engagement_id,
            Agree(agreed_on=date(2026, 9, 1), purpose=corner.mark("purpose"), sponsor_sees=agreed),
            now=now,
        )
        agreement_being_signed(corner, engagement_id)
    else:
        agreement_being_written(corner, engagement_id)
    met, _ = (
        agreed_milestone(
            session,
            coach,
            corner.actor("leader"),
            SetMilestone(
                person_id=corner.person("leader"),
                competency_id=corner.competency("coaching-others"),
                title=corner.mark(f"milestone-{state}"),
                level=3,
                due_on=date(2026, 12, 18),
            ),
            now=now,
        )
        for state in ("met", "planned")
    )
    held = coaching.log_session(
        session,
        coach,
        engagement_id,
        LogSession(
            held_on=date(2026, 11, 5),
            minutes=60,
            unsigned_reason="It could not wait" if agreed is None else "",
            competency_ids=(corner.competency("coaching-others"),),
            follows=corner.mark("took-up"),
            shared_note=corner.mark("shared-note"),
            private_note=corner.mark("private-note"),
            milestones_met=(met,),
            new_actions=(
                NewAction(owner_id=corner.person("leader"), text=corner.mark("action-leader")),
                NewAction(owner_id=corner.person("coach"), text=corner.mark("action-coach")),
            ),
            next_on=date(2026, 12, 3),
        ),
        now=now,
    )
    promised = actions_of(session, coach, corner.person("leader"))
    [own] = [one for one in promised if one.owner_id == corner.person("coach")]
    begun = SettleAction(state=ActionState.IN_PROGRESS, word=corner.mark("action-word"))
    coaching.settle_action(session, coach, own.id, begun, now=now)
    _propose(corner)
    _plan(corner, engagement_id)
    for who in ("leader", "coach"):
        said = WriteClosing(
            aimed=corner.mark("closing-aimed"),
            came=corner.mark("closing-came"),
            remains=corner.mark("closing-remains"),
        )
        coaching.write_closing(session, corner.actor(who), engagement_id, said, now=now)
    coaching.write_own_note(session, corner.actor("leader"), held, corner.mark("own-note"))
    lines = {"private_note": [corner.mark("draft-note")]}
    coaching.keep_draft(session, coach, engagement_id, lines, now=now)


def _propose(corner: Corner) -> None:
    """A milestone from each side that waits for the other, and one that was declined."""
    session, leader, coach = corner.session, corner.actor("leader"), corner.actor("coach")
    from_leader, from_coach, declined = (
        coaching.propose_milestone(
            session,
            who,
            SetMilestone(
                person_id=corner.person("leader"),
                competency_id=corner.competency("strategic-thinking"),
                title=corner.mark(f"milestone-{name}"),
                level=3,
                word=corner.mark(f"word-{name}"),
            ),
            now=corner.now,
            base_url=SENDER.base_url,
        )
        for who, name in ((leader, "from-leader"), (coach, "from-coach"), (coach, "declined"))
    )
    otherwise = ChangeMilestone(
        title=corner.mark("milestone-otherwise"), level=2, word=corner.mark("word-otherwise")
    )
    now, site = corner.now, SENDER.base_url
    coaching.change_milestone(session, coach, from_leader, otherwise, now=now, base_url=site)
    coaching.change_milestone(session, leader, from_coach, otherwise, now=now, base_url=site)
    word = corner.mark("word-no")
    coaching.decline_milestone(session, leader, declined, word, now=now, base_url=site)


def _plan(corner: Corner, engagement_id: int) -> None:
    """One session that should have been held, one ahead, one that is off; and a calendar."""
    session, leader, coach = corner.session, corner.actor("leader"), corner.actor("coach")
    begun = PlanAppointment(on=date(2026, 11, 19), at=time(9), minutes=45)
    ahead, off = (
        PlanAppointment(on=date(2026, 12, day), at=time(14, 30), minutes=60, place=place)
        for day, place in ((3, corner.mark("appointment-place")), (4, ""))
    )
    days_ago = corner.now - timedelta(days=7)
    coaching.plan_appointment(session, coach, engagement_id, begun, now=days_ago, sender=SENDER)
    coaching.plan_appointment(session, leader, engagement_id, ahead, now=corner.now, sender=SENDER)
    row = coaching.plan_appointment(
        session, coach, engagement_id, off, now=corner.now, sender=SENDER
    )
    word = corner.mark("appointment-word")
    coaching.call_off(session, leader, row, word, now=corner.now, sender=SENDER)
    coaching.make_feed(session, leader, now=corner.now)


def goal_from_a_report(corner: Corner) -> None:
    """A milestone that the leader made from a statement of the report that is out."""
    session, leader = corner.session, corner.actor("leader")
    row = released_reports(session, leader, corner.person("leader"))[0]
    shown = report(session, leader, row.release_id).report
    item_id = min(shown.items)
    found = statement(session, leader, row.release_id, item_id)
    agreed_milestone(
        session,
        leader,
        corner.actor("coach"),
        SetMilestone(
            person_id=corner.person("leader"),
            competency_id=found.competency_id,
            title=corner.mark("milestone-goal"),
            level=3,
            came_from=CameFrom(
                release_id=row.release_id,
                item_id=item_id,
                cycle=found.cycle,
                statement=found.text,
            ),
        ),
        now=corner.now,
    )


def coaching_that_ended(corner: Corner) -> None:
    """A year with another coach, of which nothing was handed over to the next one."""
    session, hr = corner.session, corner.actor("hr")
    engagement_id = coaching.open_engagement(
        session,
        hr,
        OpenEngagement(
            coach_id=corner.person("other_coach"),
            person_id=corner.person("leader"),
            starts_on=BEGAN.date(),
            sessions_agreed=4,
        ),
        now=BEGAN,
    )
    then = replace(corner.actor("other_coach"), coaches=frozenset({corner.person("leader")}))
    held = LogSession(
        held_on=BEGAN.date(),
        minutes=60,
        unsigned_reason=corner.mark("ended-unsigned-reason"),
        shared_note=corner.mark("ended-shared-note"),
        private_note=corner.mark("ended-private-note"),
        new_actions=(
            NewAction(owner_id=corner.person("leader"), text=corner.mark("ended-action")),
        ),
    )
    aimed_at = SetMilestone(
        person_id=corner.person("leader"),
        competency_id=corner.competency("coaching-others"),
        title=corner.mark("ended-milestone"),
        level=2,
    )
    agreed_milestone(session, then, corner.actor("leader"), aimed_at, now=BEGAN)
    coaching.log_session(session, then, engagement_id, held, now=BEGAN)
    coaching.end_engagement(session, hr, engagement_id, now=ENDED)
    choice_of_a_coach(corner)


def choice_of_a_coach(corner: Corner) -> None:
    """The leader met the other coach, chose them, and waits for their yes."""
    session, leader, now = corner.session, corner.actor("leader"), corner.now
    coach = replace(corner.actor("other_coach"), roles=frozenset({Role.COACH}))
    invite = InviteToChoose(
        person_id=corner.person("leader"),
        sessions_agreed=6,
        closes_on=now.date() + timedelta(days=28),
        looked_for=LookedFor(focus=(corner.competency("coaching-others"),), language="English"),
        coach_ids=(corner.person("other_coach"),),
    )
    coaching.invite_to_choose(session, corner.actor("hr"), invite, now=now, sender=SENDER)
    _, [offered] = own_choice(session, leader, now.date())
    row = offered.row
    coaching.ask_to_meet(session, leader, row.id, now=now, sender=SENDER)
    talk = PlanAppointment(
        on=date(2026, 12, 2), at=time(9), minutes=30, place=corner.mark("talk-place")
    )
    coaching.plan_talk(session, coach, row.id, talk, now=now, sender=SENDER)
    coaching.choose(session, leader, row.id, now=now, sender=SENDER)
