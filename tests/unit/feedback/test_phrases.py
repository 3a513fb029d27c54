"""Every fixed word of a rater's pages is there in every language, with the same gaps to fill."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

import ldtrack
from ldtrack.feedback.domain.phrases import LANGUAGES, in_language
from ldtrack.feedback.domain.promise import ExpectedGroup, PromiseSettings, promise
from ldtrack.feedback.domain.pulses.wording import (
    CANNOT_SAY,
    PROCESS_QUESTION,
    PROCESS_STATEMENTS,
    STEPS,
    TRUST_QUESTION,
    TRUST_STATEMENTS,
)
from ldtrack.feedback.domain.questions import PLAIN_WORDS

PACKAGE = Path(ldtrack.__file__).parent
TEMPLATES = PACKAGE.parent / "templates"
PAGES = [
    *sorted((TEMPLATES / "feedback" / "answering").glob("*.html")),
    *(TEMPLATES / "feedback" / "pulses" / name for name in ("answer.html", "thanks.html")),
]
_SAID = re.compile(r"""said\.say\((?:"([^"]+)"|'([^']+)')""")
_COUNTED = re.compile(r'said\.count\([^,]+, "([^"]+)", "([^"]+)"\)')
_BY_FORMS = re.compile(r"""gettext\('([^']+)'\)|refused='([^']+)'""")
OTHERS = [language for language in LANGUAGES if language != "en"]
LOOKED_UP = {
    *PLAIN_WORDS,
    *STEPS,
    CANNOT_SAY,
    *TRUST_STATEMENTS,
    TRUST_QUESTION,
    *(statement for statements in PROCESS_STATEMENTS.values() for statement in statements),
    PROCESS_QUESTION,
    "Answer at least one statement before you send.",
    "Fewer than {k} people could answer this, so it is not shown.",
    "Not shown: next to the other figures it would tell what a few people answered.",
    "Not able to observe",
    "Habits that can get in the way",
    "What matters most",
    "In your own words",
    "Answer at least one question before you send.",
    "This choice is not on offer. Please choose again.",
    "Please shorten this to {most:,} characters; it has {n:,}.",
}
"""Looked up by a name, where no literal stands beside the lookup."""


def in_pages() -> Iterator[str]:
    for path in PAGES:
        text = path.read_text()
        yield from (one or other for one, other in _SAID.findall(text))
        yield from (phrase for pair in _COUNTED.findall(text) for phrase in pair)
    for one, other in _BY_FORMS.findall((TEMPLATES / "components" / "form.html").read_text()):
        yield one or other


def in_code() -> Iterator[str]:
    for path in (PACKAGE / "feedback").rglob("*.py"):
        tree = ast.parse(path.read_text())
        named = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name) and isinstance(node.value.value, str)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "say"
                and node.args
            ):
                # A condition says one of two.
                for part in ast.walk(node.args[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value
                    elif isinstance(part, ast.Name) and part.id in named:
                        yield str(named[part.id])


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_of_a_raters_pages_is_there_and_none_that_nobody_says(language: str) -> None:
    known = "Your answers are shown as yours: you are the only one in your group."
    said = {*in_pages(), *in_code(), *LOOKED_UP, known}
    assert set(in_language(language).texts) == said


@pytest.mark.parametrize("language", OTHERS)
def test_a_phrase_has_the_same_gaps_in_every_language(language: str) -> None:
    texts = in_language(language).texts
    assert {english: _gaps(text) for english, text in texts.items()} == {
        english: _gaps(english) for english in texts
    }


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    alike = {"es": {"Error: "}, "fr": {"{n} question", "{n} questions"}}
    numbers = {"{day} {month} {year}", "{month} {year}"}
    texts = in_language(language).texts
    same = {english for english, text in texts.items() if text == english}
    assert same - numbers == alike.get(language, set())


def test_every_page_of_a_rater_extends_the_one_that_is_in_their_language() -> None:
    bare = '{% extends "feedback/answering/bare.html" %}'
    without = [path.name for path in PAGES if bare not in path.read_text()]
    assert without == ["_fields.html", "_languages.html", "_lead.html", "bare.html"]


def test_days_and_numbers_are_said_as_people_say_them() -> None:
    on = date(2026, 3, 4)
    assert [in_language(one).day(on) for one in LANGUAGES] == [
        "4 Mar 2026",
        "4. März 2026",
        "4 mars 2026",
        "4 mar 2026",
    ]
    counted = [
        [in_language(one).count(n, "{n} comment", "{n} comments") for n in (0, 1, 2)]
        for one in LANGUAGES
    ]
    assert counted == [
        ["0 comments", "1 comment", "2 comments"],
        ["0 Kommentare", "1 Kommentar", "2 Kommentare"],
        ["0 commentaire", "1 commentaire", "2 commentaires"],
        ["0 comentarios", "1 comentario", "2 comentarios"],
    ]


def test_a_language_that_nobody_has_written_is_english() -> None:
    assert in_language("ar").language == "en"
    assert in_language("de-AT").language == "de"


def test_the_promise_is_made_in_the_raters_language() -> None:
    settings = PromiseSettings(
        k=3,
        groups=(ExpectedGroup(name="Kolleginnen", expected=4),),
        readers=("Ann Bee", "wem sie sie weitergeben"),
        kept_months=24,
    )
    assert promise(settings, "Kolleginnen", in_language("de")) == (
        (
            "Die Ergebnisse lesen: Ann Bee und wem sie sie weitergeben. "
            "Niemand sieht Ihre eigenen Antworten."
        ),
        "Antworten werden nur zusammengefasst gezeigt, von mindestens 3 Personen.",
        (
            "Antworten weniger als 3 aus Ihrer Gruppe, werden Ihre Antworten mit denen einer "
            "anderen Gruppe zusammengelegt oder weggelassen."
        ),
        (
            "Kommentare werden wörtlich gezeigt, in zufälliger Reihenfolge und ohne Ihren Namen; "
            "schreiben zu wenige, liest sie niemand."
        ),
        (
            "Niemand erfährt, ob Sie geantwortet haben; der Bericht sagt, wie viele aus jeder "
            "Gruppe es waren."
        ),
        "Ihre Antworten werden nach den Ergebnissen noch 24 Monate aufbewahrt.",
    )


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
