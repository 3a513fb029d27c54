"""Nothing that people write makes the printer fetch an address or read a file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pikepdf
import pytest

from ldtrack.reviews.domain.document import CommentBlock
from ldtrack.reviews.paper import html_of
from ldtrack.reviews.pdf import Bounds, NotPrinted, pdf_of
from tests.print import samples

pytestmark = [pytest.mark.print, pytest.mark.slow]


class Canary(ThreadingHTTPServer):
    """Counts whoever calls."""

    hits: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Count(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Canary)
        self.server.hits.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def canary() -> Iterator[Canary]:
    server = Canary(("127.0.0.1", 0), _Count)
    server.hits = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _everything(path: Path, content: bytes) -> tuple[bytes, int]:
    """Every stream of the file in plain, and how many files are embedded."""
    path.write_bytes(content)
    with pikepdf.open(path) as pdf:
        streams = [
            each.read_bytes()
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and "/Subtype" not in each
        ]
        return b"\n".join(streams), len(pdf.attachments)


def test_hostile_words_fetch_nothing_and_embed_nothing(canary: Canary, tmp_path: Path) -> None:
    html = html_of(samples.hostile(canary.url))
    assert "<img" not in html
    assert "<link" not in html
    assert "{{ 7 * 7 }}" in html
    plain, attached = _everything(tmp_path / "a.pdf", pdf_of(html, Bounds()))
    assert canary.hits == []
    assert attached == 0
    assert b"root:x:" not in plain


def test_even_unescaped_the_doors_are_shut(canary: Canary, tmp_path: Path) -> None:
    html = f"<!doctype html><html lang=en><title>x</title>{samples.HOSTILE.format(url=canary.url)}"
    html += '<link rel="stylesheet" href="file:///etc/passwd"><img alt="" src="packaged:/../x">'
    plain, attached = _everything(tmp_path / "a.pdf", pdf_of(html, Bounds()))
    assert canary.hits == []
    assert attached == 0
    assert b"root:x:" not in plain


def test_a_print_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(NotPrinted, match="longer than 1 seconds"):
        pdf_of(html_of(samples.full()), Bounds(seconds=1))


def test_a_print_that_takes_too_much_memory_is_stopped() -> None:
    with pytest.raises(NotPrinted, match="the printing process ended"):
        pdf_of(html_of(samples.full()), Bounds(megabytes=140))


def test_very_long_words_without_a_break_are_printed_in_time() -> None:
    endless = CommentBlock(question="x" * 20_000, group="Peers", texts=("x" * 20_000,) * 5)
    heard = replace(samples.feedback(0, ()), comments=(endless,))
    assert pdf_of(html_of(samples.review((), heard)), Bounds()).startswith(b"%PDF")


def test_the_child_is_given_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess

    seen: dict[str, str] = {}
    run = subprocess.run

    def note(*arguments: object, **named: object) -> object:
        environ = named["env"]
        assert isinstance(environ, dict)
        seen.update(environ)
        return run(*arguments, **named)  # type: ignore[call-overload]  # passed on as it came

    monkeypatch.setenv("LDTRACK_SECRET_KEY", "a secret")
    monkeypatch.setattr(subprocess, "run", note)
    pdf_of("<!doctype html><html lang=en><title>x</title><p>x</p>", Bounds())
    assert [name for name in seen if name.startswith("LDTRACK")] == []
