"""HR's pages of questionnaires, from a framework to a preview, with bad input."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import func, select, text

from ldtrack.core.ids import decode, encode
from ldtrack.db.session import Database
from ldtrack.feedback.domain.asked import QuestionnaireRow
from ldtrack.feedback.models import Questionnaire
from ldtrack.feedback.queries.questionnaires import questionnaire_of
from tests.infrastructure.feedback import RunningCycle
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit, Visitor

FIRST = "/feedback/questionnaires"


@pytest.fixture
def hr(visit: Visit, acme: SmallOrganisation) -> Visitor:
    """HR at the screen."""
    return visit(acme.actor["hr"])


@pytest.fixture
def made(hr: Visitor, acme: SmallOrganisation) -> str:
    """The address of a questionnaire that was built by page."""
    answer = hr.post(
        f"{FIRST}/new",
        data={
            "title": "Leading well",
            "competencies": [encode(id_) for id_ in acme.competency.values()],
            "per_competency": "2",
            "scale": "plain",
        },
    )
    assert answer.status_code == 303
    return str(answer.location)


def stored(database: Database, acme: SmallOrganisation, made: str) -> QuestionnaireRow:
    with database.reading(acme.id) as session:
        return questionnaire_of(session, acme.actor["hr"], decode(made.split("/")[3]))


def test_an_empty_library_says_how_to_begin(hr: Visitor) -> None:
    page = hr.get(FIRST).text
    assert "There is no questionnaire yet." in page
    assert "/bring-in/starters" in page


def test_a_starter_is_one_click_away(hr: Visitor, acme: SmallOrganisation) -> None:
    answer = hr.post(f"{FIRST}/from/{encode(acme.framework_version_id)}", follow_redirects=True)
    assert "A small framework: starter" in answer.text
    published = hr.get("/bring-in/starters").text
    key = re.findall(r"/bring-in/starters/([\w.-]+)", published)[0]
    answer = hr.post(f"/bring-in/starters/{key}", follow_redirects=True)
    assert "starter" in answer.text
    assert hr.post("/bring-in/starters/nothing").status_code == 404


def test_a_questionnaire_without_a_title_or_a_competency_is_refused(hr: Visitor) -> None:
    answer = hr.post(f"{FIRST}/new", data={"title": "\x00", "per_competency": "2"})
    assert answer.status_code == 422
    assert "Give the questionnaire a title." in answer.text
    assert "Choose at least one competency." in answer.text


def section_of(acme: SmallOrganisation, made: str) -> str:
    return f"{made}/sections/{encode(acme.competency['coaching-others'])}"


def rows(form: QuestionnaireRow, competency_id: int | None) -> dict[str, str]:
    """The section's fields as the page would send them."""
    found: dict[str, str] = {}
    for item in form.items_of(competency_id):
        found |= {f"text_{encode(item.id)}": item.text, f"weight_{encode(item.id)}": "1"}
    return found


def test_a_statement_is_reworded_weighed_added_and_moved_in_one_form(
    hr: Visitor, database: Database, acme: SmallOrganisation, made: str
) -> None:
    competency = acme.competency["coaching-others"]
    form = stored(database, acme, made)
    first = form.items_of(competency)[0]
    key = encode(first.id)
    data = rows(form, competency) | {
        f"text_{key}": "  Asks “why”  ",
        f"weight_{key}": "2",
        "text_new_1": "Gives time",
        "move": f"down-{key}",
    }
    answer = hr.post(section_of(acme, made), data=data)
    assert answer.location == section_of(acme, made)
    changed = stored(database, acme, made).items_of(competency)
    told = [(item.text, item.weight) for item in changed]
    assert ("Asks “why”", 2) in told
    assert ("Gives time", 1) in told
    assert [item.id for item in changed].index(first.id) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "A statement needs words."),
        ({"text": "x" * 501}, "Please shorten this to 500 characters"),
        ({"weight": "6"}, "Please give a number from 1 to 5"),
        ({"weight": "0.5"}, "Please give a whole number"),
    ],
)
def test_a_statement_that_cannot_be_is_refused_and_what_was_typed_is_kept(
    hr: Visitor,
    database: Database,
    acme: SmallOrganisation,
    made: str,
    changes: dict[str, str],
    sentence: str,
) -> None:
    competency = acme.competency["coaching-others"]
    form = stored(database, acme, made)
    key = encode(form.items_of(competency)[0].id)
    data = rows(form, competency) | {f"{name}_{key}": value for name, value in changes.items()}
    answer = hr.post(section_of(acme, made), data={**data, "text_new_1": "Kept on the page"})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept on the page" in answer.text
    assert stored(database, acme, made) == form


def test_derailers_stand_apart_and_have_no_weight(
    hr: Visitor, database: Database, acme: SmallOrganisation, made: str
) -> None:
    assert "Weight" not in hr.get(f"{made}/derailers").text
    hr.post(f"{made}/derailers", data={"text_new_1": "Shouts", "weight_new_1": "4"})
    (derailer,) = stored(database, acme, made).derailers
    assert (derailer.text, derailer.weight) == ("Shouts", 1)
    assert "Shouts" in hr.get(made).text


def test_questions_are_edited_added_and_taken_out(
    hr: Visitor, database: Database, acme: SmallOrganisation, made: str
) -> None:
    data = {
        "text_keep": "Keep?",
        "hint_keep": "",
        "text_more": "More?",
        "hint_more": "",
        "gone_less": "y",
    }
    data |= {"text_new": "Anything else?", "hint_new": "Only if you like.", "move": "up-more"}
    assert hr.post(f"{made}/questions", data=data).location == f"{made}/questions"
    questions = stored(database, acme, made).questions
    assert [(q.key, q.text, q.hint) for q in questions] == [
        ("more", "More?", ""),
        ("keep", "Keep?", ""),
        ("q1", "Anything else?", "Only if you like."),
    ]


def test_settings_are_kept_and_shown(
    hr: Visitor, database: Database, acme: SmallOrganisation, made: str
) -> None:
    data = {"title": "New", "language": "en", "most_important": "2", "then_months": "12"}
    answer = hr.post(f"{made}/settings", data=data, follow_redirects=True)
    assert "self and manager choose at most 2" in answer.text
    assert "leaders say how it was 12 months before" in answer.text
    wordless = {f"word_{step}": "" for step in range(1, 6)}
    hr.post(f"{made}/settings", data=data | wordless)
    assert stored(database, acme, made).words == ()
    refused = hr.post(f"{made}/settings", data=data | wordless | {"word_1": "Never"})
    assert (refused.status_code, "Give every step a word, or none." in refused.text) == (422, True)
    refused = hr.post(f"{made}/settings", data={**data, "most_important": "11"})
    assert "Please give a number from 1 to 10" in refused.text


def test_sections_are_added_and_moved_by_page(
    hr: Visitor, database: Database, acme: SmallOrganisation, made: str
) -> None:
    first, second, *_ = stored(database, acme, made).competency_ids
    hr.post(f"{made}/sections/{encode(second)}/up")
    assert stored(database, acme, made).competency_ids[:2] == (second, first)
    assert "Every competency of the framework is asked about." in hr.get(f"{made}/sections").text
    assert hr.get(f"{made}/sections/000000000001").status_code == 404


def test_the_preview_shows_what_each_is_asked_and_stores_nothing(
    hr: Visitor, database: Database, acme: SmallOrganisation, made: str
) -> None:
    hr.post(
        f"{made}/settings",
        data={"title": "New", "language": "en", "most_important": "2", "then_months": "12"},
    )
    as_peer = hr.get(f"{made}/preview/4").text
    assert "In your own words" in as_peer
    assert "Summed up only" in as_peer
    assert "What matters most" in hr.get(f"{made}/preview/4?who=manager").text
    assert "Looking back: Coaching others" in "".join(
        hr.get(f"{made}/preview/{number}?who=self").text for number in (5, 6, 7)
    )
    assert hr.get(f"{made}/preview/99").status_code == 404
    assert hr.get(f"{made}/preview/0").status_code == 404
    assert hr.post(f"{made}/preview/1").status_code == 405
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM response")).scalar_one() == 0


def test_a_version_in_use_offers_the_next_one(
    hr: Visitor, database: Database, acme: SmallOrganisation, running: RunningCycle
) -> None:
    address = f"{FIRST}/{encode(running.form.id)}"
    page = hr.get(address).text
    assert "so it stays as it is" in page
    assert "/settings" not in page
    item = running.form.items[0]
    section = f"{address}/sections/{encode(item.competency_id or 0)}"
    refused = hr.post(section, data=rows(running.form, item.competency_id))
    assert refused.status_code == 409
    newer = hr.post(f"{address}/next-version").location
    assert "version 2" in hr.get(FIRST).text
    assert "/settings" in hr.get(newer).text
    assert "Go to version 2" in hr.get(address).text


def test_texts_are_translated_by_page_and_what_is_missing_is_listed(hr: Visitor, made: str) -> None:
    begun = hr.post(f"{made}/languages", data={"language": "de"})
    assert begun.location == f"{made}/languages/de"
    hr.post(begun.location, data={"t_word_1": "Fast nie", "t_question_keep": "Beibehalten?"})
    listed = hr.get(f"{made}/languages").text
    assert re.search(r"\d+ of \d+ missing", listed)
    assert "Fast nie" in hr.get(f"{made}/preview/1?lang=de").text
    assert "Kann ich nicht beobachten" in hr.get(f"{made}/preview/1?lang=de").text
    for wrong in ("en", "xx", "%00"):
        assert hr.get(f"{made}/languages/{wrong}").status_code == 404
    hr.post(f"{made}/languages/de/delete")
    assert "There is no translation yet." in hr.get(f"{made}/languages").text


def send(hr: Visitor, address: str, raw: bytes) -> tuple[int, str]:
    answer = hr.post(
        address,
        data={"file": (io.BytesIO(raw), "texts.csv")},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    return answer.status_code, answer.text


def test_a_translators_file_goes_out_and_comes_in_again(hr: Visitor, made: str) -> None:
    desk = f"/bring-in/texts/{made.split('/')[3]}/de"
    out = hr.get(f"{desk}/texts.csv")
    assert out.mimetype == "text/csv"
    lines = out.get_data(as_text=True).splitlines()
    assert lines[0].lstrip("\ufeff") == "key,place,original,translation"
    filled = [f"{line.rsplit(',', 1)[0]},Deutsch {n}" for n, line in enumerate(lines[1:])]
    status, page = send(hr, desk, "\r\n".join([lines[0], *filled]).encode())
    assert (status, "Complete" in page) == (200, True)


def test_every_bad_row_of_a_translators_file_is_named_and_nothing_is_stored(
    hr: Visitor, database: Database, made: str
) -> None:
    desk = f"/bring-in/texts/{made.split('/')[3]}/de"
    raw = (
        "key,original,translation\r\n"
        "word:1,Hardly ever,Fast nie\r\n"
        "word:1,Hardly ever,Noch einmal\r\n"
        "item:nothing,x,y\r\n"
        ",x,y\r\n"
        f"word:2,Seldom,{'x' * 1001}\r\n"
        "word:3,Something else,Manchmal\r\n"
    )
    status, page = send(hr, desk, raw.encode())
    assert status == 422
    for sentence in (
        "This key was on an earlier line.",
        "The questionnaire has no text “item:nothing”.",
        "There is no key here; leave this column as it was.",
        "Keep a text under 1,000 characters.",
        "The original reads differently today; take a fresh file.",
    ):
        assert sentence in page
    assert "the file has 5 problems" in page
    for raw_file, sentence in (
        (b"a,b\r\n1,2\r\n", "This column is missing."),
        (b"\xff\xfe", "UTF-16"),
        (b'key,translation\r\n"x', "not closed"),
    ):
        status, page = send(hr, desk, raw_file)
        assert (status, sentence in page) == (422, True)
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM translation")).scalar_one() == 0


def test_a_cycle_is_set_up_with_a_questionnaire_of_the_library(
    hr: Visitor, database: Database, acme: SmallOrganisation, made: str
) -> None:
    id_ = made.split("/")[3]
    address = f"/feedback/cycles/new?questionnaire={id_}"
    assert "When shall <em>Leading well</em> be asked?" in hr.get(address).text
    data = {"name": "Spring", "opens_on": "2026-11-20", "closes_on": "2026-12-04"}
    assert hr.post(address, data=data).status_code == 303
    assert "Spring" in hr.get(made).text
    again = hr.post(address, data=data)
    assert (again.status_code, "of that name already" in again.text) == (422, True)
    for wrong in ("000000000001", "nothing"):
        assert hr.get(f"/feedback/cycles/new?questionnaire={wrong}").status_code == 404
    with database.reading(acme.id) as session:
        assert session.scalar(select(func.count()).select_from(Questionnaire)) == 1


def test_a_questionnaire_is_deleted_once_nobody_asks_it(hr: Visitor, made: str) -> None:
    hr.post(f"{made}/delete")
    assert hr.get(made).status_code == 404
