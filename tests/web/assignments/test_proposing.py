"""Proposing an opening, HR's answer, templates and the catalogue, as people do it in a browser."""

from __future__ import annotations

from typing import Any

from ldtrack.assignments import service
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.integration.assignments.makers import opening
from tests.integration.assignments.test_proposing import AHEAD

PROPOSE = "/assignments/openings/propose"


def _typed(acme: SmallOrganisation, **changes: str) -> dict[str, str]:
    return {
        "title": "Open the depot in Leeds",
        "kind": "task_force",
        "sponsor": "Sofia.Berg@example.org",
        "promised_outcome": "The depot runs by June.",
        "measure": "Parcels a day",
        "starts_on": "2027-01-04",
        "ends_on": "2027-06-30",
        "share_of_time": "50",
        "location": "Leeds",
        "develops-0-competency": encode(acme.competency["strategic-thinking"]),
        "develops-0-level": "4",
        "develops-0-weight": "3",
        "develops-0-need": "helpful",
        **dict.fromkeys(("novelty", "stakes", "visibility"), "2"),
        **dict.fromkeys(("boundary_crossing", "ambiguity"), "1"),
        **changes,
    }


def test_a_manager_proposes_hr_sends_it_back_and_then_publishes_it(
    visit: Visit, acme: SmallOrganisation
) -> None:
    owner, hr, leader = (visit(acme.actor[one]) for one in ("manager", "hr", "leader"))
    page = owner.submit(PROPOSE, _typed(acme))
    at = page.request.path
    assert "Your opening is proposed. HR reads it next." in page.text
    assert "counts three times, helpful" in page.text
    assert leader.get(at).status_code == 404
    assert "1 proposed opening waits for your word" in hr.get("/today").text
    assert "1 proposed opening</em> waits" in hr.get("/assignments/openings").text or (
        "1 proposed opening waits for your word." in hr.get("/assignments/openings").text
    )
    refused = hr.post(f"{at}/answer", data={"answer": "back", "word": ""})
    assert (refused.status_code, "Say what it lacks" in refused.text) == (422, True)
    hr.submit(f"{at}/answer", {"answer": "back", "word": "How many parcels?"})
    mine = owner.get(at).text
    assert "HR asks for another look at" in mine
    assert "How many parcels?" in mine
    assert hr.get(at).status_code == 404
    changed = _typed(acme, measure="Parcels a day, 4,000 by June")
    assert "Your opening is proposed." in owner.submit(f"{at}/draft", changed).text
    hr.submit(f"{at}/answer", {"answer": "publish", "word": ""})
    assert "Open the depot in Leeds" in leader.get("/assignments/catalogue").text
    assert "4,000 by June" in leader.get(at).text


def test_a_draft_is_kept_changed_and_thrown_away(visit: Visit, acme: SmallOrganisation) -> None:
    owner = visit(acme.actor["manager"])
    page = owner.submit(PROPOSE, {**_typed(acme), "then": "draft"})
    at = page.request.path
    assert "is a draft that you alone see" in page.text
    assert "Open the depot in Leeds" in owner.get("/assignments/outcomes").text
    assert visit(acme.actor["hr"]).get(at).status_code == 404
    assert visit(acme.actor["hr"]).get(f"{at}/change").status_code == 404
    thrown = owner.post(f"{at}/discard", follow_redirects=True)
    assert "The draft is gone." in thrown.text
    assert owner.get(at).status_code == 404


def test_what_is_proposed_is_taken_back_and_handed_on_again(
    visit: Visit, acme: SmallOrganisation
) -> None:
    owner = visit(acme.actor["manager"])
    at = owner.submit(PROPOSE, _typed(acme)).request.path
    assert "It is a draft again" in owner.post(f"{at}/take-back", follow_redirects=True).text
    assert owner.post(f"{at}/take-back").status_code == 409
    assert "Your opening is handed on." in owner.post(f"{at}/propose", follow_redirects=True).text


def test_odd_input_keeps_what_was_typed(visit: Visit, acme: SmallOrganisation) -> None:
    owner = visit(acme.actor["manager"])
    answer = owner.post(PROPOSE, data=_typed(acme, sponsor="nobody@example.org"))
    assert answer.status_code == 422
    assert "There is nobody with this mail address or staff id." in answer.text
    assert "Parcels a day" in answer.text
    unlikely = {"develops-0-weight": "9", "develops-0-need": "vital"}
    refused = owner.post(PROPOSE, data=_typed(acme, **unlikely))
    assert refused.text.count("This choice is not on offer.") == 4


def test_an_owner_closes_what_they_answer_for_and_hr_opens_it_again(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at = _posted(database, acme, clock)
    leader, owner, hr = (visit(acme.actor[one]) for one in ("leader", "manager", "hr"))
    leader.submit(f"{at}/apply", {})
    assert "1 application waits for an answer" in owner.get(f"{at}/close").text
    closed = owner.submit(f"{at}/close", {"reason": "Sold.", "waiting": "declined"})
    assert "who applied is told" in closed.text
    assert leader.get(f"{at}/close").status_code == 403
    assert "Sold." in leader.get(at).text
    assert owner.post(f"{at}/reopen").status_code == 403
    assert "takes applications again" in hr.post(f"{at}/reopen", follow_redirects=True).text


def test_an_opening_begins_from_a_template(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at = _posted(database, acme, clock)
    hr, owner = visit(acme.actor["hr"]), visit(acme.actor["manager"])
    assert owner.get(f"{at}/template").status_code == 403
    kept = hr.submit(f"{at}/template", {"title": "A shift turned around"})
    assert "1 template to begin an opening from." in kept.text
    twice = hr.post(f"{at}/template", data={"title": "A shift turned around"})
    assert "There is a template of that name already." in twice.text
    listed = owner.get("/assignments/templates").text
    [link] = [part.split('"')[0] for part in listed.split('href="') if "template=" in part[:80]]
    page = owner.get(link.replace("&amp;", "&")).text
    assert "from the template <em>A shift turned around</em>" in page
    assert "Scrap rate of line 3, monthly" in page
    assert "Drop" not in listed
    drop = kept.text.split('action="/assignments/templates/')[1].split('"')[0]
    gone = hr.post(f"/assignments/templates/{drop}", follow_redirects=True)
    assert "No template is kept yet." in gone.text


def test_the_catalogue_says_how_many_match_and_keeps_what_was_asked(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    _posted(database, acme, clock)
    leader: Any = visit(acme.actor["leader"])
    page = leader.get("/assignments/catalogue?q=night&kind=project&share=50&sort=starts").text
    assert "1 opening matches <em>night</em>." in page
    assert '<option value="project" selected>' in page
    assert '<option value="50" selected>' in page
    assert 'name="sort" value="starts"' in page
    nothing = leader.get("/assignments/catalogue?kind=rotation").text
    assert "0 openings match." in nothing
    assert "Show all openings" in nothing
    assert "There is nothing on this page." in leader.get("/assignments/catalogue?page=99").text


def test_a_change_that_matters_is_mailed_and_seen(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at = _posted(database, acme, clock)
    hr = visit(acme.actor["hr"])
    typed = _typed(acme, owner="maya.singh@example.org")
    page = hr.submit(f"{at}/change", typed).text
    assert "It takes 50% of the time; before: 40%." in page


def _posted(database: Database, acme: SmallOrganisation, clock: SetClock) -> str:
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(
            session, acme.actor["hr"], opening(acme, **AHEAD), now=clock.now()
        )
    return f"/assignments/openings/{encode(posting_id)}"
