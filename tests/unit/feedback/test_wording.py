"""How a questionnaire reads in another language, and what is left to translate."""

from __future__ import annotations

from dataclasses import replace

from ldtrack.core.ids import encode
from ldtrack.feedback.domain.languages import preferred
from ldtrack.feedback.domain.wording import (
    TextState,
    Translated,
    in_language,
    originals,
    rekeyed,
    texts_from,
    texts_of,
    texts_to,
)
from tests.unit.feedback.asked import wording

ITEM = f"item:{encode(11)}"
GERMAN = {
    ITEM: Translated(of="Hears people out", text="Hört anderen zu"),
    f"item:{encode(12)}": Translated(of="Asked something else", text="Fragt zuerst"),
    f"competency:{encode(1)}": Translated(of="Listening", text="Zuhören"),
    "question:keep": Translated(of="Keep doing?", text="Beibehalten?"),
    "word:1": Translated(of="Seldom", text="Selten"),
    "habit:3": Translated(of="Almost always", text="Fast immer"),
    "word:no": Translated(of="Not able to observe", text="Kann ich nicht beurteilen"),
}


def test_every_text_of_a_questionnaire_can_be_translated() -> None:
    assert list(originals(wording().form, wording().competencies).values()) == [
        ("Competency", "Listening"),
        ("Listening", "What listening is."),
        ("Listening", "Hears people out"),
        ("Listening", "Asks before telling"),
        ("Competency", "Delegating"),
        ("Delegating", "What delegating is."),
        ("Delegating", "Hands over whole tasks"),
        ("Derailer", "Loses their temper"),
        ("Question", "Keep doing?"),
        ("Hint", "Give an example."),
        ("Question", "Do less?"),
        ("Step 1", "Seldom"),
        ("Step 2", "Sometimes"),
        ("Step 3", "Often"),
        ("Step 1 of derailers", "Hardly ever"),
        ("Step 3 of derailers", "Almost always"),
        ("Beside the steps", "Not able to observe"),
    ]


def test_what_is_translated_is_read_and_what_is_not_falls_back() -> None:
    read = in_language(wording(), "de", GERMAN)
    assert read.language == "de"
    assert [item.text for item in read.form.items] == [
        "Hört anderen zu",
        "Asks before telling",
        "Hands over whole tasks",
        "Loses their temper",
    ]
    assert [row.name for row in read.competencies] == ["Zuhören", "Delegating"]
    assert [question.text for question in read.form.questions] == ["Beibehalten?", "Do less?"]
    assert read.form.words == ("Selten", "Sometimes", "Often")
    assert read.habit_words == ("Hardly ever", "", "Fast immer")
    assert read.not_observed == "Kann ich nicht beurteilen"
    assert replace(read.form, items=wording().form.items).competency_ids == (1, 2)


def test_a_translation_whose_original_has_changed_is_out_of_date() -> None:
    states = {text.key: text.state for text in texts_of(wording(), GERMAN)}
    assert states[ITEM] is TextState.DONE
    assert states[f"item:{encode(12)}"] is TextState.OUTDATED
    assert states[f"item:{encode(21)}"] is TextState.MISSING
    assert sum(state is TextState.DONE for state in states.values()) == len(GERMAN) - 1


def test_a_copy_keeps_its_translations_under_its_own_ids() -> None:
    copied = rekeyed(GERMAN, {11: 111, 12: 112})
    assert copied[f"item:{encode(111)}"].text == "Hört anderen zu"
    assert ITEM not in copied
    assert copied["word:1"] == GERMAN["word:1"]


def test_texts_are_stored_and_read_back() -> None:
    assert texts_from(texts_to(GERMAN)) == GERMAN


def test_the_browsers_wish_is_followed_as_far_as_it_can_be() -> None:
    assert preferred(["en", "de"], ["de-CH", "en"]) == "de"
    assert preferred(["en", "de"], ["fr", "it"]) == "en"
    assert preferred(["en"], []) == "en"
