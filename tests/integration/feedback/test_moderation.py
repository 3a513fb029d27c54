"""Holding comments back: until the report is out, with a trail, and in everything that is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.insults import SHIPPED
from ldtrack.feedback.domain.moderation import HeldBack, HidingReason, Place
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import CommentHiding, Cycle, InsultList, Release, Subject
from ldtrack.feedback.queries.insults import insult_lines
from ldtrack.feedback.queries.moderation import (
    Moderation,
    hidden_in_cycle,
    to_moderate,
    waiting_for,
)
from ldtrack.people.models import Person
from tests.infrastructure.feedback import RATER_KEY, USUAL_SCORES, RunningCycle, answer, opened
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.feedback.test_editions import rename

PEERS = ("peer_1", "peer_2", "peer_3")


def commented(
    session: Session,
    acme: SmallOrganisation,
    clock: SetClock,
    writers: tuple[str, ...] = PEERS,
    **settled: object,
) -> RunningCycle:
    """A closed cycle in which these wrote; the first names a colleague.

    `settled` are settings of the cycle.
    """
    running = opened(session, acme, clock.now())
    if settled:
        session.execute(update(Cycle).where(Cycle.id == running.id).values(**settled))
        session.expire_all()
    for rater, score in USUAL_SCORES.items():
        words = f"Words of {rater}" + (", as Petra knows" if rater in writers[:1] else "")
        said = {"keep": WrittenComment(text=words)} if rater in writers else {}
        answer(session, running, rater, score, clock.now(), comments=said)
    service.close_cycle(session, running.id, RATER_KEY, clock.now())
    return running


def place_of(page: Moderation, text: str) -> Place:
    """Where a comment that begins like this stands."""
    return next(line.place for line in page.comments if line.text.startswith(text))


def _shown(session: Session, actor: Actor, subject_id: int) -> list[str]:
    report = queries.first_reading(session, actor, subject_id).report
    return sorted(text for block in report.release.comments for text in block.texts)


def test_flagged_comments_come_first_and_say_what_is_telling(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock)
        page = to_moderate(session, acme.actor["coach"], running.subject_id)
    assert page.comments[0].text == "Words of peer_1, as Petra knows"
    assert page.comments[0].telling == ("Petra",)
    assert (page.n_flagged, page.n_hidden, len(page.comments), page.trail) == (1, 0, 3, ())


def test_words_that_may_insult_are_pointed_out_to_whoever_reads_first(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    hr, coach = acme.actor["hr"], acme.actor["coach"]
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock)
        assert {
            line.insulting for line in to_moderate(session, coach, running.subject_id).comments
        } == {()}
        lines = insult_lines(session)
        assert lines == SHIPPED
        written = {language: "\n".join(found) for language, found in lines.items()}
        service.set_insults(session, hr, written | {"en": "words of*\n"}, now=clock.now())
        assert insult_lines(session) == SHIPPED | {"en": ("words of*",)}
        page = to_moderate(session, coach, running.subject_id)
        assert {line.insulting for line in page.comments} == {("Words of",)}
        assert page.n_flagged == 3
        # Ours again: nothing is kept, so that what is shipped can grow.
        service.set_insults(session, hr, written, now=clock.now())
        assert session.scalars(select(InsultList.id)).all() == []
        with pytest.raises(RuleBroken) as broken:
            service.set_insults(session, hr, written | {"de": "x" * 61}, now=clock.now())
        assert broken.value.field == "de"
        with pytest.raises(NotAllowed):
            service.set_insults(session, coach, written, now=clock.now())
    with database.writing(rival.id) as session:
        service.set_insults(session, rival.actor["hr"], written | {"en": ""}, now=clock.now())
        assert insult_lines(session)["en"] == ()
    with database.reading(acme.id) as session:
        assert insult_lines(session) == SHIPPED


def test_a_list_of_a_language_is_there_once(database: Database, acme: SmallOrganisation) -> None:
    twice = [InsultList(language="en", words=words) for words in ("a", "b")]
    with database.session(writes=True, organisation_id=acme.id) as session:
        session.add_all(twice)
        with pytest.raises(IntegrityError, match="insult_list"):
            session.flush()


def test_a_report_without_comments_waits_for_no_moderator(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock, (), moderator_id=acme.person["hr"])
        assert session.get_one(Subject, running.subject_id).state == SubjectState.WITH_COACH


def test_roles_are_pointed_out_too(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock)
        session.get_one(Person, acme.person["other_leader"]).job_profile = "Words of peer_3"
        session.flush()
        page = to_moderate(session, acme.actor["coach"], running.subject_id)
    assert {line.text: line.telling for line in page.comments} == {
        "Words of peer_1, as Petra knows": ("Petra",),
        "Words of peer_2": (),
        "Words of peer_3": ("Words of peer_3",),
    }


def test_a_hidden_comment_is_in_nothing_that_is_shown_and_the_stored_report_is_untouched(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    coach, leader = acme.actor["coach"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock)
        before = session.scalars(select(Release.document)).one()
        place = place_of(to_moderate(session, coach, running.subject_id), "Words of peer_1")
        subject_id = running.subject_id
        service.hide_comment(session, coach, subject_id, place, HidingReason.NAMES, now=clock.now())
        assert _shown(session, coach, subject_id) == ["Words of peer_2", "Words of peer_3"]
        service.pass_on(session, coach, subject_id, now=clock.now())
        release_id = queries.first_reading(session, coach, subject_id).release_id
        shown = queries.report(session, leader, release_id)
        assert shown.held_back == HeldBack(any=True, count=1)
        assert _shown(session, coach, subject_id) == ["Words of peer_2", "Words of peer_3"]
        assert session.scalars(select(Release.document)).one() == before


def test_hiding_one_of_two_holds_both(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock, ("peer_1", "peer_2"))
        place = place_of(to_moderate(session, coach, running.subject_id), "Words of peer_1")
        service.hide_comment(
            session, coach, running.subject_id, place, HidingReason.HURTS, now=clock.now()
        )
        assert _shown(session, coach, running.subject_id) == []
        shown = queries.first_reading(session, coach, running.subject_id)
    assert shown.held_back == HeldBack(any=True, count=None)


def test_what_is_shown_again_leaves_its_trail(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock)
        subject_id = running.subject_id
        place = place_of(to_moderate(session, coach, subject_id), "Words of peer_1")
        for _ in range(2):
            service.hide_comment(
                session, coach, subject_id, place, HidingReason.TELLS, now=clock.now()
            )
        later = clock.now() + timedelta(minutes=5)
        for _ in range(2):
            service.show_comment_again(session, coach, subject_id, place, now=later)
        assert len(_shown(session, coach, subject_id)) == 3
        [line] = to_moderate(session, coach, subject_id).trail
    assert (line.reason, line.who, line.hidden_at) == (
        HidingReason.TELLS,
        "Ines Marques",
        clock.now(),
    )
    assert (line.lifted_by, line.lifted_at) == ("Ines Marques", later)


def test_after_the_report_is_out_nothing_is_hidden_or_shown_again_and_only_the_trail_is_left(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock)
        subject_id = running.subject_id
        page = to_moderate(session, coach, subject_id)
        first, second = (place_of(page, f"Words of peer_{n}") for n in (1, 2))
        service.hide_comment(session, coach, subject_id, first, HidingReason.NAMES, now=clock.now())
        service.pass_on(session, coach, subject_id, now=clock.now())
        with pytest.raises(Conflict, match="The report is out"):
            service.show_comment_again(session, coach, subject_id, first, now=clock.now())
        with pytest.raises(Conflict, match="The report is out"):
            service.hide_comment(
                session, coach, subject_id, second, HidingReason.HURTS, now=clock.now()
            )
        page = to_moderate(session, coach, subject_id)
    assert (page.comments, [line.reason for line in page.trail]) == ((), [HidingReason.NAMES])


def test_hr_reads_how_many_and_why_and_nobody_else_reads_comments(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock)
        coach, hr = acme.actor["coach"], acme.actor["hr"]
        page = to_moderate(session, coach, running.subject_id)
        assert hidden_in_cycle(session, hr, running.id) == {}
        service.hide_comment(
            session,
            coach,
            running.subject_id,
            place_of(page, "Words of peer_1"),
            HidingReason.NAMES,
            now=clock.now(),
        )
        assert hidden_in_cycle(session, hr, running.id) == {HidingReason.NAMES: 1}
        with pytest.raises(NotAllowed):
            hidden_in_cycle(session, coach, running.id)
        for name, actor in acme.actor.items():
            if name != "coach":
                with pytest.raises(NotVisible):
                    to_moderate(session, actor, running.subject_id)
                with pytest.raises(NotVisible):
                    service.hide_comment(
                        session,
                        actor,
                        running.subject_id,
                        place_of(page, "Words of peer_2"),
                        HidingReason.HURTS,
                        now=clock.now(),
                    )


@pytest.mark.parametrize(("block", "place"), [(9, 0), (0, 9)])
def test_a_comment_that_is_not_there_cannot_be_hidden(
    database: Database, acme: SmallOrganisation, clock: SetClock, block: int, place: int
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock)
        with pytest.raises(NotVisible):
            service.hide_comment(
                session,
                coach,
                running.subject_id,
                Place(block=block, place=place),
                HidingReason.HURTS,
                now=clock.now(),
            )


def test_a_comment_is_held_back_once_at_a_time(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        commented(session, acme, clock)
        release_id = session.scalars(select(Release.id)).one()
        for _ in range(2):
            session.add(
                CommentHiding(
                    release_id=release_id,
                    block=0,
                    place=0,
                    reason=HidingReason.HURTS,
                    hidden_at=clock.now(),
                )
            )
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_a_new_edition_holds_the_same_words_back(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    coach, hr = acme.actor["coach"], acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock)
        subject_id = running.subject_id
        place = place_of(to_moderate(session, coach, subject_id), "Words of peer_1")
        service.hide_comment(session, coach, subject_id, place, HidingReason.NAMES, now=clock.now())
        service.pass_on(session, coach, subject_id, now=clock.now())
        rename(session, acme)
        assert service.make_again(session, hr, subject_id, now=clock.now()) == 2
        assert _shown(session, coach, subject_id) == ["Words of peer_2", "Words of peer_3"]
        assert hidden_in_cycle(session, hr, running.id) == {HidingReason.NAMES: 1}


def test_a_named_moderator_reads_first_and_the_coach_after_them(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    coach, reader = acme.actor["coach"], acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock, moderator_id=acme.person["hr"])
        subject_id = running.subject_id
        assert [row.subject_id for row in waiting_for(session, reader)] == [subject_id]
        for actor in (coach, acme.actor["leader"], acme.actor["manager"]):
            assert waiting_for(session, actor) == []
            with pytest.raises(NotVisible):
                to_moderate(session, actor, subject_id)
        with pytest.raises(NotVisible):
            queries.first_reading(session, coach, subject_id)
        place = place_of(to_moderate(session, reader, subject_id), "Words of peer_1")
        service.hide_comment(
            session, reader, subject_id, place, HidingReason.NAMES, now=clock.now()
        )
        service.finish_moderation(session, reader, subject_id, now=clock.now())
        assert waiting_for(session, reader) == []
        with pytest.raises(NotVisible):
            to_moderate(session, reader, subject_id)
        assert _shown(session, coach, subject_id) == ["Words of peer_2", "Words of peer_3"]
        [line] = to_moderate(session, coach, subject_id).trail
        with pytest.raises(Conflict, match="coach passes"):
            service.finish_moderation(session, coach, subject_id, now=clock.now())
    assert line.who == "Hana Rossi"


def test_nobody_moderates_comments_on_themselves(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, coach = acme.actor["leader"], acme.actor["coach"]
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock, moderator_id=acme.person["leader"])
        assert waiting_for(session, leader) == []
        assert len(to_moderate(session, coach, running.subject_id).comments) == 3


def test_without_a_coach_to_lead_the_report_is_out_at_once(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        commented(session, acme, clock, coach_led=False)
        assert len(queries.released_reports(session, leader, acme.person["leader"])) == 1


def test_a_moderated_cycle_that_no_coach_leads_is_out_when_its_comments_were_read(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, reader = acme.actor["leader"], acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock, coach_led=False, moderator_id=acme.person["hr"])
        assert queries.released_reports(session, leader, acme.person["leader"]) == []
        service.finish_moderation(session, reader, running.subject_id, now=clock.now())
        assert len(queries.released_reports(session, leader, acme.person["leader"])) == 1
