"""People declare about themselves what they like, and nobody sees it but in counts of enough."""

from __future__ import annotations

import re

from sqlalchemy import func, select

from ldtrack.access.domain import Actor
from ldtrack.audit.models import AuditEvent
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.people.domain.attributes import AskAbout
from ldtrack.people.models import Attribute, AttributeAnswer, Declaration, Person
from ldtrack.people.service.attributes import ask_about, declare
from ldtrack.people.service.erasing import erase_person
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit

QUESTION = "I am the first in my family to go to university"


def _ask(database: Database, acme: SmallOrganisation, clock: SetClock) -> tuple[int, int, int]:
    """Ask it with yes and no. Returns the ids of the question and of both answers."""
    with database.writing(acme.id) as session:
        asked = AskAbout(question=QUESTION, answers=("Yes", "No"))
        attribute_id = ask_about(session, acme.actor["hr"], asked, now=clock.now())
        answers = select(AttributeAnswer.id).order_by(AttributeAnswer.position)
        yes, no = session.scalars(answers).all()
    return attribute_id, yes, no


def _declare(
    database: Database, acme: SmallOrganisation, attribute_id: int, answer: int | None, *who: str
) -> None:
    with database.writing(acme.id) as session:
        for key in who:
            one = Actor(organisation_id=acme.id, account_id=1, person_id=acme.person[key])
            declare(session, one, {attribute_id: answer})


def _counts(page: str) -> list[str]:
    return re.findall(r'<dd class="num">([^<]*)</dd>', page)


def test_hr_asks_and_a_leader_declares_and_takes_it_back(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr, leader = visit(acme.actor["hr"]), visit(acme.actor["leader"])
    assert "Nothing is asked at present." in leader.get("/account/about-me").text
    form = {"question": QUESTION, "answers": "Yes\r\nNo\r\n"}
    assert QUESTION in hr.submit("/people/attributes", form).text
    page = leader.get("/account/about-me").text
    (name,) = set(re.findall(r'name="(question-[a-z0-9]+)"', page))
    yes, no, none = re.findall(rf'name="{name}"[^>]*value="([^"]+)"', page)
    assert (yes != no, none) == (True, "none")
    said = leader.submit("/account/about-me", {name: yes}).text
    assert re.findall(rf'name="{name}"[^>]*value="([^"]+)" checked', said) == [yes]
    taken = leader.get("/account/about-me/file")
    assert taken.json == [{"question": QUESTION, "answer": "Yes"}]
    leader.submit("/account/about-me", {name: "none"})
    assert leader.get("/account/about-me/file").json == []
    with database.reading(acme.id) as session:
        assert session.scalars(select(Declaration.id)).all() == []


def test_counts_are_shown_from_five_people_on_and_move_by_five_alone(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, (attribute_id, yes, no) = visit(acme.actor["hr"]), _ask(database, acme, clock)
    _declare(database, acme, attribute_id, yes, "leader", "peer_1", "peer_2", "peer_3")
    page = hr.get("/people/attributes").text
    assert _counts(page) == ["–", "–"]
    _declare(database, acme, attribute_id, yes, "peer_4")
    assert _counts(hr.get("/people/attributes").text) == ["5", "0"]
    _declare(database, acme, attribute_id, None, "leader")
    _declare(database, acme, attribute_id, no, "coach")
    assert _counts(hr.get("/people/attributes").text) == ["5", "0"]
    with counted(database.engine) as statements:
        hr.get("/people/attributes")
    assert len(statements) <= 4, statements


def test_nobody_sees_what_one_person_declared_and_no_log_says_that_they_did(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    attribute_id, yes, _ = _ask(database, acme, clock)
    with database.reading(acme.id) as session:
        before = session.scalar(select(func.count()).select_from(AuditEvent))
    _declare(database, acme, attribute_id, yes, "leader")
    record = f"/people/{encode(acme.person['leader'])}/record"
    assert QUESTION not in visit(acme.actor["hr"]).get(record).text
    own = visit(acme.actor["hr"]).get("/account/about-me/file")
    assert own.json == []
    with database.reading(acme.id) as session:
        assert session.scalar(select(func.count()).select_from(AuditEvent)) == before
    for role in ("leader", "coach", "sponsor", "administrator"):
        assert visit(acme.actor[role]).get("/people/attributes").status_code == 403, role


def test_what_was_declared_goes_with_the_question_and_with_the_person(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    attribute_id, yes, _ = _ask(database, acme, clock)
    _declare(database, acme, attribute_id, yes, "peer_1", "peer_2")
    with database.writing(acme.id) as session:
        erase_person(session, acme.actor["hr"], acme.person["peer_1"], now=clock.now())
        assert session.scalars(select(Declaration.person_id)).all() == [acme.person["peer_2"]]
    hr = visit(acme.actor["hr"])
    remove = f"/people/attributes/{encode(attribute_id)}/remove"
    assert "Nothing is asked yet." in hr.post(remove, follow_redirects=True).text
    with database.reading(acme.id) as session:
        assert session.scalars(select(Declaration.id)).all() == []
        assert session.scalars(select(Attribute.id)).all() == []
        assert session.get(Person, acme.person["peer_2"]) is not None


def test_what_is_wrong_is_said_beside_the_field(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    _ask(database, acme, clock)
    hr = visit(acme.actor["hr"])
    for form, sentence in (
        ({"question": "", "answers": "Yes\nNo"}, "Say what people may declare."),
        ({"question": QUESTION, "answers": "Yes\nNo"}, "This is asked already."),
        ({"question": "Other", "answers": "Yes"}, "Give 2 to 8 answers, each on its own line."),
        ({"question": "Other", "answers": "Yes\nYes"}, "Two answers are the same."),
    ):
        refused = hr.post("/people/attributes", data=form)
        assert refused.status_code == 422
        assert sentence in refused.text


def test_an_answer_to_another_question_is_not_taken(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    attribute_id, _, _ = _ask(database, acme, clock)
    leader = visit(acme.actor["leader"])
    forged = {f"question-{encode(attribute_id)}": encode(attribute_id)}
    refused = leader.post("/account/about-me", data=forged)
    assert refused.status_code == 422
    with database.reading(acme.id) as session:
        assert session.scalars(select(Declaration.id)).all() == []
