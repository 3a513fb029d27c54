"""Answering: what is kept, what is refused, and how few statements it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.commands import AskRater, WrittenComment
from ldtrack.feedback.domain.phrases import ENGLISH
from ldtrack.feedback.domain.rows import ResponseState, Sharing
from ldtrack.feedback.models import (
    Answer,
    Comment,
    Invitation,
    Item,
    Questionnaire,
    Response,
    Subject,
)
from ldtrack.feedback.pages.answering import promised_to
from ldtrack.feedback.queries.answering import by_id, by_link, filled_in, own_link
from ldtrack.feedback.queries.raters import asked_of, who_answered
from ldtrack.feedback.service.sent import sent_answers
from ldtrack.people.models import Organisation
from tests.infrastructure.feedback import (
    RATER_KEY,
    USUAL_SCORES,
    RunningCycle,
    answer,
    answered_by,
    delivery,
    opened,
    set_up,
)
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted


def test_what_was_sent_can_be_read_by_its_rater_and_changed(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        words = {"keep": WrittenComment(text=" Go on. ", sharing=Sharing.COACH_ONLY)}
        answer(session, running, "peer_1", 4, clock.now(), comments=words)
        answer(session, running, "peer_1", None, clock.now(), comments=words)
        asked = by_id(
            session, running.invitation["peer_1"], rater_key=RATER_KEY, today=clock.today()
        )
        filled = filled_in(session, asked)
        assert filled.sent
        assert set(filled.scores.values()) == {None}
        assert filled.comments == {
            "keep": WrittenComment(text="Go on.", sharing=Sharing.COACH_ONLY)
        }
        assert session.scalar(select(func.count()).select_from(Response)) == 1
        assert session.scalars(select(Comment.sharing)).all() == [Sharing.COACH_ONLY]


@pytest.mark.parametrize("n_items", [3, 30])
def test_sending_a_questionnaire_takes_eight_statements_whatever_its_length(
    database: Database, acme: SmallOrganisation, clock: SetClock, n_items: int
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        (form_id,) = session.scalars(select(Questionnaire.id))
        session.add_all(
            Item(
                questionnaire_id=form_id,
                competency_id=acme.competency["coaching-others"],
                text=f"Statement {position}",
                position=position,
            )
            for position in range(3, n_items)
        )
        session.flush()
        running = replace(running, form=queries.questionnaire(session, form_id))
    assert len(running.form.items) == n_items
    words = {"keep": WrittenComment(text="Go on."), "less": WrittenComment(text="Mail.")}
    counts = []
    for _first_and_again in range(2):
        with counted(database.engine) as seen, database.writing(acme.id) as session:
            answer(session, running, "peer_1", 4, clock.now(), comments=words)
        counts.append(len(seen))
    assert counts == [8, 8]


@pytest.mark.parametrize("score", [0, 6, 999, -1])
def test_a_score_off_the_scale_is_refused(
    database: Database, acme: SmallOrganisation, clock: SetClock, score: int
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        with pytest.raises(RuleBroken, match="Scores go from 1 to 5"):
            answer(session, running, "peer_1", score, clock.now())


def test_an_item_of_another_questionnaire_is_refused(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        other = set_up(session, acme, clock.now(), name="Another")
        with pytest.raises(RuleBroken, match="no such item"):
            service.store_response(
                session,
                running.invitation["peer_1"],
                {other.form.items[0].id: 3},
                {},
                rater_key=RATER_KEY,
                now=clock.now(),
            )


def test_an_answer_is_refused_before_opening_after_the_last_day_and_after_close(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        draft = set_up(session, acme, clock.now(), name="Draft")
        with pytest.raises(NotVisible):
            answer(session, draft, "peer_1", 4, clock.now())
        running = opened(session, acme, clock.now(), closes_on=date(2026, 11, 20))
        with pytest.raises(NotVisible):
            answer(session, running, "peer_1", 4, clock.now() + timedelta(days=1))
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        with pytest.raises(NotVisible):
            answer(session, running, "peer_1", 4, clock.now())
        assert session.scalars(select(Answer.item_id)).all() == []


def test_nothing_answered_cannot_be_sent(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        asked = by_id(
            session, running.invitation["peer_1"], rater_key=RATER_KEY, today=clock.today()
        )
        with pytest.raises(RuleBroken, match="at least one"):
            service.send(session, asked, now=clock.now())


def known(session: Session, hr: Actor, running: RunningCycle, key: str) -> frozenset[int]:
    """Whom the page of the subject marks as having answered."""
    subject = queries.subject(session, hr, running.subject_id)
    cycle = queries.cycle(session, hr, running.id)
    return who_answered(session, hr, subject, cycle, rater_key=key)


def test_who_answered_is_known_to_hr_and_to_nobody_without_the_secret(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["peer_1", "manager"], clock.now())
        hr = acme.actor["hr"]
        wanted = {running.invitation["peer_1"], running.invitation["manager"]}
        assert known(session, hr, running, RATER_KEY) == wanted
        assert known(session, hr, running, "something else") == frozenset()
        assert session.scalars(select(Invitation.id).where(Invitation.answered)).all() == []
        assert queries.cycles_answered(session, hr) == {running.id: 2}
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        assert known(session, hr, running, "no longer needed") == wanted
        assert queries.cycles_answered(session, hr) == {running.id: 2}


def test_hr_who_receive_feedback_do_not_see_who_answered_about_them(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = replace(acme.actor["hr"], person_id=acme.person["leader"])
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["peer_1", "manager"], clock.now())
        assert known(session, hr, running, RATER_KEY) == frozenset()
        assert queries.cycles_answered(session, hr) == {}
        reminded = service.remind(session, hr, running.id, now=clock.now(), delivery=delivery())
        assert reminded == 9 - 2


@pytest.mark.parametrize("told_of_coach", [True, False])
def test_words_that_cannot_be_shown_go_to_the_coach_only_if_raters_were_told(
    database: Database, acme: SmallOrganisation, clock: SetClock, told_of_coach: bool
) -> None:
    words = {"keep": WrittenComment(text="The only words")}
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        if not told_of_coach:
            session.get_one(Subject, running.subject_id).coach_id = None
            session.flush()
        answered_by(session, running, ["peer_1", "peer_2"], clock.now())
        answer(session, running, "peer_3", 4, clock.now(), comments=words)
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        shown = queries.first_reading(session, acme.actor["coach"], running.subject_id)
        assert shown.report.release.comments == ()
        assert [held.text for held in shown.for_coach] == ["The only words"] * told_of_coach


def test_a_link_opens_its_own_questionnaire_and_no_other_organisations(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        word = own_link(
            session, acme.actor["leader"], running.invitation["leader"], rater_key=RATER_KEY
        )
        with pytest.raises(NotVisible):
            own_link(
                session, acme.actor["manager"], running.invitation["leader"], rater_key=RATER_KEY
            )
    with database.reading() as session:
        asked = by_link(session, word, rater_key=RATER_KEY, now=clock.now())
        assert (asked.invitation_id, asked.is_self) == (running.invitation["leader"], True)
        with pytest.raises(NotVisible):
            by_link(session, word + "x", rater_key=RATER_KEY, now=clock.now())
    with database.reading(rival.id) as session, pytest.raises(NotVisible):
        own_link(session, rival.actor["leader"], running.invitation["leader"], rater_key=RATER_KEY)


def test_those_who_are_asked_see_what_waits_for_them(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    manager = acme.actor["manager"]
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        (row,) = asked_of(session, manager, clock.today(), rater_key=RATER_KEY)
        assert (row.subject, row.is_self, row.sent) == ("Amara Okafor", False, False)
        answered_by(session, running, ["manager"], clock.now())
        (row,) = asked_of(session, manager, clock.today(), rater_key=RATER_KEY)
        assert row.sent
        assert asked_of(session, manager, date(2026, 12, 5)) == []


def test_one_more_rater_is_refused_once_it_would_change_what_was_promised(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    raters = {"peer_1": "peer", "peer_2": "peer", "report_1": "direct_report"}
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now(), raters=raters)

        def ask(person: str, group: str) -> None:
            service.ask_rater(
                session,
                hr,
                running.subject_id,
                AskRater(group_key=group, person_id=acme.person[person]),
                now=clock.now(),
                delivery=delivery(),
            )

        ask("peer_3", "peer")
        answered_by(session, running, ["peer_1"], clock.now())
        ask("peer_4", "peer")
        ask("report_2", "direct_report")
        with pytest.raises(RuleBroken, match="already answered"):
            ask("report_3", "direct_report")
        with pytest.raises(RuleBroken, match="asked already"):
            ask("peer_1", "direct_report")


def test_somebody_is_asked_instead_of_whoever_declined_though_others_have_answered(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    raters = {f"report_{n}": "direct_report" for n in (1, 2, 3)} | {"peer_1": "peer"}
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now(), raters=raters)
        told = _promised(session, running, "report_1", clock)
        answered_by(session, running, ["report_1"], clock.now())
        gone = by_id(
            session, running.invitation["report_2"], rater_key=RATER_KEY, today=clock.today()
        )
        service.decline(session, gone, "", now=clock.now(), base_url=None)
        assert _promised(session, running, "report_3", clock) == told
        service.ask_rater(
            session,
            acme.actor["hr"],
            running.subject_id,
            AskRater(group_key="direct_report", person_id=acme.person["peer_4"]),
            now=clock.now(),
            delivery=delivery(),
        )
        assert _promised(session, running, "report_1", clock) == told


def test_hr_asks_nobody_beyond_the_limit_of_the_quarter_while_questionnaires_are_open(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        opened(session, acme, clock.now(), name="Another", raters={"peer_1": "peer"})
        running = opened(session, acme, clock.now(), raters={"peer_2": "peer", "peer_3": "peer"})
        session.get_one(Organisation, acme.id).rater_budget = 1
        busy = AskRater(group_key="peer", person_id=acme.person["peer_1"])
        free = AskRater(group_key="peer", person_id=acme.person["peer_4"])
        how: Any = {"now": clock.now(), "delivery": delivery()}
        old = running.invitation["peer_2"]
        with pytest.raises(RuleBroken, match="is asked for 1 questionnaires this quarter already"):
            service.ask_rater(session, hr, running.subject_id, busy, **how)
        with pytest.raises(RuleBroken, match="is asked for 1 questionnaires this quarter already"):
            service.replace_rater(session, hr, old, busy, **how)
        assert service.replace_rater(session, hr, old, free, **how) == running.subject_id


def _promised(
    session: Session, running: RunningCycle, rater: str, clock: SetClock
) -> tuple[str, ...]:
    asked = by_id(session, running.invitation[rater], rater_key=RATER_KEY, today=clock.today())
    return promised_to(session, asked, ENGLISH)


def test_a_lost_race_with_the_close_leaves_no_answer_behind(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
    with database.writing(acme.id) as session:
        answered_by(session, running, USUAL_SCORES, clock.now())
        asked = by_id(
            session, running.invitation["peer_1"], rater_key=RATER_KEY, today=clock.today()
        )
    with database.writing(acme.id) as session:
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
    with database.writing(acme.id) as session:
        with pytest.raises(Exception, match="has closed"):
            service.save_scores(
                session,
                asked,
                running.form,
                {running.form.items[0].id: 1},
                items=[running.form.items[0].id],
                now=clock.now(),
            )
        states = session.scalars(select(Response.state)).all()
        assert states == [ResponseState.SENT] * len(USUAL_SCORES)


def asking_for_more(session: Session, running: RunningCycle) -> RunningCycle:
    """The running cycle, whose questionnaire also asks what matters most and how it was."""
    form = session.get_one(Questionnaire, running.form.id)
    form.most_important, form.then_months = 2, 12
    session.flush()
    return replace(running, form=queries.questionnaire(session, form.id))


def test_everything_a_leader_can_say_of_themselves_takes_ten_statements(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = asking_for_more(session, opened(session, acme, clock.now()))
    items = [item.id for item in running.form.items]
    chosen = running.form.competency_ids[:2]
    with counted(database.engine) as seen, database.writing(acme.id) as session:
        service.store_response(
            session,
            running.invitation["leader"],
            dict.fromkeys(items, 4),
            {"keep": WrittenComment(text="Go on.")},
            rater_key=RATER_KEY,
            now=clock.now(),
            matters_most=chosen,
            then=dict.fromkeys(items, 3),
        )
    assert len(seen) == 10
    with database.reading(acme.id) as session:
        asked = by_id(
            session, running.invitation["leader"], rater_key=RATER_KEY, today=clock.today()
        )
        filled = filled_in(session, asked)
    assert filled.matters_most == set(chosen)
    assert filled.scores == dict.fromkeys(items, 4)
    assert filled.then == dict.fromkeys(items, 3)


def test_what_matters_and_how_it_was_go_through_the_close_and_into_the_release(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = asking_for_more(session, opened(session, acme, clock.now()))
        items = [item.id for item in running.form.items]
        chosen = running.form.competency_ids[:1]
        for rater in ("leader", "manager"):
            service.store_response(
                session,
                running.invitation[rater],
                dict.fromkeys(items, 4),
                {},
                rater_key=RATER_KEY,
                now=clock.now(),
                matters_most=chosen,
                then=dict.fromkeys(items, 2) if rater == "leader" else None,
            )
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        given = {
            one.group_key: one
            for one in sent_answers(session, [running.subject_id]).raters_of(running.subject_id)
        }
    assert {group: one.matters_most for group, one in given.items()} == {
        "self": frozenset(chosen),
        "manager": frozenset(chosen),
    }
    assert sorted(answer.item_id for answer in given["self"].then) == sorted(items)
    assert {answer.score for answer in given["self"].then} == {2}
    assert given["manager"].then == ()


def test_nobody_says_what_they_were_not_asked(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        plain = opened(session, acme, clock.now())
        item, competency = plain.form.items[0].id, plain.form.competency_ids[0]

        def refused(rater: str, sentence: str, running: RunningCycle, **said: object) -> None:
            with pytest.raises(RuleBroken, match=sentence):
                service.store_response(
                    session,
                    running.invitation[rater],
                    {item: 4},
                    {},
                    rater_key=RATER_KEY,
                    now=clock.now(),
                    **said,  # type: ignore[arg-type]  # one of two things to say
                )

        refused("leader", "what matters most", plain, matters_most=[competency])
        refused("leader", "how it was before", plain, then={item: 3})
        more = asking_for_more(session, plain)
        refused("peer_1", "what matters most", more, matters_most=[competency])
        refused("manager", "how it was before", more, then={item: 3})
        refused("leader", "at most 2", more, matters_most=more.form.competency_ids[:3])
        refused("leader", "does not ask about", more, matters_most=[1])
        refused("leader", "Scores go from", more, then={item: 9})


def test_a_comment_to_be_summed_up_reaches_the_coach_and_no_report(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        for number, sharing in enumerate((*Sharing, Sharing.AS_WRITTEN), start=1):
            words = {"keep": WrittenComment(text=f"{number} {sharing}", sharing=sharing)}
            answer(session, running, f"peer_{number}", 4, clock.now(), comments=words)
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        shown = queries.first_reading(session, acme.actor["coach"], running.subject_id)
    (block,) = shown.report.release.comments
    assert sorted(block.texts) == ["1 as_written", "4 as_written"]
    assert [(held.text, held.may_be_passed_on) for held in shown.for_coach] == [
        ("2 summed_up", True),
        ("3 coach_only", False),
    ]


def test_the_last_day_is_whole_although_the_clocks_change_on_it(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    change = date(2027, 3, 28)
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now(), closes_on=change)
    for hour, minute in ((0, 0), (0, 59), (1, 0), (1, 59), (2, 0), (23, 59)):
        clock.instant = datetime(2027, 3, 28, hour, minute, 59, tzinfo=UTC)
        with database.writing(acme.id) as session:
            answer(session, running, "peer_1", 4, clock.now())
    clock.instant = datetime(2027, 3, 29, 0, 0, tzinfo=UTC)
    with database.writing(acme.id) as session, pytest.raises(NotVisible):
        answer(session, running, "peer_1", 4, clock.now())
