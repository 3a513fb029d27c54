"""The pages get nothing but the document, escaped, and words that can be broken."""

from __future__ import annotations

import pytest
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from ldtrack.reviews import paper
from tests.print import samples


def test_an_endless_word_gets_places_to_break_at_and_a_long_one_does_not() -> None:
    assert paper.breakable("x" * 200) == "​".join(("x" * 60, "x" * 60, "x" * 80))
    assert paper.breakable(samples.WORD) == samples.WORD
    assert paper.breakable("word " * 100) == "word " * 100
    drawing = Markup("<svg>" + "M" * 500 + "</svg>")
    assert paper.breakable(drawing) is drawing


def test_what_people_write_is_escaped_everywhere() -> None:
    html = paper.html_of(samples.hostile("http://example.org"))
    assert "<img" not in html
    assert "<object" not in html
    assert html.count("<style>") == 1
    assert html.count("<title>") == 1 + html.count('role="img"')


def test_templates_cannot_reach_beyond_the_document() -> None:
    environment = paper._environment()
    with pytest.raises(SecurityError):
        environment.from_string("{{ f.__globals__ }}").render(f=paper.html_of)


def test_a_sponsor_edition_without_an_answer_is_marked_as_a_draft() -> None:
    html = paper.html_of(samples.sponsor())
    assert "Draft: Amara Okafor has not agreed yet" in html
    assert "Courses" in html
    assert "What I expected" not in html
