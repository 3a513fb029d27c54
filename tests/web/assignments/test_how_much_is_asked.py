"""What pages of assignments ask of the database does not grow with what they show."""

from __future__ import annotations

import pytest

from ldtrack.assignments import service
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.integration.assignments.makers import opening
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
    found = {}
    for who, page in (
        ("leader", "/assignments"),
        ("leader", f"/assignments/openings/{encode(at)}"),
        ("manager", f"/assignments/openings/{encode(at)}/candidates"),
        ("manager", "/assignments/outcomes"),
    ):
        one = visit(acme.actor[who])
        one.get(page)
        with counted(database.engine) as asked:
            assert one.get(page).status_code == 200
        found[page.rsplit("/", 1)[-1]] = len(asked)
    assert list(found.values()) == [16, 16, 15, 14]
