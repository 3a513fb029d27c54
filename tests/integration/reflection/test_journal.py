"""Writing, sharing and deleting entries, and who finds what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind, Role
from ldtrack.access.service import end_relation, relate
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.reflection import queries, service
from ldtrack.reflection.domain import Draft, EntryRow, Prompt, Rhythm, WriteEntry
from ldtrack.reflection.models import Entry
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted

MARKER = "zebra-in-the-margin"


def _write(
    session: Session, acme: SmallOrganisation, clock: SetClock, *, shared: bool = False
) -> int:
    return service.write(
        session,
        acme.actor["leader"],
        WriteEntry(
            body=f"Today: {MARKER}",
            reader_ids=(acme.person["coach"],) if shared else (),
        ),
        now=clock.now(),
    )


def _found(session: Session, actor: Actor, acme: SmallOrganisation) -> list[EntryRow]:
    return queries.entries(session, actor, acme.person["leader"])[0]


def test_nobody_but_the_author_finds_a_private_entry_whatever_their_roles(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        entry_id = _write(session, acme, clock)
        finders = {key for key, actor in acme.actor.items() if _found(session, actor, acme)}
        everything = replace(acme.actor["coach"], roles=frozenset(Role))
        with pytest.raises(NotVisible):
            queries.entry(session, everything, entry_id)
    assert finders == {"leader"}


def test_a_shared_entry_is_found_by_the_author_and_their_coach_alone(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _write(session, acme, clock, shared=True)
        finders = {key for key, actor in acme.actor.items() if _found(session, actor, acme)}
    assert finders == {"leader", "coach"}


def test_unsharing_and_deleting_work_at_once(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, coach = acme.actor["leader"], acme.actor["coach"]
    with database.writing(acme.id) as session:
        first, second = (_write(session, acme, clock, shared=True) for _ in range(2))
        service.stop_sharing(session, leader, first)
        assert [row.id for row in _found(session, coach, acme)] == [second]
        service.remove(session, leader, second, now=clock.now())
        assert _found(session, coach, acme) == []
        assert [row.id for row in _found(session, leader, acme)] == [first]


def test_a_later_coach_does_not_find_what_was_shared_with_an_earlier_one(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, today = acme.person["leader"], clock.today()
    old, new = acme.actor["coach"], acme.actor["other_coach"]
    with database.writing(acme.id) as session:
        entry_id = _write(session, acme, clock, shared=True)
        end_relation(
            session,
            kind=RelationshipKind.COACH,
            person_id=leader,
            holder_id=acme.person["coach"],
            ended_on=today,
        )
        relate(
            session,
            kind=RelationshipKind.COACH,
            holder_id=acme.person["other_coach"],
            person_id=leader,
            starts_on=today,
        )
        old_now = replace(old, coaches=frozenset[int]())
        new_now = replace(new, coaches=frozenset({leader}))
        assert _found(session, old_now, acme) == []
        assert _found(session, new_now, acme) == []
        service.share(session, acme.actor["leader"], entry_id, now=clock.now())
        assert [row.id for row in _found(session, new_now, acme)] == [entry_id]
        assert _found(session, old, acme) == []


def test_without_a_coach_there_is_nobody_to_share_with(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    other, coach = acme.actor["other_leader"], acme.person["coach"]
    with database.writing(acme.id) as session:
        with pytest.raises(RuleBroken, match="a coach, a sponsor or a peer of today"):
            service.write(
                session, other, WriteEntry(body="Hm.", reader_ids=(coach,)), now=clock.now()
            )
        entry_id = service.write(session, other, WriteEntry(body="Hm."), now=clock.now())
        with pytest.raises(RuleBroken, match="no coach"):
            service.share(session, other, entry_id, now=clock.now())


@pytest.mark.parametrize("who", ["coach", "hr", "administrator", "sponsor", "manager"])
def test_nobody_else_can_change_share_delete_or_bring_back_an_entry(
    database: Database, acme: SmallOrganisation, clock: SetClock, who: str
) -> None:
    actor, now = acme.actor[who], clock.now()
    with database.writing(acme.id) as session:
        entry_id = _write(session, acme, clock, shared=True)
        attempts: list[Callable[[], None]] = [
            lambda: service.rewrite(session, actor, entry_id, WriteEntry(body="No."), now=now),
            lambda: service.share(session, actor, entry_id, now=now),
            lambda: service.stop_sharing(session, actor, entry_id),
            lambda: service.remove(session, actor, entry_id, now=now),
        ]
        for attempt in attempts:
            with pytest.raises(NotVisible):
                attempt()
        service.remove(session, acme.actor["leader"], entry_id, now=now)
        with pytest.raises(NotVisible):
            service.bring_back(session, actor, entry_id, now=now)


def test_an_entry_comes_back_within_ten_minutes_and_is_gone_after_them(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, now = acme.actor["leader"], clock.now()
    with database.writing(acme.id) as session:
        entry_id = _write(session, acme, clock)
        service.remove(session, leader, entry_id, now=now)
        service.bring_back(session, leader, entry_id, now=now + timedelta(minutes=10))
        assert [row.id for row in _found(session, leader, acme)] == [entry_id]
        service.remove(session, leader, entry_id, now=now)
        with pytest.raises(NotVisible):
            service.bring_back(session, leader, entry_id, now=now + timedelta(minutes=11))


def test_what_cannot_come_back_is_removed_from_the_table_at_the_next_writing(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, now = acme.actor["leader"], clock.now()
    with database.writing(acme.id) as session:
        service.remove(session, leader, _write(session, acme, clock), now=now)
        later = service.write(
            session, leader, WriteEntry(body="Later."), now=now + timedelta(minutes=11)
        )
        assert session.scalars(select(Entry.id)).all() == [later]


def test_an_entry_of_another_organisation_is_not_there(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        entry_id = _write(session, acme, clock, shared=True)
    with database.writing(rival.id) as session:
        for actor in rival.actor.values():
            with pytest.raises(NotVisible):
                queries.entry(session, actor, entry_id)
        with pytest.raises(NotVisible):
            service.remove(session, rival.actor["leader"], entry_id, now=clock.now())


def test_a_step_that_this_organisation_does_not_have_is_refused(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session, pytest.raises(NotVisible):
        service.write(
            session, acme.actor["leader"], WriteEntry(body="Hm.", step_id=77), now=clock.now()
        )


def test_an_entry_is_not_dated_in_the_future(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session, pytest.raises(RuleBroken):
        service.write(
            session,
            acme.actor["leader"],
            WriteEntry(body="Hm.", written_on=date(2026, 11, 21)),
            now=clock.now(),
        )


def test_a_draft_is_kept_once_seen_by_its_author_alone_and_gone_when_it_is_an_entry(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        for words in ("A", MARKER):
            service.keep_draft(session, leader, Draft(body=words, prompt=Prompt.KOLB))
        drafts = {key: queries.draft_of(session, actor) for key, actor in acme.actor.items()}
        assert [key for key, draft in drafts.items() if draft != Draft()] == ["leader"]
        assert drafts["leader"] == Draft(body=MARKER, prompt=Prompt.KOLB)
        _write(session, acme, clock)
        assert queries.draft_of(session, leader) == Draft()


def test_the_rhythm_counts_ones_own_weeks(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, now = acme.actor["leader"], clock.now()
    with database.writing(acme.id) as session:
        for days in (1, 3, 15, 40):
            service.write(session, leader, WriteEntry(body="Hm."), now=now - timedelta(days=days))
        rhythm = queries.rhythm(session, leader, acme.person["leader"], clock.today())
    assert rhythm == Rhythm(written=2, weeks=4)


@pytest.mark.parametrize("entries", [1, 3])
def test_a_page_of_entries_takes_three_statements_however_many_there_are(
    database: Database, acme: SmallOrganisation, clock: SetClock, entries: int
) -> None:
    with database.writing(acme.id) as session:
        for _ in range(entries):
            _write(session, acme, clock)
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        assert len(_found(session, acme.actor["leader"], acme)) == entries
    assert len(statements) == 3


def test_an_entry_is_shared_with_whom_the_author_names_and_nobody_beside(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, now = acme.actor["leader"], clock.now()
    coach, sponsor = acme.person["coach"], acme.person["sponsor"]

    def finders(session: Session) -> set[str]:
        return {key for key, actor in acme.actor.items() if _found(session, actor, acme)}

    with database.writing(acme.id) as session:
        entry_id = _write(session, acme, clock)
        named = WriteEntry(body=MARKER, reader_ids=(sponsor,))
        service.rewrite(session, leader, entry_id, named, now=now)
        assert finders(session) == {"leader", "sponsor"}
        service.share(session, leader, entry_id, now=now)
        assert finders(session) == {"leader", "sponsor", "coach"}
        (row,) = _found(session, leader, acme)
        assert set(row.reader_ids) == {coach, sponsor}
        assert queries.shared_with(session, acme.actor["sponsor"], [acme.person["leader"]]) == {
            acme.person["leader"]: 1
        }
        service.stop_sharing(session, leader, entry_id)
        assert finders(session) == {"leader"}


def test_an_entry_says_which_competencies_it_is_about(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, (first, second, *_) = acme.actor["leader"], acme.competency.values()
    with database.writing(acme.id) as session:
        for ids in ((first,), (first, second), ()):
            command = WriteEntry(body="Hm.", competency_ids=ids)
            service.write(session, leader, command, now=clock.now())
        counts = [queries.about_competency(session, leader, id_) for id_ in (first, second)]
        assert counts == [2, 1]
        found, total = queries.entries(session, leader, acme.person["leader"], competency_id=second)
        assert (total, [row.competency_ids for row in found]) == (
            1,
            [tuple(sorted((first, second)))],
        )
        command = WriteEntry(body="Hm.", competency_ids=(77,))
        with pytest.raises(NotVisible):
            service.write(session, leader, command, now=clock.now())


def test_a_coach_sees_how_often_somebody_writes_only_if_they_show_it(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, who, today = acme.actor["leader"], acme.person["leader"], clock.today()
    with database.writing(acme.id) as session:
        _write(session, acme, clock)

        def seers() -> set[str]:
            return {
                key
                for key, actor in acme.actor.items()
                if queries.rhythm(session, actor, who, today)
            }

        assert seers() == {"leader"}
        service.set_rhythm(session, leader, weeks=None, shown=True, today=today)
        assert seers() == {"leader", "coach"}
        assert queries.rhythm(session, acme.actor["coach"], who, today) == Rhythm(
            written=1, weeks=4, shown=True
        )


def test_a_rhythm_that_is_none_is_refused(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session, pytest.raises(RuleBroken, match="one of these"):
        service.set_rhythm(session, acme.actor["leader"], weeks=3, shown=False, today=clock.today())
