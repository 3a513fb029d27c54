"""Pages on which a leader proposes raters, somebody agrees, and a rater declines."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import end_relation
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback import service
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.domain.nominating import Approves, InvitationState
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Invitation, Subject
from tests.infrastructure.feedback import RunningCycle, delivery, opened
from tests.infrastructure.nominations import nominating
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit


@pytest.fixture
def chosen(database: Database, acme: SmallOrganisation, clock: SetClock) -> RunningCycle:
    """A cycle in which the leader has proposed one peer, and the manager has to agree."""
    with database.writing(acme.id) as session:
        running = nominating(session, acme, clock.now())
        propose(session, acme, running, clock, "peer_1")
    return running


def propose(
    session: object, acme: SmallOrganisation, running: RunningCycle, clock: SetClock, who: str
) -> None:
    service.nominate(
        session,  # type: ignore[arg-type]  # a session
        acme.actor["leader"],
        running.subject_id,
        AskRater(group_key="peer", person_id=acme.person[who]),
        now=clock.now(),
        delivery=delivery(),
    )


def address(running: RunningCycle, rest: str = "") -> str:
    return f"/feedback/nominations/{encode(running.subject_id)}{rest}"


def test_a_leader_finds_a_colleague_by_name_and_never_sees_an_address(
    visit: Visit, database: Database, acme: SmallOrganisation, chosen: RunningCycle
) -> None:
    leader = visit(acme.actor["leader"])
    found = leader.get(address(chosen, "/people?q=Wolf"))
    assert "Who sees you lead" in found.text
    assert "Pia Wolf" in found.text
    assert "@" not in re.sub(r"<script.*?</script>", "", found.text)
    data = {"people": [encode(acme.person["peer_3"])], "group": "peer"}
    assert leader.post(address(chosen, "/people?q=Wolf"), data=data).status_code == 303
    page = leader.get(address(chosen)).text
    assert "Pia Wolf" in page
    assert "Peers: 2 asked, fewer than 3" in page


def test_whoever_is_proposed_already_is_not_offered_again(
    visit: Visit, acme: SmallOrganisation, chosen: RunningCycle
) -> None:
    assert (
        "Nobody matches."
        in visit(acme.actor["leader"]).get(address(chosen, "/people?q=Kline")).text
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": "", "email": "x@harbour.example", "group": "peer"}, "Give their name."),
        ({"name": "Kofi", "email": "no address", "group": "peer"}, "Nothing is stored yet"),
        ({"name": "Kofi", "email": "x@harbour.example", "group": ""}, "Say in which group"),
        ({"name": "Kofi", "email": "x@harbour.example", "group": "self"}, "not on offer"),
        (
            {"name": "Petra", "email": "petra.kline@example.org", "group": "peer"},
            "everybody is asked once",
        ),
    ],
)
def test_an_outsider_who_cannot_be_proposed_is_refused_at_the_field(
    visit: Visit,
    acme: SmallOrganisation,
    chosen: RunningCycle,
    data: dict[str, str],
    sentence: str,
) -> None:
    answer = visit(acme.actor["leader"]).post(address(chosen, "/outside"), data=data)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_taking_somebody_out_can_be_undone(
    visit: Visit, database: Database, acme: SmallOrganisation, chosen: RunningCycle
) -> None:
    leader = visit(acme.actor["leader"])
    with database.reading(acme.id) as session:
        (proposed,) = session.scalars(select(Invitation.id)).all()
    leader.post(address(chosen, f"/raters/{encode(proposed)}/withdraw"))
    page = leader.get(address(chosen)).text
    undo = re.search(r'action="([^"]*/again/[^"]*)"', page)
    assert undo is not None
    leader.post(undo[1])
    with database.reading(acme.id) as session:
        assert session.scalars(select(Invitation.name)).all() == ["Petra Kline"]


def test_the_manager_sends_proposals_back_and_the_leader_reads_why(
    visit: Visit, database: Database, acme: SmallOrganisation, chosen: RunningCycle
) -> None:
    leader, manager = visit(acme.actor["leader"]), visit(acme.actor["manager"])
    leader.post(address(chosen, "/hand-in"))
    assert "Amara Okafor" in manager.get("/feedback/approvals").text
    empty = manager.post(address(chosen, "/send-back"), data={"word": " "})
    assert (empty.status_code, "Say in a sentence" in empty.text) == (422, True)
    word = "Please <b>ask</b> the depot. 🌱"
    assert manager.post(address(chosen, "/send-back"), data={"word": word}).status_code == 303
    page = leader.get(address(chosen)).text
    assert "Please &lt;b&gt;ask&lt;/b&gt; the depot. 🌱" in page
    assert "came back" in page


def test_a_coach_finds_proposals_in_the_rail_while_they_wait(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = nominating(session, acme, clock.now(), approves=Approves.COACH)
        for who in ("peer_1", "peer_2", "peer_3"):
            propose(session, acme, running, clock, who)
    leader, coach = visit(acme.actor["leader"]), visit(acme.actor["coach"])
    line = '<a href="/feedback/approvals">'

    assert line not in coach.get("/caseload").text
    leader.post(address(running, "/hand-in"))
    assert line in coach.get("/caseload").text
    coach.post(address(running, "/agree"))
    assert line not in coach.get("/caseload").text


def test_of_all_that_waits_only_the_first_has_a_filled_button(
    database: Database,
    acme: SmallOrganisation,
    chosen: RunningCycle,
    visit: Visit,
    clock: SetClock,
) -> None:
    with database.writing(acme.id) as session:
        opened(session, acme, clock.now(), name="Under way")
        opened(session, acme, clock.now(), name="Under way as well")
    leader = visit(acme.actor["leader"]).get("/feedback").text
    buttons = re.findall(r'class="button small([^"]*)" href="([^"]*)"', leader)
    assert [weight for weight, _ in buttons] == ["", " plain", " plain"]
    assert buttons[0][1].startswith("/feedback/asked/")


def test_agreeing_twice_is_agreeing_once(
    visit: Visit, database: Database, acme: SmallOrganisation, chosen: RunningCycle
) -> None:
    leader, manager = visit(acme.actor["leader"]), visit(acme.actor["manager"])
    leader.post(address(chosen, "/hand-in"))
    first = manager.post(address(chosen, "/agree"))
    assert first.status_code == 303
    assert manager.post(address(chosen, "/agree")).status_code == 409
    with database.reading(acme.id) as session:
        assert session.get_one(Subject, chosen.subject_id).state == SubjectState.READY
        assert set(session.scalars(select(Invitation.state))) == {InvitationState.APPROVED}


def test_where_the_line_manager_is_missing_the_leader_is_told_that_hr_agrees(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, chosen: RunningCycle
) -> None:
    leader = visit(acme.actor["leader"])
    assert "Your line manager agrees" in leader.get(address(chosen)).text
    with database.writing(acme.id) as session:
        end_relation(
            session,
            kind=RelationshipKind.MANAGER,
            person_id=acme.person["leader"],
            holder_id=acme.person["manager"],
            ended_on=clock.today(),
        )
    assert "HR agrees" in visit(acme.actor["leader"]).get(address(chosen)).text


@pytest.mark.parametrize("who", ["other_leader", "coach", "sponsor"])
def test_a_page_of_proposals_is_not_there_for_others(
    visit: Visit, acme: SmallOrganisation, chosen: RunningCycle, who: str
) -> None:
    stranger = visit(acme.actor[who])
    for rest in ("", "/people", "/outside", "/agree", "/send-back"):
        assert stranger.get(address(chosen, rest)).status_code in (403, 404)
    for rest in ("/hand-in", "/take-back", "/suggest", "/agree"):
        assert stranger.post(address(chosen, rest)).status_code in (403, 404)


def test_a_leader_cannot_agree_to_their_own_raters(
    visit: Visit, acme: SmallOrganisation, chosen: RunningCycle
) -> None:
    leader = visit(acme.actor["leader"])
    leader.post(address(chosen, "/hand-in"))
    assert leader.post(address(chosen, "/agree")).status_code in (403, 404)


def test_a_rater_declines_by_link_and_thinks_better_of_it(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    running: RunningCycle,
    words: dict[str, str],
) -> None:
    rater = visit(acme.actor["hr"]).application.test_client()
    link = f"/r/{words['peer_1']}"
    assert "deleted" in rater.get(f"{link}/decline").text
    sent = rater.post(f"{link}/decline", data={"reason": "We hardly meet."})
    assert (sent.status_code, sent.location) == (303, f"{link}/declined")
    back = rater.get(link)
    assert (back.status_code, back.location) == (303, f"{link}/declined")
    assert "Answer after all" in rater.get(f"{link}/declined").text
    assert rater.post(f"{link}/1", data={}).status_code == 404
    page = visit(acme.actor["hr"]).get(f"/feedback/subjects/{encode(running.subject_id)}").text
    assert "We hardly meet." in page
    leader = visit(acme.actor["leader"]).get("/feedback").text
    assert "We hardly meet." not in leader
    assert rater.post(f"{link}/declined").status_code == 303
    assert rater.get(link).status_code == 200


def test_the_page_of_proposals_asks_as_often_with_one_rater_as_with_four(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, chosen: RunningCycle
) -> None:
    leader = visit(acme.actor["leader"])
    leader.get(address(chosen))
    with counted(database.engine) as one:
        leader.get(address(chosen))
    with database.writing(acme.id) as session:
        for who in ("peer_2", "peer_3", "peer_4"):
            propose(session, acme, chosen, clock, who)
    with counted(database.engine) as four:
        leader.get(address(chosen))
    assert len(four) == len(one) == 11


def test_hr_sees_who_is_asked_often_and_what_could_open_later(
    visit: Visit, acme: SmallOrganisation, chosen: RunningCycle
) -> None:
    page = visit(acme.actor["hr"]).get("/feedback/spread").text
    assert "Nobody is asked more than" in page
    assert "1 request" in page
