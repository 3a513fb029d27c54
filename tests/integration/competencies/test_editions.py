"""A framework is written in drafts that nobody else sees, and then stays as it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from ldtrack.audit.models import AuditEvent
from ldtrack.competencies import queries, service
from ldtrack.competencies.domain import (
    CompetencyRow,
    DescribeEdition,
    FoundFramework,
    VersionState,
    WriteCompetency,
    WriteDomain,
    WriteIndicator,
    WriteLevel,
    compare,
)
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted

SECOND = DescribeEdition(version="2")
OWN = FoundFramework(
    title="How we lead",
    publisher="Acme",
    version="1",
    language="en",
    levels=(WriteLevel(label="Begins", meaning="Tries."), WriteLevel(label="Does", meaning="Can.")),
)


def test_a_framework_of_ones_own_is_begun_written_and_published(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        draft = service.found_framework(session, hr, OWN)
        domain = service.add_domain(session, hr, draft, WriteDomain(name="People"))
        listens = service.add_competency(
            session, hr, WriteCompetency(name="Listening", definition="Hears.", domain_id=domain)
        )
        with pytest.raises(RuleBroken, match="Listening has no behaviour"):
            service.publish_edition(session, hr, draft, now=clock.now())
        service.add_indicator(session, hr, listens, WriteIndicator(level=2, effective="Asks."))
        service.publish_edition(session, hr, draft, now=clock.now())
    with database.reading(acme.id) as session:
        row = queries.framework(session, draft)
        assert (row.title, row.version, row.state) == ("How we lead", "1", VersionState.PUBLISHED)
        assert (row.n_competencies, row.n_indicators) == (1, 1)
        assert [level.value for level in queries.scale(session, draft).levels] == [1, 2]
        noted = session.scalars(select(AuditEvent.reason).where(AuditEvent.thing_id == draft))
        assert noted.all() == ["published: 1"]


def test_the_next_edition_begins_as_a_copy_with_ids_of_its_own(
    database: Database, acme: SmallOrganisation
) -> None:
    with database.writing(acme.id) as session:
        draft = service.start_edition(session, acme.actor["hr"], acme.framework_version_id, SECOND)
    with database.reading(acme.id) as session:
        before = queries.edition(session, acme.framework_version_id)
        after = queries.edition(session, draft)
        found = compare(before, after)
        assert (found.levels, found.competencies, found.same) == ((), (), 3)
        assert {row.id for row in before.competencies} & {row.id for row in after.competencies} == (
            set()
        )
        assert queries.profiles_in(session, draft) == 1


def test_a_draft_is_seen_by_those_who_write_it_and_offered_nowhere(
    database: Database, acme: SmallOrganisation
) -> None:
    hr, leader = acme.actor["hr"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        draft = service.start_edition(session, hr, acme.framework_version_id, SECOND)
    with database.reading(acme.id) as session:
        assert queries.visible_framework(session, hr, draft).version == "2"
        with pytest.raises(NotVisible):
            queries.visible_framework(session, leader, draft)
        offered = [row.framework_version_id for row in queries.frameworks(session)]
        assert offered == [acme.framework_version_id]
        found = queries.role_profile_of(session, "Head of Operations")
        assert found is not None
        assert found.id == acme.role_profile_id


def test_what_roles_ask_for_stays_when_another_edition_is_published(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        draft = service.start_edition(session, hr, acme.framework_version_id, SECOND)
        service.publish_edition(session, hr, draft, now=clock.now() + timedelta(days=1))
    with database.reading(acme.id) as session:
        found = queries.role_profile_of(session, "Head of Operations")
        assert found is not None
        assert found.id == acme.role_profile_id


def test_only_one_draft_is_written_at_a_time_and_each_edition_has_a_name_of_its_own(
    database: Database, acme: SmallOrganisation
) -> None:
    hr, first = acme.actor["hr"], acme.framework_version_id
    with database.writing(acme.id) as session:
        with pytest.raises(RuleBroken, match="There is an edition of that name"):
            service.start_edition(session, hr, first, DescribeEdition(version="1"))
        draft = service.start_edition(session, hr, first, SECOND)
        with pytest.raises(Conflict, match="being written already"):
            service.start_edition(session, hr, first, DescribeEdition(version="3"))
        service.drop_draft(session, hr, draft)
        service.start_edition(session, hr, first, DescribeEdition(version="3"))


def test_a_published_edition_does_not_change(database: Database, acme: SmallOrganisation) -> None:
    hr, first = acme.actor["hr"], acme.framework_version_id
    coaching = acme.competency["coaching-others"]
    with database.writing(acme.id) as session:
        domain = queries.competency(session, coaching).domain_id
        words = WriteCompetency(name="Other", definition="Other.", domain_id=domain)
        for write in (
            lambda: service.add_domain(session, hr, first, WriteDomain(name="Other")),
            lambda: service.change_domain(session, hr, domain, WriteDomain(name="Other")),
            lambda: service.remove_domain(session, hr, domain),
            lambda: service.add_competency(session, hr, words),
            lambda: service.change_competency(session, hr, coaching, words),
            lambda: service.remove_competency(session, hr, coaching),
            lambda: service.add_indicator(session, hr, coaching, WriteIndicator(level=1)),
            lambda: service.set_levels(session, hr, first, OWN.levels),
            lambda: service.describe_edition(session, hr, first, SECOND),
            lambda: service.drop_draft(session, hr, first),
        ):
            with pytest.raises(Conflict, match="A published edition does not change"):
                write()


def test_nobody_but_hr_writes(database: Database, acme: SmallOrganisation, clock: SetClock) -> None:
    first = acme.framework_version_id
    for name in ("leader", "coach", "manager", "sponsor", "administrator"):
        actor = acme.actor[name]
        with database.writing(acme.id) as session:
            with pytest.raises(NotAllowed):
                service.found_framework(session, actor, OWN)
            with pytest.raises(NotAllowed):
                service.start_edition(session, actor, first, SECOND)
            with pytest.raises(NotAllowed):
                service.retire_edition(session, actor, first, now=clock.now())


def test_another_organisations_edition_is_not_there(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    with database.writing(acme.id) as session, pytest.raises(NotVisible):
        service.start_edition(session, acme.actor["hr"], rival.framework_version_id, SECOND)


def test_a_name_is_there_once_whatever_its_case(
    database: Database, acme: SmallOrganisation
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        draft = service.start_edition(session, hr, acme.framework_version_id, SECOND)
        domain = queries.edition(session, draft).domains[0].id
        again = WriteCompetency(name="COACHING others", definition="Again.", domain_id=domain)
        with pytest.raises(RuleBroken, match="There is a competency of that name"):
            service.add_competency(session, hr, again)
        with pytest.raises(RuleBroken, match="There is a domain of that name"):
            service.add_domain(session, hr, draft, WriteDomain(name="people"))
        with pytest.raises(RuleBroken, match="There is a framework of that title"):
            service.found_framework(
                session, hr, FoundFramework(**{**vars(OWN), "title": "A SMALL framework"})
            )


def test_rows_change_places_and_close_up_when_one_goes(
    database: Database, acme: SmallOrganisation
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        draft = service.start_edition(session, hr, acme.framework_version_id, SECOND)
        ids = queries.competencies_by_key(session, draft)
        service.move_competency(session, hr, ids["financial-acumen"], up=True)
        people, business = queries.edition(session, draft).domains
        service.move_domain(session, hr, business.id, up=True)
        assert _keys(queries.competencies(session, draft)) == [
            "financial-acumen",
            "strategic-thinking",
            "coaching-others",
        ]
        other = WriteCompetency(name="Thrift", definition="Spends well.", domain_id=people.id)
        service.change_competency(session, hr, ids["financial-acumen"], other)
        assert _keys(queries.competencies(session, draft)) == [
            "strategic-thinking",
            "coaching-others",
            "financial-acumen",
        ]
        service.remove_domain(session, hr, business.id)
        assert _keys(queries.competencies(session, draft)) == [
            "coaching-others",
            "financial-acumen",
        ]


def test_a_level_at_which_something_stands_cannot_go(
    database: Database, acme: SmallOrganisation
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        draft = service.start_edition(session, hr, acme.framework_version_id, SECOND)
        with pytest.raises(RuleBroken, match="Level 3 cannot go"):
            service.set_levels(session, hr, draft, OWN.levels)
        with pytest.raises(RuleBroken, match="at least two levels"):
            service.set_levels(session, hr, draft, OWN.levels[:1])
        six = (*OWN.levels, *(WriteLevel(label=f"Word {n}") for n in range(3, 7)))
        service.set_levels(session, hr, draft, six)
        scale = queries.scale(session, draft)
        assert [(level.value, level.label) for level in scale.levels] == [
            (1, "Begins"),
            (2, "Does"),
            (3, "Word 3"),
            (4, "Word 4"),
            (5, "Word 5"),
            (6, "Word 6"),
        ]


def test_a_retired_edition_is_offered_no_longer_and_can_be_read(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, first = acme.actor["hr"], acme.framework_version_id
    with database.writing(acme.id) as session:
        service.retire_edition(session, hr, first, now=clock.now())
        with pytest.raises(Conflict, match="Only a published edition"):
            service.retire_edition(session, hr, first, now=clock.now())
    with database.reading(acme.id) as session:
        assert queries.visible_framework(session, acme.actor["leader"], first).state == "retired"
        assert queries.role_profile_of(session, "Head of Operations") is not None


def test_a_retired_edition_is_offered_again_and_that_is_in_the_audit(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, first = acme.actor["hr"], acme.framework_version_id
    with database.writing(acme.id) as session:
        with pytest.raises(Conflict, match="Only a retired edition"):
            service.offer_again(session, hr, first, now=clock.now())
        service.retire_edition(session, hr, first, now=clock.now())
        with pytest.raises(NotAllowed):
            service.offer_again(session, acme.actor["coach"], first, now=clock.now())
        service.offer_again(session, hr, first, now=clock.now())
    with database.reading(acme.id) as session:
        row = queries.visible_framework(session, hr, first)
        assert row in queries.published_frameworks(session)
        said = session.scalars(select(AuditEvent.reason).where(AuditEvent.thing_id == first)).all()
    assert sorted(said)[-2:] == [f"offered again: {row.version}", f"retired: {row.version}"]


def test_a_whole_edition_is_read_in_four_statements(
    database: Database, acme: SmallOrganisation
) -> None:
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        queries.edition(session, acme.framework_version_id)
    assert len(statements) == 4


def _keys(rows: list[CompetencyRow]) -> list[str]:
    return [row.key for row in rows]


def test_what_is_of_a_retired_edition_is_on_offer_only_where_it_was_chosen(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, first = acme.actor["hr"], acme.framework_version_id
    coaching = acme.competency["coaching-others"]
    with database.writing(acme.id) as session:
        assert [group for _, group in queries.competencies_on_offer(session)] == [
            "People",
            "Business",
            "Business",
        ]
        service.retire_edition(session, hr, first, now=clock.now())
        assert queries.published_frameworks(session) == []
        assert queries.competencies_on_offer(session) == []
        kept = queries.competencies_on_offer(session, {coaching})
        assert coaching in {row.id for row, _ in kept}
