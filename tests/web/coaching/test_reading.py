"""HR's pages, the leader's own, milestones and ticks."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import ActionRow, LogSession, NewAction
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit


@pytest.fixture
def actions(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> dict[str, ActionRow]:
    """One action of the leader and one of the coach."""
    coach = acme.actor["coach"]
    command = LogSession(
        held_on=date(2026, 11, 18),
        minutes=60,
        new_actions=(
            NewAction(owner_id=acme.person["leader"], text="Ask two peers"),
            NewAction(owner_id=acme.person["coach"], text="Send the article"),
        ),
    )
    with database.writing(acme.id) as session:
        service.log_session(session, coach, engagement_id, command, now=clock.now())
        rows = queries.actions_of(session, coach, acme.person["leader"])
    return {"leader" if row.owner_id == acme.person["leader"] else "coach": row for row in rows}


def test_hr_brings_two_together_and_writes_the_agreement_down(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "Nobody is being coached yet." in hr.get("/coaching/engagements").text
    found = hr.get("/coaching/engagements/new?q=amara").text
    assert ("Amara Okafor" in found, "Ben Li" in found) == (True, False)
    address = f"/coaching/engagements/new?sought=1&leader={encode(acme.person['other_leader'])}"
    page = hr.submit(
        address,
        {
            "coach_id": encode(acme.person["other_coach"]),
            "starts_on": "2026-11-20",
            "sessions_agreed": "6",
            "first_on": "2026-11-27",
        },
    )
    assert "What do <em>Ben and Otto Lind</em> agree with the sponsor?" in page.text
    agreed = hr.submit(
        page.request.path.removesuffix("/new"),
        {"agreed_on": "2026-11-20", "purpose": "Growth", "sponsor_sees": ["milestones"]},
    )
    assert "Otto Lind coaches Ben Li: <em>0 of 6 sessions</em> held." in agreed.text
    assert "Their titles, and whether each was met" in agreed.text
    own = visit(acme.actor["other_leader"]).get("/coaching").text
    assert "You meet Otto Lind on <em>Fri 27 Nov</em>." in own
    assert "Their titles, and whether each was met" in own
    coached = f"/people/{encode(acme.person['other_leader'])}/coaching"
    assert visit(acme.actor["other_coach"]).get(coached).status_code == 200


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"coach_id": ""}, "Choose a coach."),
        ({"coach_id": "000000000001"}, "This choice is not on offer."),
        ({"sessions_agreed": "0"}, "Please give a number from 1 to 100."),
        ({"sessions_agreed": "999999999999999"}, "Please give a number from 1 to 100."),
        ({"starts_on": "2026-02-29"}, "There is no day 2026-02-29."),
        ({"first_on": "2026-01-01"}, "The first session cannot come before"),
    ],
)
def test_a_beginning_that_cannot_be_is_refused(
    visit: Visit, acme: SmallOrganisation, more: dict[str, str], sentence: str
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/coaching/engagements/new?sought=1&leader={encode(acme.person['leader'])}"
    typed = {
        "coach_id": encode(acme.person["coach"]),
        "starts_on": "2026-11-20",
        "sessions_agreed": "6",
    }
    page = hr.post(address, data=typed | more)
    assert page.status_code == 422
    assert sentence in page.text


def test_a_leader_of_another_organisation_cannot_be_chosen(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    for leader in (encode(rival.person["leader"]), "nonsense"):
        assert hr.get(f"/coaching/engagements/new?leader={leader}").status_code == 404


def test_an_agreement_of_tomorrow_is_refused(
    visit: Visit, acme: SmallOrganisation, engagement_id: int
) -> None:
    address = f"/coaching/engagements/{encode(engagement_id)}/agreement"
    page = visit(acme.actor["hr"]).post(address, data={"agreed_on": "2026-11-21"})
    assert page.status_code == 422
    assert "not a later one" in page.text


def test_ending_is_asked_for_first_and_shown_afterwards(
    visit: Visit, acme: SmallOrganisation, engagement_id: int
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/coaching/engagements/{encode(engagement_id)}"
    assert "Ines Marques stops seeing Amara Okafor at once" in hr.get(address).text
    page = hr.post(f"{address}/end", follow_redirects=True)
    assert "Ines Marques coached Amara Okafor until <em>20 Nov 2026</em>" in page.text
    assert "End the coaching" not in page.text
    assert "Amara Okafor" in hr.get("/coaching/engagements?show=ended").text
    assert "Amara Okafor" not in hr.get("/coaching/engagements?page=7").text


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"title": " \x00 "}, "Say what will be seen when it is met."),
        ({"title": "x" * 1_000_000}, "Please shorten this to 200 characters"),
        ({"level": "6"}, "This choice is not on offer."),
        ({"level": ""}, "Choose the level it stands for."),
        ({"due_on": "2026-11-19"}, "Give a day that is still to come."),
    ],
)
def test_a_milestone_that_cannot_be_is_refused(
    visit: Visit, acme: SmallOrganisation, engagement_id: int, more: dict[str, str], sentence: str
) -> None:
    address = (
        f"/people/{encode(acme.person['leader'])}/milestones/new"
        f"?competency={encode(acme.competency['coaching-others'])}"
    )
    page = visit(acme.actor["coach"]).post(address, data={"title": "T", "level": "3"} | more)
    assert page.status_code == 422
    assert sentence in page.text


def test_a_competency_of_another_organisation_is_not_there(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation, engagement_id: int
) -> None:
    address = f"/people/{encode(acme.person['leader'])}/milestones/new?competency="
    coach = visit(acme.actor["coach"])
    theirs = encode(rival.competency["coaching-others"])
    assert [coach.get(address + one).status_code for one in (theirs, "nonsense")] == [404, 404]


def test_a_leader_ticks_their_own_action_and_can_take_the_tick_back(
    visit: Visit, acme: SmallOrganisation, actions: dict[str, ActionRow]
) -> None:
    leader = visit(acme.actor["leader"])
    page = leader.get("/coaching").text
    done = f"/coaching/actions/{encode(actions['leader'].id)}/done"
    not_theirs = f"/coaching/actions/{encode(actions['coach'].id)}/done"
    assert (done in page, not_theirs in page) == (True, False)
    assert "1 action of yours is open" not in leader.post(done, follow_redirects=True).text
    assert leader.post(not_theirs).status_code == 403
    undone = leader.post(done.replace("/done", "/open"), follow_redirects=True)
    assert "<em>1 action of yours</em> is open" in undone.text


def test_a_stranger_does_not_learn_of_an_action(
    visit: Visit,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    actions: dict[str, ActionRow],
) -> None:
    done = f"/coaching/actions/{encode(actions['leader'].id)}/done"
    strangers = [acme.actor["other_leader"], acme.actor["hr"], rival.actor["coach"]]
    assert [visit(actor).post(done).status_code for actor in strangers] == [404, 404, 404]


def test_somebody_without_a_coach_is_told_how_one_is_found(
    visit: Visit, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["other_leader"]).get("/coaching").text
    assert "You have no coach at the moment." in page
    assert "HR brings coaches and leaders together." in page
