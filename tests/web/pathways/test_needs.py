"""What people need so that they can take part: theirs and HR's to read, nobody else's."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed, NotVisible, RuleBroken
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import NeedKind, NeedState, SettleNeed, StateNeed
from tests.infrastructure.database import TODAY
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.web.pathways.conftest import Way

WORDS = "Sessions after four, because of care"


def stated(database: Database, way: Way, acme: SmallOrganisation) -> int:
    command = StateNeed(enrolment_id=way.enrolment_id, kind=NeedKind.TIME, words=WORDS)
    with database.writing(acme.id) as session:
        return service.state_need(session, acme.actor["leader"], command, now=TODAY)


def due_days(database: Database, way: Way, acme: SmallOrganisation) -> list[date | None]:
    with database.reading(acme.id) as session:
        progress = queries.progress_of(session, acme.actor["hr"], way.enrolment_id, TODAY.date())
    return [each.due_on for each in progress.steps]


def test_a_leader_states_a_need_and_hr_agrees_to_more_time(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    address = f"{way.enrolment_at}/needs"
    leader, hr = visit(acme.actor["leader"]), visit(acme.actor["hr"])
    assert address in leader.get("/pathway").text
    page = leader.submit(address, {"kind": "time", "words": WORDS}).text
    assert "Those who organise see it, and nobody else." in page
    before = due_days(database, way, acme)
    listed = hr.get("/pathways/needs").text
    assert "1 need of participants waits for somebody." in listed
    with database.reading(acme.id) as session:
        [need] = queries.needs_of(session, acme.actor["hr"], way.enrolment_id)
    answer = {
        "state": "agreed",
        "owner_id": encode(acme.person["hr"]),
        "extra_days": "14",
        "answer": "Two weeks more for everything.",
    }
    hr.submit(f"/pathways/needs/{encode(need.id)}", answer)
    assert due_days(database, way, acme) == [
        None if day is None else date.fromordinal(day.toordinal() + 14) for day in before
    ]
    page = leader.get(address).text
    assert "Every due day of this pathway is 14 days later, as agreed." in page
    assert "Hana Rossi: Two weeks more for everything." in page
    leader.post(f"/pathways/needs/{encode(need.id)}/take-back", data={})
    assert due_days(database, way, acme) == before


@pytest.mark.parametrize("key", ["coach", "manager", "sponsor", "administrator", "other_leader"])
def test_nobody_else_reads_a_need_anywhere(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation, key: str
) -> None:
    need_id = stated(database, way, acme)
    actor = acme.actor[key]
    with database.reading(acme.id) as session:
        assert queries.needs_of(session, actor, way.enrolment_id) == []
        assert queries.open_needs(session, actor) == []
        with pytest.raises(NotVisible):
            queries.need(session, actor, need_id)
    somebody = visit(actor)
    leader_id = encode(acme.person["leader"])
    for address in (
        f"{way.enrolment_at}/needs",
        f"/pathways/needs/{encode(need_id)}",
        "/pathways/needs",
        way.enrolment_at,
        f"/people/{leader_id}/pathway",
    ):
        answer = somebody.get(address)
        assert WORDS not in answer.text
        if "needs" in address and address != "/pathways/needs":
            assert answer.status_code == 404


def test_who_is_asked_to_look_after_it_reads_and_settles_it(
    database: Database, way: Way, acme: SmallOrganisation, clock: SetClock
) -> None:
    need_id = stated(database, way, acme)
    coach = acme.actor["other_coach"]
    asked = SettleNeed(state=NeedState.STATED, owner_id=acme.person["other_coach"])
    with database.writing(acme.id) as session:
        service.settle_need(session, acme.actor["hr"], need_id, asked, now=clock.now())
    met = SettleNeed(state=NeedState.MET, owner_id=acme.person["other_coach"], extra_days=7)
    with database.writing(acme.id) as session:
        assert [each.words for each in queries.open_needs(session, coach)] == [WORDS]
        service.settle_need(session, coach, need_id, met, now=clock.now())
        row = queries.enrolment(session, acme.actor["hr"], way.enrolment_id)
    assert row.extra_days == 7
    with pytest.raises(NotAllowed), database.writing(acme.id) as session:
        service.settle_need(session, acme.actor["leader"], need_id, met, now=clock.now())
    with pytest.raises(NotVisible), database.writing(acme.id) as session:
        service.state_need(
            session,
            coach,
            StateNeed(enrolment_id=way.enrolment_id, kind=NeedKind.OTHER, words="x"),
            now=clock.now(),
        )


def test_declining_says_why_and_days_have_bounds(
    database: Database, way: Way, acme: SmallOrganisation, clock: SetClock
) -> None:
    need_id = stated(database, way, acme)
    for command, field in (
        (SettleNeed(state=NeedState.DECLINED), "answer"),
        (SettleNeed(state=NeedState.AGREED, extra_days=366), "extra_days"),
        (SettleNeed(state=NeedState.AGREED, owner_id=1), "owner_id"),
    ):
        with pytest.raises(RuleBroken) as refused, database.writing(acme.id) as session:
            service.settle_need(session, acme.actor["hr"], need_id, command, now=clock.now())
        assert refused.value.field == field
