"""Applying, answering, placing and ending, as people do it in a browser."""

from __future__ import annotations

from datetime import date

from ldtrack.assignments import queries, service
from ldtrack.assignments.domain import PlacementState
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.database import TODAY
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.integration.assignments.makers import opening, placed

AHEAD = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 6, 30)}


def _posted(database: Database, acme: SmallOrganisation, clock: SetClock) -> str:
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(
            session, acme.actor["hr"], opening(acme, **AHEAD), now=clock.now()
        )
    return f"/assignments/openings/{encode(posting_id)}"


def _states(database: Database, acme: SmallOrganisation) -> list[PlacementState]:
    with database.reading(acme.id) as session:
        rows = queries.placements_of(
            session, acme.actor["hr"], acme.person["leader"], declined=True
        )
    return [row.state for row in rows]


def test_a_leader_without_assignments_is_told_that_nothing_is_open(
    visit: Visit, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["leader"]).get("/assignments")
    assert "No assignment is open to you at present." in page.text


def test_a_leader_applies_is_supported_is_offered_a_place_and_accepts(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(
            session,
            acme.actor["hr"],
            opening(acme, owner_id=acme.person["other_coach"], **AHEAD),
            now=clock.now(),
        )
    at = f"/assignments/openings/{encode(posting_id)}"
    leader, owner = visit(acme.actor["leader"]), visit(acme.actor["other_coach"])
    manager = visit(acme.actor["manager"])
    assert "1 assignment is open to you." in leader.get("/assignments").text
    page = leader.submit(f"{at}/apply", {"motive": "I know both sites."})
    assert "waits for an answer" in page.text
    assert leader.get(f"{at}/apply").status_code == 303
    with database.reading(acme.id) as session:
        placement_id = queries.waiting_for_hr(session, acme.actor["hr"], TODAY.date())[0].id
    on = f"/assignments/placements/{encode(placement_id)}"
    assert (
        f"{on}/support" in manager.get("/").text or f"{on}/support" in manager.get("/growth").text
    )
    assert "asks for your support" in manager.get("/assignments/outcomes").text
    assert "I know both sites." in manager.get(f"{on}/support").text
    refused = manager.post(f"{on}/support", data={"answer": "no", "word": ""})
    assert (refused.status_code, "Say why not" in refused.text) == (422, True)
    manager.submit(f"{on}/support", {"answer": "yes", "word": "Wednesdays are covered."})
    assert "Wednesdays are covered." in owner.get(f"{at}/candidates").text
    assert "1 application waits for an answer" in owner.get(f"{at}/candidates").text.replace(
        "<em>", ""
    ).replace("</em>", "")
    page = owner.submit(f"{on}/offer", {})
    assert "The place is kept for Amara Okafor" in page.text
    assert "is offered to you" in leader.get("/assignments").text
    leader.post(f"{on}/accept")
    page = owner.post(f"{on}/start", follow_redirects=True)
    assert [words in page.text for words in ("applied", "supported the application")] == 2 * [True]
    assert "You are in <em>Turn the night shift around</em>" in leader.get("/assignments").text


def test_without_support_an_offer_needs_a_reason(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at = _posted(database, acme, clock)
    leader, hr = visit(acme.actor["leader"]), visit(acme.actor["hr"])
    leader.submit(f"{at}/apply", {})
    with database.reading(acme.id) as session:
        placement_id = queries.waiting_for_hr(session, acme.actor["hr"], TODAY.date())[0].id
    on = f"/assignments/placements/{encode(placement_id)}"
    refused = hr.post(f"{on}/offer", data={"without_support": " "})
    assert (refused.status_code, "Say why without" in refused.text) == (422, True)
    hr.submit(f"{on}/offer", {"without_support": "Their manager has just left."})
    assert "Their manager has just left." in leader.get(on).text
    leader.submit(f"{on}/turn-down", {"word": "Not this spring."})
    assert _states(database, acme) == [PlacementState.WITHDRAWN]
    assert "Not this spring." in hr.get(f"{at}/candidates").text


def test_somebody_waits_moves_up_rests_and_leaves(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at = _posted(database, acme, clock)
    leader, owner = visit(acme.actor["leader"]), visit(acme.actor["manager"])
    leader.submit(f"{at}/apply", {})
    with database.reading(acme.id) as session:
        placement_id = queries.waiting_for_hr(session, acme.actor["hr"], TODAY.date())[0].id
    on = f"/assignments/placements/{encode(placement_id)}"
    page = owner.post(f"{on}/waiting-list", follow_redirects=True)
    assert "Nobody moves up by itself" in page.text
    assert "You are on the waiting list" in leader.get("/assignments").text
    owner.submit(f"{on}/offer", {})
    leader.post(f"{on}/accept")
    owner.post(f"{on}/start")
    assert owner.post(f"{on}/pause", data={"word": ""}).status_code == 422
    owner.submit(f"{on}/pause", {"word": "The site is closed in December."})
    assert "rests for a while" in leader.get(on).text
    owner.post(f"{on}/resume")
    assert leader.post(f"{on}/withdraw", data={"word": ""}).status_code == 422
    leader.submit(f"{on}/withdraw", {"word": "I am needed at home."})
    assert _states(database, acme) == [PlacementState.ENDED_EARLY]


def test_candidates_are_shown_to_hr_and_to_those_who_answer(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at = f"{_posted(database, acme, clock)}/candidates"
    found = {who: visit(acme.actor[who]).get(at).status_code for who in acme.actor}
    assert {who for who, status in found.items() if status == 200} == {"hr", "manager", "sponsor"}


def test_hr_declines_with_a_reason_that_the_leader_reads(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at = _posted(database, acme, clock)
    leader, hr = visit(acme.actor["leader"]), visit(acme.actor["hr"])
    leader.submit(f"{at}/apply", {})
    with database.reading(acme.id) as session:
        placement_id = queries.waiting_for_hr(session, acme.actor["hr"], TODAY.date())[0].id
    decline = f"/assignments/placements/{encode(placement_id)}/decline"
    refused = hr.post(decline, data={"reason": " "})
    assert (refused.status_code, _states(database, acme)) == (422, [PlacementState.PROPOSED])
    hr.submit(decline, {"reason": "Somebody on site is needed."})
    assert _states(database, acme) == [PlacementState.DECLINED]
    assert "Somebody on site is needed." in leader.get("/assignments").text
    assert hr.get(decline).status_code == 409


def test_an_application_sent_twice_is_one_and_can_be_withdrawn(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at, leader = _posted(database, acme, clock), visit(acme.actor["leader"])
    typed = {"motive": "", "idempotency_key": "b" * 32}
    assert [leader.post(f"{at}/apply", data=typed).status_code for _ in range(2)] == [303, 303]
    assert _states(database, acme) == [PlacementState.PROPOSED]
    again = leader.post(f"{at}/apply", data={"motive": ""})
    assert again.status_code == 422
    with database.reading(acme.id) as session:
        placement_id = queries.waiting_for_hr(session, acme.actor["hr"], TODAY.date())[0].id
    leader.post(f"/assignments/placements/{encode(placement_id)}/take-back")
    assert _states(database, acme) == []


def test_hr_finds_somebody_and_places_them(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at, hr = _posted(database, acme, clock), visit(acme.actor["hr"])
    found = hr.get(f"{at}/place?q=okafor").text
    assert f"{at}/place/{encode(acme.person['leader'])}" in found
    assert "Ben Li" not in found
    place = f"{at}/place/{encode(acme.person['leader'])}"
    refused = hr.post(place, data={"starts_on": "2027-06-01", "ends_on": "2027-05-01"})
    assert refused.status_code == 422
    page = hr.submit(place, {"starts_on": "2027-02-01", "ends_on": "2027-05-31"})
    assert '1 Feb 2027 to</span> <span class="num">31 May 2027' in page.text
    assert _states(database, acme) == [PlacementState.ACTIVE]
    assert hr.post(
        place, data={"starts_on": "2027-02-01", "ends_on": "2027-05-31"}
    ).status_code == (422)


def test_somebody_of_another_organisation_cannot_be_placed(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    clock: SetClock,
) -> None:
    at = _posted(database, acme, clock)
    place = f"{at}/place/{encode(rival.person['leader'])}"
    assert visit(acme.actor["hr"]).get(place).status_code == 404


def test_hr_ends_a_placement_once(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now(), ends_on=date(2027, 1, 29))
    hr, end = visit(acme.actor["hr"]), f"/assignments/placements/{encode(placement_id)}/end"
    early = {"ended_on": "2026-11-13", "early": "y", "reason": ""}
    assert "Say why it ended early" in hr.post(end, data=early).text
    assert "not in the future" in hr.post(end, data={"ended_on": "2026-11-21"}).text
    page = hr.submit(end, early | {"reason": "The line was sold."})
    assert "The line was sold." in page.text
    assert _states(database, acme) == [PlacementState.ENDED_EARLY]
    assert hr.get(end).status_code == 404


def test_coach_and_hr_read_a_leaders_placements_and_others_do_not(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        placed(session, acme, clock.now(), owner_id=acme.person["other_coach"])
    at = f"/people/{encode(acme.person['leader'])}/assignments"
    texts = {
        who: visit(acme.actor[who]).get(at) for who in ("coach", "hr", "manager", "other_leader")
    }
    shown = {who: "Turn the night shift around" in page.text for who, page in texts.items()}
    assert shown == {"coach": True, "hr": True, "manager": False, "other_leader": False}
    assert texts["other_leader"].status_code == 404
