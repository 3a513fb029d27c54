"""The library: building, editing, freezing, versions and translations, on a real database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback.domain.asked import QuestionnaireRow, QuestionRow
from ldtrack.feedback.domain.commands import (
    BuildQuestionnaire,
    NewCycle,
    QuestionnaireSettings,
    Statement,
)
from ldtrack.feedback.models import Questionnaire
from ldtrack.feedback.queries.questionnaires import (
    library,
    questionnaire_of,
    translations,
    used_in,
    versions,
)
from ldtrack.feedback.queries.wording import read_in
from ldtrack.feedback.service import create_cycle
from ldtrack.feedback.service import questionnaires as service
from tests.infrastructure.feedback import opened
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted


def built(
    session: Session, acme: SmallOrganisation, clock: SetClock, title: str = "Leading"
) -> QuestionnaireRow:
    """A questionnaire about everything in the small framework."""
    command = BuildQuestionnaire(
        framework_version_id=acme.framework_version_id,
        competency_ids=tuple(acme.competency.values()),
        per_competency=2,
    )
    hr = acme.actor["hr"]
    made = service.write_questionnaire(session, hr, title, command, now=clock.now())
    return questionnaire_of(session, hr, made)


def again(session: Session, acme: SmallOrganisation, form: QuestionnaireRow) -> QuestionnaireRow:
    return questionnaire_of(session, acme.actor["hr"], form.id)


def test_statements_are_reworded_weighed_added_moved_and_taken_out(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        form = built(session, acme, clock)
        competency = form.competency_ids[0]
        old = form.items_of(competency)[0]
        service.change_section(
            session,
            acme.actor["hr"],
            form.id,
            competency,
            [
                Statement(text="Written anew"),
                Statement(text="Reworded", weight=3, item_id=old.id),
            ],
            now=clock.now(),
        )
        changed = again(session, acme, form)
        assert [(i.text, i.weight) for i in changed.items_of(competency)] == [
            ("Written anew", 1),
            ("Reworded", 3),
        ]
        assert changed.items_of(competency)[1].id == old.id
        assert changed.competency_ids == form.competency_ids
        assert len(changed.items) == len(form.items) - len(form.items_of(competency)) + 2


def test_sections_move_are_added_and_go_with_their_last_statement(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        form = built(session, acme, clock)
        first, second, third = form.competency_ids
        service.change_section(session, hr, form.id, None, [Statement(text="Shouts")], now=now)
        service.move_section(session, hr, form.id, third, up=True, now=now)
        assert again(session, acme, form).competency_ids == (first, third, second)
        service.change_section(session, hr, form.id, first, [], now=now)
        assert again(session, acme, form).competency_ids == (third, second)
        service.add_sections(session, hr, form.id, [first], per_competency=1, now=now)
        assert again(session, acme, form).competency_ids == (third, second, first)
        assert [item.text for item in again(session, acme, form).derailers] == ["Shouts"]
        with pytest.raises(NotVisible):
            service.move_section(session, hr, form.id, 1, up=True, now=now)


def test_a_questionnaire_cannot_lose_its_last_competency(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        form = built(session, acme, clock)
        service.change_section(session, hr, form.id, None, [Statement(text="Shouts")], now=now)
        first, second, third = form.competency_ids
        for competency in (first, second):
            service.change_section(session, hr, form.id, competency, [], now=now)
        with pytest.raises(RuleBroken, match="one competency at least"):
            service.change_section(session, hr, form.id, third, [], now=now)


def test_a_statement_that_went_meanwhile_is_not_brought_back(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        form = built(session, acme, clock)
        other = form.items_of(form.competency_ids[1])[0]
        with pytest.raises(Conflict, match="changed in the meantime"):
            service.change_section(
                session,
                acme.actor["hr"],
                form.id,
                form.competency_ids[0],
                [Statement(text="Mine", item_id=other.id)],
                now=clock.now(),
            )


def test_what_a_cycle_has_opened_with_never_changes(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        form = again(session, acme, opened(session, acme, now).form)
        assert form.frozen
        settings = QuestionnaireSettings(title="x", language="en", words=())
        with pytest.raises(Conflict, match="stays as it is"):
            service.change_section(session, hr, form.id, None, [], now=now)
        with pytest.raises(Conflict, match="stays as it is"):
            service.change_questions(session, hr, form.id, [], now=now)
        with pytest.raises(Conflict, match="stays as it is"):
            service.change_settings(session, hr, form.id, settings, now=now)
        with pytest.raises(Conflict, match="stays as it is"):
            service.drop_questionnaire(session, hr, form.id, now=now)


def test_a_change_makes_the_next_version_and_the_old_one_stays_readable(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        form = again(session, acme, opened(session, acme, now).form)
        german = {f"item:{encode(form.items[0].id)}": "Auf Deutsch", "word:1": "Eins"}
        service.keep_texts(session, hr, form.id, "de", german, now=now)
        made = service.next_version(session, hr, form.id, now=now)
        assert service.next_version(session, hr, form.id, now=now) == made
        copy = questionnaire_of(session, hr, made)
        assert (copy.series, copy.number, copy.frozen) == (form.series, 2, False)
        assert copy.name == f"{form.title} (version 2)"
        assert [replace(item, id=0) for item in copy.items] == [
            replace(item, id=0) for item in form.items
        ]
        assert copy.questions == form.questions
        wording, languages = read_in(session, copy, ["de"])
        assert languages == ("en", "de")
        assert (wording.form.items[0].text, wording.form.words[0]) == ("Auf Deutsch", "Eins")
        service.change_questions(session, hr, made, [], now=now)
        assert again(session, acme, form).questions == form.questions
        assert [row.number for row in versions(session, hr, form.series)] == [2, 1]
        assert [row.number for row in library(session, hr)] == [2]


def test_a_cycle_can_ask_a_questionnaire_of_the_library(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        form = built(session, acme, clock)
        command = NewCycle(
            name="Spring", opens_on=now.date(), closes_on=now.date(), questionnaire=form.id
        )
        cycle_id = create_cycle(session, hr, command, now=now)
        assert used_in(session, hr, form.id) == [(cycle_id, "Spring")]
        assert session.scalars(select(Questionnaire.id)).all() == [form.id]
        with pytest.raises(Conflict, match="A cycle asks"):
            service.drop_questionnaire(session, hr, form.id, now=now)


def test_one_that_nobody_asks_can_be_deleted(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        form = built(session, acme, clock)
        service.keep_texts(
            session, acme.actor["hr"], form.id, "de", {"word:1": "Eins"}, now=clock.now()
        )
        service.drop_questionnaire(session, acme.actor["hr"], form.id, now=clock.now())
        assert library(session, acme.actor["hr"]) == []


def test_settings_say_what_else_is_asked(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        form = built(session, acme, clock)
        wanted = QuestionnaireSettings(
            title="Other", language="fr", words=(), most_important=2, then_months=6
        )
        service.change_settings(session, hr, form.id, wanted, now=now)
        changed = again(session, acme, form)
        assert (changed.title, changed.language, changed.words) == ("Other", "fr", ())
        assert (changed.most_important, changed.then_months) == (2, 6)
        with pytest.raises(RuleBroken, match="every step"):
            service.change_settings(session, hr, form.id, replace(wanted, words=("a",)), now=now)


def test_translations_are_kept_by_language_and_an_empty_one_is_none(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        form = built(session, acme, clock)
        texts = {"question:keep": "Beibehalten?", "word:1": "Eins"}
        assert service.keep_texts(session, hr, form.id, "de", texts, now=now) == 2
        assert service.keep_texts(session, hr, form.id, "de", {"word:1": " "}, now=now) == 1
        assert service.keep_texts(session, hr, form.id, "fr", {"word:1": "Un"}, now=now) == 1
        kept = translations(session, form.id)
        assert {language: sorted(found) for language, found in kept.items()} == {
            "de": ["question:keep"],
            "fr": ["word:1"],
        }
        service.drop_language(session, hr, form.id, "fr", now=now)
        assert list(translations(session, form.id)) == ["de"]
        for language, wrong in (("en", {}), ("xx", {}), ("de", {"item:nothing": "x"})):
            with pytest.raises(RuleBroken):
                service.keep_texts(session, hr, form.id, language, wrong, now=now)


def test_once_a_cycle_has_opened_texts_can_be_added_but_not_changed(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        form = again(session, acme, opened(session, acme, now).form)
        service.keep_texts(session, hr, form.id, "de", {"word:1": "Eins"}, now=now)
        more = {"word:1": "Eins", "word:2": "Zwei"}
        service.keep_texts(session, hr, form.id, "de", more, now=now)
        for changed in ("Uno", ""):
            with pytest.raises(RuleBroken, match="stays as it is"):
                service.keep_texts(session, hr, form.id, "de", {"word:1": changed}, now=now)
        with pytest.raises(Conflict):
            service.drop_language(session, hr, form.id, "de", now=now)


def test_questionnaires_are_written_by_hr_and_stay_in_their_organisation(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        form = built(session, acme, clock)
        for who in ("leader", "coach", "manager", "administrator"):
            with pytest.raises(NotAllowed):
                service.change_questions(session, acme.actor[who], form.id, [], now=now)
            with pytest.raises(NotAllowed):
                library(session, acme.actor[who])
    with database.writing(rival.id) as session:
        hr = rival.actor["hr"]
        assert library(session, hr) == []
        with pytest.raises(NotVisible):
            questionnaire_of(session, hr, form.id)
        with pytest.raises(NotVisible):
            service.change_questions(session, hr, form.id, [], now=now)


def test_open_questions_keep_their_keys(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        form = built(session, acme, clock)
        wanted = (QuestionRow(key="q1", text="What else?"), *form.questions[::-1])
        service.change_questions(session, acme.actor["hr"], form.id, wanted, now=clock.now())
        assert again(session, acme, form).questions == wanted


@pytest.mark.parametrize("n", [1, 3])
def test_the_library_takes_two_statements_however_long_it_is(
    database: Database, acme: SmallOrganisation, clock: SetClock, n: int
) -> None:
    with database.writing(acme.id) as session:
        for number in range(n):
            built(session, acme, clock, f"Number {number}")
    with counted(database.engine) as seen, database.reading(acme.id) as session:
        assert len(library(session, acme.actor["hr"])) == n
    assert len(seen) == 2
