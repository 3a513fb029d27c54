"""Printing is a job: it can die, be tried again and be asked for twice, and nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.jobs import reviews as job
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Progress, Workshop, work_off
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.models import Job, Message
from ldtrack.outbox.service.work import JobTicket
from ldtrack.reviews import queries, service
from ldtrack.reviews.domain.kinds import Audience, ReviewState
from ldtrack.reviews.domain.rows import ReviewRow
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.reviews.conftest import Ask
from tests.integration.reviews.lived import Lived

pytestmark = [pytest.mark.print, pytest.mark.slow]
Work = Callable[[], int]


def row(database: Database, acme: SmallOrganisation, review_id: int) -> ReviewRow:
    with database.reading(acme.id) as session:
        return queries.review(session, acme.actor["leader"], review_id)


def letters(database: Database, acme: SmallOrganisation, about: str) -> list[str]:
    with database.reading(acme.id) as session:
        wanted = select(Message.to_address).where(Message.subject.contains(about))
        return list(session.scalars(wanted))


def files(workshop: Workshop) -> list[Path]:
    return sorted(workshop.settings.documents.glob("*"))


def test_a_review_gets_its_file_and_the_leader_a_mail(
    database: Database,
    acme: SmallOrganisation,
    lived: Lived,
    ask: Ask,
    work: Work,
    workshop: Workshop,
) -> None:
    review_id = ask(by="hr")
    assert row(database, acme, review_id).state is ReviewState.WAITING
    work()
    made = row(database, acme, review_id)
    assert (made.state, made.is_printed) == (ReviewState.READY, True)
    assert [file.stem for file in files(workshop)] == [made.content_hash]
    assert letters(database, acme, "Your review is ready") == ["amara.okafor@example.org"]


def test_a_job_that_dies_midway_is_done_again_and_nothing_is_doubled(
    database: Database,
    acme: SmallOrganisation,
    lived: Lived,
    ask: Ask,
    workshop: Workshop,
    clock: SetClock,
) -> None:
    class Died(BaseException):
        """As if the process were killed: nothing after it runs, not even the receipt."""

    def die(shop: Workshop, ticket: JobTicket, progress: Progress) -> None:
        job.render(shop, ticket, progress)
        raise Died

    review_id = ask()
    with pytest.raises(Died):
        work_off(workshop, {**KINDS, "reviews.render": die})
    first = files(workshop)
    work_off(workshop, KINDS)
    assert files(workshop) == first, "it is still held by the one that died"
    clock.instant += timedelta(minutes=11)
    work_off(workshop, KINDS)
    assert files(workshop) == first
    assert row(database, acme, review_id).state is ReviewState.READY
    assert len(letters(database, acme, "Your review is ready")) == 1
    with database.reading(acme.id) as session:
        done = session.scalars(select(Job.state).where(Job.kind == "reviews.render")).all()
    assert done == [JobState.DONE]


def test_a_job_that_dies_before_its_file_is_noted_prints_the_same_file_again(
    database: Database,
    acme: SmallOrganisation,
    lived: Lived,
    ask: Ask,
    workshop: Workshop,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Died(BaseException):
        """As if the power had gone."""

    def die(*_arguments: object, **_named: object) -> None:
        raise Died

    review_id = ask()
    with monkeypatch.context() as patched:
        patched.setattr(service, "printed", die)
        with pytest.raises(Died):
            work_off(workshop, KINDS)
    (orphan,) = files(workshop)
    assert not row(database, acme, review_id).is_printed
    clock.instant += timedelta(minutes=11)
    work_off(workshop, KINDS)
    assert files(workshop) == [orphan]
    assert row(database, acme, review_id).content_hash == orphan.stem


def test_a_print_that_fails_says_so_and_can_be_asked_for_again(
    database: Database,
    acme: SmallOrganisation,
    lived: Lived,
    ask: Ask,
    workshop: Workshop,
    clock: SetClock,
) -> None:
    short = replace(workshop, settings=replace(workshop.settings, pdf_megabytes=100))
    review_id = ask()
    work_off(short, KINDS)
    assert row(database, acme, review_id).state is ReviewState.FAILED
    with database.writing(acme.id) as session:
        service.print_again(session, acme.actor["leader"], review_id, now=clock.now())
    clock.instant += timedelta(minutes=2)
    work_off(workshop, KINDS)
    assert row(database, acme, review_id).state is ReviewState.READY


def test_the_same_document_is_the_same_file_however_often_it_is_printed(
    database: Database,
    acme: SmallOrganisation,
    lived: Lived,
    ask: Ask,
    work: Work,
    workshop: Workshop,
) -> None:
    from ldtrack.reviews.models import Review

    review_id = ask()
    work()
    first = row(database, acme, review_id).content_hash
    with database.writing(acme.id) as session:
        session.get_one(Review, review_id).content_hash = ""
    with database.writing(acme.id) as session:
        service.print_again(session, acme.actor["leader"], review_id, now=workshop.clock.now())
    work()
    assert row(database, acme, review_id).content_hash == first


def test_a_yes_is_printed_and_the_sponsor_gets_one_mail_with_a_link(
    database: Database,
    acme: SmallOrganisation,
    lived: Lived,
    ask: Ask,
    work: Work,
    workshop: Workshop,
) -> None:
    review_id = ask(Audience.SPONSOR)
    work()
    draft = row(database, acme, review_id)
    assert (draft.state, draft.is_shared) == (ReviewState.READY, False)
    assert letters(database, acme, "shares a report") == []
    with database.writing(acme.id) as session:
        service.agree(
            session,
            acme.actor["leader"],
            review_id,
            "Please open a door.",
            now=workshop.clock.now(),
        )
    assert not row(database, acme, review_id).is_shared
    work()
    work()
    shared = row(database, acme, review_id)
    assert shared.is_shared
    assert shared.content_hash != draft.content_hash
    assert letters(database, acme, "shares a report") == ["sofia.berg@example.org"]


def test_a_yes_taken_back_while_it_is_printed_sends_nothing(
    database: Database,
    acme: SmallOrganisation,
    lived: Lived,
    ask: Ask,
    work: Work,
    workshop: Workshop,
) -> None:
    now, leader = workshop.clock.now(), acme.actor["leader"]
    review_id = ask(Audience.SPONSOR)
    work()
    with database.writing(acme.id) as session:
        service.agree(session, leader, review_id, "", now=now)

    def taken_back(shop: Workshop, ticket: JobTicket, progress: Progress) -> None:
        def meanwhile(done: int, total: int) -> None:
            progress(done, total)
            if done == 2:
                with database.writing(acme.id) as session:
                    service.withdraw(session, leader, review_id, now=now)

        job.render(shop, ticket, meanwhile)

    work_off(workshop, {**KINDS, "reviews.render": taken_back})
    assert row(database, acme, review_id).state is ReviewState.REFUSED
    assert letters(database, acme, "shares a report") == []
