"""A coach describes themselves, a leader and a coach keep apart from somebody, nobody is told."""

from __future__ import annotations

from ldtrack.coaching import service
from ldtrack.coaching.domain.coaches import WriteCoach
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.integration.growth.evidence import rated


def test_a_coach_says_what_leaders_read_and_sees_what_hr_keeps(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        known = WriteCoach(body="ICF", level="PCC", expires_on=clock.today().replace(day=1))
        service.describe_coach(
            session, acme.actor["hr"], acme.person["coach"], known, now=clock.now()
        )
    coach = visit(acme.actor["coach"])
    page = coach.get("/coaching/as-a-coach").text
    assert "so no new leader comes to you." in page
    assert "ICF, PCC" in page
    form = {
        "about": "I ask more than I say.",
        "languages": "English, Dutch",
        "best_at": encode(acme.competency["coaching-others"]),
    }
    page = coach.submit("/coaching/as-a-coach", form).text
    assert "It is saved." in page
    assert "I ask more than I say." in page
    assert visit(acme.actor["leader"]).get("/coaching/as-a-coach").status_code == 403
    with counted(database.engine) as statements:
        coach.get("/coaching/as-a-coach")
    assert len(statements) <= 12, statements


def test_whoever_is_kept_apart_is_missing_where_hr_chooses_without_a_word_why(
    visit: Visit, acme: SmallOrganisation
) -> None:
    address = f"/coaching/engagements/new?sought=1&leader={encode(acme.person['leader'])}"
    hr, leader = visit(acme.actor["hr"]), visit(acme.actor["leader"])
    assert "Ines Marques" in hr.get(address).text
    page = leader.submit("/coaching/apart", {"who": "Ines Marques"}).text
    assert "Nobody is told." in page
    page = hr.get(address).text
    assert "Ines Marques" not in page
    assert "Otto Lind" in page
    assert "Amara" not in visit(acme.actor["coach"]).get("/coaching/apart").text


def test_somebody_unknown_is_refused_beside_the_field(
    visit: Visit, acme: SmallOrganisation
) -> None:
    leader = visit(acme.actor["leader"])
    for typed, why in (("Nobody Here", "There is nobody here"), ("Amara Okafor", "yourself")):
        refused = leader.post("/coaching/apart", data={"who": typed})
        assert refused.status_code == 422
        assert why in refused.text
        assert typed in refused.text


def test_bringing_together_takes_a_dozen_statements_however_many_coaches_there_are(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/coaching/engagements/new?leader={encode(acme.person['leader'])}"
    with counted(database.engine) as statements:
        filled_in = hr.get(address).location
    assert len(statements) <= 12, statements
    with counted(database.engine) as statements:
        hr.get(filled_in)
    assert len(statements) <= 12, statements


def test_hr_says_what_is_looked_for_and_reads_why_each_coach_suits(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, coach = visit(acme.actor["hr"]), visit(acme.actor["other_coach"])
    focus = encode(acme.competency["coaching-others"])
    coach.submit("/coaching/as-a-coach", {"languages": "Welsh", "best_at": focus})
    leader = encode(acme.person["leader"])
    address = f"/coaching/engagements/new?leader={leader}"
    assert "Looked for: English" in hr.get(hr.get(address).location).text
    with database.writing(acme.id) as session:
        day, now = clock.today(), clock.now()
        rated(session, acme, "coaching-others", 1.5, day, now, source_id=1, noise=0.05)
    assert "Looked for: Coaching others; English" in hr.get(hr.get(address).location).text
    page = hr.get(
        f"/coaching/engagements/new?leader={leader}&sought=1&focus={focus}&language=Welsh"
    ).text
    assert "Looked for: Coaching others; Welsh" in page
    assert "Coaches best Coaching others; speaks Welsh; coaches 0 and takes more;" in page
    assert page.index("Otto Lind") < page.index("Ines Marques")
    assert "Coaches best: Coaching others" in hr.get("/coaching/coaches").text


def test_what_cannot_be_looked_for_is_said_beside_the_field(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr, leader = visit(acme.actor["hr"]), encode(acme.person["leader"])
    for more in ("focus=nonsense", f"focus={leader}"):
        refused = hr.get(f"/coaching/engagements/new?leader={leader}&sought=1&{more}")
        assert refused.status_code == 422
        assert "This choice is not on offer." in refused.text
