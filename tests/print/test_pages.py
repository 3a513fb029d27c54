"""What comes out of the printer is sound, accessible, complete and always the same."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

from ldtrack.reviews.pdf import Bounds, pdf_of
from tests.print.conftest import SAMPLES, Print

pytestmark = [pytest.mark.print, pytest.mark.slow]
PAGES = {
    "full": range(16, 25),
    "letter": range(16, 26),
    "no comments": range(15, 24),
    "200 comments": range(24, 40),
    "sparse": range(6, 9),
    "sponsor": range(2, 5),
    "other scripts": range(14, 24),
    "long names": range(16, 28),
}


def _told(*command: str | Path) -> str:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is missing: install qpdf and poppler-utils")
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return answer.stdout


def _facts(path: Path) -> dict[str, str]:
    lines = (line.split(":", 1) for line in _told("pdfinfo", path).splitlines())
    return {name: value.strip() for name, value in lines}


def _words(path: Path) -> str:
    return _told("pdftotext", "-layout", path, "-")


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_has_a_sane_number_of_pages_and_a_tree_of_tags(
    name: str, printing: Print
) -> None:
    facts = _facts(printing(name).path)
    assert int(facts["Pages"]) in PAGES[name]
    assert facts["Tagged"] == "yes"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_keeps_all_machine_rules_of_pdf_ua(name: str, printing: Print) -> None:
    answer = page_validation.validate_pdf(str(printing(name).path), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in answer.failures] == []
    assert answer.is_compliant


@pytest.mark.parametrize("name", ["full", "sponsor"])
def test_the_file_is_sound(name: str, printing: Print) -> None:
    assert "No syntax or stream encoding errors found" in _told(
        "qpdf", "--check", printing(name).path
    )


@pytest.mark.parametrize("name", ["full", "other scripts"])
def test_every_font_is_shipped_embedded_and_can_be_read_aloud(name: str, printing: Print) -> None:
    rows = _told("pdffonts", printing(name).path).splitlines()[2:]
    families = {row.split()[0].split("+")[1] for row in rows}
    ours = ("Inter", "Source-Serif-4", "Noto-Sans-Arabic", "Noto-Sans-Hebrew")
    assert [family for family in families if not family.startswith(ours)] == []
    assert {tuple(re.findall(r"\b(yes|no)\b", row)[:3]) for row in rows} == {("yes",) * 3}


@pytest.mark.parametrize("name", ["full", "sponsor", "other scripts"])
def test_the_same_document_gives_the_same_bytes(name: str, printing: Print) -> None:
    printed = printing(name)
    assert pdf_of(printed.html, Bounds()) == printed.path.read_bytes()


def test_it_is_dated_by_the_document_and_knows_its_title_and_language(printing: Print) -> None:
    with pikepdf.open(printing("full").path) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261120"
        assert str(pdf.docinfo["/Title"]) == "Leadership review: Amara Okafor, 20 November 2026"
        assert str(pdf.Root["/Lang"]) == "en"
    with pikepdf.open(printing("sponsor").path) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261122"


def test_letter_is_letter_and_a4_is_a4(printing: Print) -> None:
    assert "letter" in _facts(printing("letter").path)["Page size"]
    assert "A4" in _facts(printing("full").path)["Page size"]


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from _elements(each)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def test_every_drawing_says_in_words_what_it_shows(printing: Print) -> None:
    with pikepdf.open(printing("full").path) as pdf:
        tree = pdf.Root["/StructTreeRoot"]["/K"]
        figures = [each for each in _elements(tree) if str(each["/S"]) == "/Figure"]
        said = [str(figure.get("/Alt", "")) for figure in figures]
    # The example, nine meters, the profile, the awareness chart and eight lines.
    assert len(said) == 1 + 9 + 1 + 1 + 8
    assert [text for text in said if len(text) < 20] == []
    assert any(text.startswith("Coaching others: from 2.9 in December 2024") for text in said)


def test_chapters_can_be_jumped_to_and_bear_their_names(printing: Print) -> None:
    with pikepdf.open(printing("full").path) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[:4] == [
        "Contents",
        "How to read this review",
        "Receiving feedback",
        "On one page",
    ]
    assert titles[-1] == "Appendix"


def test_the_contents_and_the_pointers_name_real_pages(printing: Print) -> None:
    words = _words(printing("full").path)
    pages = words.split("\f")
    listed = re.findall(r"^ *([A-Z][A-Za-z, ]+?) {3,}(\d+)$", pages[1], flags=re.MULTILINE)
    assert len(listed) == 13
    for title, number in listed:
        assert title.upper() in pages[int(number) - 1], title
    (pointer,) = re.findall(r"self 4\.1, others 3\.5.*page (\d+)", words)
    assert "SELF AND OTHERS" in pages[int(pointer) - 1]


def test_every_page_but_the_cover_bears_number_and_count(printing: Print) -> None:
    pages = _words(printing("full").path).split("\f")[:-1]
    assert "Page" not in pages[0]
    for number, text in enumerate(pages[1:], start=2):
        assert f"Page {number} of {len(pages)}" in text
        assert "LR-2026-7K3QD" in text


def test_no_heading_stands_alone_at_the_foot_of_a_page(printing: Print) -> None:
    for name in ("full", "200 comments", "letter"):
        for text in _words(printing(name).path).split("\f")[1:-1]:
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            assert lines[-1].startswith("Confidential")
            assert lines[-2] not in {"Peers", "Direct reports", "Words", "Limits in force"}


def test_the_count_of_raters_stands_beside_means_and_never_finer_than_released(
    printing: Print,
) -> None:
    words = _words(printing("full").path)
    assert "3 or more of 5" in words
    assert "10 or more" in words
    assert "hidden a: Fewer than 3 people could answer this" in words


def test_a_draft_for_the_sponsor_says_that_it_is_one(printing: Print) -> None:
    from ldtrack.reviews.paper import html_of
    from tests.print import samples

    assert "Draft: Amara Okafor has not agreed yet" in html_of(samples.sponsor())
    assert "Draft" not in printing("sponsor").html


def test_names_from_right_to_left_and_in_other_scripts_survive(printing: Print) -> None:
    words = _words(printing("other scripts").path)
    for name in ("Зоя Ильина", "יעל כהן", "Ведение переговоров", "Ηγεσία", "Lãnh đạo"):
        assert name in words, name
