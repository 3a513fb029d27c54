"""What pages of assignments ask of the database does not grow with what they show."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.assignments import service
from ldtrack.assignments.domain import PostingKind
from ldtrack.assignments.models import Posting, PostingCompetency
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.integration.assignments.makers import LOOKED_BACK, answers, opening, placed
from tests.integration.assignments.test_life import AHEAD


@pytest.mark.parametrize("n", [1, 3])
def test_openings_and_candidates_ask_as_little_for_three_as_for_one(
    n: int, visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        for _ in range(n):
            at = service.post_opening(
                session, acme.actor["hr"], opening(acme, places=3, **AHEAD), now=clock.now()
            )
        for who in ("other_leader", "coach", "other_coach")[:n]:
            service.apply(session, acme.actor[who], at, now=clock.now())
        service.be_open_to(session, acme.actor["leader"], {PostingKind.PROJECT}, now=clock.now())
    found = {}
    for who, page in (
        ("leader", "/assignments"),
        ("leader", "/assignments/catalogue"),
        ("leader", f"/assignments/openings/{encode(at)}"),
        ("manager", f"/assignments/openings/{encode(at)}/candidates"),
        ("manager", f"/assignments/openings/{encode(at)}"),
        ("manager", "/assignments/outcomes"),
        ("hr", "/assignments/openings"),
        ("hr", "/assignments/templates"),
    ):
        one = visit(acme.actor[who])
        one.get(page)
        with counted(database.engine) as asked:
            assert one.get(page).status_code == 200
        found[who, page.removesuffix(encode(at))] = len(asked)
    assert list(found.values()) == [10, 12, 11, 11, 7, 8, 10, 4]


def test_assignments_that_were_are_few_more_statements(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        service.post_opening(session, acme.actor["hr"], opening(acme, **AHEAD), now=now)
        for proof in ("", "Scrap report of October"):
            one = placed(session, acme, now)
            answered = answers(acme, proof=proof)
            service.confirm_outcome(session, acme.actor["manager"], one, answered, now=now)
            service.write_debrief(session, acme.actor["leader"], one, LOOKED_BACK, now=now)
    found = []
    for who, page in (("leader", "/assignments"), ("manager", "/assignments/outcomes")):
        one_of = visit(acme.actor[who])
        one_of.get(page)
        with counted(database.engine) as asked:
            assert one_of.get(page).status_code == 200
        found.append(len(asked))
    assert found == [12, 10]


@pytest.mark.parametrize("n", [10, 1000])
def test_the_catalogue_asks_as_little_for_a_thousand_openings_as_for_ten(
    n: int, visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        at = service.post_opening(
            session, acme.actor["hr"], opening(acme, **AHEAD), now=clock.now()
        )
        _copied(session, at, n - 1)
    leader = visit(acme.actor["leader"])
    for address in (
        "/assignments/catalogue",
        f"/assignments/catalogue?sort=starts&kind=project&q=night&page={(n + 23) // 24}",
    ):
        leader.get(address)
        with counted(database.engine) as asked:
            page = leader.get(address)
        assert (page.status_code, len(asked)) == (200, 12)
        assert f"{n} openings" in page.text.replace(",", "")


def _copied(session: Session, posting_id: int, times: int) -> None:
    """The same opening again and again, as rows, which is quicker than posting them."""
    one = session.get_one(Posting, posting_id)
    kept = {
        column.key: getattr(one, column.key)
        for column in Posting.__table__.columns
        if column.key != "id"
    }
    pairs = session.scalars(
        select(PostingCompetency).where(PostingCompetency.posting_id == posting_id)
    ).all()
    for _ in range(times):
        copy = Posting(**kept)
        session.add(copy)
        session.flush()
        session.add_all(
            PostingCompetency(
                posting_id=copy.id, competency_id=pair.competency_id, level=pair.level
            )
            for pair in pairs
        )
    session.flush()
