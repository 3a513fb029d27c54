"""HR says what roles ask for, by the competencies and levels of one edition."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from ldtrack.audit.models import AuditEvent
from ldtrack.competencies import queries, service
from ldtrack.competencies.domain import WriteProfile
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation


def asked(acme: SmallOrganisation, name: str = "Team lead", **levels: int) -> WriteProfile:
    return WriteProfile(
        framework_version_id=acme.framework_version_id,
        name=name,
        targets={acme.competency[key.replace("_", "-")]: level for key, level in levels.items()},
    )


def test_a_role_is_described_changed_and_taken_away(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    coaching = acme.competency["coaching-others"]
    with database.writing(acme.id) as session:
        profile = service.add_profile(session, hr, asked(acme, coaching_others=2), now=now)
        assert queries.role_profile(session, profile).targets == {coaching: 2}
        changed = asked(acme, "Team leader", coaching_others=3)
        service.change_profile(session, hr, profile, changed, now=now)
        found = queries.role_profile_of(session, "Team leader")
        assert found is not None
        assert (found.id, found.targets) == (profile, {coaching: 3})
        service.remove_profile(session, hr, profile, now=now)
        assert queries.role_profile_of(session, "Team leader") is None
        noted = session.scalars(
            select(AuditEvent.reason)
            .where(AuditEvent.thing_id == profile)
            .order_by(AuditEvent.reason)
        )
        assert noted.all() == ["removed: Team leader", "written: Team lead", "written: Team leader"]


def test_a_role_is_described_once_in_an_edition_and_asks_for_something(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        with pytest.raises(RuleBroken, match="described in this edition already"):
            service.add_profile(
                session, hr, asked(acme, "Head of Operations", coaching_others=2), now=now
            )
        with pytest.raises(RuleBroken, match="at least one competency"):
            service.add_profile(session, hr, asked(acme), now=now)
        with pytest.raises(RuleBroken, match="no level 9"):
            service.add_profile(session, hr, asked(acme, coaching_others=9), now=now)


def test_nobody_but_hr_says_what_a_role_asks_for(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    command = asked(acme, coaching_others=2)
    for name in ("leader", "coach", "manager", "sponsor", "administrator"):
        with database.writing(acme.id) as session:
            with pytest.raises(NotAllowed):
                service.add_profile(session, acme.actor[name], command, now=clock.now())
            with pytest.raises(NotAllowed):
                service.remove_profile(
                    session, acme.actor[name], acme.role_profile_id, now=clock.now()
                )


def test_the_competencies_are_those_of_the_edition(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    theirs = WriteProfile(
        framework_version_id=acme.framework_version_id,
        name="Team lead",
        targets={rival.competency["coaching-others"]: 2},
    )
    with database.writing(acme.id) as session:
        with pytest.raises(RuleBroken, match="competencies of this edition"):
            service.add_profile(session, hr, theirs, now=now)
        with pytest.raises(NotVisible):
            service.remove_profile(session, hr, rival.role_profile_id, now=now)
