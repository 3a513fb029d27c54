"""A framework from a file: new, the next draft, or nothing new; published editions never change."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, select

from ldtrack.audit.models import AuditEvent
from ldtrack.competencies import queries, service
from ldtrack.competencies.domain import DescribeEdition, Silence, VersionState, WholeEdition
from ldtrack.competencies.models import Framework
from ldtrack.competencies.queries import Fate, look_ahead, whole_edition
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed
from ldtrack.db.session import Database
from ldtrack.exchange.framework_export import write_kind
from ldtrack.exchange.framework_import import BroughtIn, import_file, look_at
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.unit.exchange.packages import COACHING, LISTENING, package, raw


@pytest.fixture
def bring(database: Database, acme: SmallOrganisation, clock: SetClock) -> Any:
    def done(content: bytes, *, who: str = "hr") -> BroughtIn:
        with database.writing(acme.id) as session:
            return import_file(session, acme.actor[who], content, now=clock.now())

    return done


def stored(database: Database, acme: SmallOrganisation, version_id: int | None) -> WholeEdition:
    assert version_id is not None
    with database.reading(acme.id) as session:
        return whole_edition(session, version_id)


def file_of(
    database: Database, acme: SmallOrganisation, clock: SetClock, version_id: int | None, kind: str
) -> bytes:
    with database.reading(acme.id) as session:
        (row,) = (
            row for row in queries.every_edition(session) if row.framework_version_id == version_id
        )
        return write_kind(session, row, kind, now=clock.now())


def states(database: Database, acme: SmallOrganisation) -> list[tuple[str, str, VersionState]]:
    with database.reading(acme.id) as session:
        return [(row.title, row.version, row.state) for row in queries.every_edition(session)]


def test_a_package_that_lacks_behaviours_comes_in_as_a_draft_and_goes_out_as_it_came(
    database: Database, acme: SmallOrganisation, clock: SetClock, bring: Any
) -> None:
    done = bring(raw(package()))
    assert ("How we lead", "2026-01-01", VersionState.DRAFT) in states(database, acme)
    out = file_of(database, acme, clock, done.framework_version_id, "case")
    assert json.loads(out) == package()
    with database.reading(acme.id) as session:
        noted = session.scalars(
            select(AuditEvent.reason).where(AuditEvent.thing_id == done.framework_version_id)
        )
        assert noted.all() == ["brought in: How we lead, 2026-01-01"]


@pytest.mark.parametrize("kind", ["case", "json"])
def test_an_edition_that_goes_out_is_published_elsewhere_and_goes_out_the_same(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    clock: SetClock,
    kind: str,
) -> None:
    with database.writing(rival.id) as session:
        session.execute(delete(Framework))
    out = file_of(database, acme, clock, acme.framework_version_id, kind)
    with database.writing(rival.id) as session:
        done = import_file(session, rival.actor["hr"], out, now=clock.now())
    with database.reading(rival.id) as session:
        (row,) = queries.every_edition(session)
        assert (row.title, row.state) == ("A small framework", VersionState.PUBLISHED)
        assert write_kind(session, row, kind, now=clock.now()) == out
    assert done.is_new


def test_the_same_again_changes_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock, bring: Any
) -> None:
    out = file_of(database, acme, clock, acme.framework_version_id, "case")
    before = states(database, acme)
    done = bring(out)
    assert (done.framework_version_id, done.is_new) == (acme.framework_version_id, False)
    assert states(database, acme) == before


def test_a_changed_package_becomes_the_draft_of_the_next_edition(
    database: Database, acme: SmallOrganisation, clock: SetClock, bring: Any
) -> None:
    out = json.loads(file_of(database, acme, clock, acme.framework_version_id, "case"))
    with database.writing(acme.id) as session:
        service.set_role_profile(
            session,
            framework_version_id=acme.framework_version_id,
            name="Head of Operations",
            targets={acme.competency["coaching-others"]: 4},
            critical={acme.competency["coaching-others"]},
        )
    before = stored(database, acme, acme.framework_version_id)
    assert [one.critical for one in before.role_profiles] == [{"coaching-others"}]
    for item in out["CFItems"]:
        if item.get("abbreviatedStatement") == "Coaching others":
            item["abbreviatedStatement"] = "Coaching and mentoring"
    out["CFDocument"]["version"] = "2"
    with database.reading(acme.id) as session:
        ahead = look_at(session, raw(out)).ahead
    assert ahead is not None
    assert ahead.fate is Fate.NEXT_DRAFT
    assert ahead.differences is not None
    assert [
        (line.what, line.before, line.after)
        for change in ahead.differences.competencies
        for line in change.lines
    ] == [("Name", "Coaching others", "Coaching and mentoring")]
    done = bring(raw(out))
    assert stored(database, acme, acme.framework_version_id) == before
    after = stored(database, acme, done.framework_version_id)
    assert {one.key: one.name for one in after.competencies}["coaching-others"] == (
        "Coaching and mentoring"
    )
    assert after.role_profiles == before.role_profiles
    assert ("A small framework", "2", VersionState.DRAFT) in states(database, acme)


def test_a_draft_that_is_here_is_rewritten_and_its_rows_stay(
    database: Database, acme: SmallOrganisation, bring: Any
) -> None:
    first = bring(raw(package()))
    with database.reading(acme.id) as session:
        ids = queries.competencies_by_key(session, first.framework_version_id)
    content = package()
    content["CFItems"][1]["fullStatement"] = "Hearing: Hears what is meant."
    content["CFItems"] = content["CFItems"][:2]
    content["CFAssociations"] = content["CFAssociations"][:2]
    again = bring(raw(content))
    assert again.framework_version_id == first.framework_version_id
    with database.reading(acme.id) as session:
        assert queries.competencies_by_key(session, first.framework_version_id) == {
            "listening": ids["listening"]
        }
        (row,) = queries.competencies(session, first.framework_version_id)
        assert row.name == "Hearing"


def test_identifiers_and_the_package_go_along_into_the_next_edition(
    database: Database, acme: SmallOrganisation, clock: SetClock, bring: Any
) -> None:
    content = package()
    content["CFRubrics"] = rubric()
    done = bring(raw(content))
    with database.writing(acme.id) as session:
        row = queries.visible_framework(session, acme.actor["hr"], done.framework_version_id)
        assert row.state is VersionState.PUBLISHED
        draft = service.start_edition(
            session, acme.actor["hr"], done.framework_version_id, DescribeEdition(version="2")
        )
    out = json.loads(file_of(database, acme, clock, draft, "case"))
    assert out["CFItems"] == content["CFItems"]
    assert out["CFAssociations"] == content["CFAssociations"]
    assert out["CFRubrics"] == content["CFRubrics"]
    assert out["CFDocument"]["version"] == "2"


def rubric() -> list[dict[str, Any]]:
    """Two levels with a meaning, and a behaviour for each competency."""
    levels = [
        {"score": 1, "quality": "Begins", "description": "Tries."},
        {"score": 2, "quality": "Does", "description": "Can."},
    ]
    return [
        {
            "identifier": "00000000-0000-0000-0000-000000000060",
            "CFRubricCriteria": [
                {"CFRubricCriterionLevels": levels},
                *(
                    {
                        "CFItemURI": {"identifier": about},
                        "CFRubricCriterionLevels": [
                            {
                                "identifier": f"{about[:-2]}6{place}",
                                "score": 2,
                                "quality": "Does",
                                "description": "Asks.",
                            }
                        ],
                    }
                    for place, about in enumerate((LISTENING, COACHING))
                ),
            ],
        }
    ]


def test_a_file_that_cannot_say_something_leaves_it_as_it_was(
    database: Database, acme: SmallOrganisation
) -> None:
    before = stored(database, acme, acme.framework_version_id)
    bare = replace(
        before,
        version="2",
        identifier="",
        levels=(),
        role_profiles=(),
        competencies=tuple(
            replace(one, identifier="", definition="", indicators=()) for one in before.competencies
        ),
        silent=frozenset(Silence),
    )
    with database.reading(acme.id) as session:
        assert look_ahead(session, bare).fate is Fate.SAME


def test_with_a_fault_nothing_is_stored(
    database: Database, acme: SmallOrganisation, bring: Any
) -> None:
    before = states(database, acme)
    content = package()
    content["CFItems"][1]["fullStatement"] = ""
    done = bring(raw(content))
    assert done.framework_version_id is None
    assert len(done.problems) == 1
    assert states(database, acme) == before


def test_only_hr_brings_in_frameworks(acme: SmallOrganisation, bring: Any) -> None:
    with pytest.raises(NotAllowed):
        bring(raw(package()), who="coach")


@pytest.mark.usefixtures("acme")
def test_looking_ahead_takes_ten_statements_whatever_the_size(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    content = json.loads(file_of(database, acme, clock, acme.framework_version_id, "case"))
    content["CFItems"][0]["abbreviatedStatement"] = "Persons"
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        look_at(session, raw(content))
    assert len(statements) == 10
