"""Mails that come back are noted by their own identifiers, once, and reminders tell nothing."""

from __future__ import annotations

import mailbox
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from ldtrack.core.errors import RuleBroken
from ldtrack.core.ids import encode, new_id
from ldtrack.feedback.queries.bounced import bounced
from ldtrack.feedback.service import remind
from ldtrack.jobs.queue import Queue
from ldtrack.jobs.returned import (
    NOT_YET,
    NOTED,
    UNKNOWN,
    look_into_folder,
    read_folder,
    take_in,
)
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.outbox.domain import MessageState
from ldtrack.outbox.models import Message
from ldtrack.outbox.queries import UNDELIVERED, figures, undelivered
from ldtrack.outbox.service import post
from tests.infrastructure.feedback import RunningCycle, delivery, opened
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.returned import (
    EXCHANGE,
    LATE,
    OF_SERVERS,
    OUT_OF_OFFICE,
    POSTFIX,
    report,
)

PETRA = "petra.kline@example.org"


@pytest.fixture
def running(workshop: Workshop, acme: SmallOrganisation) -> RunningCycle:
    """A cycle whose invitations have left."""
    with workshop.database.writing(acme.id) as session:
        made = opened(session, acme, workshop.clock.now())
    work_off(workshop, {})
    return made


def _mail_to(workshop: Workshop, acme: SmallOrganisation, address: str = PETRA) -> str:
    """How the Message-ID of the mail to the address begins."""
    return _sent(workshop, acme, address, discreet=False)


def _sent(workshop: Workshop, acme: SmallOrganisation, address: str, *, discreet: bool) -> str:
    with workshop.database.reading(acme.id) as session:
        wanted = select(Message.id).where(
            Message.to_address == address, Message.discreet == discreet
        )
        return encode(session.scalars(wanted).one())


def _rows(workshop: Workshop, acme: SmallOrganisation) -> set[tuple[object, ...]]:
    with workshop.database.reading(acme.id) as session:
        columns = Message.__table__.columns
        return {tuple(row) for row in session.execute(select(*columns))}


def _shown(
    workshop: Workshop, acme: SmallOrganisation, running: RunningCycle
) -> tuple[object, ...]:
    """Whatever HR is shown of mail that came back."""
    with workshop.database.reading(acme.id) as session:
        counted = {word: n for one in figures() for word, n in session.execute(one)}
        return bounced(session, running.id), undelivered(session), counted[UNDELIVERED]


@pytest.mark.parametrize("server", OF_SERVERS)
def test_an_invitation_that_came_back_is_shown_to_hr_with_what_the_server_said(
    workshop: Workshop, acme: SmallOrganisation, running: RunningCycle, server: str
) -> None:
    name = _mail_to(workshop, acme)
    assert take_in(workshop, report(OF_SERVERS[server], name)) == NOTED
    with workshop.database.reading(acme.id) as session:
        rows = bounced(session, running.id)
    # Found by its identifier: the server speaks of an address that is nowhere here.
    assert [(row.address, row.name) for row in rows] == [(PETRA, "Petra Kline")]
    assert rows[0].problem


def test_the_same_report_again_changes_nothing(
    workshop: Workshop, acme: SmallOrganisation, running: RunningCycle
) -> None:
    raw = report(POSTFIX, _mail_to(workshop, acme))
    take_in(workshop, raw)
    once = _rows(workshop, acme)
    assert take_in(workshop, raw) == NOTED
    assert take_in(workshop, raw.replace(b"User unknown", b"Nobody here")) == NOTED
    assert _rows(workshop, acme) == once


def test_a_reminder_that_came_back_leaves_every_row_and_every_page_as_it_was(
    workshop: Workshop, acme: SmallOrganisation, running: RunningCycle
) -> None:
    hr, now = acme.actor["hr"], workshop.clock.now()
    with workshop.database.writing(acme.id) as session:
        remind(session, hr, running.id, now=now, delivery=delivery())
    work_off(workshop, {})
    before = _rows(workshop, acme), _shown(workshop, acme, running)
    reminder = _sent(workshop, acme, PETRA, discreet=True)
    # It is answered like any other, so that not even the log of the mail server tells.
    assert take_in(workshop, report(POSTFIX, reminder)) == NOTED
    assert (_rows(workshop, acme), _shown(workshop, acme, running)) == before


@pytest.mark.parametrize("action", ["delayed", "failed"])
def test_a_server_that_has_not_given_up_for_good_is_not_noted(
    workshop: Workshop, acme: SmallOrganisation, running: RunningCycle, action: str
) -> None:
    before = _rows(workshop, acme)
    raw = report(LATE, _mail_to(workshop, acme), action=action)
    assert take_in(workshop, raw) == NOT_YET
    assert _rows(workshop, acme) == before


def test_a_report_on_somebody_elses_mail_is_not_matched_by_the_address(
    workshop: Workshop, acme: SmallOrganisation, running: RunningCycle
) -> None:
    before = _rows(workshop, acme)
    to_petra = POSTFIX.replace("petra.kline@gone.example", PETRA)
    for name in (encode(new_id()), "CAF-9b1=x7Qz", "", "abcdefghjkmn" * 40):
        assert take_in(workshop, report(to_petra, name)) == UNKNOWN
    assert _rows(workshop, acme) == before


def test_a_mail_that_is_out_of_both_organisations_is_found_in_its_own(
    workshop: Workshop, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    with workshop.database.writing(rival.id) as session:
        id_ = post(session, to_address=PETRA, subject="x", body="y", due_at=workshop.clock.now())
    work_off(workshop, {})
    assert take_in(workshop, report(EXCHANGE, encode(id_))) == NOTED
    for organisation, n in ((acme, 0), (rival, 1)):
        with workshop.database.reading(organisation.id) as session:
            assert len(undelivered(session)) == n


@pytest.mark.parametrize("kind", ["maildir", "mbox"])
def test_a_folder_is_read_what_was_understood_is_taken_out_and_the_rest_is_marked_as_seen(
    workshop: Workshop,
    acme: SmallOrganisation,
    running: RunningCycle,
    tmp_path: Path,
    kind: str,
) -> None:
    place = tmp_path / kind
    box = mailbox.Maildir(place) if kind == "maildir" else mailbox.mbox(place)
    name = _mail_to(workshop, acme)
    for raw in (report(POSTFIX, name), report(OUT_OF_OFFICE, name), b"\x00 noise"):
        box.add(raw)
    box.flush()
    box.close()
    shop = replace(workshop, settings=replace(workshop.settings, bounces=str(place)))
    assert read_folder(shop) == 1
    assert _shown(workshop, acme, running)[2] == 1
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert (b"Action: failed\r\nStatus" in left, b"I am away until Monday" in left) == (
        False,
        True,
    )
    once = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    assert read_folder(shop) == 0
    again = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    assert again == once


def test_a_folder_that_is_not_there_is_named_by_the_command_and_does_not_stop_the_worker(
    workshop: Workshop, tmp_path: Path
) -> None:
    gone = str(tmp_path / "nowhere")
    shop = replace(workshop, settings=replace(workshop.settings, bounces=gone))
    with pytest.raises(RuleBroken, match="no maildir or mbox at"):
        read_folder(shop)
    look_into_folder(shop)
    with pytest.raises(RuleBroken, match="The setting `bounces` names no folder"):
        read_folder(workshop)


def test_a_mail_that_was_noted_is_not_sent_again(
    workshop: Workshop, acme: SmallOrganisation, running: RunningCycle
) -> None:
    take_in(workshop, report(POSTFIX, _mail_to(workshop, acme)))
    assert work_off(workshop, {}) == 0
    with workshop.database.reading(acme.id) as session:
        failed = select(Message.to_address).where(Message.state == MessageState.FAILED)
        assert session.scalars(failed).all() == [PETRA]


def test_the_worker_looks_into_the_folder_every_few_minutes_if_there_is_one(
    workshop: Workshop, acme: SmallOrganisation, running: RunningCycle, tmp_path: Path
) -> None:
    box = mailbox.Maildir(tmp_path / "maildir")
    box.add(report(POSTFIX, _mail_to(workshop, acme)))
    shop = replace(workshop, settings=replace(workshop.settings, bounces=str(tmp_path / "maildir")))
    without, with_folder = (
        {task.name: task for task in Queue(one)._huey._registry.periodic_tasks}
        for one in (workshop, shop)
    )
    assert with_folder.keys() - without.keys() == {"bounces"}
    with_folder["bounces"].execute()
    assert _shown(workshop, acme, running)[2] == 1
