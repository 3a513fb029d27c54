"""The rater's pages: without an account, on any device, with bad input, leaving no trace."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback import service
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.domain.rows import ResponseState
from ldtrack.feedback.models import Answer, Response
from ldtrack.feedback.service import questionnaires
from ldtrack.people.models import Organisation
from tests.infrastructure.database import TODAY
from tests.infrastructure.feedback import RATER_KEY, RunningCycle, delivery, opened
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit, Visitor
from tests.web.feedback.conftest import WORD

_TABLES = (
    "answer",
    "answered_request",
    "audit_event",
    "comment",
    "invitation",
    "job",
    "login_session",
    "message",
    "response",
)


def visitor(app: Flask) -> Visitor:
    """Somebody with a link and nothing else."""
    made = app.test_client()
    assert isinstance(made, Visitor)
    return made


def items(running: RunningCycle) -> list[str]:
    """The names of the items' fields, one on each screen."""
    return [f"i_{encode(item.id)}" for item in running.form.items]


def sizes(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in _TABLES
        }


def test_the_promise_is_made_from_what_is_planned(app: Flask, words: dict[str, str]) -> None:
    peer = visitor(app).get(f"/r/{words['peer_1']}").text
    assert '<p class="kicker">Acme · ' in peer
    assert "Results are read by Amara Okafor, any coach they work with and whoever" in peer
    assert "Answers are shown only together, from at least 3 people." in peer
    assert "Whether you answered is seen by HR; the report says" in peer
    assert "kept for 24 months" in peer
    manager = visitor(app).get(f"/r/{words['manager']}").text
    assert "you are the only one in your group" in manager
    assert "Your own view is shown beside" in visitor(app).get(f"/r/{words['leader']}").text


def test_what_was_saved_on_one_device_is_there_on_another(
    app: Flask, running: RunningCycle, words: dict[str, str]
) -> None:
    first, second = items(running)[:2]
    phone, laptop = visitor(app), visitor(app)
    address = f"/r/{words['peer_1']}"
    assert phone.post(f"{address}/1", data={first: "4"}).location == f"{address}/2"
    assert phone.post(f"{address}/2", data={second: "no", "then": "back"}).location == (
        f"{address}/1"
    )
    assert re.search(r'value="4" checked', laptop.get(f"{address}/1").text)
    assert re.search(r'value="no" checked', laptop.get(f"{address}/2").text)
    assert f'href="{address}/3"' in laptop.get(address).text
    assert "2 of 3 statements have an answer" in laptop.get(f"{address}/review").text


def test_a_draft_saves_itself_and_is_not_sent(
    app: Flask, visit: Visit, acme: SmallOrganisation, running: RunningCycle, words: dict[str, str]
) -> None:
    first = items(running)[0]
    answer = visitor(app).post(f"/r/{words['peer_1']}/1/keep", data={first: "2"})
    assert (answer.status_code, answer.json) == (200, {"kept": True})
    page = visit(acme.actor["hr"]).get(f"/feedback/cycles/{encode(running.id)}").text
    assert "0 of 9 questionnaires are in" in page


def test_what_a_page_saved_and_arrives_after_the_rater_went_on_undoes_nothing(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    running: RunningCycle,
    words: dict[str, str],
) -> None:
    first, rater, address = items(running)[0], visitor(app), f"/r/{words['peer_1']}"
    old_page = rater.get(f"{address}/1").text
    saves_itself = re.search(r'data-autosave-url="([^"]+)"', old_page)
    assert saves_itself is not None
    late = saves_itself.group(1)
    assert rater.post(late, data={first: "2"}).json == {"kept": True}
    rater.post(f"{address}/1", data={first: "5"})
    for sent in (False, True):
        if sent:
            rater.post(f"{address}/review")
        answer = rater.post(late, data={first: "1"})
        assert (answer.status_code, answer.json) == (422, {"kept": False})
        with database.reading(acme.id) as session:
            assert session.scalars(select(Answer.score)).all() == [5]
    # A page that is opened now saves itself again, and what was sent stays sent.
    page = re.search(r'data-autosave-url="([^"]+)"', rater.get(f"{address}/1").text)
    assert page is not None
    now = page.group(1).replace("&amp;", "&")
    assert rater.post(now, data={first: "4"}).json == {"kept": True}
    with database.reading(acme.id) as session:
        assert session.scalars(select(Answer.score)).all() == [4]
        assert session.scalars(select(Response.state)).all() == [ResponseState.SENT]
    for wrong in ("-1", "99999999999999999999", "x"):
        assert rater.post(f"{address}/1/keep?turn={wrong}", data={first: "1"}).status_code == 422


def test_sending_twice_and_from_a_second_tab_stores_once(
    app: Flask, database: Database, running: RunningCycle, words: dict[str, str]
) -> None:
    first = items(running)[0]
    address = f"/r/{words['peer_1']}"
    for _tab in range(2):
        rater = visitor(app)
        for _again in range(2):
            assert rater.post(f"{address}/1", data={first: "4"}).status_code == 303
            assert rater.post(f"{address}/review").location == f"{address}/thanks"
    assert sizes(database)["response"] == 1
    assert sizes(database)["answer"] == 1


def test_a_sent_answer_can_be_changed_until_the_cycle_closes(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    running: RunningCycle,
    words: dict[str, str],
) -> None:
    first = items(running)[0]
    rater, address = visitor(app), f"/r/{words['peer_1']}"
    rater.post(f"{address}/1", data={first: "4"})
    rater.post(f"{address}/review")
    assert "Your answers are in" in rater.get(address).text
    rater.post(f"{address}/1", data={first: "2"})
    assert re.search(r'value="2" checked', rater.get(f"{address}/1").text)
    with database.writing(acme.id) as session:
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
    assert rater.post(f"{address}/1", data={first: "1"}).status_code == 404
    assert rater.get(address).status_code == 404


def test_nothing_answered_is_not_sent(app: Flask, words: dict[str, str]) -> None:
    answer = visitor(app).post(f"/r/{words['peer_1']}/review")
    assert answer.status_code == 422
    assert "Answer at least one question before you send." in answer.text


def test_links_that_lead_nowhere_are_answered_alike(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    running: RunningCycle,
    words: dict[str, str],
) -> None:
    rater = visitor(app)
    unknown = rater.get("/r/" + "x" * 43)
    cut_off = rater.get(f"/r/{words['peer_1'][:20]}")
    strange = rater.get("/r/%00%F0%9F%98%80")
    clock.instant += timedelta(days=30)
    expired = rater.get(f"/r/{words['peer_1']}")
    with database.writing(acme.id) as session:
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
    closed = rater.get(f"/r/{words['peer_1']}")
    answers = [unknown, cut_off, strange, expired, closed]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert len({answer.text for answer in answers}) == 1
    assert "There is no open questionnaire behind this link." in unknown.text
    assert rater.get(f"/r/{words['peer_2']}/99").status_code == 404


@pytest.mark.parametrize("typed", ["0", "6", "999", "-1", "4.5", "\x00", "five", "no "])
def test_a_score_that_was_not_on_offer_is_refused(
    app: Flask, database: Database, running: RunningCycle, words: dict[str, str], typed: str
) -> None:
    first = items(running)[0]
    for path in ("1", "1/keep"):
        answer = visitor(app).post(f"/r/{words['peer_1']}/{path}", data={first: typed})
        assert answer.status_code == 422
    assert sizes(database)["response"] == 0


def test_fields_that_were_not_asked_for_change_nothing(
    app: Flask, database: Database, running: RunningCycle, words: dict[str, str]
) -> None:
    first, second = items(running)[:2]
    extra = {"state": "sent", "subject_id": "1", "group_key": "manager", "response_id": "1"}
    visitor(app).post(f"/r/{words['peer_1']}/1", data={first: "4", second: "1", **extra})
    with database.engine.connect() as connection:
        stored = connection.execute(text("SELECT state, group_key FROM response")).all()
        assert [tuple(row) for row in stored] == [("draft", "peer")]
        assert connection.execute(text("SELECT score FROM answer")).scalars().all() == [4]


def test_words_of_any_script_are_kept_and_what_is_no_text_is_not(
    app: Flask, database: Database, running: RunningCycle, words: dict[str, str]
) -> None:
    typed = "  שלום 👩🏽‍🚀\x00 <script>alert(1)</script>\r\n‮evil "
    rater, address = visitor(app), f"/r/{words['peer_1']}"
    assert rater.post(f"{address}/4", data={"q_keep": typed}).status_code == 303
    with database.engine.connect() as connection:
        (stored,) = connection.execute(text("SELECT body FROM comment")).scalars()
    assert stored == "שלום 👩🏽‍🚀 <script>alert(1)</script>\nevil"
    page = rater.get(f"{address}/review").text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_a_megabyte_is_refused_and_what_was_typed_is_kept_on_the_page(
    app: Flask, database: Database, words: dict[str, str]
) -> None:
    answer = visitor(app).post(f"/r/{words['peer_1']}/4", data={"q_keep": "a" * 1_000_000})
    assert answer.status_code == 422
    assert "Please shorten this to 10,000 characters" in answer.text
    assert sizes(database)["comment"] == 0


def test_telling_words_are_shown_to_the_rater_and_nothing_is_changed(
    app: Flask, words: dict[str, str]
) -> None:
    rater, address = visitor(app), f"/r/{words['peer_1']}"
    typed = "As her specialist, Petra Kline told her (petra@example.org)."
    rater.post(f"{address}/4", data={"q_keep": typed, "share_keep": "coach_only"})
    page = rater.get(f"{address}/review").text
    assert "petra@example.org" in page
    assert "This may tell that it was you, or whom it is about" in page
    assert "only the coach reads this" in page
    assert typed in page


def test_answering_leaves_no_trace_outside_the_tables_of_answers(
    app: Flask,
    database: Database,
    running: RunningCycle,
    words: dict[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = sizes(database)
    with caplog.at_level(logging.DEBUG):
        rater, address = visitor(app), f"/r/{words['peer_1']}"
        rater.get(address)
        for number, name in enumerate(items(running), start=1):
            rater.post(f"{address}/{number}/keep", data={name: "3"})
            rater.post(f"{address}/{number}", data={name: "3"})
        rater.post(f"{address}/4", data={"q_keep": "Marked words"})
        answer = rater.post(f"{address}/review")
        thanks = rater.get(answer.location)
    after = sizes(database)
    assert {table: after[table] - before[table] for table in _TABLES} == {
        **dict.fromkeys(_TABLES, 0),
        "answer": 3,
        "comment": 1,
        "response": 1,
    }
    logged = caplog.text
    assert words["peer_1"] not in logged
    assert "Marked words" not in logged
    assert {"ETag", "Last-Modified"}.isdisjoint(thanks.headers)
    assert thanks.headers["Cache-Control"] == "no-store"


def test_saving_a_screen_takes_eight_statements_and_sending_four(
    app: Flask, database: Database, running: RunningCycle, words: dict[str, str]
) -> None:
    first = items(running)[0]
    rater, address = visitor(app), f"/r/{words['peer_1']}"
    rater.post(f"{address}/1", data={first: "3"})
    with counted(database.engine) as statements:
        rater.post(f"{address}/1", data={first: "4"})
    assert len(statements) == 8
    with counted(database.engine) as statements:
        rater.post(f"{address}/review")
    assert len(statements) == 4


def test_somebody_signed_in_comes_to_their_own_questionnaire_only(
    app: Flask,
    visit: Visit,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    running: RunningCycle,
    words: dict[str, str],
) -> None:
    own = f"/feedback/asked/{encode(running.invitation['manager'])}"
    assert visit(acme.actor["manager"]).get(own).location == f"/r/{words['manager']}"
    for stranger in (acme.actor["leader"], acme.actor["hr"], rival.actor["manager"]):
        assert visit(stranger).get(own).status_code == 404
    page = visit(acme.actor["manager"]).get("/feedback").text
    assert "Amara Okafor is waiting for your answers until 4 Dec" in page


LONG = "שלום =1+1 👩🏽‍🚀 <b>x</b> " * 400


def test_ten_thousand_characters_of_any_kind_are_kept(
    app: Flask, database: Database, words: dict[str, str]
) -> None:
    rater, address = visitor(app), f"/r/{words['peer_1']}"
    typed = LONG[:9_999].strip()
    assert rater.post(f"{address}/4", data={"q_keep": typed}).status_code == 303
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT body FROM comment")).scalar_one() == typed
    answer = rater.post(f"{address}/4", data={"q_keep": "x" * 10_001})
    assert (answer.status_code, "10,000 characters; it has 10,001" in answer.text) == (422, True)


def test_what_was_typed_when_the_cycle_closed_is_handed_back_and_not_stored(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    running: RunningCycle,
    words: dict[str, str],
) -> None:
    rater, address = visitor(app), f"/r/{words['peer_1']}"
    first = items(running)[0]
    rater.post(f"{address}/1", data={first: "4"})
    rater.post(f"{address}/review")
    with database.writing(acme.id) as session:
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
    before = sizes(database)
    answer = rater.post(f"{address}/4", data={"q_keep": "Typed <b>too</b> late", "q_less": " "})
    assert answer.status_code == 404
    assert "It is not open any more, so what you sent just now could not be kept." in answer.text
    assert "Typed &lt;b&gt;too&lt;/b&gt; late" in answer.text
    assert answer.text.count("<textarea") == 1
    assert rater.post(f"{address}/4/keep", data={"q_keep": "Late"}).status_code == 404
    assert sizes(database) == before
    assert before["answer"] == 1


def test_names_of_the_organisation_roles_and_dates_are_pointed_out_while_writing(
    app: Flask, words: dict[str, str]
) -> None:
    rater, address = visitor(app), f"/r/{words['peer_1']}"
    typed = "Amara asked Rosa and Noone on 3 March."
    answer = rater.post(f"{address}/4/keep", data={"q_keep": typed, "q_less": "All fine."})
    assert answer.json == {
        "kept": True,
        "told": {"q_keep": "3 March, Rosa", "q_more": "", "q_less": ""},
    }
    assert "3 March, Rosa" in rater.get(f"{address}/review").text


def test_a_rater_from_outside_is_not_told_who_works_here(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    running: RunningCycle,
) -> None:
    with database.writing(acme.id) as session:
        asked = AskRater(group_key="stakeholder", name="Olga Out", email="olga@out.example")
        service.ask_rater(
            session,
            acme.actor["hr"],
            running.subject_id,
            asked,
            now=clock.now(),
            delivery=delivery(),
        )
        letters = session.execute(text("SELECT body FROM message")).scalars().all()
    (word,) = {found for one in letters if "Olga Out" in one for found in WORD.findall(one)}
    answer = visitor(app).post(f"/r/{word}/4/keep", data={"q_keep": "Rosa and Olga on 3 March"})
    assert answer.json is not None
    assert answer.json["told"]["q_keep"] == "3 March, Olga"


def test_what_matters_most_is_chosen_and_too_much_is_refused(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    running: RunningCycle,
    words: dict[str, str],
) -> None:
    with database.writing(acme.id) as session:
        session.execute(text("UPDATE questionnaire SET most_important = 1, then_months = 12"))
    rater, address = visitor(app), f"/r/{words['leader']}"
    page = rater.get(f"{address}/4").text
    assert "Choose at most 1" in page
    chosen = [encode(id_) for id_ in running.form.competency_ids]
    refused = rater.post(f"{address}/4", data={"competencies": chosen[:2]})
    assert (refused.status_code, "Choose at most 1." in refused.text) == (422, True)
    assert rater.post(f"{address}/4", data={"competencies": chosen[:1]}).status_code == 303
    assert re.search(rf'value="{chosen[0]}" checked', rater.get(f"{address}/4").text)
    assert "Think back to Nov 2025" in rater.get(f"{address}/5").text
    first = items(running)[0]
    assert rater.post(f"{address}/5", data={first: "2"}).status_code == 303
    review = rater.get(f"{address}/review").text
    assert "0 of 3 statements have an answer" in review
    assert "1 chosen" in review
    for asked, kind in (("peer_1", "In your own words"), ("manager", "What matters most")):
        assert kind in visitor(app).get(f"/r/{words[asked]}/4").text


def test_a_rater_reads_in_a_language_of_their_own_and_the_address_keeps_it(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    running: RunningCycle,
    words: dict[str, str],
) -> None:
    item = running.form.items[0]
    with database.writing(acme.id) as session:
        questionnaires.keep_texts(
            session,
            acme.actor["hr"],
            running.form.id,
            "de",
            {f"item:{encode(item.id)}": "Hört zu", "word:no": "Weiß ich nicht"},
            now=clock.now(),
        )
    rater, address = visitor(app), f"/r/{words['peer_1']}"
    welcome = rater.get(address).text
    assert f'href="{address}?lang=de"' in welcome
    assert "Deutsch" in welcome
    german = rater.get(f"{address}/1?lang=de").text
    assert "Hört zu" in german
    assert "Weiß ich nicht" in german
    assert '<legend lang="de" dir="auto">Hört zu</legend>' in german
    answer = rater.post(f"{address}/1?lang=de", data={items(running)[0]: "4"})
    assert answer.location == f"{address}/2?lang=de"
    assert "Hört zu" in rater.get(f"{address}/1", headers={"Accept-Language": "de-AT"}).text
    assert "Hört zu" not in rater.get(f"{address}/1", headers={"Accept-Language": "fr"}).text
    assert "Hört zu" not in rater.get(f"{address}/1?lang=xx").text
    refused = rater.post(f"{address}/1?lang=de", data={items(running)[0]: "9"})
    assert (refused.status_code, "Hört zu" in refused.text) == (422, True)


def translated(
    database: Database,
    acme: SmallOrganisation,
    running: RunningCycle,
    language: str,
    texts: dict[str, str],
) -> None:
    """HR has translated some of the questionnaire."""
    with database.writing(acme.id) as session:
        questionnaires.keep_texts(
            session, acme.actor["hr"], running.form.id, language, texts, now=TODAY
        )


@pytest.mark.parametrize(
    ("language", "begin", "save", "not_observed", "error", "send", "decline"),
    [
        (
            "de",
            "Beginnen",
            "Speichern und weiter",
            "Kann ich nicht beobachten",
            "Diese Auswahl gibt es nicht.",
            "Absenden",
            "Ich antworte nicht",
        ),
        (
            "fr",
            "Commencer",
            "Enregistrer et continuer",
            "Je ne peux pas l’observer",
            "Ce choix n’est pas proposé.",
            "Envoyer",
            "Je ne répondrai pas",
        ),
        (
            "es",
            "Empezar",
            "Guardar y continuar",
            "No puedo observarlo",
            "Esta opción no está disponible.",
            "Enviar",
            "No voy a responder",
        ),
    ],
)
def test_whoever_reads_in_another_language_finds_everything_around_it_in_that_language_too(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    running: RunningCycle,
    words: dict[str, str],
    language: str,
    begin: str,
    save: str,
    not_observed: str,
    error: str,
    send: str,
    decline: str,
) -> None:
    item = running.form.items[0]
    translated(database, acme, running, language, {f"item:{encode(item.id)}": "Übersetzt"})
    rater, address, kept = visitor(app), f"/r/{words['peer_1']}", f"?lang={language}"
    promised = rater.get(f"{address}{kept}").text
    assert f'<html lang="{language}">' in promised
    assert f">{begin}</a>" in promised
    assert "Nobody sees your own answers" not in promised
    screen = rater.get(f"{address}/1{kept}").text
    assert f'<button class="button" type="submit">{save}</button>' in screen
    apart = f'<label class="rating-apart" lang="{language}" dir="auto">'
    assert re.search(f"{re.escape(apart)}.*<span>{not_observed}</span>", screen)
    refused = rater.post(f"{address}/1{kept}", data={items(running)[0]: "9"})
    assert refused.status_code == 422
    assert refused.text.count(error) == 2
    rater.post(f"{address}/1{kept}", data={items(running)[0]: "4"})
    assert f">{send}</button>" in rater.get(f"{address}/review{kept}").text
    thanks = rater.post(f"{address}/review{kept}")
    assert thanks.location == f"{address}/thanks{kept}"
    assert f'<html lang="{language}">' in rater.get(thanks.location).text
    assert f">{decline}</button>" in rater.get(f"{address}/decline{kept}").text
    gone = rater.post(f"{address}/decline{kept}", data={"reason": ""})
    assert gone.location == f"{address}/declined{kept}"
    assert f'<html lang="{language}">' in rater.get(gone.location).text
    again = rater.get(f"{address}{kept}")
    assert again.location == f"{address}/declined{kept}"
    nowhere = rater.get("/r/nothing", headers={"Accept-Language": language})
    assert f'<html lang="{language}">' in nowhere.text


def test_questions_that_are_written_from_the_right_stand_among_english_words(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    running: RunningCycle,
    words: dict[str, str],
) -> None:
    item = running.form.items[0]
    translated(database, acme, running, "ar", {f"item:{encode(item.id)}": "يستمع إلى فريقه"})
    screen = visitor(app).get(f"/r/{words['peer_1']}/1?lang=ar").text
    assert '<html lang="en-GB">' in screen
    assert '<legend lang="ar" dir="auto">يستمع إلى فريقه</legend>' in screen
    assert '<label class="rating-apart" lang="en" dir="auto">' in screen
    assert ">Save and go on</button>" in screen


def test_a_link_that_was_passed_on_opens_for_nobody_who_is_signed_in_as_somebody_else(
    app: Flask, visit: Visit, acme: SmallOrganisation, running: RunningCycle, words: dict[str, str]
) -> None:
    address = f"/r/{words['peer_1']}"
    for who in ("leader", "hr"):
        page = visit(acme.actor[who]).get(address)
        assert page.status_code == 404
        assert "This questionnaire was sent to somebody else." in page.text
        posted = visit(acme.actor[who]).post(f"{address}/1", data={items(running)[0]: "1"})
        assert posted.status_code == 404
    assert visit(acme.actor["manager"]).get(f"/r/{words['manager']}").status_code == 200
    assert visitor(app).get(address).status_code == 200


def test_after_sending_somebody_signed_in_sees_whom_else_they_are_asked_about(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    running: RunningCycle,
    words: dict[str, str],
) -> None:
    with database.writing(acme.id) as session:
        opened(session, acme, clock.now(), name="Another", raters={"manager": "manager"})
    first, address = items(running)[0], f"/r/{words['manager']}"
    signed_in, by_link_alone = visit(acme.actor["manager"]), visitor(app)
    signed_in.post(f"{address}/1", data={first: "4"})
    thanks = signed_in.post(f"{address}/review").location
    assert "<h2>Next</h2>" in signed_in.get(thanks).text
    assert "<h2>Next</h2>" not in by_link_alone.get(thanks).text


def test_all_not_able_to_observe_can_be_sent(
    app: Flask, database: Database, running: RunningCycle, words: dict[str, str]
) -> None:
    rater, address = visitor(app), f"/r/{words['peer_1']}"
    for number, name in enumerate(items(running), start=1):
        rater.post(f"{address}/{number}", data={name: "no"})
    assert rater.post(f"{address}/review").location == f"{address}/thanks"
    with database.engine.connect() as connection:
        stored = connection.execute(text("SELECT score, not_observed FROM answer")).all()
    assert {tuple(row) for row in stored} == {(None, 1)}


def test_a_rater_reads_by_which_clocks_the_last_day_ends(
    app: Flask, database: Database, acme: SmallOrganisation, words: dict[str, str]
) -> None:
    rater, address = visitor(app), f"/r/{words['peer_1']}"
    assert "to its end at midnight (UTC)." in rater.get(address).text
    with database.writing(acme.id) as session:
        session.get_one(Organisation, acme.id).time_zone = "Europe/Paris"
    assert "The last day is 4 Dec 2026, to its end at midnight (Europe/Paris)." in (
        rater.get(address).text
    )
