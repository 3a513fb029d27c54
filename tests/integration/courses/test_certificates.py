"""What people hand in waits for a reviewer, counts when it was accepted, and goes with them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.courses import queries
from ldtrack.courses.domain import Accept, CertificateState, HandIn, Shows
from ldtrack.courses.queries.certificates import (
    certificate,
    certificates_of,
    certificates_waiting,
)
from ldtrack.courses.service import (
    AddCourse,
    accept_certificate,
    change_course,
    hand_in,
    return_certificate,
    take_back_certificate,
    withdraw_completion,
)
from ldtrack.db.session import Database
from ldtrack.evidence.domain import EvidenceForm, SourceKind
from ldtrack.evidence.queries import entries_for
from ldtrack.files.models import StoredFile
from ldtrack.files.queries import content_of
from ldtrack.outbox.models import Message
from ldtrack.people.service.erasing import erase_person
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.courses.makers import a_course

SITE = "https://ld.example.org"
DAY = date(2026, 9, 1)
PDF = b"%PDF-1.7 a certificate"


def handed_in(
    session: Session,
    acme: SmallOrganisation,
    clock: SetClock,
    course_id: int | None = None,
    *,
    content: bytes = PDF,
) -> int:
    command = HandIn(
        title="Mediator",
        awarded_on=DAY,
        course_id=course_id,
        word="Two years of evenings",
        file_name="../mediator.exe",
        content=content,
    )
    leader = acme.actor["leader"]
    return hand_in(session, leader, command, now=clock.now(), base_url=SITE)


def evidence(session: Session, acme: SmallOrganisation) -> list[tuple[object, ...]]:
    found = entries_for(session, acme.actor["hr"], acme.person["leader"])
    return [
        (entry.source_kind, entry.form, entry.level, entry.noise_variance)
        for lines in found.values()
        for entry in lines
    ]


@pytest.mark.parametrize(
    ("shows", "expected"),
    [
        # Pitched at 4: somebody outside vouches for 4, a test of ours could only for 3.
        (Shows.PASSED, (SourceKind.CERTIFICATE, EvidenceForm.PASSED, 4.0, 0.6**2)),
        (Shows.COMPLETED, (SourceKind.COURSE_COMPLETION, EvidenceForm.EXPOSURE, None, None)),
    ],
)
def test_an_accepted_certificate_completes_the_course(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    shows: Shows,
    expected: tuple[object, ...],
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now(), levels={"strategic-thinking": 4})
        one = handed_in(session, acme, clock)
        assert queries.completions_of(session, hr, acme.person["leader"]) == []
        command = Accept(course_id=course_id, completed_on=DAY, shows=shows)
        completion_id = accept_certificate(
            session, hr, one, command, now=clock.now(), base_url=SITE
        )
        [done] = queries.completions_of(session, hr, acme.person["leader"])
        assert (done.id, done.completed_on, done.source) == (completion_id, DAY, "certificate")
        assert evidence(session, acme) == [expected]
        assert certificate(session, hr, one).state is CertificateState.ACCEPTED
        withdraw_completion(session, hr, completion_id, now=clock.now())
        assert [form for _, form, _, _ in evidence(session, acme)] == [EvidenceForm.WITHDRAWN]


def test_one_that_is_sent_back_comes_with_a_word_and_can_be_replaced(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, leader = acme.actor["hr"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        one = handed_in(session, acme, clock)
        with pytest.raises(RuleBroken):
            return_certificate(session, hr, one, "", now=clock.now(), base_url=SITE)
        word = "The second page is missing."
        return_certificate(session, hr, one, word, now=clock.now(), base_url=SITE)
        [row] = certificates_of(session, leader, acme.person["leader"])
        assert (row.state, row.answer) == (CertificateState.RETURNED, word)
        letter = session.scalars(select(Message)).one()
        assert (letter.subject, word in letter.body) == ("Sent back: Mediator", True)
        with pytest.raises(Conflict):
            return_certificate(session, hr, one, word, now=clock.now(), base_url=SITE)
        take_back_certificate(session, leader, one)
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_the_file_is_kept_as_it_was_under_a_harmless_name(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        row = certificate(session, acme.actor["hr"], handed_in(session, acme, clock))
        assert content_of(session, row.file_id) == PDF
        assert session.scalar(select(StoredFile.name)) == "mediator.pdf"


@pytest.mark.parametrize("content", [b"", b"<html>", b"x" * 10_000_001, b"MZ\x90"])
def test_what_is_no_certificate_is_refused_and_nothing_is_stored(
    database: Database, acme: SmallOrganisation, clock: SetClock, content: bytes
) -> None:
    with database.writing(acme.id) as session:
        with pytest.raises(RuleBroken) as broken:
            handed_in(session, acme, clock, content=content)
        assert broken.value.field == "file"
        assert certificates_of(session, acme.actor["leader"], acme.person["leader"]) == []


def test_who_answers_for_the_course_reviews_it_and_is_told(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, owner, coach = (acme.actor[who] for who in ("hr", "manager", "coach"))
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        owned = AddCourse(code="LC-101", title="Leading change", owner_id=acme.person["manager"])
        change_course(session, hr, course_id, owned, now=clock.now())
        one, other = handed_in(session, acme, clock, course_id), handed_in(session, acme, clock)
        letters = session.scalars(select(Message)).all()
        assert [letter.to_address for letter in letters] == ["maya.singh@example.org"]
        assert [row.id for row in certificates_waiting(session, owner)] == [one]
        assert len(certificates_waiting(session, hr)) == 2
        assert certificates_waiting(session, coach) == []
        command = Accept(course_id=course_id, completed_on=DAY, shows=Shows.COMPLETED)
        for who, which in ((owner, other), (coach, one), (acme.actor["leader"], one)):
            with pytest.raises((NotVisible, NotAllowed)):
                accept_certificate(session, who, which, command, now=clock.now(), base_url=SITE)
        accept_certificate(session, owner, one, command, now=clock.now(), base_url=SITE)
        assert len(queries.completions_of(session, hr, acme.person["leader"])) == 1


def test_nobody_reviews_their_own(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        command = HandIn(
            title="T", awarded_on=DAY, course_id=None, word="", file_name="a.pdf", content=PDF
        )
        mine = hand_in(session, hr, command, now=clock.now(), base_url=SITE)
        assert certificates_waiting(session, hr) == []
        with pytest.raises(Conflict):
            return_certificate(session, hr, mine, "No", now=clock.now(), base_url=SITE)


def test_another_organisation_sees_none_of_it_and_erasing_takes_the_file_along(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        one = handed_in(session, acme, clock)
        file_id = certificate(session, acme.actor["hr"], one).file_id
    with database.writing(rival.id) as session:
        with pytest.raises(NotVisible):
            certificate(session, rival.actor["hr"], one)
        with pytest.raises(NotVisible):
            content_of(session, file_id)
    with database.writing(acme.id) as session:
        erase_person(session, acme.actor["hr"], acme.person["leader"], now=clock.now())
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 0
