"""What authors write in Markdown can be read and can do nothing."""

from __future__ import annotations

import time

import pytest

from ldtrack.ui.markdown import from_markdown


def test_headings_stand_below_those_of_the_page_and_the_rest_reads_as_typed() -> None:
    text = "# Why\n\nCome **along**:\n\n- one\n- two\n\n[More](https://example.org/a?b=1&c=2)"
    assert from_markdown(text) == (
        "<h3>Why</h3>\n<p>Come <strong>along</strong>:</p>\n<ul>\n<li>one</li>\n<li>two</li>\n"
        '</ul>\n<p><a href="https://example.org/a?b=1&amp;c=2">More</a></p>\n'
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](JaVaScRiPt:alert(1))", "<p>[a](JaVaScRiPt:alert(1))</p>\n"),
        ("[a](data:text/html;base64,PHM+)", "<p>[a](data:text/html;base64,PHM+)</p>\n"),
        ("[a](//evil.example)", "<p>[a](//evil.example)</p>\n"),
        ("[a](/sign-out)", "<p>[a](/sign-out)</p>\n"),
        ("![x](https://e.example/x)", '<p>!<a href="https://e.example/x">x</a></p>\n'),
        ("`<b onclick=x>`", "<p><code>&lt;b onclick=x&gt;</code></p>\n"),
        (
            '[a](https://e.example "t\\" onmouseover=x")',
            '<p><a href="https://e.example" title="t&quot; onmouseover=x">a</a></p>\n',
        ),
    ],
)
def test_nothing_in_it_runs_and_no_link_leads_inside(typed: str, shown: str) -> None:
    assert from_markdown(typed) == shown


@pytest.mark.parametrize("piece", ["> ", "[", "**a ", "- ", "`", "![](", "<"])
def test_a_text_that_nests_without_end_takes_no_time(piece: str) -> None:
    began = time.perf_counter()
    from_markdown((piece * 8000)[:8000])
    assert time.perf_counter() - began < 2
