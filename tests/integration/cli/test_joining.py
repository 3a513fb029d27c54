"""Two records of one person become one from the command line."""

from __future__ import annotations

from sqlalchemy import select

from ldtrack.db.session import Database
from ldtrack.people.models import FormerName, Person
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.cli.conftest import Run


def test_what_comes_together_is_said_before_it_is_done(
    run: Run, database: Database, acme: SmallOrganisation
) -> None:
    asked = run("people", "join", "E1009", "paul.ode@example.org", "--reason", "Seen", typed="n\n")
    assert "Make E1009 one with E1010? This cannot be undone" in asked.output
    with database.reading(acme.id) as session:
        assert session.scalars(select(FormerName.external_id)).all() == []
    done = run("people", "join", "E1009", "E1010", "--reason", "Seen", "--yes")
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "E1009 is E1010 from now on.")
    with database.reading(acme.id) as session:
        assert session.scalars(select(FormerName.external_id)).all() == ["E1009"]
        assert session.get(Person, acme.person["peer_1"]) is None


def test_what_stops_it_is_said(run: Run, acme: SmallOrganisation) -> None:
    refused = run("people", "join", "E4444", "E1010", "--reason", "Seen", "--yes")
    assert refused.exit_code != 0
    assert str(refused.exception) == "There is nobody with this mail address or external id."
