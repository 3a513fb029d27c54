"""The pages of a change of coach: HR's form, the leader's decision, and both coaches."""

from __future__ import annotations

from ldtrack.coaching import service
from ldtrack.coaching.domain import LogSession, NewAction
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.integration.coaching.test_engagements import HELD


def _lived(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    command = LogSession(
        held_on=HELD,
        minutes=60,
        shared_note="Said between two",
        private_note="For myself",
        new_actions=(NewAction(owner_id=acme.person["leader"], text="Ask three people"),),
    )
    with database.writing(acme.id) as session:
        service.log_session(session, acme.actor["coach"], engagement_id, command, now=clock.now())


def test_hr_changes_the_coach_and_the_leader_decides_what_goes_over(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    _lived(database, acme, clock, engagement_id)
    hr = visit(acme.actor["hr"])
    overview = f"/coaching/engagements/{encode(engagement_id)}"
    assert "Change the coach" in hr.get(overview).text
    form = hr.get(f"{overview}/coach").text
    assert 'name="sessions_agreed"' in form
    assert 'value="7"' in form
    refused = hr.post(f"{overview}/coach", data={"coach_id": "", "sessions_agreed": "5"})
    assert refused.status_code == 422
    assert "Choose a coach." in refused.text
    changed = hr.submit(
        f"{overview}/coach",
        {"coach_id": encode(acme.person["other_coach"]), "sessions_agreed": "5"},
    )
    assert "Otto Lind coaches Amara Okafor: <em>0 of 5 sessions</em> held." in changed.text
    assert "to now" in changed.text
    assert "Said between two" not in changed.text
    assert hr.get(f"{overview}/coach").status_code == 409
    page = f"/people/{encode(acme.person['leader'])}/coaching"
    before, after = visit(acme.actor["coach"]), visit(acme.actor["other_coach"])
    assert before.get(page).status_code in {403, 404}
    assert "For myself" in before.get("/coaching/private-notes").text
    assert "Said between two" not in after.get(page).text
    leader = visit(acme.actor["leader"])
    own = leader.get("/coaching").text
    assert "Otto Lind sees nothing of your coaching with Ines Marques." in own
    assert "Only you can read this" in own
    following = changed.request.path.removesuffix("/")
    for other in (hr, before, after, visit(acme.actor["sponsor"])):
        assert other.get(f"{following}/handover").status_code in {403, 404}
    decided = leader.submit(f"{following}/handover", {"parts": "sessions"})
    assert "Otto Lind sees what you ticked, and nothing else of before." in decided.text
    assert "Otto Lind and you can read this" in decided.text
    shown = after.get(page).text
    assert "Said between two" in shown
    assert "with Ines Marques" in shown
    assert "For myself" not in shown
    assert "Ask three people" not in shown
    back = leader.submit(f"{following}/handover", {"also": "no tick"})
    assert "Decided. Otto Lind sees nothing of before." in back.text
    assert "Nothing." in back.text
    assert "Said between two" not in after.get(page).text


def test_where_nobody_coached_before_there_is_nothing_to_decide(
    visit: Visit, acme: SmallOrganisation, engagement_id: int
) -> None:
    leader = visit(acme.actor["leader"])
    refused = leader.get(f"/coaching/engagements/{encode(engagement_id)}/handover")
    assert refused.status_code == 409
    assert "There is no coaching of before" in refused.text
    assert "hand over" not in leader.get("/coaching").text


def test_without_another_coach_the_page_says_so(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock, engagement_id: int
) -> None:
    hr = visit(acme.actor["hr"])
    coaches = hr.get("/coaching/coaches").text
    assert "Otto Lind" in coaches
    hr.submit(f"/coaching/coaches/{encode(acme.person['other_coach'])}", {"places": "0"})
    page = hr.get(f"/coaching/engagements/{encode(engagement_id)}/coach").text
    assert "Nobody else can take over." in page
